package dev.salesforcesync.directory;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersistentSet;
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

    /** What is below the names, as long as no group comes, goes, or is nested otherwise. */
    private final Map<String, Closure> closures = new HashMap<>();

    /** One group. The rid is the last part of its SID, by which people name their primary group. */
    private static final class Group {
        private final GuidSet members = new GuidSet();
        private final Optional<Long> rid;

        Group(Optional<Long> rid) {
            this.rid = rid;
        }
    }

    /** The groups that a name leads to, itself included, and the numbers by which people call them their primary one. */
    private record Closure(List<Group> groups, Set<String> rids) {
        boolean holds(Person person) {
            for (Group group : groups) {
                if (group.members.contains(person.guid())) {
                    return true;
                }
            }
            return isPrimaryOf(person);
        }

        boolean isPrimaryOf(Person person) {
            return !rids.isEmpty()
                    && person.first("primaryGroupID").filter(rids::contains).isPresent();
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
        closures.clear();
    }

    boolean knows(ObjectGuid guid) {
        return groups.containsKey(guid);
    }

    void addMember(ObjectGuid group, ObjectGuid member) {
        Group known = groups.get(group);
        if (known != null) {
            known.members.add(member);
            forgetClosures(member);
        }
    }

    void removeMember(ObjectGuid group, ObjectGuid member) {
        Group known = groups.get(group);
        if (known != null) {
            known.members.remove(member);
            forgetClosures(member);
        }
    }

    private void forgetClosures(ObjectGuid member) {
        if (groups.containsKey(member)) {
            closures.clear();
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
        forgetClosures(gone);
        groups.remove(gone);
        groups.values().forEach(group -> group.members.remove(gone));
    }

    /** Notes which group a policy means by a name. */
    void name(String name, ObjectGuid guid) {
        named.put(name, guid);
        closures.clear();
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
        if (groups.keySet().retainAll(led)) {
            closures.clear();
        }
    }

    /** Whether a person is a direct, nested or primary-group member of the group of that name. */
    boolean isMember(Person person, String name) {
        return closure(name).holds(person);
    }

    private Closure closure(String name) {
        return closures.computeIfAbsent(name, key -> {
            List<Group> led = new ArrayList<>();
            Set<String> rids = new HashSet<>();
            Set<ObjectGuid> seen = new HashSet<>();
            Queue<ObjectGuid> next = new ArrayDeque<>();
            Optional.ofNullable(named.get(key)).ifPresent(next::add);
            while (!next.isEmpty()) {
                ObjectGuid guid = next.remove();
                Group group = groups.get(guid);
                if (group != null && seen.add(guid)) {
                    led.add(group);
                    group.rid.ifPresent(rid -> rids.add(Long.toString(rid)));
                    next.addAll(nestedIn(group));
                }
            }
            return new Closure(List.copyOf(led), Set.copyOf(rids));
        });
    }

    /** Looks through what is fewer: the group's members, or all groups. */
    private List<ObjectGuid> nestedIn(Group group) {
        List<ObjectGuid> nested = new ArrayList<>();
        if (group.members.size() < groups.size()) {
            group.members.forEach(member -> {
                if (groups.containsKey(member)) {
                    nested.add(member);
                }
            });
        } else {
            groups.keySet().stream().filter(group.members::contains).forEach(nested::add);
        }
        return nested;
    }

    /** Who among the people is a direct, nested or primary-group member of the group of that name. */
    PersistentSet<ObjectGuid> membersOf(String name, Map<ObjectGuid, Person> people) {
        Closure closure = closure(name);
        Set<ObjectGuid> members = new HashSet<>();
        for (Group group : closure.groups()) {
            group.members.forEach(member ->
                    Optional.ofNullable(people.get(member)).map(Person::guid).ifPresent(members::add));
        }
        if (!closure.rids().isEmpty()) {
            people.values().stream()
                    .filter(closure::isPrimaryOf)
                    .map(Person::guid)
                    .forEach(members::add);
        }
        PersistentSet<ObjectGuid> all = PersistentSet.empty();
        for (ObjectGuid member : members) {
            all = all.with(member);
        }
        return all;
    }
}
