package dev.salesforcesync.converge;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Usernames that some give up and others get in the same run. Salesforce refuses a name that is taken at the moment of
 * the write, so that two people could never swap theirs: whoever holds such a name gets another one in between.
 */
final class NameRelease {
    private static final String USERNAME = "Username";

    /** Salesforce's limit for a username (Object Reference, User). */
    private static final int LONGEST = 80;

    private final Map<String, Action> holders = new HashMap<>();
    private final Map<String, List<Action>> claimants = new HashMap<>();

    NameRelease(Collection<Action> released) {
        for (Action action : released) {
            Optional<Change> rename = rename(action);
            rename.flatMap(Change::before).ifPresent(name -> holders.put(lower(name), action));
            rename.flatMap(Change::after)
                    .ifPresent(name -> claimants
                            .computeIfAbsent(lower(name), any -> new ArrayList<>())
                            .add(action));
        }
        holders.keySet().retainAll(claimants.keySet());
    }

    /** What gives contested names free, one row for each holder. */
    List<Action> inBetween() {
        return new TreeMap<>(holders)
                .entrySet().stream()
                        .map(held -> inBetween(held.getValue(), held.getKey()))
                        .toList();
    }

    private static Action inBetween(Action holder, String name) {
        SalesforceId user = holder.existingUser().orElseThrow();
        Change change = new Change(Optional.of(name), Optional.of(nameInBetween(user, name)), false);
        return new Action.Update(
                holder.person(), user, new TreeMap<>(Map.of(USERNAME, change)), false, "UsernameReleased");
    }

    private static String nameInBetween(SalesforceId user, String name) {
        String local = "released." + user.value().toLowerCase(Locale.ROOT);
        String whole = local + name.substring(Math.max(0, name.indexOf('@')));
        return whole.length() <= LONGEST ? whole : local + "@released.invalid";
    }

    /** Who has to wait because a name was not given free: those who hold one, and those who would get it. */
    Set<ObjectGuid> waiting(Collection<Action> givenFree) {
        Set<ObjectGuid> free = new HashSet<>();
        givenFree.forEach(action -> free.add(action.person()));
        Set<ObjectGuid> waiting = new HashSet<>();
        holders.forEach((name, holder) -> {
            if (!free.contains(holder.person())) {
                waiting.add(holder.person());
                claimants.getOrDefault(name, List.of()).forEach(claimant -> waiting.add(claimant.person()));
            }
        });
        return waiting;
    }

    /** Changes of case alone free nothing and claim nothing; nor is a new user somebody who gives up a name. */
    private static Optional<Change> rename(Action action) {
        return action.existingUser()
                .flatMap(user -> Optional.ofNullable(action.changes().get(USERNAME)))
                .filter(change -> !change.before()
                        .map(NameRelease::lower)
                        .equals(change.after().map(NameRelease::lower)));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
