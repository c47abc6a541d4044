package dev.salesforcesync.soak;

import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.Attribute;
import dev.salesforcesync.OperatorProcess;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SalesforceConnectionStatus;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.config.HostRule;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import dev.salesforcesync.sandbox.kubernetes.KubernetesApiServer;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.SkewedClock;
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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One running operator with a directory and an org of its own. Operator and org go by a clock that jumps when it is
 * told to, so that hours of back-off and days of the guard's window pass in no time; the org's may be wrong besides.
 */
final class Site implements AutoCloseable {
    static final String OU = "OU=Staff,OU=People," + SandboxDirectory.BASE_DN;
    static final String ELSEWHERE = "OU=Elsewhere,OU=People," + SandboxDirectory.BASE_DN;
    static final String EVERYBODY = group("Everybody");
    static final String READERS = group("Readers");
    static final String SELLERS = group("Sellers");
    static final String ROLE = "Sales_Representative";

    private static final String NAMESPACE = "default";
    private static final String CONNECTION = "org";
    private static final String POLICY = "staff";

    private final SkewedClock clock = new SkewedClock(Clock.systemUTC());
    private final SkewedClock orgClock = new SkewedClock(clock);
    private final SandboxDirectory directory = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
    private final SalesforceOrgServer org;
    private final KubernetesApiServer api = KubernetesApiServer.start(0, definitions());
    private final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(api.clientConfig()).build();
    private final OperatorProcess operator;
    private Duration ahead = Duration.ZERO;
    private int touches;

    Site(String name) {
        org = SalesforceOrgServer.start(
                OrgSettings.builder(name)
                        .client("soak-client", "soak-secret")
                        .clock(orgClock)
                        .build(),
                0);
        for (String ou : List.of(OU, ELSEWHERE)) {
            directory.add(ou, new Attribute("objectClass", "organizationalUnit"));
        }
        for (String group : List.of(EVERYBODY, READERS, SELLERS)) {
            directory.add(group, new Attribute("objectClass", "group"));
        }
        operator = new OperatorProcess(
                new OperatorConfig(
                        List.of("*"),
                        Optional.empty(),
                        NAMESPACE,
                        "soak",
                        true,
                        false,
                        List.of(HostRule.parse("http://127.0.0.1")),
                        List.of(HostRule.parse("localhost")),
                        0),
                client,
                "soak",
                clock);
        operator.start();
    }

