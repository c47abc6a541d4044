package dev.salesforcesync.sandbox.salesforce.org;

import java.util.List;
import java.util.Optional;

/**
 * A write call: up to 200 rows of one kind of operation.
 *
 * @param externalIdField the key of an upsert; "Id" elsewhere
 * @param allOrNone whether one bad row takes back all others
 * @param mailsUsers whether new users get their welcome mail (EmailHeader.triggerUserEmail)
 * @param disturbance what a fault does to single rows
 */
public record WriteRequest(
        Kind kind,
        String externalIdField,
        List<InputRow> rows,
        boolean allOrNone,
        boolean mailsUsers,
        Disturbance disturbance) {

    /** What is done to each row. */
    public enum Kind {
        CREATE,
        UPDATE,
        UPSERT,
        DELETE
    }

    /** A row that fails for a reason outside the data. */
    @FunctionalInterface
    public interface Disturbance {
        Disturbance NONE = (index, id) -> Optional.empty();

        /** The error of the row at this place, or empty to let it pass. */
        Optional<RowError> of(int index, Optional<String> id);
    }

    public WriteRequest {
        rows = List.copyOf(rows);
    }

    /** The same call with another disturbance. */
    WriteRequest disturbed(Disturbance other) {
        return new WriteRequest(kind, externalIdField, rows, allOrNone, mailsUsers, other);
    }

    /** Rows of this kind, by their ids, each for itself, undisturbed. */
    public static WriteRequest of(Kind kind, List<InputRow> rows) {
        return new WriteRequest(kind, "Id", rows, false, false, Disturbance.NONE);
    }
}
