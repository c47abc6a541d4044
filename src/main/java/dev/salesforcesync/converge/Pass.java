package dev.salesforcesync.converge;

import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.salesforce.RowOutcome;
import java.util.List;

/**
 * One kind of write. What can't be read back from either side is remembered before the call, and what came of it
 * after.
 */
interface Pass {
    /** What a person reads while it goes on, such as {@code creating}. */
    String name();

    /** Whether batches must follow each other, because Salesforce locks the whole org for such rows. */
    default boolean oneAtATime() {
        return false;
    }

    /** What must be remembered before the call. */
    List<LedgerChange> before(List<Action> batch);

    /** One call; one outcome per action, in order. */
    List<RowOutcome> send(List<Action> batch);

    /** What to remember or forget now that the outcome is known. */
    List<LedgerChange> after(Action action, RowOutcome outcome);
}
