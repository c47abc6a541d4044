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
import dev.salesforcesync.password.AgentCredentials;
import dev.salesforcesync.password.PasswordDesk;
import dev.salesforcesync.password.PasswordQueue;
import dev.salesforcesync.password.TargetId;
import dev.salesforcesync.password.intake.HttpsIntake;
import dev.salesforcesync.password.intake.PassSyncListener;
import dev.salesforcesync.telemetry.PasswordTelemetry;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a process takes passwords in, whether it leads or not, and delivers them while it leads. */
final class PasswordsProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordsProcess.class);

    private final OperatorConfig config;
    private final Clock clock;
    private final IntakeTls tls;
    private Optional<HttpsIntake> https = Optional.empty();
    private Optional<PassSyncListener> ldaps = Optional.empty();
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
        this.config = config;
        this.clock = clock;
        tls = new IntakeTls(client, config.namespace(), config.passwords().tlsSecret());
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

    /** Opens the listeners as soon as the policies are known: nobody is refused for not being looked at yet. */
    void start() {
        policies.start();
        tls.start();
        if (config.passwords().httpsPort().isPresent()) {
            HttpsIntake opened = HttpsIntake.open(
                    config.passwords().httpsPort().getAsInt(), tls.tls(), this::credentials, desk, clock);
            https = Optional.of(opened);
            LOG.info("passwords are taken in by HTTPS on port {}", opened.port());
        }
        if (config.passwords().ldapsPort().isPresent()) {
            PassSyncListener opened = PassSyncListener.open(
                    config.passwords().ldapsPort().getAsInt(), tls.tls(), this::credentials, desk, clock);
            ldaps = Optional.of(opened);
            LOG.info("passwords are taken in by LDAPS on port {}", opened.port());
        }
    }

    private Optional<AgentCredentials> credentials(TargetId policy) {
        return policies.credentialsOf(new ResourceName(policy.namespace(), policy.name()));
    }

    /** Where passwords are taken in by HTTPS, while they are. */
    OptionalInt httpsPort() {
        return https.isPresent() ? OptionalInt.of(https.get().port()) : OptionalInt.empty();
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
        https.ifPresent(HttpsIntake::close);
        ldaps.ifPresent(PassSyncListener::close);
        tls.close();
        delivery.close();
        policies.close();
        queue.close();
    }
}
