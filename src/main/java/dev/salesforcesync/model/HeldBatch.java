package dev.salesforcesync.model;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Actions that the guard held together. Never changes once stored: later arrivals form a batch of their own, so that
 * a moving world neither blocks an approval nor widens it.
 *
 * @param hash what a person approves
 * @param policy whose actions they are, as {@code namespace/name}
 * @param since when they were first held
 * @param counts actions by kind
 * @param actionKeys the digest of each action, values included
 */
public record HeldBatch(
        String hash, String policy, Instant since, Map<String, Integer> counts, Set<String> actionKeys) {
    public HeldBatch {
        counts = Map.copyOf(counts);
        actionKeys = Set.copyOf(actionKeys);
    }
}
