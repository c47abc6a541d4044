package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SalesforceConnectionStatus;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.InputRow;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import dev.salesforcesync.sandbox.salesforce.org.RowResult;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The place of one use case: a namespace with one connection and one policy, an org of its own, and an organizational
 * unit with a group of its own. Whatever waits, waits for the operator, with one patience.
 */
final class Stage implements AutoCloseable {
    static final String CONNECTION = "org";
    static final String POLICY = "people";
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Scene scene;
    private final String namespace;
    private final SalesforceOrgServer org;
    private int runs;

    Stage(Scene scene, String namespace) {
        this(
                scene,
                namespace,
                SalesforceOrgServer.start(
                        OrgSettings.builder(namespace)
                                .client("client-of-" + namespace, "first-secret")
                                .build(),
                        0));
    }

    /** A stage with an org of its own kind, which it closes. */
    Stage(Scene scene, String namespace, SalesforceOrgServer org) {
        this.scene = scene;
        this.namespace = namespace;
        this.org = org;
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        scene.directory().add(ou(), new Attribute("objectClass", "organizationalUnit"));
        group("all");
    }

    // The directory

    String ou() {
        return "OU=" + namespace + ",OU=People," + SandboxDirectory.BASE_DN;
    }

    String groupDn(String name) {
        return "CN=" + namespace + " " + name + ",OU=Groups," + SandboxDirectory.BASE_DN;
    }

    void group(String name) {
        scene.directory().add(groupDn(name), new Attribute("objectClass", "group"));
    }

    String dn(String account) {
        return "CN=" + account + "," + ou();
    }

    String username(String account) {
        return account + "." + namespace + "@example.com";
    }

    /** Adds an enabled person who is in the group of everybody. */
    ObjectGuid person(String account) {
        ObjectGuid guid = scene.directory()
                .add(
                        dn(account),
                        new Attribute("objectClass", "user"),
                        new Attribute("sAMAccountName", account + namespace),
                        new Attribute("userPrincipalName", username(account)),
                        new Attribute("userAccountControl", "512"),
                        new Attribute("givenName", account.toUpperCase(Locale.ROOT)),
                        new Attribute("sn", "Personlike-" + account),
                        new Attribute("mail", username(account)),
                        new Attribute("department", "Sales"));
        join("all", account);
        return guid;
    }

    void join(String group, String account) {
        scene.directory().modify(groupDn(group), new Modification(ModificationType.ADD, "member", dn(account)));
    }

    void leave(String group, String account) {
        scene.directory().modify(groupDn(group), new Modification(ModificationType.DELETE, "member", dn(account)));
    }

    void set(String account, String attribute, String value) {
        scene.directory().modify(dn(account), new Modification(ModificationType.REPLACE, attribute, value));
    }

    void disable(String account) {
        set(account, "userAccountControl", "514");
    }

    void enable(String account) {
        set(account, "userAccountControl", "512");
    }

    // The org

    SalesforceOrgServer org() {
        return org;
    }

    Optional<Row> user(String account) {
        return org.org().user(username(account));
    }

    boolean isActive(String account) {
        return user(account).orElseThrow().flag("IsActive");
    }

    boolean isFrozen(String account) {
        return org
                .org()
                .recordsBy("UserLogin", "UserId", user(account).orElseThrow().id())
                .stream()
                .anyMatch(login -> login.flag("IsFrozen"));
    }

    void editAsHuman(String account, String field, Object value) {
        org.org().editAsHuman("User", user(account).orElseThrow().id(), Map.of(field, value));
    }

    /** Makes a user as the operator would have, behind its back: what a killed operator leaves. */
    void createAsIntegrationUser(String account) {
        OrgSettings settings = org.org().settings();
        String actor = org.org().user(settings.runAsUsername()).orElseThrow().id();
        String profile =
                org.org().recordsBy("Profile", "Name", "Standard User").get(0).id();
        Map<String, Object> fields = Map.of(
                "Username",
                username(account),
                "LastName",
                "Personlike-" + account,
                "Email",
                username(account),
                "Alias",
                account,
                "ProfileId",
                profile,
                "TimeZoneSidKey",
                "Europe/Berlin",
                "LocaleSidKey",
                "de_DE",
                "LanguageLocaleKey",
                "de",
                "EmailEncodingKey",
                "UTF-8");
        List<RowResult> results = org.org()
                .write(
                        actor,
                        WriteRequest.of(
                                WriteRequest.Kind.CREATE,
                                List.of(new InputRow("User", Optional.empty(), new LinkedHashMap<>(fields)))));
        assertThat(results.get(0).errors()).isEmpty();
    }

