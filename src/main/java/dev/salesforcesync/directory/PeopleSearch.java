package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.salesforcesync.directory.PagedSearch.Ending;
import dev.salesforcesync.directory.PersonDecoder.Decoded;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** A request's searches for people over one connection: whole, or narrowed to some. */
final class PeopleSearch {
    static final int FILTER_PARTS = 50;

    private final Session session;
    private final ReadSteps steps;
    private final ReadRequest request;
    private final List<Filter> filters;
    private final PersonDecoder decoder;

    /**
     * Prepares.
     *
     * @param filters the filters of the request's searches, parsed, in the same order
     */
    PeopleSearch(Session session, ReadSteps steps, ReadRequest request, List<Filter> filters) {
        this.session = session;
        this.steps = steps;
        this.request = request;
        this.filters = filters;
        this.decoder = new PersonDecoder(request.attributes(), DomainPolicy.read(session));
    }

    PersonDecoder decoder() {
        return decoder;
    }

    int count() {
        return filters.size();
    }

    /** Carries one whole search out; whatever is found goes to the sink with its identity, if it has one. */
    Ending whole(int number, Doubts doubts, BiConsumer<Optional<ObjectGuid>, Decoded> sink) {
        return run(
                session.server().resolve(request.searches().get(number).baseDn()), filters.get(number), doubts, sink);
    }

    /**
     * What the searches say now of some identities.
     *
     * @param before where they were, as far as it is known: the search that then found one is asked for him first
     * @return those that they find; the others are in none of them
     * @throws LDAPException when the answer would not be whole
     */
    Map<ObjectGuid, Decoded> among(Set<ObjectGuid> identities, Map<ObjectGuid, Person> before, Doubts doubts)
            throws LDAPException {
        Map<ObjectGuid, Decoded> found = new LinkedHashMap<>();
        List<DN> bases = new ArrayList<>();
        List<Set<ObjectGuid>> likely = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            bases.add(new DN(session.server().resolve(request.searches().get(i).baseDn())));
            likely.add(new TreeSet<>());
        }
        for (ObjectGuid guid : identities) {
            Optional<DN> place = Optional.ofNullable(before.get(guid)).flatMap(person -> KnownDomain.dn(person.dn()));
            for (int i = 0; i < filters.size() && place.isPresent(); i++) {
                if (place.get().isDescendantOf(bases.get(i), true)) {
                    likely.get(i).add(guid);
                    place = Optional.empty();
                }
            }
        }
        for (int i = 0; i < filters.size(); i++) {
            among(i, likely.get(i), doubts, found);
        }
        for (int i = 0; i < filters.size(); i++) {
            Set<ObjectGuid> others = new TreeSet<>(identities);
            others.removeAll(found.keySet());
            others.removeAll(likely.get(i));
            among(i, others, doubts, found);
        }
        return found;
    }

    private void among(int number, Set<ObjectGuid> identities, Doubts doubts, Map<ObjectGuid, Decoded> found)
            throws LDAPException {
        List<ObjectGuid> all = List.copyOf(identities);
        String base = session.server().resolve(request.searches().get(number).baseDn());
        for (int from = 0; from < all.size(); from += FILTER_PARTS) {
            List<ObjectGuid> some = all.subList(from, Math.min(all.size(), from + FILTER_PARTS));
            FollowUp.wholly(new PagedSearch(session, steps.page())
                    .few(
                            base,
                            anyOf(some, filters.get(number)),
                            attributes(),
                            List.of(),
                            entry -> take(
                                    entry, doubts, (guid, decoded) -> guid.ifPresent(one -> found.put(one, decoded)))));
        }
    }

    /**
     * Sees whether every place that the searches name is still there: nobody is found below one that was renamed, which
     * does not mean that nobody is there.
     *
     * @throws LDAPException noSuchObject when one is not
     */
    void findBases() throws LDAPException {
        for (ReadRequest.Search search : request.searches()) {
            String base = session.server().resolve(search.baseDn());
            if (session.connection().getEntry(base, SearchRequest.NO_ATTRIBUTES) == null) {
                throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "a search's base is gone");
            }
        }
    }

    /** What the searches find now below a container, wherever it stands. */
    Map<ObjectGuid, Decoded> below(DN container, Doubts doubts) throws LDAPException {
        Map<ObjectGuid, Decoded> found = new LinkedHashMap<>();
        for (int i = 0; i < filters.size(); i++) {
            DN base = new DN(session.server().resolve(request.searches().get(i).baseDn()));
            Optional<DN> shared = container.isDescendantOf(base, true)
                    ? Optional.of(container)
                    : base.isDescendantOf(container, true) ? Optional.of(base) : Optional.empty();
            if (shared.isPresent()) {
                wholly(shared.get().toString(), filters.get(i), doubts, found);
            }
        }
        return found;
    }

    private void wholly(String base, Filter filter, Doubts doubts, Map<ObjectGuid, Decoded> found)
            throws LDAPException {
        Ending ending = run(base, filter, doubts, (guid, decoded) -> guid.ifPresent(one -> found.put(one, decoded)));
        FollowUp.wholly(ending);
    }

    private Ending run(String base, Filter filter, Doubts doubts, BiConsumer<Optional<ObjectGuid>, Decoded> sink) {
        return new PagedSearch(session, steps.page())
                .run(base, filter, attributes(), List.of(), entry -> take(entry, doubts, sink));
    }

    private Set<String> attributes() {
        return PersonDecoder.attributes(request.attributes());
    }

    private void take(SearchResultEntry entry, Doubts doubts, BiConsumer<Optional<ObjectGuid>, Decoded> sink)
            throws LDAPException {
        Optional<ObjectGuid> guid = PersonDecoder.guid(entry);
        Map<String, List<String>> completed = guid.isPresent() ? complete(entry, guid.get(), doubts) : Map.of();
        sink.accept(guid, decoder.decode(entry, completed));
    }

    private Map<String, List<String>> complete(SearchResultEntry entry, ObjectGuid guid, Doubts doubts)
            throws LDAPException {
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

    static Filter anyOf(List<ObjectGuid> identities) {
        List<Filter> parts = new ArrayList<>();
        identities.forEach(guid -> parts.add(only(guid)));
        return Filter.createORFilter(parts);
    }

    /**
     * Those of some identities that fit a filter. The identity stands in each part of its own, beside the filter: so a
     * server finds one object by its index and then looks whether that one fits. The filter beside all identities would
     * have it go through the index of everybody.
     */
    static Filter anyOf(List<ObjectGuid> identities, Filter fitting) {
        List<Filter> parts = new ArrayList<>();
        identities.forEach(guid -> parts.add(Filter.createANDFilter(only(guid), fitting)));
        return Filter.createORFilter(parts);
    }

    private static Filter only(ObjectGuid guid) {
        return Filter.createEqualityFilter("objectGUID", guid.toBytes());
    }
}
