/**
 * Compares what is desired with what is observed, orders the actions, hashes them, and guards them before the
 * first write. Imports {@code model}, {@code failure} and the desires of {@code policy}: no client, no logger,
 * no clock.
 */
@NullMarked
package dev.salesforcesync.plan;

import org.jspecify.annotations.NullMarked;
