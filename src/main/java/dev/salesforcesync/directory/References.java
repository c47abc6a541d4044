package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * People who name another object, such as their manager: when that one is renamed or deleted, what they show changes,
 * and nothing is reported about them.
 */
final class References {
    /** Attributes of people that hold the name of another object and follow it (MS-ADA1 to 3, linked attributes). */
    private static final List<String> FOLLOWING =
            List.of("manager", "assistant", "secretary", "seeAlso", "managedBy", "memberOf", "directReports");

    private final Session session;
    private final ReadSteps steps;
    private final KnownDomain known;
    private final List<String> watched;
    private final Set<String> oldNames = new HashSet<>();
    private final Set<String> newNames = new HashSet<>();
    private final Set<ObjectGuid> people = new HashSet<>();
    private boolean strangerDeleted;

    References(Session session, ReadSteps steps, Set<String> attributes, KnownDomain known) {
        this.session = session;
        this.steps = steps;
        this.known = known;
        Set<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        wanted.addAll(attributes);
        this.watched = FOLLOWING.stream().filter(wanted::contains).toList();
    }

    /** Somebody has another name, or may have. */
    void renamed(ObjectGuid guid, String dn) {
        if (!watched.isEmpty()) {
            gone(guid);
            newNames.add(dn);
        }
    }

    /** Somebody is no longer there. */
    void gone(ObjectGuid guid) {
        Person before = known.people().get(guid);
        if (before != null) {
            oldNames.add(before.dn().toLowerCase(Locale.ROOT));
        }
    }

    /** Somebody was deleted, perhaps one whose name was never known. */
    void deleted(ObjectGuid guid) {
        strangerDeleted |= !known.people().containsKey(guid);
        gone(guid);
    }

    /** Somebody may have been deleted and restored since: whoever named him does so no longer, and is not told. */
    void restored(ObjectGuid guid, String dn) {
        deleted(guid);
        oldNames.add(dn.toLowerCase(Locale.ROOT));
    }

    /** A group's members show it among their groups. */
    void group(ReportedChange change) {
        if (!watched.contains("memberOf")) {
            return;
        }
        if (change.members() instanceof ReportedChange.Members.Delta delta) {
            for (List<String> values : List.of(delta.added(), delta.removed())) {
                values.forEach(value -> GroupReader.Member.parse(value)
                        .map(GroupReader.Member::guid)
                        .filter(known.people()::containsKey)
                        .ifPresent(people::add));
            }
        } else {
            newNames.add(change.dn());
        }
        if (change.moved() || change.gone() || change.restored()) {
            newNames.add(change.dn());
            // Its former name is not told; whoever shows a group that is no longer there is found by reading again.
            known.people().values().stream()
                    .filter(person -> person.attributes().containsKey("memberOf"))
                    .map(Person::guid)
                    .forEach(people::add);
        }
    }

    /** Whoever refers to one of them by what is known, or by what the server says. */
    Set<ObjectGuid> people() throws LDAPException {
        if (watched.isEmpty()) {
            return people;
        }
        if (strangerDeleted) {
            findDangling();
        }
        if (!oldNames.isEmpty()) {
            known.people().values().stream()
                    .filter(this::namesOneOfThem)
                    .map(Person::guid)
                    .forEach(people::add);
        }
        List<Filter> all = newNames.stream()
                .flatMap(name -> watched.stream()
                        .filter(attribute -> !attribute.equals("directReports"))
                        .map(attribute -> Filter.createEqualityFilter(attribute, name)))
                .toList();
        for (int from = 0; from < all.size(); from += PeopleSearch.FILTER_PARTS) {
            List<Filter> parts = all.subList(from, Math.min(all.size(), from + PeopleSearch.FILTER_PARTS));
            if (!known.people().isEmpty()) {
                FollowUp.wholly(new PagedSearch(session, steps.page())
                        .run(
                                session.server().namingContext(),
                                Filter.createORFilter(parts),
                                List.of("objectGUID"),
                                List.of(),
                                entry -> PersonDecoder.guid(entry)
                                        .filter(known.people()::containsKey)
                                        .ifPresent(people::add)));
            }
        }
        return people;
    }

    /** Whoever names somebody outside the picture who is no longer there under that name. */
    private void findDangling() throws LDAPException {
        Set<String> inside = new HashSet<>();
        known.people().values().forEach(person -> inside.add(person.dn().toLowerCase(Locale.ROOT)));
        Map<String, Set<ObjectGuid>> outside = new HashMap<>();
        for (Person person : known.people().values()) {
            for (String attribute : watched) {
                for (String name : person.attributes().getOrDefault(attribute, List.of())) {
                    if (!inside.contains(name.toLowerCase(Locale.ROOT))) {
                        outside.computeIfAbsent(name, key -> new HashSet<>()).add(person.guid());
                    }
                }
            }
        }
        Set<String> there = new HashSet<>();
        List<String> names = List.copyOf(outside.keySet());
        for (int from = 0; from < names.size(); from += PeopleSearch.FILTER_PARTS) {
            List<Filter> parts = names.subList(from, Math.min(names.size(), from + PeopleSearch.FILTER_PARTS)).stream()
                    .map(name -> Filter.createEqualityFilter("distinguishedName", name))
                    .toList();
            FollowUp.wholly(new PagedSearch(session, steps.page())
                    .run(
                            session.server().namingContext(),
                            Filter.createORFilter(parts),
                            List.of("objectGUID"),
                            List.of(),
                            entry -> there.add(entry.getDN().toLowerCase(Locale.ROOT))));
        }
        outside.forEach((name, referring) -> {
            if (!there.contains(name.toLowerCase(Locale.ROOT))) {
                people.addAll(referring);
            }
        });
    }

    private boolean namesOneOfThem(Person person) {
        for (String attribute : watched) {
            List<String> values = person.attributes().get(attribute);
            if (values != null
                    && values.stream().anyMatch(value -> oldNames.contains(value.toLowerCase(Locale.ROOT)))) {
                return true;
            }
        }
        return false;
    }
}
