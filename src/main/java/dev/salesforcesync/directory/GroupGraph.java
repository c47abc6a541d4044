package dev.salesforcesync.directory;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Groups and their members by identity. Nesting is expanded here, so cycles are harmless and a rename does not
 * matter.
 */
final class GroupGraph {
    private final Map<ObjectGuid, Group> groups = new HashMap<>();
    private final Map<String, ObjectGuid> named = new HashMap<>();

    /**
     * One group.
     *
     * @param rid the last part of its SID, by which people name their primary group; empty for a group whose SID is
     *     not of a domain
     */
    record Group(Set<ObjectGuid> members, Optional<Long> rid) {
        Group {
            members = Set.copyOf(members);
        }
    }

    void put(ObjectGuid guid, Group group) {
        groups.put(guid, group);
    }

    boolean knows(ObjectGuid guid) {
        return groups.containsKey(guid);
    }

    /** Notes which group a policy means by a name. */
    void name(String name, ObjectGuid guid) {
        named.put(name, guid);
    }

    int size() {
        return groups.size();
    }

    /** Who among the people is a direct, nested or primary-group member of the group of that name. */
    Set<ObjectGuid> membersOf(String name, Map<ObjectGuid, Person> people) {
        ObjectGuid root = named.get(name);
        if (root == null) {
            return Set.of();
        }
        Set<ObjectGuid> closure = new LinkedHashSet<>();
        Queue<ObjectGuid> next = new ArrayDeque<>(Set.of(root));
        Set<ObjectGuid> members = new HashSet<>();
        Set<String> rids = new HashSet<>();
        while (!next.isEmpty()) {
            ObjectGuid guid = next.remove();
            Group group = groups.get(guid);
            if (group == null || !closure.add(guid)) {
                continue;
            }
            group.rid().ifPresent(rid -> rids.add(Long.toString(rid)));
            for (ObjectGuid member : group.members()) {
                if (people.containsKey(member)) {
                    members.add(member);
                } else {
                    next.add(member);
                }
            }
        }
        people.forEach((guid, person) -> {
            if (person.first("primaryGroupID").filter(rids::contains).isPresent()) {
                members.add(guid);
            }
        });
        return members;
    }
}
