package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.SalesforceId;
import java.util.List;

/** What became of one row of a write. */
public sealed interface RowOutcome {

    /** Salesforce confirmed the row. */
    record Written(SalesforceId id) implements RowOutcome {}

    /**
     * Salesforce refused the row; nothing of it was stored.
     *
     * @param failure a stable code such as {@code SalesforceDuplicateUserName} with what to do
     * @param fields the fields concerned, by API name; may be empty
     */
    record Refused(Failure failure, List<String> fields) implements RowOutcome {
        public Refused {
            fields = List.copyOf(fields);
        }
    }

    /** The call's answer was lost: the row may be stored or not. Read before anything is sent again. */
    record Unknown(Failure failure) implements RowOutcome {}

    /** The row was not sent, because the call before it showed that it could not succeed now. */
    record NotSent(Failure failure) implements RowOutcome {}
}
