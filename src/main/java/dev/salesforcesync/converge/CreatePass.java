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
import dev.salesforcesync.salesforce.SalesforceReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Adds users. The intent is remembered before the call, the link after it; rows whose answer was lost are read back by
 * their usernames, which are unique, before anything is sent again. Who is refused because another org has his name is
 * sent again under his next one, as long as he has one.
 *
 * @param refusedName told of every name that is taken elsewhere, in lower case
 * @param owed who gets more than his row
 */
record CreatePass(
        OrgSession session,
        String policy,
        Optional<String> anchorField,
        Instant now,
        Consumer<String> refusedName,
        Owed owed)
        implements Pass {
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
        List<Action> rows = new ArrayList<>(batch);
        List<RowOutcome> outcomes = new ArrayList<>(sendOnce(rows));
        List<Integer> again = renamed(IntStream.range(0, rows.size()).boxed().toList(), rows, outcomes);
        while (!again.isEmpty()) {
            List<Action> next = again.stream().map(rows::get).toList();
            // A restart in between must find the user by the name that he was really given.
            List<RowOutcome> answers = session.ledger().record(before(next)) instanceof Result.Failed<Integer> failed
                    ? Collections.nCopies(next.size(), new RowOutcome.NotSent(failed.failure()))
                    : sendOnce(next);
            for (int i = 0; i < again.size(); i++) {
                outcomes.set(again.get(i), answers.get(i));
            }
            again = renamed(again, rows, outcomes);
        }
        return outcomes;
    }

    private List<RowOutcome> sendOnce(List<Action> batch) {
        List<RowOutcome> outcomes = new ArrayList<>(
                session.org().createUsers(batch.stream().map(this::row).toList(), anchorField));
        readBack(batch, outcomes);
        return outcomes;
    }

    /** Puts the next name into those rows just sent whose name was refused, and answers which these are. */
    private List<Integer> renamed(List<Integer> sent, List<Action> rows, List<RowOutcome> outcomes) {
        List<Integer> renamed = new ArrayList<>();
        for (int i : sent) {
            if (outcomes.get(i) instanceof RowOutcome.Refused refused
                    && refused.failure().reason().equals(SalesforceReason.DUPLICATE_USER_NAME)) {
                refusedName.accept(username(rows.get(i)).toLowerCase(Locale.ROOT));
                Optional<Action.Create> next = ((Action.Create) rows.get(i)).renamed();
                if (next.isPresent()) {
                    rows.set(i, next.get());
                    renamed.add(i);
                }
            }
        }
        return renamed;
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
            LedgerChange link = new LedgerChange.Put(new Entry.Link(new PersonLink(action.person(), user, policy)));
            return owed.owes(action.person())
                    ? List.of(link, forget, new LedgerChange.Put(new Entry.Newcomer(action.person(), policy)))
                    : List.of(link, forget);
        }
        return outcome instanceof RowOutcome.Unknown ? List.of() : List.of(forget);
    }

    private static String username(Action action) {
        return Optional.ofNullable(action.changes().get("Username"))
                .flatMap(Change::after)
                .orElse("");
    }
}
