package dev.salesforcesync;

import dev.salesforcesync.api.v1alpha1.LicenseSchedule;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.controller.ConfigMapSwitch;
import dev.salesforcesync.controller.LicenseScheduleReconciler;
import dev.salesforcesync.controller.ReconcileMetrics;
import dev.salesforcesync.controller.SalesforceConnectionReconciler;
import dev.salesforcesync.controller.SyncPolicyReconciler;
import dev.salesforcesync.controller.Watches;
import dev.salesforcesync.converge.Edges;
import dev.salesforcesync.converge.Engines;
import dev.salesforcesync.converge.ResourceName;
import dev.salesforcesync.directory.DirectoryReader;
import dev.salesforcesync.directory.DirectorySettings;
import dev.salesforcesync.directory.LdapDirectories;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.ConfigMapLedger;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.password.PasswordDesk;
import dev.salesforcesync.salesforce.Refusals;
import dev.salesforcesync.salesforce.RefusedCredentials;
import dev.salesforcesync.salesforce.SalesforceGateway;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.SalesforceSettings;
import dev.salesforcesync.telemetry.ProbeServer;
import dev.salesforcesync.telemetry.Telemetry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running operator: everything built from one configuration, started and stopped as a whole. */
public final class OperatorProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);
    private static final int THREADS = 8;
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final Telemetry telemetry;
    private final Engines engines;
    private final Operator operator;
    private final Optional<PasswordsProcess> passwords;
    private Consumer<ResourceName> toPolicies = name -> {};
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean leading = new AtomicBoolean();
    private final ProbeServer probes;

    /** One on the system's clock. */
    public OperatorProcess(OperatorConfig config, KubernetesClient client, String version) {
        this(config, client, version, Clock.systemUTC());
    }

    /**
     * Builds everything and opens the probes' port; nothing is watched before {@link #start()}.
     *
     * @param clock every decision goes by it; only pauses pass in real time
     */
    public OperatorProcess(OperatorConfig config, KubernetesClient client, String version, Clock clock) {
        LogFloor.install();
        this.config = config;
        this.client = client;
        this.telemetry = new Telemetry(version);
        Edges edges = edges(clock);
        this.engines = new Engines(
                edges,
                new ConfigMapSwitch(client, config.namespace(), config.writesEnabled(), clock),
                telemetry,
                clock);
        this.passwords = config.passwords().listens()
                ? Optional.of(new PasswordsProcess(config, client, engines, edges, telemetry.passwords(), clock))
                : Optional.empty();
        ReconcileMetrics metrics = new ReconcileMetrics(telemetry);
        this.operator = new Operator(overrider -> configure(overrider, metrics));
        register(clock);
        this.probes = new ProbeServer(config.port(), telemetry::scrape, this::healthy, this::ready);
    }

    private Edges edges(Clock clock) {
        RefusedCredentials refused = new RefusedCredentials();
        return new Edges() {
            @Override
            public SalesforceOrg salesforce(SalesforceSettings settings, Refusals earlier) {
                return SalesforceGateway.open(
                        settings,
                        clock,
                        (operation, ending, took) -> telemetry.salesforceCall(
                                operation, ending.name().toLowerCase(Locale.ROOT), took),
                        refused,
                        earlier);
            }

            @Override
            public DirectoryReader directory(DirectorySettings settings) {
                return LdapDirectories.open(settings, clock);
            }

            @Override
            public Result<OrgLedger> ledger(SalesforceId org) {
                return ConfigMapLedger.open(client, config.namespace(), org);
            }
        };
    }

    private void configure(ConfigurationServiceOverrider overrider, ReconcileMetrics metrics) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(THREADS)
                .withReconciliationTerminationTimeout(GRACE)
                // The Fabric8 mock server of the sandbox answers 415 to server-side apply.
                .withUseSSAToPatchPrimaryResource(false)
                .withMetrics(metrics);
        if (config.leaderElection()) {
            overrider.withLeaderElectionConfiguration(
                    LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("salesforcesync-operator")
                            .withLeaseNamespace(config.namespace())
                            .withIdentity(config.identity())
                            .withExitOnStopLeading(false)
                            .withLeaderCallbacks(new LeaderCallbacks(
                                    () -> lead(true), this::lostLease, holder -> LOG.info("the leader is {}", holder)))
                            .build());
        }
    }

    private void lead(boolean now) {
        leading.set(now);
        telemetry.leading(now);
        if (now) {
            passwords.ifPresent(process -> process.lead(toPolicies));
        }
    }

    /** Two leaders would write twice: whoever loses the lease without stopping ends at once. */
    private void lostLease() {
        lead(false);
        if (!stopping.get()) {
            LOG.error("the lease was lost; this process ends so that only one converges");
            Runtime.getRuntime().halt(1);
        }
    }

    private void register(Clock clock) {
        SalesforceConnectionReconciler connections =
                new SalesforceConnectionReconciler(engines, config, telemetry, client, clock);
        SyncPolicyReconciler policies = new SyncPolicyReconciler(engines, config, telemetry, client, clock);
        toPolicies = policies::engineChanged;
        engines.listen(
                name -> {
                    connections.engineChanged(name);
                    passwords.ifPresent(PasswordsProcess::wake);
                },
                name -> {
                    policies.engineChanged(name);
                    passwords.ifPresent(PasswordsProcess::wake);
                });
        passwords.ifPresent(process -> policies.tellOfPasswordsBy(process::snapshot));
        operator.register(connections, (ControllerConfigurationOverrider<SalesforceConnection> c) -> scope(c));
        operator.register(policies, (ControllerConfigurationOverrider<SyncPolicy> c) -> scope(c));
        operator.register(
                new LicenseScheduleReconciler(client, clock),
                (ControllerConfigurationOverrider<LicenseSchedule> c) -> scope(c));
    }

    private <R extends HasMetadata> void scope(ControllerConfigurationOverrider<R> controller) {
        if (config.watchesAllNamespaces()) {
            controller.watchingAllNamespaces();
        } else {
            controller.settingNamespaces(new HashSet<>(config.watchNamespaces()));
        }
        config.watchLabelSelector().ifPresent(controller::withLabelSelector);
        controller
                .withOnUpdateFilter(Watches::asksForSomething)
                .withTriggerReconcilerOnAllEvents(true)
                .withRetry(new GenericRetry()
                        .withoutMaxAttempts()
                        .setInitialInterval(2_000)
                        .setIntervalMultiplier(2)
                        .setMaxInterval(300_000));
    }

    public void start() {
        passwords.ifPresent(PasswordsProcess::start);
        operator.start();
        if (!config.leaderElection()) {
            lead(true);
        }
        LOG.info(
                "watching {}; probes and metrics on port {}",
                config.watchesAllNamespaces() ? "all namespaces" : config.watchNamespaces(),
                probes.port());
    }

    /** Where agents' listeners hand passwords over; empty where none are taken in. */
    public Optional<PasswordDesk> passwordDesk() {
        return passwords.map(PasswordsProcess::desk);
    }

    /** Where passwords are taken in by HTTPS, while they are. */
    public OptionalInt passwordHttpsPort() {
        return passwords.map(PasswordsProcess::httpsPort).orElseGet(OptionalInt::empty);
    }

    /** Whether this process converges. */
    public boolean leads() {
        return leading.get();
    }

    /** Where probes and metrics are served. */
    public int port() {
        return probes.port();
    }

    private boolean healthy() {
        return !stopping.get()
                && (!operator.getRuntimeInfo().isStarted()
                        || operator
                                .getRuntimeInfo()
                                .unhealthyInformerWrappingEventSourceHealthIndicator()
                                .values()
                                .stream()
                                // every controller is there, most of the time with nothing unhealthy
                                .allMatch(Map::isEmpty));
    }

    private boolean ready() {
        return !stopping.get() && operator.getRuntimeInfo().isStarted();
    }

    @Override
    public void close() {
        if (stopping.compareAndSet(false, true)) {
            passwords.ifPresent(PasswordsProcess::close);
            engines.close();
            operator.stop();
            probes.close();
            telemetry.close();
        }
    }
}
