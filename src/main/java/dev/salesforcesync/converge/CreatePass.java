package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.model.CreateIntent;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Change;
import dev.salesforcesync.salesforce.RowOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds users. The intent is remembered before the call, the link after it; rows whose answer was lost are read back by
 * their usernames, which are unique, before anything is sent again.
 */
record CreatePass(OrgSession session, String policy, Optional<String> anchorField, Instant now) implements Pass {
    /** Given in a second pass, because a role takes the lock on the whole org's group membership. */
    static final String ROLE = "UserRoleId";

    @Override
    public String name() {
        return "creating";
    }

    @Override
    public List<LedgerChange> before(List<Action> batch) {
        return batch.stream()
                .<LedgerChange>map(action -> new LedgerChange.Put(
                        new Entry.Intent(new CreateIntent(action.person(), username(action), policy, now))))
                .toList();
    }

    @Override
    public List<RowOutcome> send(List<Action> batch) {
        List<RowOutcome> outcomes = new ArrayList<>(
                session.org().createUsers(batch.stream().map(this::row).toList(), anchorField));
        readBack(batch, outcomes);
        return outcomes;
    }

    private Map<String, String> row(Action action) {
        Map<String, String> row = new HashMap<>();
        action.changes()
                .forEach((field, change) ->
                        change.after().filter(value -> !field.equals(ROLE)).ifPresent(value -> row.put(field, value)));
        return row;
    }

    private void readBack(List<Action> batch, List<RowOutcome> outcomes) {
        Map<String, Integer> open = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            if (outcomes.get(i) instanceof RowOutcome.Unknown) {
                open.put(username(batch.get(i)).toLowerCase(Locale.ROOT), i);
            }
        }
        if (open.isEmpty()) {
            return;
        }
        Result<List<SalesforceUser>> read =
                session.org().readUsersBy("Username", open.keySet(), Set.of(CreatedUsers.CREATED_DATE));
        if (read instanceof Result.Ok<List<SalesforceUser>> ok) {
            for (SalesforceUser user : ok.value()) {
                Integer row = open.get(user.username().toLowerCase(Locale.ROOT));
                if (row != null && CreatedUsers.since(user, now)) {
                    outcomes.set(row, new RowOutcome.Written(user.id()));
                }
            }
        }
    }

    @Override
    public List<LedgerChange> after(Action action, RowOutcome outcome) {
        LedgerChange forget = new LedgerChange.Remove(Entry.Intent.key(action.person()));
        if (outcome instanceof RowOutcome.Written written) {
            SalesforceId user = written.id();
            return List.of(new LedgerChange.Put(new Entry.Link(new PersonLink(action.person(), user, policy))), forget);
        }
        return outcome instanceof RowOutcome.Unknown ? List.of() : List.of(forget);
    }

    private static String username(Action action) {
        return Optional.ofNullable(action.changes().get("Username"))
                .flatMap(Change::after)
                .orElse("");
    }
}
