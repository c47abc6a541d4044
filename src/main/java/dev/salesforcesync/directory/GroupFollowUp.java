package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.salesforcesync.directory.GroupReader.Member;
import dev.salesforcesync.directory.ReportedChange.Members;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings the graph of groups up to date with reported changes: single members where they are told, whole groups else. */
final class GroupFollowUp {
    private final Session session;
    private final ReadSteps steps;
    private final ReadRequest request;
    private final KnownDomain known;
    private final Set<ObjectGuid> touched;
    private final Set<ObjectGuid> unknownMembers = new HashSet<>();
    private final Set<ObjectGuid> toReadAgain = new HashSet<>();
    private final Set<ObjectGuid> arrivals = new HashSet<>();
    private final Set<ObjectGuid> gone = new HashSet<>();
    private boolean allAgain;
    private boolean changed;

    GroupFollowUp(Session session, ReadSteps steps, ReadRequest request, KnownDomain known, Set<ObjectGuid> touched) {
        this.session = session;
        this.steps = steps;
        this.request = request;
        this.known = known;
        this.touched = touched;
        this.allAgain = known.groupsTorn();
        // What ends half way is not continued, since it may go on otherwise than it began: the next attempt reads all.
        known.tearGroups(true);
    }

    void apply(ReportedChange change) {
        GroupGraph graph = known.groups();
        ObjectGuid guid = change.guid();
        if (change.gone()) {
            if (graph.knows(guid)) {
                touch(guid);
                changed = true;
            }
            buried(guid);
            return;
        }
        boolean renamed = change.moved() || !change.names().isEmpty();
        allAgain |= renamed && (anyNameIsOpen() || meansAnother(change));
        if (change.restored() || (change.moved() && !graph.knows(guid))) {
            arrivals.add(guid);
        }
        if (!graph.knows(guid)) {
            return;
        }
        if (change.restored()) {
            toReadAgain.add(guid);
        }
        if (change.members() instanceof Members.Unknown) {
            toReadAgain.add(guid);
        } else if (change.members() instanceof Members.Delta delta) {
            changed = true;
            for (String value : delta.removed()) {
                Optional<Member> member = Member.parse(value);
                if (member.isPresent()) {
                    touch(member.get().guid());
                    graph.removeMember(guid, member.get().guid());
                    known.foreign().remove(guid, member.get().guid());
                } else {
                    toReadAgain.add(guid);
                }
            }
            for (String value : delta.added()) {
                Optional<Member> member = Member.parse(value);
                if (member.isPresent()) {
                    add(guid, member.get());
                } else {
                    toReadAgain.add(guid);
                }
            }
        }
    }

    private void add(ObjectGuid group, Member member) {
        GroupGraph graph = known.groups();
        graph.addMember(group, member.guid());
        known.foreign().note(group, member.guid(), member.dn(), session.server().namingContext());
        if (!known.people().containsKey(member.guid())
                && !graph.knows(member.guid())
                && ForeignMembers.isOf(member.dn(), session.server().namingContext())) {
            unknownMembers.add(member.guid());
        }
        touch(member.guid());
    }

    /** Somebody is no longer there, perhaps one who had a name that a request names. */
    void buried(ObjectGuid guid) {
        allAgain |= known.groups().isNamed(guid) || anyNameIsOpen();
        known.groups().forget(guid);
        known.foreign().end(guid);
        gone.add(guid);
    }

    /** Somebody was not there before, or perhaps not all the time. */
    void arrived(ObjectGuid guid) {
        arrivals.add(guid);
    }

    /**
     * Who comes may bring memberships along that nobody reported, and who was deleted in between may have lost them: a
     * restored object has its links back, or not, as the domain has a recycle bin (MS-ADTS 3.1.1.5.3.7).
     */
    private void settleArrivals() throws LDAPException {
        List<ObjectGuid> all = List.copyOf(arrivals);
        Map<ObjectGuid, Set<ObjectGuid>> told = new HashMap<>();
        for (int from = 0; from < all.size() && known.groups().size() > 0; from += PeopleSearch.FILTER_PARTS) {
            List<ObjectGuid> batch = all.subList(from, Math.min(all.size(), from + PeopleSearch.FILTER_PARTS));
            List<SearchResultEntry> entries = new ArrayList<>();
            FollowUp.wholly(new PagedSearch(session, steps.page())
                    .run(
                            session.server().namingContext(),
                            PeopleSearch.anyOf(batch),
                            List.of("objectGUID", "memberOf"),
                            List.of(GroupReader.EXTENDED_DN),
                            entries::add));
            for (SearchResultEntry entry : entries) {
                Set<ObjectGuid> groups =
                        told.computeIfAbsent(PersonDecoder.guid(entry).orElseThrow(), key -> new HashSet<>());
                String[] values = entry.getAttributeValues("memberOf");
                for (String value : values == null ? new String[0] : values) {
                    Member.parse(value)
                            .map(Member::guid)
                            .filter(known.groups()::knows)
                            .ifPresent(groups::add);
                }
            }
        }
        told.forEach((guid, groups) -> {
            Set<ObjectGuid> before = known.groups().directlyWith(guid);
            // Not to see a membership is no proof that there is none: the group itself is asked.
            before.stream().filter(group -> !groups.contains(group)).forEach(toReadAgain::add);
            if (!before.containsAll(groups)) {
                groups.forEach(group -> known.groups().addMember(group, guid));
                if (!known.people().containsKey(guid) && !known.groups().knows(guid)) {
                    unknownMembers.add(guid);
                }
                touch(guid);
            }
        });
    }

