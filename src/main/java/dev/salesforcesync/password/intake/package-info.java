/**
 * The listeners that agents on domain controllers hand changed passwords to: PassSync by LDAPS, JSON and midPoint's agent by
 * HTTPS. Each knows who may hand over for which policy, bounds what it reads, and keeps nothing itself: what is accepted
 * goes to the desk, and is acknowledged when the desk has it where no crash loses it.
 */
@NullMarked
package dev.salesforcesync.password.intake;

import org.jspecify.annotations.NullMarked;
