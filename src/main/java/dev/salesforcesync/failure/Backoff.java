package dev.salesforcesync.failure;

import java.time.Duration;

/**
 * Exponential back-off with full jitter between half and the whole of the delay.
 *
 * @param first the delay after the first failure
 * @param cap no delay is longer than this
 */
public record Backoff(Duration first, Duration cap) {
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

    /**
     * The delay before the next attempt.
     *
     * @param failures how many attempts failed in a row, 1 or more
     * @param random between 0 (inclusive) and 1 (exclusive); an input, so that the same input gives the same delay
     */
    public Duration delay(int failures, double random) {
        int doublings = Math.min(Math.max(failures - 1, 0), 30);
        long whole = Math.min(cap.toMillis(), first.toMillis() << doublings);
        if (whole <= 0) {
            whole = cap.toMillis();
        }
        return Duration.ofMillis(whole / 2 + (long) (whole / 2.0 * random));
    }
}
