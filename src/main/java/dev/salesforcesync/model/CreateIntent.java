package dev.salesforcesync.model;

import java.time.Instant;

/**
 * Written before a user is created without an external-id field: whoever finds it after a crash knows that a user of
 * this name may be ours, and whose.
 */
public record CreateIntent(ObjectGuid person, String username, String policy, Instant since) {}
