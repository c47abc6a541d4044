/** Tests of the rules, and the small world they are tried on. */
@NullMarked
package dev.salesforcesync.policy;

import org.jspecify.annotations.NullMarked;
