package dev.salesforcesync.converge;

import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.SalesforceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rights that users hold: of each user one array of numbers, for up to a million of them hold several. */
final class HeldRights {
    private static final long[] NOTHING = {};

    /** By user, two numbers for each right, in order: the row's head, and its tail below the number of the right. */
    private final Map<SalesforceId, long[]> held = new HashMap<>();

    private final List<GivenRight> known = new ArrayList<>();
    private final Map<GivenRight, Integer> numbers = new HashMap<>();

    /**
     * Takes in what these users hold now.
     *
     * @return who held something else before
     */
    Set<SalesforceId> replace(Set<SalesforceId> users, Collection<Assignment> rights) {
        Map<SalesforceId, List<Assignment>> byUser = rights.stream()
                .filter(right -> users.contains(right.user()))
                .collect(Collectors.groupingBy(Assignment::user));
        Set<SalesforceId> changed = new HashSet<>();
        for (SalesforceId user : users) {
            List<Assignment> his = byUser.get(user);
            long[] rows = his == null ? NOTHING : packed(his);
            long[] before = his == null ? held.remove(user) : held.put(user, rows);
            if (!Arrays.equals(rows, before == null ? NOTHING : before)) {
                changed.add(user);
            }
        }
        return changed;
    }

    /**
     * Takes in what everybody holds now.
     *
     * @return who held something else before
     */
    Set<SalesforceId> replaceAll(Collection<Assignment> rights) {
        Set<SalesforceId> users = new HashSet<>(held.keySet());
        rights.forEach(right -> users.add(right.user()));
        return replace(users, rights);
    }

    private long[] packed(List<Assignment> rights) {
        return rights.stream()
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .flatMapToLong(right -> Arrays.stream(new long[] {
                    right.id().head(), ((long) number(right) << 32) | right.id().tail()
                }))
                .toArray();
    }

    private int number(Assignment assignment) {
        GivenRight right = new GivenRight(assignment.kind(), assignment.entitlement());
        return numbers.computeIfAbsent(right, first -> {
            known.add(first);
            return known.size() - 1;
        });
    }

    /** Each right of each user. */
    List<Assignment> all() {
        List<Assignment> all = new ArrayList<>(held.size());
        held.forEach((user, rows) -> unpack(user, rows, all));
        return all;
    }

    /** Each right of these users. */
    List<Assignment> of(Collection<SalesforceId> users) {
        List<Assignment> theirs = new ArrayList<>();
        users.forEach(user -> unpack(user, held.getOrDefault(user, NOTHING), theirs));
        return theirs;
    }

    private void unpack(SalesforceId user, long[] rows, List<Assignment> into) {
        for (int i = 0; i < rows.length; i += 2) {
            GivenRight right = known.get((int) (rows[i + 1] >>> 32));
            SalesforceId row = new SalesforceId(rows[i], (int) rows[i + 1]);
            into.add(new Assignment(row, user, right.kind(), right.entitlement()));
        }
    }
}
