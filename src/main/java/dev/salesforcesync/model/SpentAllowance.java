package dev.salesforcesync.model;

import java.time.Instant;

/**
 * How much of a guarded kind was let through in one hour, org-wide: the guard's sliding window.
 *
 * @param kind the guarded kind, such as Deactivate
 * @param hour the start of the hour
 * @param count actions let through
 */
public record SpentAllowance(String kind, Instant hour, int count) {}