    int writeCalls() {
        return org.journal().writeCalls();
    }

    // The cluster

    String namespace() {
        return namespace;
    }

    /** Applies Secrets, connection and policy, everything in order and in mode Enforce, then waits until it holds. */
    Stage converged() {
        play();
        awaitReady();
        return this;
    }

    /** Applies Secrets, connection and policy. */
    void play() {
        play("");
    }

    /** The same with changes to the policy. */
    void play(String changes) {
        orgSecret("clientSecret", org.org().settings().clientSecret());
        directorySecret(scene.directory().password());
        connection(CONNECTION, "");
        policy(changes);
    }

    void orgSecret(String key, String secret) {
        secret("org", Map.of("clientId", org.org().settings().clientId(), key, secret));
    }

    void directorySecret(String password) {
        secret(
                "directory",
                Map.of(
                        "bindDN",
                        scene.directory().bindDn(),
                        "password",
                        password,
                        "ca.crt",
                        scene.directory().caPem()));
    }

    void secret(String name, Map<String, String> values) {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(values)
                .build();
        client().resource(secret).createOr(existing -> {
            client().resource(secret).delete();
            return client().resource(secret).create();
        });
    }

    void deleteSecret(String name) {
        client().secrets().inNamespace(namespace).withName(name).delete();
    }

    /** Applies a connection to this stage's org; {@code changes} is YAML of a spec that is merged into it. */
    void connection(String name, String changes) {
        apply("SalesforceConnection", name, """
                instanceUrl: %s
                authentication:
                  clientCredentials:
                    clientIdSecretRef: {name: org, key: clientId}
                    clientSecretSecretRef: {name: org, key: clientSecret}
                probeInterval: 10s
                """.formatted(org.baseUrl()), changes);
    }

    /** Applies the policy; {@code changes} is YAML of a spec that is merged into it. */
    void policy(String changes) {
        policy(POLICY, changes);
    }

    /** Applies a policy of that name. */
    void policy(String name, String changes) {
        apply(
                "SyncPolicy",
                name,
                """
                connectionRef: {name: org}
                mode: Enforce
                directory:
                  servers: ["%s"]
                  bindSecretRef: {name: directory}
                  tls:
                    caSecretRef: {name: directory, key: ca.crt}
                  changes: {pollInterval: 200ms}
                intervals: {salesforcePoll: 10s}
                scope:
                  searches: [{baseDN: "%s"}]
                  groups: ["%s"]
                entitlements:
                  profiles: [{group: "%s", name: Standard User}]
                """.formatted(scene.directory().ldapsUrl(), ou(), groupDn("all"), groupDn("all")),
                changes);
    }

    /** Merges YAML of a spec into the policy. */
    void changePolicy(String changes) {
        change("SyncPolicy", POLICY, changes);
    }

    /** Merges YAML of a spec into the connection. */
    void changeConnection(String changes) {
        change("SalesforceConnection", CONNECTION, changes);
    }

    private void apply(String kind, String name, String spec, String changes) {
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setApiVersion("salesforcesync.dev/v1alpha1");
        resource.setKind(kind);
        resource.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        resource.setAdditionalProperty("spec", Specs.merged(spec, changes));
        client().resource(resource).createOr(existing -> existing.update());
    }

