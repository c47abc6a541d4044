package dev.salesforcesync.telemetry;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The gauges of one resource.
 *
 * @param conditions status by condition type
 * @param people people by state: inScope, linked, pending, failing, ambiguous, orphaned
 * @param planned actions of the newest plan by action
 * @param seats seats by licence and state (total, used)
 * @param apiRequestsRemaining calls left of the org's rolling day
 * @param lastSuccess when it last converged
 */
public record ResourceSeries(
        Map<String, String> conditions,
        Map<String, Long> people,
        Map<String, Long> planned,
        Map<Seat, Long> seats,
        Optional<Long> apiRequestsRemaining,
        Optional<Instant> lastSuccess) {
    public ResourceSeries {
        conditions = Map.copyOf(conditions);
        people = Map.copyOf(people);
        planned = Map.copyOf(planned);
        seats = Map.copyOf(seats);
    }

    /** Seats of a licence in a state. */
    public record Seat(String license, String state) {}
}
