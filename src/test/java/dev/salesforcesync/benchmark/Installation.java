package dev.salesforcesync.benchmark;

import static org.awaitility.Awaitility.await;

import dev.salesforcesync.Main;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.chart.ImageFlags;
import dev.salesforcesync.sandbox.kubernetes.KubernetesApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The operator in a process of its own, as the chart starts it, with an API server that runs in this one: joins a
 * directory with an org.
 */
final class Installation implements AutoCloseable {
    private static final String NAMESPACE = "default";
    private static final String POLICY = "people";
    private static final String DONE = "0 pending, 0 failing";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final KubernetesApiServer api = KubernetesApiServer.start(0, definitions());
    private final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(api.clientConfig()).build();
    private final Path kubeconfig;
    private final RunningDirectory directory;
    private RunningOrg org;
    private final List<String> flags;
    private final Duration patience;
    private Optional<Child> operator = Optional.empty();
    private int asked;

    /**
     * Opens one, with no operator yet.
     *
     * @param memory what the container would get, in MB
     * @param patience how long anything is waited for
     * @param more further flags of the operator's JVM
     */
    Installation(RunningDirectory directory, RunningOrg org, int memory, Duration patience, String... more) {
        this.directory = directory;
        this.org = org;
        this.flags = flags(memory, more);
        this.patience = patience;
        this.kubeconfig = Path.of("target", "benchmark", "kubeconfig-" + NUMBER.incrementAndGet());
        api.writeKubeconfig(kubeconfig);
    }

    /** Those of the image, in a container with that much memory. */
    private static List<String> flags(int memory, String... more) {
        List<String> flags = new ArrayList<>(List.of("-XX:MaxRAM=" + memory + "m"));
        try {
            flags.addAll(ImageFlags.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        flags.addAll(List.of(more));
        Stream.of(System.getProperty("benchmark.flags", "").split(" ", -1))
                .filter(flag -> !flag.isEmpty())
                .forEach(flags::add);
        return flags;
    }

    private static List<Path> definitions() {
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int people() {
        return directory.people();
    }

    /** What org and directory have worked so far. */
    double neighboursProcessorSeconds() {
        return org.processorSeconds() + directory.processorSeconds();
    }

    void startOperator() {
        operator = Optional.of(Child.product(
                Main.class,
                flags,
                Map.of(
                        "KUBECONFIG", kubeconfig.toString(),
                        "POD_NAME", "operator",
                        "POD_NAMESPACE", NAMESPACE,
                        "WATCH_NAMESPACES", NAMESPACE,
                        "ALLOWED_SALESFORCE_HOSTS", "http://127.0.0.1",
                        "ALLOWED_DIRECTORY_HOSTS", "localhost",
                        // A leader that was killed holds its lease for another 15 seconds.
                        "LEADER_ELECTION", "false",
                        "LOG_LEVEL", System.getProperty("benchmark.log", "INFO"),
                        "HTTP_PORT", "0")));
    }

    Child operator() {
        return operator.orElseThrow();
    }

    /** SIGKILL, and at once another. */
    void killOperator() {
        operator().kill();
        startOperator();
    }

    /** Applies Secrets and connection, and waits until that is ready. */
    void connect() {
        secret("org", Map.of("clientId", org.clientId(), "clientSecret", org.clientSecret()));
        secret(
                "directory",
                Map.of("bindDN", directory.bindDn(), "password", directory.password(), "ca.crt", directory.ca()));
        apply("SalesforceConnection", "org", """
                instanceUrl: %s
                authentication:
                  clientCredentials:
                    clientIdSecretRef: {name: org, key: clientId}
                    clientSecretSecretRef: {name: org, key: clientSecret}
                apiBudget: {dailyShare: 100, reserve: 0}
                """.formatted(org.url()));
        await("the connection is ready").atMost(patience).until(() -> {
            alive();
            return Optional.ofNullable(client.resources(SalesforceConnection.class)
                            .inNamespace(NAMESPACE)
                            .withName("org")
                            .require()
                            .getStatus())
                    .filter(status -> ready(status.conditions()))
                    .isPresent();
        });
    }

    /** Takes the policy and the connection away, and connects to another org. */
    void moveTo(RunningOrg other) {
        client.resources(SyncPolicy.class).inNamespace(NAMESPACE).delete();
        client.resources(SalesforceConnection.class).inNamespace(NAMESPACE).delete();
        client.secrets().inNamespace(NAMESPACE).delete();
        org = other;
        connect();
    }

    /** Applies the policy: everything at its default but the guard, which lets all changes pass. */
    void follow() {
        apply("SyncPolicy", POLICY, """
                connectionRef: {name: org}
                mode: Enforce
                directory:
                  servers: ["%s"]
                  bindSecretRef: {name: directory}
                  tls:
                    caSecretRef: {name: directory, key: ca.crt}
                scope:
                  searches: [{baseDN: "%s"}]
                  groups: ["%s"]
                entitlements:
                  profiles:
                  - {group: "%s", name: Standard User}
                  permissionSets:
                    rules:
                    - {group: "%s", names: [%s]}
                safety:
                  limits:
                    update: {percent: 100, count: 100000}
                """.formatted(
                        directory.url(),
                        DirectoryProgram.PEOPLE,
                        DirectoryProgram.EVERYBODY,
                        DirectoryProgram.EVERYBODY,
                        DirectoryProgram.SELLERS,
                        OrgProgram.PERMISSION_SET));
    }

    private void secret(String name, Map<String, String> values) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withStringData(values)
                        .build())
                .create();
    }

    @SuppressWarnings("unchecked")
    private void apply(String kind, String name, String spec) {
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setApiVersion("salesforcesync.dev/v1alpha1");
        resource.setKind(kind);
        resource.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build());
        resource.setAdditionalProperty("spec", Serialization.unmarshal(spec, Map.class));
        client.resource(resource).create();
    }

