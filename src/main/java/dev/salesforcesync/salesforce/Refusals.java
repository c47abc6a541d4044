package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How often Salesforce has refused one set of credentials within the last hour.
 *
 * @param moments when, the earliest first
 * @param said what Salesforce said last; empty when it refused nothing
 */
public record Refusals(List<Instant> moments, Optional<Failure> said) {
    public static final Refusals NONE = new Refusals(List.of(), Optional.empty());

    public Refusals {
        moments = List.copyOf(moments);
    }
}
