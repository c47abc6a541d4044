package dev.salesforcesync.directory;

import com.unboundid.asn1.ASN1Integer;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.salesforcesync.directory.PagedSearch.Ending;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the named groups and all groups nested in them, level by level, each once. */
final class GroupReader {
    /** Shows each DN with the identity in front, as text (MS-ADTS 3.1.1.3.4.1). */
    static final Control EXTENDED_DN = new Control(
            "1.2.840.113556.1.4.529", true, new ASN1OctetString(new ASN1Sequence(new ASN1Integer(1)).encode()));

    private static final List<String> ATTRIBUTES = List.of("objectGUID", "objectSid", "uSNChanged");
    private static final int FILTER_PARTS = 50;

    private final Session session;
    private final ReadSteps steps;
    private final Doubts doubts;
    private final GroupGraph graph;
    private final ForeignMembers foreign;
    private final Set<ObjectGuid> again = new HashSet<>();
    private final PagedSearch search;
    private final RangedValues ranges;
    private final MemberRights rights;

    /**
     * Reads groups into a graph of its own.
     *
     * @param people everybody whom the searches found
     */
    GroupReader(Session session, ReadSteps steps, Doubts doubts, Map<ObjectGuid, Person> people) {
        this(session, steps, doubts, people, new GroupGraph(), new ForeignMembers());
    }

    /** Reads more groups into a graph that is there. */
    GroupReader(
            Session session,
            ReadSteps steps,
            Doubts doubts,
            Map<ObjectGuid, Person> people,
            GroupGraph graph,
            ForeignMembers foreign) {
        this.graph = graph;
        this.foreign = foreign;
        this.session = session;
        this.steps = steps;
        this.doubts = doubts;
        this.search = new PagedSearch(session, steps.page());
        this.ranges = new RangedValues(session, steps, List.of(EXTENDED_DN));
        this.rights = new MemberRights(session, steps, people, graph, doubts);
    }

    /** The graph of what could be read; whatever is missing left a doubt. */
    GroupGraph read(Set<String> names) {
        Map<ObjectGuid, String> level = new LinkedHashMap<>();
        for (String name : new TreeSet<>(names)) {
            if (session.isBroken()) {
                break;
            }
            resolve(name).ifPresent(guid -> {
                graph.name(name, guid.guid());
                level.put(guid.guid(), guid.dn());
            });
        }
        expand(level);
        prove();
        return graph;
    }

    /** Takes in the groups that are nested and were not found by their memberships, and sees that nothing is hidden. */
    private void prove() {
        for (Set<ObjectGuid> more = rights.overlooked(); !more.isEmpty(); more = rights.overlooked()) {
            takeIn(more);
        }
        rights.proveEmpty();
    }

    ForeignMembers foreign() {
        return foreign;
    }

    /**
     * Takes in those of some identities that are groups, as they are now, with all that is nested in them.
     *
     * @param again groups to read even though the graph knows them
     */
    void take(Set<ObjectGuid> identities, Set<ObjectGuid> again) {
        again.forEach(known -> graph.put(known, Set.of(), Optional.empty()));
        this.again.addAll(again);
        takeIn(identities);
        identities.forEach(rights::member);
        prove();
    }

    private void takeIn(Set<ObjectGuid> identities) {
        List<ObjectGuid> sorted = List.copyOf(new TreeSet<>(identities));
        Map<ObjectGuid, Found> found = new LinkedHashMap<>();
        for (int from = 0; from < sorted.size() && !session.isBroken(); from += FILTER_PARTS) {
            List<ObjectGuid> some = sorted.subList(from, Math.min(sorted.size(), from + FILTER_PARTS));
            searchAll(PeopleSearch.anyOf(some, Filter.createEqualityFilter("objectClass", "group")), found);
        }
        Map<ObjectGuid, String> level = new LinkedHashMap<>();
        found.values().forEach(one -> level.put(one.guid(), one.dn()));
        expand(level);
    }

    private void expand(Map<ObjectGuid, String> first) {
        Set<ObjectGuid> expanded = new HashSet<>(first.keySet());
        Map<ObjectGuid, String> next = first;
        while (!next.isEmpty() && !session.isBroken()) {
            next = nestedIn(List.copyOf(next.values()));
            next.keySet().removeIf(guid -> !expanded.add(guid));
        }
    }

    /** A value of {@code member} as {@link #EXTENDED_DN} shows it. */
    record Member(ObjectGuid guid, String dn) {
        private static final Pattern FORMAT =
                Pattern.compile("(?i)<GUID=([0-9a-f-]{36})>;(?:<[^>]*>;)*(.*)", Pattern.DOTALL);

        static Optional<Member> parse(String value) {
            Matcher matcher = FORMAT.matcher(value);
            return matcher.matches()
                    ? Optional.of(new Member(ObjectGuid.parse(matcher.group(1)), matcher.group(2)))
                    : Optional.empty();
        }
    }

    /** A group that was read. */
    private record Found(ObjectGuid guid, String dn) {}

