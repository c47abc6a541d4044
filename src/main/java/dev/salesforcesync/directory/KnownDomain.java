package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.DirectoryPicture.EntryProblem;
import dev.salesforcesync.model.DirectoryPicture.ForeignMember;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of a domain: by one full read, then kept current. Used by one thread at a time. */
final class KnownDomain {
    private final ReadRequest request;
    private final Map<ObjectGuid, Person> people = new HashMap<>();
    private final Map<ObjectGuid, EntryProblem> problems = new LinkedHashMap<>();
    private final List<EntryProblem> nameless = new ArrayList<>();
    private final Doubts doubts = new Doubts();
    private Doubts groupDoubts = new Doubts();
    private GroupGraph groups = new GroupGraph();
    private ForeignMembers foreign = new ForeignMembers();
    private boolean groupsTorn;

    KnownDomain(ReadRequest request) {
        this.request = request;
    }

    Map<ObjectGuid, Person> people() {
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
    }

    boolean isEmpty() {
        return people.isEmpty() && problems.isEmpty() && nameless.isEmpty();
    }

    void put(Person person) {
        problems.remove(person.guid());
        people.put(person.guid(), person);
    }

    void put(Optional<ObjectGuid> guid, EntryProblem problem) {
        if (guid.isPresent()) {
            people.remove(guid.get());
            problems.put(guid.get(), problem);
        } else {
            nameless.add(problem);
        }
    }

    void remove(ObjectGuid guid) {
        people.remove(guid);
        problems.remove(guid);
    }

    /** Everything as a value, judged anew. */
    DirectoryPicture picture(Instant readAt) {
        Map<String, Set<ObjectGuid>> memberships = new LinkedHashMap<>();
        request.groups().forEach(name -> memberships.put(name, groups.membersOf(name, people)));
        List<EntryProblem> unusable = new ArrayList<>(nameless);
        unusable.addAll(problems.values());
        Doubts all = doubts.copy();
        all.add(groupDoubts);
        judge(all, unusable);
        String evidence = people.size() + " people by " + request.searches().size() + " searches and " + groups.size()
                + " groups, every page and range to its end, every canary found";
        List<ForeignMember> strangers = foreign.list(groups);
        return new DirectoryPicture(people, memberships, unusable, strangers, all.orProof(evidence), readAt);
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
        if (!request.canaries().isEmpty()) {
            Set<DN> found = new HashSet<>();
            people.values().forEach(person -> dn(person.dn()).ifPresent(found::add));
            for (int i = 0; i < request.canaries().size(); i++) {
                if (dn(request.canaries().get(i)).filter(found::contains).isEmpty()) {
                    all.add(
                            "CanaryMissing",
                            "Canary " + (i + 1) + " of safety.canaries is not among the people found. Check the bind"
                                    + " account's rights, or correct the list if that entry moved.");
                }
            }
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
