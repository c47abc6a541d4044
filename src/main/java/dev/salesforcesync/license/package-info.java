/**
 * Decides which seats are taken from whom and given back to whom: account facts, a schedule and an instant
 * become seats to take and to give back, in order. Imports {@code model} and {@code failure}: no client, no
 * logger, no clock.
 */
@NullMarked
package dev.salesforcesync.license;

import org.jspecify.annotations.NullMarked;
