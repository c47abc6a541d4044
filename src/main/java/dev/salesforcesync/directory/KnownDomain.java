package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.DirectoryPicture.EntryProblem;
import dev.salesforcesync.model.DirectoryPicture.ForeignMember;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersistentMap;
import dev.salesforcesync.model.PersistentSet;
import dev.salesforcesync.model.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of a domain: by one full read, then kept current. Used by one thread at a time. */
final class KnownDomain {
    private final ReadRequest request;
    private final Canaries canaries;
    private PersistentMap<ObjectGuid, Person> people = PersistentMap.empty();
    private final Map<ObjectGuid, EntryProblem> problems = new LinkedHashMap<>();
    private final List<EntryProblem> nameless = new ArrayList<>();
    private final Doubts doubts = new Doubts();
    private Doubts groupDoubts = new Doubts();
    private GroupGraph groups = new GroupGraph();
    private ForeignMembers foreign = new ForeignMembers();
    private boolean groupsTorn;
    private Optional<Map<String, PersistentSet<ObjectGuid>>> memberships = Optional.empty();

    KnownDomain(ReadRequest request) {
        this.request = request;
        this.canaries = new Canaries(request.canaries());
    }

    PersistentMap<ObjectGuid, Person> people() {
        return people;
    }

    Doubts doubts() {
        return doubts;
    }

    GroupGraph groups() {
        return groups;
    }

    ForeignMembers foreign() {
        return foreign;
    }

    Doubts groupDoubts() {
        return groupDoubts;
    }

    /** Whether the groups were left half read. */
    boolean groupsTorn() {
        return groupsTorn;
    }

    void tearGroups(boolean torn) {
        groupsTorn = torn;
    }

    /** Takes groups that were read anew, with what may be missing of them. */
    void replaceGroups(GroupGraph next, ForeignMembers strangers, Doubts missing) {
        groups = next;
        foreign = strangers;
        groupDoubts = missing;
        memberships = Optional.empty();
    }

    /**
     * Brings up to date what is derived of people and groups, at a cost that depends on how many changed and not on how
     * many there are.
     *
     * @param changed everybody who is known otherwise than when a picture was last taken, or belongs elsewhere
     */
    void settle(Set<ObjectGuid> changed) {
        memberships.ifPresent(known -> known.replaceAll((name, before) -> {
            PersistentSet<ObjectGuid> members = before;
            for (ObjectGuid guid : changed) {
                Person person = people.get(guid);
                members = person != null && groups.isMember(person, name)
                        ? members.with(person.guid())
                        : members.without(guid);
            }
            return members;
        }));
        for (ObjectGuid guid : changed) {
            Optional.ofNullable(people.get(guid)).ifPresent(canaries::note);
        }
    }

    private Map<String, PersistentSet<ObjectGuid>> memberships() {
        if (memberships.isEmpty()) {
            Map<String, PersistentSet<ObjectGuid>> whole = new LinkedHashMap<>();
            request.groups().forEach(name -> whole.put(name, groups.membersOf(name, people)));
            memberships = Optional.of(whole);
        }
        return memberships.get();
    }

    boolean isEmpty() {
        return people.isEmpty() && problems.isEmpty() && nameless.isEmpty();
    }

    void put(Person person) {
        problems.remove(person.guid());
        people = people.with(person.guid(), person);
    }

    void put(Optional<ObjectGuid> guid, EntryProblem problem) {
        if (guid.isPresent()) {
            people = people.without(guid.get());
            problems.put(guid.get(), problem);
        } else {
            nameless.add(problem);
        }
    }

    void remove(ObjectGuid guid) {
        people = people.without(guid);
        problems.remove(guid);
    }

    /** Everything as a value, judged anew; whoever changed since the last one was settled. */
    DirectoryPicture picture(Instant readAt) {
        List<EntryProblem> unusable = new ArrayList<>(nameless);
        unusable.addAll(problems.values());
        Doubts all = doubts.copy();
        all.add(groupDoubts);
        judge(all, unusable);
        String evidence = people.size() + " people by " + request.searches().size() + " searches and " + groups.size()
                + " groups, every page and range to its end, every canary found";
        List<ForeignMember> strangers = foreign.list(groups);
        return new DirectoryPicture(
                people, Map.copyOf(memberships()), unusable, strangers, all.orProof(evidence), readAt);
    }

    private void judge(Doubts all, List<EntryProblem> unusable) {
        if (!unusable.isEmpty()) {
            all.add(
                    "EntryUnreadable",
                    unusable.size() + " entries could not be read as people (first: "
                            + unusable.get(0).code() + "), so nobody's absence is certain. "
                            + unusable.get(0).message());
        }
        if (people.size() < request.minimumPeople()) {
            all.add(
                    "FewerThanMinimum",
                    "The searches found " + people.size() + " people, fewer than the declared minimum of "
                            + request.minimumPeople() + ". Check the searches and the bind account's rights, or lower"
                            + " safety.minimumUsers.");
        }
        for (int missing : canaries.missing(people)) {
            all.add(
                    "CanaryMissing",
                    "Canary " + (missing + 1) + " of safety.canaries is not among the people found. Check the bind"
                            + " account's rights, or correct the list if that entry moved.");
        }
    }

    static Optional<DN> dn(String text) {
        try {
            return Optional.of(new DN(text));
        } catch (LDAPException e) {
            return Optional.empty();
        }
    }
}
