package dev.salesforcesync.controller;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How moments are written in a status: RFC 3339, in seconds. */
final class Times {
    private Times() {}

    static String rfc3339(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
