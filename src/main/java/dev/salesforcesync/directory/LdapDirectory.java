package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Whereabouts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Active Directory over LDAP. */
final class LdapDirectory implements DirectoryReader {
    private final DirectoryConnections connections;
    private final ReadSteps steps;
    private final Clock clock;

    LdapDirectory(DirectoryConnections connections, ReadSteps steps, Clock clock) {
        this.connections = connections;
        this.steps = steps;
        this.clock = clock;
    }

    @Override
    public Result<DirectoryPicture> read(ReadRequest request) {
        return filters(request)
                .flatMap(filters -> connections.ask(session -> {
                    Instant began = clock.instant();
                    return new FullRead(session, steps, request).run(filters).map(known -> known.picture(began));
                }));
    }

    @Override
    public Result<Map<ObjectGuid, Whereabouts>> locate(Set<ObjectGuid> identities, Set<String> attributes) {
        if (identities.isEmpty()) {
            return Result.ok(Map.of());
        }
        return connections.ask(session -> new IdentityLookup(session, steps).find(identities, attributes));
    }

    @Override
    public Result<Optional<SeenPerson>> readOne(ReadRequest request, PersonName name) {
        return filters(request)
                .flatMap(filters ->
                        connections.ask(session -> new OnePersonRead(session, steps, request).find(name, filters)));
    }

    @Override
    public Result<String> probe() {
        return connections.ask(session -> Result.ok(session.server().namingContext()));
    }

    @Override
    public Result<List<RightsFinding>> preflight(ReadRequest request, Following.Mode mode) {
        return filters(request)
                .flatMap(filters -> connections.ask(session ->
                        Result.ok(new Preflight(session, request, connections.account()).run(filters, mode))));
    }

    @Override
    public Result<DirectoryFeed> follow(ReadRequest request, Following following) {
        return filters(request)
                .map(filters -> new LdapFeed(connections.another(), steps, request, filters, following, clock));
    }

    @Override
    public void close() {
        connections.close();
    }

    /** What is wrong with the request itself is said before any server is asked. */
    private static Result<List<Filter>> filters(ReadRequest request) {
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < request.searches().size(); i++) {
            if (!DN.isValidDN(request.searches().get(i).baseDn())) {
                return Result.failed(LdapFailures.baseInvalid(i + 1));
            }
            try {
                filters.add(Filter.create(request.searches().get(i).filter()));
            } catch (LDAPException e) {
                return Result.failed(LdapFailures.filterInvalid(i + 1));
            }
        }
        return Result.ok(filters);
    }
}
