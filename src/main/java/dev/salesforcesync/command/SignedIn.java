package dev.salesforcesync.command;

import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.converge.ConnectionOrder;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.salesforce.Refusals;
import dev.salesforcesync.salesforce.SalesforceOrg;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The orgs behind connections, each asked once what it has. */
final class SignedIn implements Validation.Orgs, AutoCloseable {
    private final Sources sources;
    private final OperatorConfig config;
    private final ReadOnlyEdges edges;
    private final Map<String, Optional<OrgDescription>> known = new HashMap<>();
    private final List<SalesforceOrg> open = new ArrayList<>();
    private final List<String> unreachable = new ArrayList<>();

    SignedIn(Sources sources, OperatorConfig config) {
        this.sources = sources;
        this.config = config;
        this.edges = new ReadOnlyEdges(sources, Clock.systemUTC());
    }

    @Override
    public Optional<SalesforceConnection> connection(String namespace, String name) {
        try {
            return Optional.of(sources.connection(namespace, name));
        } catch (Unreadable e) {
            unreachable.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    @Override
    public Optional<OrgDescription> describe(SalesforceConnection connection) {
        String key = connection.getMetadata().getNamespace() + "/"
                + connection.getMetadata().getName();
        return known.computeIfAbsent(key, first -> ask(connection));
    }

    private Optional<OrgDescription> ask(SalesforceConnection connection) {
        try {
            ConnectionOrder order =
                    Offer.connection(connection.getMetadata().getNamespace(), connection, sources, config);
            SalesforceOrg org = edges.salesforce(order.settings(), Refusals.NONE);
            open.add(org);
            Result<OrgDescription> described = org.describe();
            if (described instanceof Result.Ok<OrgDescription> ok) {
                return Optional.of(ok.value());
            }
            Failure failure = ((Result.Failed<OrgDescription>) described).failure();
            unreachable.add("SalesforceConnection/" + connection.getMetadata().getName() + ": " + failure.reason()
                    + ". " + failure.message());
        } catch (Unreadable e) {
            unreachable.add(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** Why an org, or a connection to one, could not be asked; a line for each. */
    List<String> unreachable() {
        return List.copyOf(unreachable);
    }

    @Override
    public void close() {
        open.forEach(SalesforceOrg::close);
    }
}
