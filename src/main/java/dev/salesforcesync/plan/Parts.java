package dev.salesforcesync.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes updates apart by what their fields mean, so that a risky field can wait while the rest goes ahead, and puts
 * together again what goes ahead. A part keeps its key whatever happens to the rest of the row.
 */
final class Parts {
    private Parts() {}

    static List<Action> of(Collection<Action> actions) {
        List<Action> parts = new ArrayList<>();
        for (Action action : actions) {
            if (action instanceof Action.Update update) {
                split(update, parts);
            } else {
                parts.add(action);
            }
        }
        return parts;
    }

    private static void split(Action.Update update, List<Action> parts) {
        Map<Kind, SortedMap<String, Change>> byKind = new LinkedHashMap<>();
        update.changes()
                .forEach((field, change) -> byKind.computeIfAbsent(Fields.kind(field), any -> new TreeMap<>())
                        .put(field, change));
        byKind.forEach((kind, changes) -> parts.add(new Action.Update(
                update.person(),
                update.user(),
                changes,
                update.privileged() && kind == Kind.REMOVE_ENTITLEMENT,
                update.reason())));
    }

    static List<Action> joined(Collection<Action> parts) {
        List<Action> actions = new ArrayList<>();
        Map<Object, Action.Update> updates = new LinkedHashMap<>();
        for (Action part : parts) {
            if (part instanceof Action.Update update) {
                updates.merge(update.user(), update, Parts::join);
            } else {
                actions.add(part);
            }
        }
        actions.addAll(updates.values());
        return actions.stream().sorted(CanonicalOrder.INSTANCE).toList();
    }

    private static Action.Update join(Action.Update one, Action.Update other) {
        SortedMap<String, Change> changes = new TreeMap<>(one.changes());
        changes.putAll(other.changes());
        return new Action.Update(
                one.person(), one.user(), changes, one.privileged() || other.privileged(), one.reason());
    }
}
