package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import dev.salesforcesync.directory.PagedSearch.Ending;
import dev.salesforcesync.directory.ReportedChange.What;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sees whether the groups that were read show everything: a server leaves out in silence what the account may not read
 * (MS-ADTS 3.1.1.4.3), so a nested group may be invisible, and one whose members may not be read looks empty. Asks only
 * for members who are neither people nor groups that are known, and only for groups without any member.
 */
final class MemberRights {
    private final Session session;
    private final ReadSteps steps;
    private final Map<ObjectGuid, Person> people;
    private final GroupGraph graph;
    private final Doubts doubts;
    private final Set<ObjectGuid> strangers = new HashSet<>();
    private final Set<ObjectGuid> seen = new HashSet<>();
    private final Set<String> empty = new TreeSet<>();

    MemberRights(Session session, ReadSteps steps, Map<ObjectGuid, Person> people, GroupGraph graph, Doubts doubts) {
        this.session = session;
        this.steps = steps;
        this.people = people;
        this.graph = graph;
        this.doubts = doubts;
    }

    /** A group names somebody of this domain. */
    void member(ObjectGuid guid) {
        if (!people.containsKey(guid)) {
            strangers.add(guid);
        }
    }

    /** A group names nobody. */
    void empty(String dn) {
        empty.add(dn);
    }

    /** Looks at members of whom nothing was known: those that are groups. Who cannot be seen leaves a doubt. */
    Set<ObjectGuid> overlooked() {
        Set<ObjectGuid> sorted = new TreeSet<>(strangers);
        sorted.removeIf(guid -> graph.knows(guid) || !seen.add(guid));
        strangers.clear();
        Set<ObjectGuid> groups = new HashSet<>();
        List<ObjectGuid> all = List.copyOf(sorted);
        for (int from = 0; from < all.size() && !session.isBroken(); from += PeopleSearch.FILTER_PARTS) {
            look(all.subList(from, Math.min(all.size(), from + PeopleSearch.FILTER_PARTS)), groups);
        }
        return groups;
    }

    private void look(List<ObjectGuid> some, Set<ObjectGuid> groups) {
        Map<ObjectGuid, What> found = new HashMap<>();
        Ending ending = new PagedSearch(session, steps.page())
                .run(
                        session.server().namingContext(),
                        PeopleSearch.anyOf(some),
                        List.of("objectGUID", "objectClass", "isDeleted"),
                        // Whoever was deleted meanwhile is not hidden.
                        List.of(PagedSearch.SHOW_DELETED),
                        entry -> PersonDecoder.guid(entry).ifPresent(guid -> {
                            boolean group = ChangeSource.classOf(entry) == What.GROUP
                                    && !entry.hasAttributeValue("isDeleted", "TRUE");
                            if (entry.hasAttribute("objectClass")) {
                                found.put(guid, group ? What.GROUP : What.PERSON);
                            }
                        }));
        if (ending instanceof Ending.Partial partial) {
            doubts.add(partial.doubt());
        } else if (ending instanceof Ending.Broken broken) {
            doubt(broken.cause());
        } else if (!found.keySet().containsAll(some)) {
            doubts.add(
                    "MemberHidden",
                    "A member of a group is an object that the bind account may not see; it may be a nested group. Grant"
                            + " the account read on it, or take it out of the group.");
        }
        found.forEach((guid, what) -> {
            if (what == What.GROUP) {
                groups.add(guid);
            }
        });
    }

    /** Sees whether anybody is a member of one of the groups that seem to be empty: members know it themselves. */
    void proveEmpty() {
        List<String> all = new ArrayList<>(empty);
        empty.clear();
        for (int from = 0; from < all.size() && !session.isBroken(); from += PeopleSearch.FILTER_PARTS) {
            List<Filter> parts = all.subList(from, Math.min(all.size(), from + PeopleSearch.FILTER_PARTS)).stream()
                    .map(dn -> Filter.createEqualityFilter("memberOf", dn))
                    .toList();
            if (anybody(Filter.createORFilter(parts))) {
                doubts.add(
                        "MembersHidden",
                        "A group shows no members, and yet somebody is a member of it. Grant the bind account read on"
                                + " the attribute member of the groups that the rules name and of those nested in them.");
            }
        }
    }

    private boolean anybody(Filter filter) {
        SearchRequest request = new SearchRequest(
                session.server().namingContext(),
                SearchScope.SUB,
                DereferencePolicy.NEVER,
                1,
                0,
                false,
                filter,
                "objectGUID");
        request.setControls(PagedSearch.DOMAIN_SCOPE);
        try {
            return session.connection().search(request).getEntryCount() > 0;
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED) && e.getEntryCount() > 0) {
                return true;
            }
            doubt(e);
            return false;
        }
    }

    private void doubt(LDAPException e) {
        session.note(e);
        var failure = LdapFailures.of(e);
        doubts.add(failure.reason(), "It could not be seen whether groups show all members. " + failure.message());
    }
}
