package dev.salesforcesync.converge;

import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.plan.Action;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What those who are created get after the call that creates them: role, references, rights. Who may not get all of it,
 * because the run ends before, is remembered as a newcomer until he has. Safe for several threads.
 */
final class Owed {
    /** How many rows each is still to get. */
    private final Map<ObjectGuid, Integer> open = new HashMap<>();

    private final Set<ObjectGuid> joiners = new HashSet<>();

    Owed(List<Action> released) {
        for (Action action : released) {
            if (action instanceof Action.Create) {
                joiners.add(action.person());
            }
            if (comesAfterCreating(action)) {
                open.merge(action.person(), 1, Integer::sum);
            }
        }
    }

    private static boolean comesAfterCreating(Action action) {
        return action instanceof Action.Refer
                || action instanceof Action.Assign
                || action.changes().containsKey(CreatePass.ROLE);
    }

    /** Whether there is more to come for somebody whom this run creates. */
    synchronized boolean owes(ObjectGuid person) {
        return joiners.contains(person) && open.containsKey(person);
    }

    /** A row was confirmed. */
    synchronized void written(Action action) {
        if (!(action instanceof Action.Create) && comesAfterCreating(action)) {
            open.computeIfPresent(action.person(), (person, rows) -> rows - 1);
        }
    }

    /** Forgets those who were remembered as newcomers and now have everything. */
    synchronized List<LedgerChange> settled(Map<ObjectGuid, String> newcomers) {
        return open.entrySet().stream()
                .filter(one -> one.getValue() <= 0 && newcomers.containsKey(one.getKey()))
                .<LedgerChange>map(one -> new LedgerChange.Remove(Entry.Newcomer.key(one.getKey())))
                .toList();
    }
}
