package dev.salesforcesync.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.SandboxOptions.Part;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import dev.salesforcesync.sandbox.kubernetes.KubernetesApiServer;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The outside world of the operator, in this JVM: whichever parts were asked for. */
final class SandboxWorld implements AutoCloseable {
    static final int SALESFORCE_PORT = 18080;
    static final int LDAPS_PORT = 10636;
    static final int LDAP_PORT = 10389;
    static final int KUBERNETES_PORT = 18081;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final long SEED = 1;

    private final SandboxOptions options;
    private final Optional<SalesforceOrgServer> salesforce;
    private final Optional<SandboxDirectory> directory;
    private final Optional<KubernetesApiServer> kubernetes;

    private SandboxWorld(
            SandboxOptions options,
            Optional<SalesforceOrgServer> salesforce,
            Optional<SandboxDirectory> directory,
            Optional<KubernetesApiServer> kubernetes) {
        this.options = options;
        this.salesforce = salesforce;
        this.directory = directory;
        this.kubernetes = kubernetes;
    }

    /** Starts the parts on their fixed ports; with {@code once} on free ones, so that several may run at a time. */
    static SandboxWorld start(SandboxOptions options) {
        boolean free = options.once();
        Optional<SalesforceOrgServer> salesforce = wanted(options, Part.SALESFORCE)
                ? Optional.of(
                        SalesforceOrgServer.start(OrgSettings.builder("Acme").build(), free ? 0 : SALESFORCE_PORT))
                : Optional.empty();
        Optional<SandboxDirectory> directory = wanted(options, Part.DIRECTORY)
                ? Optional.of(SandboxDirectory.start(free ? 0 : LDAPS_PORT, free ? 0 : LDAP_PORT))
                : Optional.empty();
        directory.filter(started -> options.users() > 0).ifPresent(started -> started.populate(options.users(), SEED));
        Optional<KubernetesApiServer> kubernetes =
                wanted(options, Part.KUBERNETES) && options.kubeconfig().isEmpty()
                        ? Optional.of(KubernetesApiServer.start(free ? 0 : KUBERNETES_PORT, definitions()))
                        : Optional.empty();
        SandboxWorld world = new SandboxWorld(options, salesforce, directory, kubernetes);
        world.writeFiles();
        return world;
    }

    private static boolean wanted(SandboxOptions options, Part part) {
        return options.only().isEmpty() || options.only().get() == part;
    }

    static List<Path> definitions() {
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("run the sandbox in the project's folder, where crds/ is", e);
        }
    }

    SalesforceOrgServer salesforce() {
        return salesforce.orElseThrow();
    }

    SandboxDirectory directory() {
        return directory.orElseThrow();
    }

    Config kubernetes() {
        if (kubernetes.isPresent()) {
            return kubernetes.get().clientConfig();
        }
        return Config.fromKubeconfig(options.kubeconfig().orElseThrow().toFile());
    }

    Path kubeconfig() {
        return options.kubeconfig().orElse(options.folder().resolve("kubeconfig"));
    }

    /** What the samples' placeholders stand for. */
    Map<String, String> placeholders() {
        return Samples.placeholders(salesforce(), directory());
    }

    private void writeFiles() {
        try {
            Files.createDirectories(options.folder());
            Files.deleteIfExists(options.folder().resolve("summary.json"));
            kubernetes.ifPresent(
                    server -> server.writeKubeconfig(options.folder().resolve("kubeconfig")));
            if (directory.isPresent()) {
                Files.writeString(caFile(), directory.get().caPem());
            }
            JSON.writeValue(options.folder().resolve("endpoints.json").toFile(), endpoints());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path caFile() {
        return options.folder().resolve("directory-ca.pem");
    }

    private ObjectNode endpoints() {
        ObjectNode all = JSON.createObjectNode();
        salesforce.ifPresent(server -> {
            OrgSettings org = server.org().settings();
            all.putObject("salesforce")
                    .put("url", server.baseUrl())
                    .put("port", server.port())
                    .put("tokenUrl", server.baseUrl() + "/services/oauth2/token")
                    .put("soapUrl", server.soapUrl("65.0"))
                    .put("restUrl", server.baseUrl() + "/services/data/v65.0")
                    .put("journalUrl", server.baseUrl() + "/sandbox/journal")
                    .put("stateUrl", server.baseUrl() + "/sandbox/state")
                    .put("organizationId", org.id())
                    .put("clientId", org.clientId())
                    .put("clientSecret", org.clientSecret())
                    .put("runAsUsername", org.runAsUsername());
        });
        directory.ifPresent(server -> all.putObject("directory")
                .put("ldapsUrl", server.ldapsUrl())
                .put("ldapUrl", server.ldapUrl())
                .put("baseDN", SandboxDirectory.BASE_DN)
                .put("bindDN", server.bindDn())
                .put("password", server.password())
                .put("adminDN", server.adminDn())
                .put("adminPassword", server.adminPassword())
                .put("caFile", caFile().toString()));
        if (kubernetes.isPresent() || options.kubeconfig().isPresent()) {
            ObjectNode api =
                    all.putObject("kubernetes").put("kubeconfig", kubeconfig().toString());
            kubernetes.ifPresent(server -> api.put("url", server.url()));
        }
        return all;
    }

    @Override
    public void close() {
        kubernetes.ifPresent(KubernetesApiServer::close);
        directory.ifPresent(SandboxDirectory::close);
        salesforce.ifPresent(SalesforceOrgServer::close);
    }
}