    /** Reads what single reports could not tell. */
    void finish(boolean placesMoved) throws LDAPException {
        settleArrivals();
        unknownMembers.removeAll(gone);
        allAgain |= placesMoved && request.groups().stream().anyMatch(GroupFollowUp::isDn);
        if (allAgain) {
            readAll();
        } else if (!unknownMembers.isEmpty() || !toReadAgain.isEmpty()) {
            readSome();
        }
        if (changed) {
            known.groups().prune();
        }
    }

    private void readSome() throws LDAPException {
        GroupGraph graph = known.groups();
        Map<ObjectGuid, Set<ObjectGuid>> before = new HashMap<>();
        toReadAgain.forEach(guid -> before.put(guid, new HashSet<>(graph.directOf(guid))));
        Set<ObjectGuid> wanted = new HashSet<>(unknownMembers);
        wanted.addAll(toReadAgain);
        Doubts doubts = new Doubts();
        new GroupReader(session, steps, doubts, known.people(), graph, known.foreign()).take(wanted, toReadAgain);
        if (!session.isBroken()) {
            known.groupDoubts().add(doubts);
        }
        unknownMembers.forEach(this::touch);
        before.forEach((guid, members) -> {
            Set<ObjectGuid> now = new HashSet<>(graph.directOf(guid));
            members.stream().filter(member -> !now.contains(member)).forEach(this::touch);
            now.stream().filter(member -> !members.contains(member)).forEach(this::touch);
        });
        changed = true;
        breakOff();
    }

    private void breakOff() throws LDAPException {
        if (session.isBroken()) {
            throw new LDAPException(ResultCode.SERVER_DOWN, "the connection ended half way");
        }
    }

    private void readAll() throws LDAPException {
        Map<String, Set<ObjectGuid>> before = members();
        Doubts doubts = new Doubts();
        GroupReader reader = new GroupReader(session, steps, doubts, known.people());
        GroupGraph graph = reader.read(request.groups());
        breakOff();
        known.replaceGroups(graph, reader.foreign(), doubts);
        Map<String, Set<ObjectGuid>> now = members();
        for (String name : request.groups()) {
            Set<ObjectGuid> was = before.getOrDefault(name, Set.of());
            Set<ObjectGuid> is = now.getOrDefault(name, Set.of());
            was.stream().filter(member -> !is.contains(member)).forEach(touched::add);
            is.stream().filter(member -> !was.contains(member)).forEach(touched::add);
        }
    }

    private Map<String, Set<ObjectGuid>> members() {
        Map<String, Set<ObjectGuid>> members = new HashMap<>();
        request.groups().forEach(name -> members.put(name, known.groups().membersOf(name, known.people())));
        return members;
    }

    /** Whoever is a member by this object: itself, what is below it, and those whose primary group is. */
    private void touch(ObjectGuid root) {
        Set<ObjectGuid> objects = known.groups().below(root);
        objects.stream().filter(known.people()::containsKey).forEach(touched::add);
        Set<String> rids = known.groups().rids(objects);
        if (!rids.isEmpty()) {
            known.people().values().stream()
                    .filter(person -> person.first("primaryGroupID")
                            .filter(rids::contains)
                            .isPresent())
                    .map(Person::guid)
                    .forEach(touched::add);
        }
    }

    private boolean anyNameIsOpen() {
        return request.groups().stream().anyMatch(name -> !known.groups().resolves(name));
    }

    /** Whether a name of the request may mean another group now. */
    private boolean meansAnother(ReportedChange group) {
        return request.groups().stream()
                .anyMatch(name -> fits(group, name) != known.groups().means(name, group.guid()));
    }

    private static boolean fits(ReportedChange group, String name) {
        return isDn(name)
                ? KnownDomain.dn(name).equals(KnownDomain.dn(group.dn()))
                : group.names().stream().anyMatch(name::equalsIgnoreCase);
    }

    private static boolean isDn(String name) {
        return DN.isValidDN(name) && name.contains("=");
    }
}