    private void change(String kind, String name, String changes) {
        client().genericKubernetesResources("salesforcesync.dev/v1alpha1", kind)
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("spec", Specs.parsed(changes))));
    }

    SyncPolicy policy() {
        return client().resources(SyncPolicy.class)
                .inNamespace(namespace)
                .withName(POLICY)
                .require();
    }

    SyncPolicyStatus policyStatus() {
        return policyStatus(POLICY);
    }

    SyncPolicyStatus policyStatus(String name) {
        return Optional.ofNullable(client().resources(SyncPolicy.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .require()
                        .getStatus())
                .orElseGet(SyncPolicyStatus::empty);
    }

    SalesforceConnection connection(String name) {
        return client().resources(SalesforceConnection.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    List<Condition> connectionConditions(String name) {
        return Optional.ofNullable(connection(name).getStatus())
                .orElseGet(SalesforceConnectionStatus::empty)
                .conditions();
    }

    /** What the ledger of this stage's org says, shard by shard. */
    List<ConfigMap> ledger() {
        String name = "salesforcesync-ledger-" + org.org().settings().id().toLowerCase(Locale.ROOT);
        return client().configMaps()
                .inNamespace(Scene.OPERATOR_NAMESPACE)
                .withLabel("salesforcesync.dev/ledger", name)
                .list()
                .getItems();
    }

    /** Lines of one kind in the ledger: L links, H holds, I intents, B batches, E e-mail addresses, S spent. */
    List<String> ledgerLines(String kind) {
        return ledger().stream()
                .flatMap(shard -> shard.getData().getOrDefault("lines", "").lines())
                .filter(line -> line.startsWith(kind + " "))
                .toList();
    }

    List<Event> events() {
        return client().v1().events().inNamespace(namespace).list().getItems();
    }

    // Waiting

    /** Waits until policy and directory agree in the newest generation. */
    void awaitReady() {
        awaitPolicy(ready -> "True".equals(ready.getStatus()));
    }

    /** Waits until the policy's Ready, about the newest generation, is False for this reason; answers it. */
    Condition awaitNotReady(String reason) {
        return awaitPolicy(ready -> "False".equals(ready.getStatus()) && reason.equals(ready.getReason()));
    }

    Condition awaitPolicy(Predicate<Condition> like) {
        return await("policy of " + namespace)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(25))
                .until(
                        () -> {
                            SyncPolicy policy = policy();
                            return Optional.ofNullable(policy.getStatus())
                                    .flatMap(status -> condition(status.conditions(), "Ready"))
                                    .filter(ready -> ready.getObservedGeneration()
                                            .equals(policy.getMetadata().getGeneration()))
                                    .orElseGet(Condition::new);
                        },
                        ready -> ready.getStatus() != null && like.test(ready));
    }

    Condition awaitConnection(String name, Predicate<Condition> like) {
        return await("connection of " + namespace)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(25))
                .until(
                        () -> condition(connectionConditions(name), "Ready").orElseGet(Condition::new),
                        ready -> ready.getStatus() != null && like.test(ready));
    }

    /** Has both sides compared once more and waits until that is settled; answers what came of it. */
    Condition compareAgain() {
        runs++;
        changePolicy("intervals: {fullComparison: " + (300 + runs) + "m}");
        return awaitPolicy(
                ready -> !List.of("Progressing", "ProgressingWithRetry").contains(ready.getReason()));
    }

    void awaitThat(String what, java.util.concurrent.Callable<Boolean> holds) {
        try {
            await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(25)).until(holds);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(what + " did not come about; policy: " + Serialization.asYaml(policyStatus()), e);
        }
    }

    static Optional<Condition> condition(List<Condition> conditions, String type) {
        return conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    /** Nothing that people can read in the cluster tells a secret, a session, or who somebody is. */
    void assertNothingLeaks() {
        StringBuilder told = new StringBuilder();
        told.append(Serialization.asYaml(policyStatus()));
        client().resources(SalesforceConnection.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(connection -> told.append(Serialization.asYaml(
                        Optional.ofNullable(connection.getStatus()).orElseGet(SalesforceConnectionStatus::empty))));
        events().forEach(event -> told.append(Serialization.asYaml(event)));
        assertThat(told.toString())
                .doesNotContain(
                        "first-secret", "second-secret", scene.directory().password())
                .doesNotContain(org.org().settings().id().substring(0, 15) + "!")
                .doesNotContain("." + namespace + "@", "Personlike");
    }

    /** Leaves text where people would read it: in a connection's status, in an event and in a ConfigMap. */
    void plant(String connection, String inStatus, String inEvent, String inConfigMap) {
        client().genericKubernetesResources("salesforcesync.dev/v1alpha1", "SalesforceConnection")
                .inNamespace(namespace)
                .withName(connection)
                .editStatus(told -> {
                    told.setAdditionalProperty("status", Map.of("organization", Map.of("name", inStatus)));
                    return told;
                });
        client().resource(new EventBuilder()
                        .withNewMetadata()
                        .withName("planted")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withKind("SalesforceConnection")
                        .withName(connection)
                        .withNamespace(namespace)
                        .endInvolvedObject()
                        .withMessage("it was " + inEvent)
                        .build())
                .create();
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("planted")
                        .withNamespace(namespace)
                        .addToAnnotations("note", inConfigMap)
                        .endMetadata()
                        .build())
                .create();
    }

    private KubernetesClient client() {
        return scene.client();
    }

    void delete(HasMetadata resource) {
        client().resource(resource).delete();
    }

    @Override
    public void close() {
        client().resources(SyncPolicy.class).inNamespace(namespace).delete();
        client().resources(SalesforceConnection.class).inNamespace(namespace).delete();
        org.close();
    }
}
