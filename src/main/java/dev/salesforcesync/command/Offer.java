package dev.salesforcesync.command;

import dev.salesforcesync.api.v1alpha1.Mode;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.controller.ConnectionTranslation;
import dev.salesforcesync.controller.PolicyTranslation;
import dev.salesforcesync.controller.References;
import dev.salesforcesync.converge.ConnectionOrder;
import dev.salesforcesync.converge.PolicyOrder;
import dev.salesforcesync.converge.ResourceName;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.util.Optional;

/**
 * One SyncPolicy and its connection as engines take them, with everything they refer to.
 *
 * @param mode as the policy says; the order is a preview whatever that is
 */
record Offer(ResourceName name, Mode mode, PolicyOrder order, ResourceName connection, ConnectionOrder terms) {

    /**
     * Gathers what the policy refers to.
     *
     * @throws Unreadable if something of it is missing, or the operator would refuse it
     */
    static Offer of(SyncPolicy policy, Sources sources, OperatorConfig config) throws Unreadable {
        String namespace = policy.getMetadata().getNamespace();
        String name = policy.getMetadata().getName();
        SalesforceConnection connection = sources.connection(namespace, References.connectionOf(policy));
        ConnectionOrder terms = connection(namespace, connection, sources, config);
        PolicyOrder order = required(
                "SyncPolicy/" + name,
                new PolicyTranslation(config)
                        .translate(
                                policy,
                                Optional.of(connection),
                                sources.secrets(namespace, References.secretsOf(policy))));
        return new Offer(
                new ResourceName(namespace, name),
                policy.getSpec().mode(),
                order.previewed(),
                order.connection(),
                terms);
    }

    static ConnectionOrder connection(
            String namespace, SalesforceConnection connection, Sources sources, OperatorConfig config)
            throws Unreadable {
        return required(
                "SalesforceConnection/" + connection.getMetadata().getName(),
                new ConnectionTranslation(config)
                        .translate(connection, sources.secrets(namespace, References.secretsOf(connection))));
    }

    private static <T> T required(String whose, Result<T> result) throws Unreadable {
        if (result instanceof Result.Failed<T> failed) {
            Failure failure = failed.failure();
            throw new Unreadable(whose + ": " + failure.reason() + ". " + failure.message());
        }
        return ((Result.Ok<T>) result).value();
    }
}
