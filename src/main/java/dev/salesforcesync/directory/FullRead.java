package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.salesforcesync.directory.PagedSearch.Ending;
import dev.salesforcesync.directory.PersonDecoder.Decoded;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.DirectoryPicture.EntryProblem;
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

/** One full read over one connection: everybody, then the groups, then the question whether that was all. */
final class FullRead {
    private final Session session;
    private final ReadSteps steps;
    private final ReadRequest request;
    private final Instant readAt;
    private final Doubts doubts = new Doubts();
    private final Map<ObjectGuid, Person> people = new HashMap<>();
    private final List<EntryProblem> problems = new ArrayList<>();

    FullRead(Session session, ReadSteps steps, ReadRequest request, Instant readAt) {
        this.session = session;
        this.steps = steps;
        this.request = request;
        this.readAt = readAt;
    }

    /**
     * Reads.
     *
     * @param filters the filters of the request's searches, parsed, in the same order
     */
    Result<DirectoryPicture> run(List<Filter> filters) {
        Optional<Failure> firstFailure = Optional.empty();
        boolean anythingRead = false;
        for (int i = 0; i < filters.size() && !session.isBroken(); i++) {
            Ending ending = search(request.searches().get(i).baseDn(), filters.get(i));
            if (ending instanceof Ending.Broken broken) {
                Failure failure = LdapFailures.ofSearch(broken.cause(), i + 1);
                doubts.add(failure.reason(), failure.message());
                firstFailure = firstFailure.isPresent() ? firstFailure : Optional.of(failure);
            } else {
                anythingRead = true;
                if (ending instanceof Ending.Partial partial) {
                    doubts.add(partial.doubt());
                }
            }
        }
        if (firstFailure.isPresent() && !anythingRead && people.isEmpty() && problems.isEmpty()) {
            return Result.failed(firstFailure.get());
        }
        GroupGraph graph = new GroupReader(session, steps, doubts).read(request.groups());
        Map<String, Set<ObjectGuid>> memberships = new LinkedHashMap<>();
        request.groups().forEach(name -> memberships.put(name, graph.membersOf(name, people)));
        judge();
        String evidence = people.size() + " people by " + filters.size() + " searches and " + graph.size()
                + " groups, every page and range to its end, every canary found";
        return Result.ok(new DirectoryPicture(people, memberships, problems, doubts.orProof(evidence), readAt));
    }

    private Ending search(String baseDn, Filter filter) {
        Set<String> attributes = PersonDecoder.attributes(request.attributes());
        return new PagedSearch(session, steps.page())
                .run(session.server().resolve(baseDn), filter, attributes, List.of(), this::take);
    }

    private void take(SearchResultEntry entry) throws LDAPException {
        Optional<ObjectGuid> guid = PersonDecoder.guid(entry);
        if (guid.isPresent() && people.containsKey(guid.get())) {
            return;
        }
        Map<String, List<String>> completed = guid.isPresent() ? complete(entry, guid.get()) : Map.of();
        Decoded decoded = PersonDecoder.decode(entry, completed);
        if (decoded instanceof Decoded.Found found) {
            people.put(found.person().guid(), found.person());
        } else if (decoded instanceof Decoded.Unusable unusable) {
            problems.add(unusable.problem());
        }
    }

    private Map<String, List<String>> complete(SearchResultEntry entry, ObjectGuid guid) throws LDAPException {
        Map<String, List<String>> completed = new HashMap<>();
        for (Attribute attribute : entry.getAttributes()) {
            String name = attribute.getBaseName();
            if (attribute.hasOptions() && RangedValues.isPartial(entry, name)) {
                Optional<List<String>> values = new RangedValues(session, steps, List.of()).all(entry, guid, name);
                if (values.isPresent()) {
                    completed.put(name, values.get());
                } else {
                    doubts.add("ValuesIncomplete", "The values of " + name + " could not be read to their end.");
                }
            }
        }
        return completed;
    }

    private void judge() {
        if (!problems.isEmpty()) {
            doubts.add(
                    "EntryUnreadable",
                    problems.size() + " entries could not be read as people (first: "
                            + problems.get(0).code() + "), so nobody's absence is certain. "
                            + problems.get(0).message());
        }
        if (people.size() < request.minimumPeople()) {
            doubts.add(
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
                    doubts.add(
                            "CanaryMissing",
                            "Canary " + (i + 1) + " of safety.canaries is not among the people found. Check the bind"
                                    + " account's rights, or correct the list if that entry moved.");
                }
            }
        }
    }

    private static Optional<DN> dn(String text) {
        try {
            return Optional.of(new DN(text));
        } catch (LDAPException e) {
            return Optional.empty();
        }
    }
}