    /** Applies the policy, and waits until everybody was compared and whoever is to be written is. */
    void load() {
        Tail log = Tail.fromNow(operator().log());
        follow();
        awaitComparison(log);
    }

    /** Waits until the operator that runs now has compared both sides and written whatever was to be written. */
    void awaitComparison() {
        awaitComparison(Tail.whole(operator().log()));
    }

    /** The log tells the end at once, the status within ten seconds. */
    private void awaitComparison(Tail log) {
        AtomicBoolean began = new AtomicBoolean();
        await("both sides are compared")
                .atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    alive();
                    for (String line : log.lines()) {
                        if (line.contains(" reads both sides: ")) {
                            began.set(true);
                        } else if (began.get() && line.contains(DONE)) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    /** Waits until the status says that everybody of the directory is linked and the policy is ready. */
    void awaitConverged() {
        await("everything has converged").atMost(patience).until(() -> {
            alive();
            SyncPolicyStatus status = status();
            return ready(status.conditions())
                    && status.findUsers().flatMap(users -> users.findLinked()).orElse(0) == directory.people();
        });
    }

    private void alive() {
        if (!operator().isAlive()) {
            throw new AssertionError("the operator ended; see " + operator().log());
        }
    }

    private SyncPolicyStatus status() {
        return Optional.ofNullable(client.resources(SyncPolicy.class)
                        .inNamespace(NAMESPACE)
                        .withName(POLICY)
                        .require()
                        .getStatus())
                .orElseGet(SyncPolicyStatus::empty);
    }

    private static boolean ready(List<Condition> conditions) {
        return conditions.stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    /** Has both sides compared in full, and waits until they are. */
    void compareInFull() {
        Tail log = Tail.fromNow(operator().log());
        asked++;
        client.resources(SyncPolicy.class)
                .inNamespace(NAMESPACE)
                .withName(POLICY)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of(
                                "metadata",
                                Map.of("annotations", Map.of("salesforcesync.dev/run-now", "run-" + asked)))));
        awaitComparison(log);
    }

    @Override
    public void close() {
        operator.ifPresent(Child::stop);
        client.close();
        api.close();
    }
}
