package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.salesforcesync.directory.PagedSearch.Ending;
import dev.salesforcesync.directory.PersonDecoder.Decoded;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Whereabouts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks identities up in the whole domain, living and deleted by the same search: nobody can slip from one to the
 * other between two.
 */
final class IdentityLookup {
    private static final int FILTER_PARTS = 50;

    private final Session session;
    private final ReadSteps steps;

    IdentityLookup(Session session, ReadSteps steps) {
        this.session = session;
        this.steps = steps;
    }

    Result<Map<ObjectGuid, Whereabouts>> find(Set<ObjectGuid> identities, Set<String> attributes) {
        Map<ObjectGuid, Whereabouts> answers = new HashMap<>();
        Set<ObjectGuid> unusable = new HashSet<>();
        PersonDecoder decoder = new PersonDecoder(attributes, DomainPolicy.read(session));
        List<ObjectGuid> sorted = List.copyOf(new TreeSet<>(identities));
        for (int from = 0; from < sorted.size(); from += FILTER_PARTS) {
            List<ObjectGuid> batch = sorted.subList(from, Math.min(sorted.size(), from + FILTER_PARTS));
            Optional<Failure> failure =
                    findBatch(batch, PersonDecoder.attributes(attributes), decoder, answers, unusable);
            if (failure.isPresent()) {
                return Result.failed(failure.get());
            }
        }
        // Who is there and cannot be used has no answer: neither alive as somebody known, nor absent.
        identities.stream()
                .filter(guid -> !unusable.contains(guid))
                .forEach(guid -> answers.putIfAbsent(guid, new Whereabouts.NotFound()));
        return Result.ok(answers);
    }

    private Optional<Failure> findBatch(
            List<ObjectGuid> batch,
            Set<String> attributes,
            PersonDecoder decoder,
            Map<ObjectGuid, Whereabouts> answers,
            Set<ObjectGuid> unusable) {
        List<SearchResultEntry> entries = new ArrayList<>();
        Ending ending = new PagedSearch(session, steps.page())
                .run(
                        session.server().namingContext(),
                        PeopleSearch.anyOf(batch),
                        attributes,
                        List.of(PagedSearch.SHOW_DELETED),
                        entries::add);
        if (ending instanceof Ending.Broken broken) {
            return Optional.of(LdapFailures.of(broken.cause()));
        }
        if (ending instanceof Ending.Partial partial) {
            return Optional.of(new Failure.Transient(
                    partial.doubt().reason(), partial.doubt().message()));
        }
        for (Entry entry : entries) {
            if (entry.hasAttributeValue("isDeleted", "TRUE")) {
                PersonDecoder.guid(entry).ifPresent(guid -> answers.put(guid, new Whereabouts.Deleted()));
                continue;
            }
            Decoded decoded = decoder.decode(entry, Map.of());
            if (decoded instanceof Decoded.Found found) {
                answers.put(found.person().guid(), new Whereabouts.Alive(found.person()));
            } else {
                PersonDecoder.guid(entry).ifPresent(unusable::add);
            }
        }
        return Optional.empty();
    }
}
