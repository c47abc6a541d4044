package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Filter;
import dev.salesforcesync.directory.PagedSearch.Ending;
import dev.salesforcesync.directory.PersonDecoder.Decoded;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.util.List;
import java.util.Optional;

/** One full read over one connection: everybody, then the groups. Whatever may be missing is left as a doubt. */
final class FullRead {
    private final Session session;
    private final ReadSteps steps;
    private final ReadRequest request;
    private final KnownDomain known;

    FullRead(Session session, ReadSteps steps, ReadRequest request) {
        this.session = session;
        this.steps = steps;
        this.request = request;
        this.known = new KnownDomain(request);
    }

    /**
     * Reads. Fails when nothing can be read at all.
     *
     * @param filters the filters of the request's searches, parsed, in the same order
     */
    Result<KnownDomain> run(List<Filter> filters) {
        PeopleSearch searches = new PeopleSearch(session, steps, request, filters);
        Optional<Failure> firstFailure = Optional.empty();
        boolean anythingRead = false;
        for (int i = 0; i < searches.count() && !session.isBroken(); i++) {
            Ending ending = searches.whole(i, known.doubts(), (guid, decoded) -> {
                if (decoded instanceof Decoded.Found found) {
                    known.put(found.person());
                } else if (decoded instanceof Decoded.Unusable unusable) {
                    known.put(guid, unusable.problem());
                }
            });
            if (ending instanceof Ending.Broken broken) {
                Failure failure = LdapFailures.ofSearch(broken.cause(), i + 1);
                known.doubts().add(failure.reason(), failure.message());
                firstFailure = firstFailure.isPresent() ? firstFailure : Optional.of(failure);
            } else {
                anythingRead = true;
                if (ending instanceof Ending.Partial partial) {
                    known.doubts().add(partial.doubt());
                }
            }
        }
        if (firstFailure.isPresent() && !anythingRead && known.isEmpty()) {
            return Result.failed(firstFailure.get());
        }
        Doubts missing = new Doubts();
        GroupReader groups = new GroupReader(session, steps, missing, known.people());
        known.replaceGroups(groups.read(request.groups()), groups.foreign(), missing);
        return Result.ok(known);
    }
}
