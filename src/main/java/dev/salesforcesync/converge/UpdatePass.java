package dev.salesforcesync.converge;

import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.model.PendingEmail;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Change;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.salesforce.SalesforceOrg.UserUpdate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes fields of existing users: what differs, or what a returner gets back in the same row.
 *
 * @param returning the users come back: what we took is forgotten once they are active again, unless their sign-in is
 *     still to be opened
 */
record UpdatePass(OrgSession session, String name, boolean oneAtATime, boolean returning, Instant now) implements Pass {

    @Override
    public List<LedgerChange> before(List<Action> batch) {
        return List.of();
    }

    @Override
    public List<RowOutcome> send(List<Action> batch) {
        return session.org()
                .updateUsers(batch.stream()
                        .map(action ->
                                new UserUpdate(action.existingUser().orElseThrow(), valuesAfter(action.changes())))
                        .toList());
    }

    static Map<String, Optional<String>> valuesAfter(Map<String, Change> changes) {
        Map<String, Optional<String>> values = new HashMap<>();
        changes.forEach((field, change) -> values.put(field, change.after()));
        return values;
    }

    @Override
    public List<LedgerChange> after(Action action, RowOutcome outcome) {
        if (!(outcome instanceof RowOutcome.Written)) {
            return List.of();
        }
        SalesforceId user = action.existingUser().orElseThrow();
        if (returning) {
            return action instanceof Action.Reactivate back && back.unfreeze()
                    ? List.of()
                    : List.of(new LedgerChange.Remove(Entry.Taken.key(user)));
        }
        return Optional.ofNullable(action.changes().get("Email"))
                .filter(change -> change.after().isPresent())
                .<List<LedgerChange>>map(change -> List.of(new LedgerChange.Put(new Entry.Email(
                        new PendingEmail(user, EmailDigest.of(change.after()), EmailDigest.of(change.before()), now)))))
                .orElse(List.of());
    }
}
