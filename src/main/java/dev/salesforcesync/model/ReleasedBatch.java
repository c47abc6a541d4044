package dev.salesforcesync.model;

import java.time.Instant;

/** A held batch that a person approved and that was let through: an approval is good for once. */
public record ReleasedBatch(String policy, String hash, Instant since) {}