    private Optional<Found> resolve(String name) {
        Map<ObjectGuid, Found> found = new LinkedHashMap<>();
        try {
            if (DN.isValidDN(name) && name.contains("=")) {
                SearchRequest request = new SearchRequest(
                        name, SearchScope.BASE, Filter.createEqualityFilter("objectClass", "group"), attributes());
                request.setControls(EXTENDED_DN);
                SearchResultEntry entry = session.connection().searchForEntry(request);
                if (entry != null) {
                    take(entry).ifPresent(one -> found.put(one.guid(), one));
                }
            } else {
                Filter filter = Filter.createANDFilter(
                        Filter.createEqualityFilter("objectClass", "group"),
                        Filter.createORFilter(
                                Filter.createEqualityFilter("cn", name),
                                Filter.createEqualityFilter("sAMAccountName", name)));
                if (!searchAll(filter, found)) {
                    return Optional.empty();
                }
            }
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                doubt(e);
                return Optional.empty();
            }
        }
        if (found.isEmpty()) {
            doubts.add(
                    "GroupNotFound",
                    "The group \"" + name + "\" does not exist in the domain or the bind account may not see it."
                            + " Correct its name or grant read.");
        } else if (found.size() > 1) {
            doubts.add(
                    "GroupAmbiguous",
                    "The name \"" + name + "\" fits " + found.size() + " groups. Name the group by its DN.");
        }
        return found.size() == 1 ? found.values().stream().findFirst() : Optional.empty();
    }

    private Map<ObjectGuid, String> nestedIn(List<String> parents) {
        Map<ObjectGuid, Found> found = new LinkedHashMap<>();
        for (int from = 0; from < parents.size() && !session.isBroken(); from += FILTER_PARTS) {
            List<Filter> parts = parents.subList(from, Math.min(parents.size(), from + FILTER_PARTS)).stream()
                    .map(dn -> Filter.createEqualityFilter("memberOf", dn))
                    .toList();
            searchAll(
                    Filter.createANDFilter(
                            Filter.createEqualityFilter("objectClass", "group"), Filter.createORFilter(parts)),
                    found);
        }
        Map<ObjectGuid, String> next = new LinkedHashMap<>();
        found.values().forEach(one -> next.put(one.guid(), one.dn()));
        return next;
    }

    /** Collects the groups that match. */
    private boolean searchAll(Filter filter, Map<ObjectGuid, Found> found) {
        List<SearchResultEntry> entries = new ArrayList<>();
        Ending ending = search.run(
                session.server().namingContext(), filter, List.of(attributes()), List.of(EXTENDED_DN), entries::add);
        try {
            for (SearchResultEntry entry : entries) {
                take(entry).ifPresent(one -> found.put(one.guid(), one));
            }
        } catch (LDAPException e) {
            doubt(e);
            return false;
        }
        if (ending instanceof Ending.Partial partial) {
            doubts.add(partial.doubt());
        } else if (ending instanceof Ending.Broken broken) {
            doubt(broken.cause());
        }
        return ending instanceof Ending.Complete;
    }

    private String[] attributes() {
        List<String> all = new ArrayList<>(ATTRIBUTES);
        all.add(steps.first("member"));
        return all.toArray(new String[0]);
    }

    /** Reads one group to the end of its members, unless it was read before. */
    private Optional<Found> take(SearchResultEntry entry) throws LDAPException {
        Optional<ObjectGuid> guid = PersonDecoder.guid(entry);
        if (guid.isEmpty()) {
            doubts.add("GroupUnreadable", "A group has no readable objectGUID. Grant the bind account read on it.");
            return Optional.empty();
        }
        String dn = entry.getDN().replaceFirst("^(?:<[^>]*>;)+", "");
        Found found = new Found(guid.get(), dn);
        if (graph.knows(guid.get()) && !again.remove(guid.get())) {
            return Optional.of(found);
        }
        Optional<List<String>> values = ranges.all(entry, guid.get(), "member");
        if (values.isEmpty()) {
            doubts.add(
                    "MembersIncomplete",
                    "The members of the group \"" + dn + "\" could not be read to their end. It is tried again.");
        }
        if (values.filter(List::isEmpty).isPresent()) {
            rights.empty(dn);
        }
        foreign.forget(guid.get());
        graph.put(guid.get(), identities(guid.get(), values.orElse(List.of())), rid(entry));
        return Optional.of(found);
    }

    private Set<ObjectGuid> identities(ObjectGuid group, List<String> members) {
        Set<ObjectGuid> identities = new HashSet<>();
        for (String member : members) {
            Optional<Member> one = Member.parse(member);
            if (one.isPresent()) {
                identities.add(one.get().guid());
                if (ForeignMembers.isOf(one.get().dn(), session.server().namingContext())) {
                    rights.member(one.get().guid());
                }
                foreign.note(
                        group,
                        one.get().guid(),
                        one.get().dn(),
                        session.server().namingContext());
            } else {
                doubts.add("MemberIdentityMissing", "A member of a group came without its objectGUID.");
            }
        }
        return identities;
    }

    /** The relative identifier of a domain group; built-in groups have two sub-authorities only (MS-DTYP 2.4.2.2). */
    private static Optional<Long> rid(SearchResultEntry entry) {
        byte[] sid = entry.getAttributeValueBytes("objectSid");
        if (sid == null || sid.length != 28) {
            return Optional.empty();
        }
        return Optional.of(ByteBuffer.wrap(sid).order(ByteOrder.LITTLE_ENDIAN).getInt(24) & 0xffffffffL);
    }

    private void doubt(LDAPException e) {
        session.note(e);
        var failure = LdapFailures.of(e);
        doubts.add(failure.reason(), "A group could not be read. " + failure.message());
    }
}
