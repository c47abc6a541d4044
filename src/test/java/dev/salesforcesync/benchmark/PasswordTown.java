package dev.salesforcesync.benchmark;

import static org.awaitility.Awaitility.await;

import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.sandbox.kubernetes.KubernetesApiServer;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything around replicas that take passwords in: an API server and an org in this process, and some directory. */
public final class PasswordTown implements AutoCloseable {
    public static final String NAMESPACE = "default";

    /** Of the agents that post. */
    static final String TOKEN = "t".repeat(40);

    public static final String POLICY = "people";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KubernetesApiServer api = KubernetesApiServer.start(0, definitions());
    private final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(api.clientConfig()).build();
    private final SalesforceOrgServer org = SalesforceOrgServer.start(
            OrgSettings.builder("Passwords")
                    .client("passwords-client", "passwords-secret")
                    .seats("Salesforce", 100_000)
                    .dailyApiLimit(10_000_000)
                    .build(),
            0);
    private final Path kubeconfig;

    /**
     * Where people are.
     *
     * @param base below which they are
     */
    public record Place(String ldapsUrl, String caPem, String bindDn, String password, String base) {
        @Override
        public String toString() {
            return "Place[" + base + "]";
        }
    }

    /** Applies everything; whoever is in the directory gets a user as soon as an operator runs. */
    public PasswordTown(Place place) {
        try {
            kubeconfig = Files.createTempFile("kubeconfig", ".yaml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        api.writeKubeconfig(kubeconfig);
        secret("org", Map.of("clientId", "passwords-client", "clientSecret", "passwords-secret"));
        secret("directory", Map.of("bindDN", place.bindDn(), "password", place.password(), "ca.crt", place.caPem()));
        secret("agent", Map.of("token", TOKEN));
        apply("SalesforceConnection", "org", """
                instanceUrl: %s
                authentication:
                  clientCredentials:
                    clientIdSecretRef: {name: org, key: clientId}
                    clientSecretSecretRef: {name: org, key: clientSecret}
                apiBudget: {dailyShare: 100, reserve: 0}
                """.formatted(org.baseUrl()));
        apply("SyncPolicy", POLICY, """
                connectionRef: {name: org}
                mode: Enforce
                directory:
                  servers: ["%s"]
                  bindSecretRef: {name: directory}
                  tls: {caSecretRef: {name: directory, key: ca.crt}}
                scope:
                  searches: [{baseDN: "%s"}]
                  groups: ["Captured"]
                usernames: {candidates: ["user.sAMAccountName + '@passwords.example.com'"]}
                entitlements:
                  profiles: [{group: "Captured", name: Standard User}]
                attributes:
                - {field: LastName, expression: "user.sAMAccountName"}
                - {field: Email, expression: "user.sAMAccountName + '@passwords.example.com'"}
                passwords: {mode: Capture, agents: {json: {tokenSecretRef: {name: agent}}}}
                """.formatted(place.ldapsUrl(), place.base()));
    }

    public static String username(String account) {
        return account + "@passwords.example.com";
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    public KubernetesClient client() {
        return client;
    }

    public SalesforceOrgServer org() {
        return org;
    }

    public boolean logsIn(String account, String password) {
        return org.org().signIn(username(account), password).isPresent();
    }

    public void awaitUsers(int count) {
        await().atMost(PATIENCE)
                .until(() -> Optional.ofNullable(client.resources(SyncPolicy.class)
                                .inNamespace(NAMESPACE)
                                .withName(POLICY)
                                .require()
                                .getStatus())
                        .flatMap(status -> status.findUsers())
                        .flatMap(users -> users.findLinked())
                        .filter(linked -> linked >= count)
                        .isPresent());
    }

    /** What is kept, as it lies in the API server's own store. */
    public List<Secret> kept() {
        return client.secrets()
                .inNamespace(NAMESPACE)
                .withLabel("salesforcesync.dev/password")
                .list()
                .getItems();
    }

    public long pending() {
        return kept().stream()
                .filter(secret -> secret.getData().containsKey("sealed"))
                .count();
    }

    /** Puts something where it must never be. */
    void plant(String secret) {
        secret("planted", Map.of("somewhere", secret));
    }

    void secret(String name, Map<String, String> values) {
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

    private static List<Path> definitions() {
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        org.close();
        api.close();
        try {
            Files.deleteIfExists(kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
