/**
 * What the whole operator costs: it, the org and the directory each in a process of its own, and beside each figure its
 * bar. Also what is left of it when it is killed.
 */
@NullMarked
package dev.salesforcesync.benchmark;

import org.jspecify.annotations.NullMarked;
