package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.salesforcesync.directory.PagedSearch.Ending;
import dev.salesforcesync.directory.PersonDecoder.Decoded;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads one person and which of some groups he is in, without anybody else: the server follows the nesting itself
 * (MS-ADTS 3.1.1.3.4.4.3, LDAP_MATCHING_RULE_TRANSITIVE_EVAL). A primary group is no value of memberOf and is followed
 * by its identifier.
 */
final class OnePersonRead {
    private static final String IN_CHAIN = "1.2.840.113556.1.4.1941";

    private final Session session;
    private final ReadSteps steps;
    private final ReadRequest request;

    OnePersonRead(Session session, ReadSteps steps, ReadRequest request) {
        this.session = session;
        this.steps = steps;
        this.request = request;
    }

    /**
     * Looks for him.
     *
     * @param filters the filters of the request's searches, parsed, in the same order
     * @return empty when none of the searches finds anybody of that name
     */
    Result<Optional<SeenPerson>> find(PersonName name, List<Filter> filters) {
        Map<ObjectGuid, SearchResultEntry> found = new LinkedHashMap<>();
        Set<String> attributes = PersonDecoder.attributes(request.attributes());
        attributes.add("objectSid");
        for (int i = 0; i < filters.size(); i++) {
            Ending ending = new PagedSearch(session, steps.page())
                    .few(
                            session.server().resolve(request.searches().get(i).baseDn()),
                            Filter.createANDFilter(called(name), filters.get(i)),
                            attributes,
                            List.of(),
                            entry -> PersonDecoder.guid(entry).ifPresent(guid -> found.put(guid, entry)));
            if (ending instanceof Ending.Broken broken) {
                return Result.failed(LdapFailures.ofSearch(broken.cause(), i + 1));
            }
            if (ending instanceof Ending.Partial partial) {
                return undecided(partial.doubt().reason(), partial.doubt().message());
            }
        }
        if (found.isEmpty()) {
            return Result.ok(Optional.empty());
        }
        if (found.size() > 1) {
            return undecided("PersonAmbiguous", "Several people are called so; make the name unique in the domain.");
        }
        return groupsOf(found.values().iterator().next());
    }

    private static Filter called(PersonName name) {
        if (name instanceof PersonName.ByGuid by) {
            return Filter.createEqualityFilter("objectGUID", by.guid().toBytes());
        }
        return name instanceof PersonName.ByAccountName by
                ? Filter.createEqualityFilter("sAMAccountName", by.name())
                : Filter.createEqualityFilter("userPrincipalName", ((PersonName.ByPrincipalName) name).name());
    }

    private Result<Optional<SeenPerson>> groupsOf(SearchResultEntry entry) {
        Decoded decoded = new PersonDecoder(request.attributes(), DomainPolicy.UNKNOWN).decode(entry, Map.of());
        if (decoded instanceof Decoded.Unusable unusable) {
            return undecided(unusable.problem().code(), unusable.problem().message());
        }
        Person person = ((Decoded.Found) decoded).person();
        Set<String> in = new LinkedHashSet<>();
        try {
            Optional<String> primary = request.groups().isEmpty() ? Optional.empty() : primaryGroup(entry, person);
            for (String group : new TreeSet<>(request.groups())) {
                List<String> dns = resolve(group);
                if (dns.size() != 1) {
                    return undecided(
                            dns.isEmpty() ? "GroupNotFound" : "GroupAmbiguous",
                            "The name \"" + group + "\" fits " + dns.size()
                                    + " groups. Name one that the bind account may see, by its DN if need be.");
                }
                if (isBelow(entry.getDN(), dns.get(0))
                        || (primary.isPresent()
                                && (isSame(primary.get(), dns.get(0)) || isBelow(primary.get(), dns.get(0))))) {
                    in.add(group);
                }
            }
        } catch (LDAPException e) {
            session.note(e);
            return Result.failed(LdapFailures.of(e));
        }
        return Result.ok(Optional.of(new SeenPerson(person, in)));
    }

    private boolean isBelow(String dn, String group) throws LDAPException {
        return session.connection()
                        .searchForEntry(new SearchRequest(
                                dn,
                                SearchScope.BASE,
                                Filter.createExtensibleMatchFilter("memberOf", IN_CHAIN, false, group),
                                SearchRequest.NO_ATTRIBUTES))
                != null;
    }

    private static boolean isSame(String one, String other) throws LDAPException {
        return DN.equals(one, other);
    }

    private List<String> resolve(String name) throws LDAPException {
        if (DN.isValidDN(name) && name.contains("=")) {
            try {
                SearchResultEntry entry = session.connection()
                        .searchForEntry(new SearchRequest(
                                name,
                                SearchScope.BASE,
                                Filter.createEqualityFilter("objectClass", "group"),
                                SearchRequest.NO_ATTRIBUTES));
                return entry == null ? List.of() : List.of(entry.getDN());
            } catch (LDAPException e) {
                if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                    return List.of();
                }
                throw e;
            }
        }
        return groups(Filter.createORFilter(
                Filter.createEqualityFilter("cn", name), Filter.createEqualityFilter("sAMAccountName", name)));
    }

    private List<String> groups(Filter filter) throws LDAPException {
        Set<String> dns = new TreeSet<>();
        Ending ending = new PagedSearch(session, steps.page())
                .few(
                        session.server().namingContext(),
                        Filter.createANDFilter(Filter.createEqualityFilter("objectClass", "group"), filter),
                        List.of(SearchRequest.NO_ATTRIBUTES),
                        List.of(),
                        entry -> dns.add(entry.getDN()));
        if (ending instanceof Ending.Broken broken) {
            throw broken.cause();
        }
        if (ending instanceof Ending.Partial partial) {
            throw partial.asException();
        }
        return List.copyOf(dns);
    }

    /** The group whose SID is the person's with the primary group's relative identifier at its end. */
    private Optional<String> primaryGroup(SearchResultEntry entry, Person person) throws LDAPException {
        byte[] sid = entry.getAttributeValueBytes("objectSid");
        Optional<Integer> rid = person.first("primaryGroupID").map(Integer::parseUnsignedInt);
        if (sid == null || sid.length < 12 || rid.isEmpty()) {
            return Optional.empty();
        }
        byte[] group = Arrays.copyOf(sid, sid.length);
        ByteBuffer.wrap(group).order(ByteOrder.LITTLE_ENDIAN).putInt(sid.length - 4, rid.get());
        return groups(Filter.createEqualityFilter("objectSid", group)).stream().findFirst();
    }

    private static Result<Optional<SeenPerson>> undecided(String reason, String message) {
        return Result.failed(new Failure.Transient(reason, message));
    }
}