    private static String group(String name) {
        return "CN=" + name + ",OU=Groups," + SandboxDirectory.BASE_DN;
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

    SandboxDirectory directory() {
        return directory;
    }

    SalesforceOrgServer org() {
        return org;
    }

    Clock clock() {
        return clock;
    }

    /** Lets time pass. */
    void pass(Duration time) {
        ahead = ahead.plus(time);
        clock.skew(ahead);
    }

    /** From now on the org's clock is ahead of everybody's by this much. */
    void skewOrg(Duration by) {
        orgClock.skew(by);
    }

    /** Applies Secrets, connection and policy. {@code leavers} is what the guard lets through a day. */
    void play(int leavers, String fullComparison) {
        secret("org", Map.of("clientId", "soak-client", "clientSecret", "soak-secret"));
        secret(
                "directory",
                Map.of("bindDN", directory.bindDn(), "password", directory.password(), "ca.crt", directory.caPem()));
        apply("SalesforceConnection", CONNECTION, """
                instanceUrl: %s
                authentication:
                  clientCredentials:
                    clientIdSecretRef: {name: org, key: clientId}
                    clientSecretSecretRef: {name: org, key: clientSecret}
                """.formatted(org.baseUrl()));
        apply("SyncPolicy", POLICY, """
                connectionRef: {name: org}
                mode: Enforce
                directory:
                  servers: ["%s"]
                  bindSecretRef: {name: directory}
                  tls:
                    caSecretRef: {name: directory, key: ca.crt}
                  changes: {pollInterval: 500ms}
                intervals: {salesforcePoll: 10s, fullComparison: %s}
                scope:
                  searches: [{baseDN: "%s"}]
                  groups: ["%s"]
                entitlements:
                  profiles:
                  - {group: "%s", name: Read Only}
                  - {group: "%s", name: Standard User}
                  roles:
                  - {group: "%s", name: %s}
                usernames: {rename: true}
                lifecycle: {whenOutOfScope: FreezeThenDeactivate}
                safety:
                  limits:
                    deactivate: {percent: 100, count: %d}
                    removeEntitlement: {percent: 100, count: 100000}
                    changeUsernameOrEmail: {percent: 100, count: 100000}
                    update: {percent: 100, count: 100000}
                """.formatted(
                directory.ldapsUrl(), fullComparison, OU, EVERYBODY, READERS, EVERYBODY, SELLERS, ROLE, leavers));
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

    /** Has the connection tested now. */
    void touchConnection() {
        touches++;
        change("SalesforceConnection", CONNECTION, Map.of("probeInterval", (300 + touches % 1000) + "s"));
    }

    /** Has both sides compared now. */
    void touchPolicy() {
        touches++;
        change("SyncPolicy", POLICY, Map.of("intervals", Map.of("fullComparison", (360 + touches % 1000) + "m")));
    }

    /**
     * Has the policy look at what changed, and waits until it has. The answer to a first question may come from a turn
     * that began before; that to a second one comes after both sides were asked for news, and that to a third one after
     * what became of them.
     */
    void notice() {
        int answers = 0;
        for (int tries = 0; answers < 3; tries++) {
            if (tries == 20) {
                throw new AssertionError("no answer\n" + everythingTold());
            }
            pass(Duration.ofMinutes(1));
            touches++;
            String asked = "look " + touches;
            ask(asked);
            boolean answered = await("an answer to " + asked)
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(25))
                    .until(this::answer, text -> text.contains(asked) || text.contains("There is no answer now"))
                    .contains(asked);
            answers += answered ? 1 : 0;
        }
    }

    private void ask(String question) {
        client.resources(SyncPolicy.class)
                .inNamespace(NAMESPACE)
                .withName(POLICY)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of(
                                "metadata", Map.of("annotations", Map.of("salesforcesync.dev/explain", question)))));
    }

    private String answer() {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(NAMESPACE)
                        .withName(POLICY + "-explain")
                        .get())
                .map(map -> map.getData().toString())
                .orElse("");
    }

    /** Approves these batches, and no others any longer. */
    void approve(List<String> hashes) {
        change("SyncPolicy", POLICY, Map.of("safety", Map.of("approve", hashes)));
    }

    /** From now on the org knows everybody by the identity of the directory, too. */
    void anchor() {
        change("SyncPolicy", POLICY, Map.of("anchor", Map.of("field", OrgSettings.ANCHOR_FIELD)));
    }

    private void change(String kind, String name, Map<String, Object> spec) {
        client.genericKubernetesResources("salesforcesync.dev/v1alpha1", kind)
                .inNamespace(NAMESPACE)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("spec", spec)));
    }

    /** What the policy says of its newest generation. */
    Told told() {
        SyncPolicy policy = client.resources(SyncPolicy.class)
                .inNamespace(NAMESPACE)
                .withName(POLICY)
                .require();
        SyncPolicyStatus status = Optional.ofNullable(policy.getStatus()).orElseGet(SyncPolicyStatus::empty);
        long generation = policy.getMetadata().getGeneration();
        Optional<Condition> ready = condition(status.conditions(), "Ready", generation);
        return new Told(
                ready.map(Condition::getReason).orElse("Progressing"),
                ready.filter(condition -> "True".equals(condition.getStatus())).isPresent()
                        && condition(status.conditions(), "UsersConverged", generation)
                                .filter(condition -> "True".equals(condition.getStatus()))
                                .isPresent(),
                status);
    }

    /**
     * What a policy says of itself.
     *
     * @param reason of Ready
     * @param converged Ready, and nobody fails or waits
     */
    record Told(String reason, boolean converged, SyncPolicyStatus status) {
        boolean settled() {
            return !reason.equals("Progressing");
        }

        Set<String> kindsHeld() {
            return status.held().stream()
                    .flatMap(batch -> batch.counts().keySet().stream())
                    .collect(Collectors.toSet());
        }

        List<String> held() {
            return status.held().stream().map(SyncPolicyStatus.HeldPlan::hash).toList();
        }
    }

    private static Optional<Condition> condition(List<Condition> conditions, String type, long generation) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType())
                        && Long.valueOf(generation).equals(condition.getObservedGeneration()))
                .findFirst();
    }

    /** Everything that policy and connection say, for the message of a failure. */
    String everythingTold() {
        SalesforceConnection connection = client.resources(SalesforceConnection.class)
                .inNamespace(NAMESPACE)
                .withName(CONNECTION)
                .require();
        return Serialization.asYaml(told().status())
                + Serialization.asYaml(
                        Optional.ofNullable(connection.getStatus()).orElseGet(SalesforceConnectionStatus::empty));
    }

    @Override
    public void close() {
        operator.close();
        client.close();
        api.close();
        org.close();
        directory.close();
    }
}
