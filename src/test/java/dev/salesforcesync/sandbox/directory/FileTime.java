package dev.salesforcesync.sandbox.directory;

import java.time.Instant;

/** AD's large-integer instants: 100 ns since 1601-01-01 UTC (MS-DTYP 2.3.3). */
final class FileTime {
    private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;

    private FileTime() {}

    static String of(Instant instant) {
        long seconds = instant.getEpochSecond() + SECONDS_1601_TO_1970;
        return Long.toString(seconds * 10_000_000L + instant.getNano() / 100);
    }

    static Instant toInstant(long value) {
        long seconds = Math.floorDiv(value, 10_000_000L) - SECONDS_1601_TO_1970;
        return Instant.ofEpochSecond(seconds, Math.floorMod(value, 10_000_000L) * 100);
    }
}
