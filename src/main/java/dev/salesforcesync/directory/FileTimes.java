package dev.salesforcesync.directory;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** FILETIME values: 100 ns since 1601-01-01 UTC, or as negative numbers a length of time (MS-DTYP 2.3.3). */
final class FileTimes {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;
    private static final long TICKS_PER_SECOND = 10_000_000L;

    private FileTimes() {}

    /**
     * An instant; empty for 0 and for the greatest number, which both stand for never.
     *
     * @throws NumberFormatException if the text is no number
     * @throws DateTimeException if the number is no time
     */
    static Optional<Instant> parse(String text) {
        long ticks = Long.parseLong(text);
        if (ticks == 0 || ticks == NEVER) {
            return Optional.empty();
        }
        if (ticks < 0) {
            throw new DateTimeException("before 1601");
        }
        return Optional.of(Instant.ofEpochSecond(
                Math.floorDiv(ticks, TICKS_PER_SECOND) - SECONDS_1601_TO_1970,
                Math.floorMod(ticks, TICKS_PER_SECOND) * 100));
    }

    /** A length of time, which policies hold as a negative number; empty for 0 and for the lowest, which mean for ever. */
    static Optional<Duration> length(long ticks) {
        return ticks >= 0 || ticks == Long.MIN_VALUE
                ? Optional.empty()
                : Optional.of(
                        Duration.ofSeconds(-ticks / TICKS_PER_SECOND, Math.floorMod(-ticks, TICKS_PER_SECOND) * 100));
    }
}
