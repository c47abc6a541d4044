package dev.salesforcesync.directory;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** One group. The rid is the last part of its SID, by which people name their primary group. */
    private static final class Group {
        private final GuidSet members = new GuidSet();
        private final Optional<Long> rid;

        Group(Optional<Long> rid) {
            this.rid = rid;
        }
    }

    /**
     * Takes a group in, or what it became.
     *
     * @param rid empty for a group whose SID is not of a domain
     */
    void put(ObjectGuid guid, Collection<ObjectGuid> members, Optional<Long> rid) {
        Group group = new Group(rid);
        members.forEach(group.members::add);
        groups.put(guid, group);
    }

    boolean knows(ObjectGuid guid) {
        return groups.containsKey(guid);
    }

    void addMember(ObjectGuid group, ObjectGuid member) {
        Group known = groups.get(group);
        if (known != null) {
            known.members.add(member);
        }
    }

    void removeMember(ObjectGuid group, ObjectGuid member) {
        Group known = groups.get(group);
        if (known != null) {
            known.members.remove(member);
        }
    }

    /** Members of a group that are not groups of the graph. */
    List<ObjectGuid> directOf(ObjectGuid guid) {
        List<ObjectGuid> members = new ArrayList<>();
        Group group = groups.get(guid);
        if (group != null) {
            group.members.forEach(members::add);
        }
        return members;
    }

    /** Ends an object: as a group, and as a member of every group. */
    void forget(ObjectGuid gone) {
        groups.remove(gone);
        groups.values().forEach(group -> group.members.remove(gone));
    }

    /** Notes which group a policy means by a name. */
    void name(String name, ObjectGuid guid) {
        named.put(name, guid);
    }

    boolean means(String name, ObjectGuid guid) {
        return guid.equals(named.get(name));
    }

    /** Whether it is known which group is meant. */
    boolean resolves(String name) {
        return named.containsKey(name);
    }

    /** The groups of the graph that an object is a direct member of. */
    Set<ObjectGuid> directlyWith(ObjectGuid member) {
        Set<ObjectGuid> with = new HashSet<>();
        groups.forEach((guid, group) -> {
            if (group.members.contains(member)) {
                with.add(guid);
            }
        });
        return with;
    }

    /** By which numbers people call groups among these their primary one. */
    Set<String> rids(Set<ObjectGuid> objects) {
        Set<String> rids = new HashSet<>();
        for (ObjectGuid guid : objects) {
            Group group = groups.get(guid);
            if (group != null) {
                group.rid.ifPresent(rid -> rids.add(Long.toString(rid)));
            }
        }
        return rids;
    }

    boolean isNamed(ObjectGuid guid) {
        return named.containsValue(guid);
    }

    int size() {
        return groups.size();
    }

    /** Everybody and everything below a group, itself included. */
    Set<ObjectGuid> below(ObjectGuid root) {
        Set<ObjectGuid> seen = new LinkedHashSet<>();
        Queue<ObjectGuid> next = new ArrayDeque<>(Set.of(root));
        while (!next.isEmpty()) {
            ObjectGuid guid = next.remove();
            if (seen.add(guid)) {
                Group group = groups.get(guid);
                if (group != null) {
                    group.members.forEach(next::add);
                }
            }
        }
        return seen;
    }

    /** Keeps only the groups that the named ones lead to. */
    void prune() {
        Set<ObjectGuid> led = new HashSet<>();
        Queue<ObjectGuid> next = new ArrayDeque<>(named.values());
        while (!next.isEmpty()) {
            ObjectGuid guid = next.remove();
            Group group = groups.get(guid);
            if (group != null && led.add(guid)) {
                group.members.forEach(member -> {
                    if (groups.containsKey(member)) {
                        next.add(member);
                    }
                });
            }
        }
        groups.keySet().retainAll(led);
    }

    /** Who among the people is a direct, nested or primary-group member of the group of that name. */
    Set<ObjectGuid> membersOf(String name, Map<ObjectGuid, Person> people) {
        ObjectGuid root = named.get(name);
        if (root == null) {
            return Set.of();
        }
        Set<ObjectGuid> closure = new HashSet<>();
        Queue<ObjectGuid> next = new ArrayDeque<>(Set.of(root));
        Set<ObjectGuid> members = new HashSet<>();
        Set<String> rids = new HashSet<>();
        while (!next.isEmpty()) {
            ObjectGuid guid = next.remove();
            Group group = groups.get(guid);
            if (group == null || !closure.add(guid)) {
                continue;
            }
            group.rid.ifPresent(rid -> rids.add(Long.toString(rid)));
            group.members.forEach(member -> {
                Person person = people.get(member);
                if (person != null) {
                    members.add(person.guid());
                } else if (groups.containsKey(member)) {
                    next.add(member);
                }
            });
        }
        if (!rids.isEmpty()) {
            people.forEach((guid, person) -> {
                if (person.first("primaryGroupID").filter(rids::contains).isPresent()) {
                    members.add(guid);
                }
            });
        }
        return members;
    }
}
