package dev.salesforcesync.real;

import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A real API server on which Helm installed the chart, in a namespace of its own. */
final class RealCluster implements AutoCloseable {
    static final String RELEASE = "rel";
    static final String SERVICE_ACCOUNT = "rel-salesforce-sync-operator";
    static final String GROUP = "salesforcesync.dev";
    private static final Path CHART = Path.of("helm");

    private final Path kubeconfig;
    private final Path jar;
    private final KubernetesClient admin;
    private final String namespace = "sync-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> namespaces = new ArrayList<>();
    private final Path operatorKubeconfig;

    private RealCluster(Path kubeconfig, Path jar) {
        this.kubeconfig = kubeconfig.toAbsolutePath();
        this.jar = jar;
        this.admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
        this.operatorKubeconfig = newFile();
        refuseInhabited();
        createNamespace(namespace);
        installChart();
    }

    static RealCluster install(Path kubeconfig, Path jar) {
        return new RealCluster(kubeconfig, jar);
    }

    /** These tests delete what they find of our kinds, so nobody else's may be there. */
    private void refuseInhabited() {
        if (!definitions().isEmpty()) {
            throw new IllegalStateException("this API server already has our CustomResourceDefinitions;"
                    + " the tests need a server of their own, or these deleted by you");
        }
    }

    List<CustomResourceDefinition> definitions() {
        return admin.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .filter(crd -> crd.getSpec().getGroup().equals(GROUP))
                .toList();
    }

    /** Acts as cluster admin. */
    KubernetesClient admin() {
        return admin;
    }

    /** A client with the rights of the chart's service account, to be closed by the caller. */
    KubernetesClient asOperator() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(operatorKubeconfig.toFile()))
                .build();
    }

    Path operatorKubeconfig() {
        return operatorKubeconfig;
    }

    Path jar() {
        return jar;
    }

    /** Where the chart is installed, and what it watches. */
    String namespace() {
        return namespace;
    }

    Kubectl kubectl() {
        return kubectl(namespace);
    }

    Kubectl kubectl(String inNamespace) {
        return new Kubectl(kubeconfig, inNamespace);
    }

    /** A namespace that nobody watches; it goes with the cluster. */
    String freshNamespace() {
        return createNamespace("other-" + UUID.randomUUID().toString().substring(0, 8));
    }

    private String createNamespace(String name) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        namespaces.add(name);
        return name;
    }

    String uninstall() {
        return Helm.uninstall(RELEASE)
                .withNamespace(namespace)
                .withKubeConfig(kubeconfig)
                .call();
    }

    /** Installs the chart and writes the kubeconfig of its service account. */
    void installChart() {
        new Helm(CHART)
                .install()
                .withName(RELEASE)
                .withNamespace(namespace)
                .withKubeConfig(kubeconfig)
                // a server of 1.20 knows no x-kubernetes-validations, and ignores them
                .disableOpenApiValidation()
                .call();
        // published a moment after the definition is established; kubectl checks field names by it
        await("the kinds are in the server's OpenAPI document")
                .atMost(Duration.ofMinutes(1))
                .until(() ->
                        kubectl().call("", "explain", "syncpolicy.spec.mode").exitCode() == 0);
        Secret token = await("the service account's token")
                .atMost(Duration.ofSeconds(30))
                .until(this::tokenSecret, Optional::isPresent)
                .orElseThrow();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(admin.getConfiguration().getMasterUrl())
                .withCaCertData(admin.getConfiguration().getCaCertData())
                .withOauthToken(
                        new String(Base64.getDecoder().decode(token.getData().get("token")), StandardCharsets.UTF_8))
                .withNamespace(namespace)
                .build();
        try {
            Files.writeString(operatorKubeconfig, kubeconfigOf(config));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newFile() {
        try {
            return Files.createTempFile(
                    "operator",
                    ".kubeconfig",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String kubeconfigOf(Config config) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "%s", certificate-authority-data: %s}}]
                users: [{name: operator, user: {token: %s}}]
                contexts: [{name: test, context: {cluster: test, user: operator, namespace: %s}}]
                current-context: test
                """.formatted(
                        config.getMasterUrl(), config.getCaCertData(), config.getOauthToken(), config.getNamespace());
    }

    /** Up to Kubernetes 1.23 every service account has one, made by a controller a moment later. */
    private Optional<Secret> tokenSecret() {
        ServiceAccount account = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(SERVICE_ACCOUNT)
                .require();
        return account.getSecrets().stream()
                .findFirst()
                .map(reference -> admin.secrets()
                        .inNamespace(namespace)
                        .withName(reference.getName())
                        .get());
    }

    /** Leaves the server as it was found. */
    @Override
    public void close() throws IOException {
        try {
            uninstall();
            definitions().forEach(crd -> admin.resource(crd).delete());
            namespaces.forEach(name -> admin.namespaces().withName(name).delete());
        } finally {
            Files.deleteIfExists(operatorKubeconfig);
            admin.close();
        }
    }
}
