package dev.salesforcesync.sandbox.salesforce.org;

import java.util.List;

/** Ends the work on one row; the other rows of the call go on. */
final class RowRefused extends RuntimeException {
    private final RowError error;

    RowRefused(ErrorCode code, String message, String... fields) {
        super(message, null, false, false);
        this.error = new RowError(code.name(), message, List.of(fields));
    }

    RowError error() {
        return error;
    }
}
