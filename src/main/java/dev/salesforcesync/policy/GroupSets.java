package dev.salesforcesync.policy;

import dev.salesforcesync.model.ObjectGuid;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** In which of the policy's groups each person is. Those who are in the same ones share one set, in order. */
final class GroupSets {
    private GroupSets() {}

    static Map<ObjectGuid, Set<String>> of(Map<String, Set<ObjectGuid>> memberships) {
        Map<ObjectGuid, Set<String>> sets = new HashMap<>();
        new TreeMap<>(memberships).forEach((group, members) -> {
            // One group after the other leads to each set on one way only, so that equal sets are one object.
            IdentityHashMap<Set<String>, Set<String>> joined = new IdentityHashMap<>();
            for (ObjectGuid member : members) {
                Set<String> before = sets.getOrDefault(member, Set.of());
                sets.put(member, joined.computeIfAbsent(before, any -> with(any, group)));
            }
        });
        return sets;
    }

    /** Those of one person. */
    static Set<String> of(ObjectGuid person, Map<String, Set<ObjectGuid>> memberships) {
        TreeSet<String> groups = new TreeSet<>();
        memberships.forEach((group, members) -> {
            if (members.contains(person)) {
                groups.add(group);
            }
        });
        return groups.isEmpty() ? Set.of() : Collections.unmodifiableSortedSet(groups);
    }

    private static Set<String> with(Set<String> before, String group) {
        TreeSet<String> more = new TreeSet<>(before);
        more.add(group);
        return Collections.unmodifiableSortedSet(more);
    }
}
