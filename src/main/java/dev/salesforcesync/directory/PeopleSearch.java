package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.salesforcesync.directory.PagedSearch.Ending;
import dev.salesforcesync.directory.PersonDecoder.Decoded;
import dev.salesforcesync.model.ObjectGuid;
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
     * @return those that they find; the others are in none of them
     * @throws LDAPException when the answer would not be whole
     */
    Map<ObjectGuid, Decoded> among(Set<ObjectGuid> identities, Doubts doubts) throws LDAPException {
        Map<ObjectGuid, Decoded> found = new LinkedHashMap<>();
        List<ObjectGuid> sorted = List.copyOf(new TreeSet<>(identities));
        for (int from = 0; from < sorted.size(); from += FILTER_PARTS) {
            Filter these = anyOf(sorted.subList(from, Math.min(sorted.size(), from + FILTER_PARTS)));
            for (int i = 0; i < filters.size(); i++) {
                Filter narrowed = Filter.createANDFilter(filters.get(i), these);
                wholly(session.server().resolve(request.searches().get(i).baseDn()), narrowed, doubts, found);
            }
        }
        return found;
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
        Set<String> attributes = PersonDecoder.attributes(request.attributes());
        return new PagedSearch(session, steps.page()).run(base, filter, attributes, List.of(), entry -> {
            Optional<ObjectGuid> guid = PersonDecoder.guid(entry);
            Map<String, List<String>> completed = guid.isPresent() ? complete(entry, guid.get(), doubts) : Map.of();
            sink.accept(guid, decoder.decode(entry, completed));
        });
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
        identities.forEach(guid -> parts.add(Filter.createEqualityFilter("objectGUID", guid.toBytes())));
        return Filter.createORFilter(parts);
    }
}
