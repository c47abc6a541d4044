package dev.salesforcesync;

import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.controller.PasswordPolicies;
import dev.salesforcesync.converge.Edges;
import dev.salesforcesync.converge.Engines;
import dev.salesforcesync.converge.PasswordDelivery;
import dev.salesforcesync.converge.PasswordReception;
import dev.salesforcesync.converge.PasswordSeals;
import dev.salesforcesync.converge.PasswordSnapshot;
import dev.salesforcesync.converge.ResourceName;
import dev.salesforcesync.ledger.SealingKeys;
import dev.salesforcesync.ledger.SecretPasswordQueue;
import dev.salesforcesync.password.PasswordDesk;
import dev.salesforcesync.password.PasswordQueue;
import dev.salesforcesync.telemetry.PasswordTelemetry;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.function.Consumer;

/** What of a process takes passwords in, whether it leads or not, and delivers them while it leads. */
final class PasswordsProcess implements AutoCloseable {
    private final PasswordPolicies policies;
    private final PasswordQueue queue;
    private final PasswordReception desk;
    private final PasswordDelivery delivery;

    PasswordsProcess(
            OperatorConfig config,
            KubernetesClient client,
            Engines engines,
            Edges edges,
            PasswordTelemetry telemetry,
            Clock clock) {
        policies = new PasswordPolicies(client, config, edges, clock);
        queue = new SecretPasswordQueue(client, config.namespace());
        PasswordSeals seals = new PasswordSeals(
                () -> SealingKeys.read(
                        client, config.namespace(), config.passwords().sealingSecret()),
                clock);
        desk = new PasswordReception(policies, queue, seals, telemetry);
        delivery = new PasswordDelivery(engines, queue, policies, seals, telemetry, clock);
        engines.explainPasswordsBy(delivery::explain);
    }

    /** Where listeners hand changes over. */
    PasswordDesk desk() {
        return desk;
    }

    /** By what agents are known. */
    PasswordPolicies policies() {
        return policies;
    }

    void start() {
        policies.start();
    }

    /** This process leads from now on. */
    void lead(Consumer<ResourceName> toPolicies) {
        delivery.start(toPolicies);
    }

    /** Something moved that passwords may wait for. */
    void wake() {
        delivery.wake();
    }

    PasswordSnapshot snapshot(ResourceName policy) {
        return delivery.snapshot(policy);
    }

    @Override
    public void close() {
        delivery.close();
        policies.close();
        queue.close();
    }
}
