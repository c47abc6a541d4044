package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.salesforcesync.directory.GroupReader.Member;
import dev.salesforcesync.directory.ReportedChange.Members;
import dev.salesforcesync.model.ObjectGuid;
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
    private boolean allAgain;
    private boolean changed;

    GroupFollowUp(Session session, ReadSteps steps, ReadRequest request, KnownDomain known, Set<ObjectGuid> touched) {
        this.session = session;
        this.steps = steps;
        this.request = request;
        this.known = known;
        this.touched = touched;
    }

    void apply(ReportedChange change) {
        GroupGraph graph = known.groups();
        ObjectGuid guid = change.guid();
        if (change.gone()) {
            allAgain |= graph.isNamed(guid);
            if (graph.knows(guid)) {
                touch(graph.below(guid));
                changed = true;
            }
            graph.forget(guid);
            return;
        }
        allAgain |= change.moved() && graph.isNamed(guid) != fitsAName(change);
        if (!graph.knows(guid)) {
            return;
        }
        if (change.members() instanceof Members.Unknown) {
            toReadAgain.add(guid);
        } else if (change.members() instanceof Members.Delta delta) {
            changed = true;
            for (String value : delta.removed()) {
                Optional<Member> member = Member.parse(value);
                if (member.isPresent()) {
                    touch(graph.below(member.get().guid()));
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
        if (!known.people().containsKey(member.guid()) && !graph.knows(member.guid())) {
            unknownMembers.add(member.guid());
        }
        touch(graph.below(member.guid()));
    }

    /**
     * People who were not there before may bring memberships along that nobody reported: a restored object has its links
     * back.
     */
    void newcomers(Set<ObjectGuid> people) throws LDAPException {
        List<ObjectGuid> all = List.copyOf(people);
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
                ObjectGuid person = PersonDecoder.guid(entry).orElseThrow();
                String[] groups = entry.getAttributeValues("memberOf");
                for (String value : groups == null ? new String[0] : groups) {
                    Member.parse(value)
                            .map(Member::guid)
                            .filter(known.groups()::knows)
                            .ifPresent(group -> known.groups().addMember(group, person));
                }
            }
        }
    }

    /** Reads what single reports could not tell. */
    void finish(boolean placesMoved) {
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

    private void readSome() {
        GroupGraph graph = known.groups();
        Map<ObjectGuid, Set<ObjectGuid>> before = new HashMap<>();
        toReadAgain.forEach(guid -> before.put(guid, new HashSet<>(graph.directOf(guid))));
        Set<ObjectGuid> wanted = new HashSet<>(unknownMembers);
        wanted.addAll(toReadAgain);
        Doubts doubts = new Doubts();
        new GroupReader(session, steps, doubts, graph, known.foreign()).take(wanted, toReadAgain);
        known.groupDoubts().add(doubts);
        unknownMembers.forEach(guid -> touch(graph.below(guid)));
        before.forEach((guid, members) -> {
            Set<ObjectGuid> now = new HashSet<>(graph.directOf(guid));
            members.stream().filter(member -> !now.contains(member)).forEach(member -> touch(graph.below(member)));
            now.stream().filter(member -> !members.contains(member)).forEach(member -> touch(graph.below(member)));
        });
        changed = true;
    }

    private void readAll() {
        Map<String, Set<ObjectGuid>> before = members();
        Doubts doubts = new Doubts();
        GroupReader reader = new GroupReader(session, steps, doubts);
        known.replaceGroups(reader.read(request.groups()), reader.foreign(), doubts);
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

    private void touch(Set<ObjectGuid> objects) {
        objects.stream().filter(known.people()::containsKey).forEach(touched::add);
    }

    private boolean fitsAName(ReportedChange group) {
        for (String name : request.groups()) {
            if (isDn(name)) {
                if (KnownDomain.dn(name).equals(KnownDomain.dn(group.dn()))) {
                    return true;
                }
            } else if (group.names().stream().anyMatch(name::equalsIgnoreCase)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDn(String name) {
        return DN.isValidDN(name) && name.contains("=");
    }
}
