package dev.salesforcesync.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Applies the sample that the sandbox plays, its placeholders replaced by what this run's parts use. */
public final class Samples {
    static final Path FOLDER = Path.of("samples", "02-sandbox");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Samples() {}

    static void apply(KubernetesClient client, Map<String, String> placeholders) {
        for (HasMetadata resource : load(client, placeholders)) {
            client.resource(resource).createOr(existing -> existing.update());
        }
    }

    /** What the sandbox applies, in order. */
    public static List<HasMetadata> load(KubernetesClient client, Map<String, String> placeholders) {
        return files().stream()
                .flatMap(file -> load(client, file, placeholders).stream())
                .toList();
    }

    /** What the samples' placeholders stand for when these two are the org and the directory. */
    public static Map<String, String> placeholders(SalesforceOrgServer salesforce, SandboxDirectory directory) {
        OrgSettings org = salesforce.org().settings();
        return Map.of(
                "SALESFORCE_URL", salesforce.baseUrl(),
                "SALESFORCE_CLIENT_ID", org.clientId(),
                "SALESFORCE_CLIENT_SECRET", org.clientSecret(),
                "LDAP_URL", directory.ldapsUrl(),
                "LDAP_BIND_DN", directory.bindDn(),
                "LDAP_PASSWORD", directory.password(),
                "LDAP_CA", directory.caPem());
    }

    static List<HasMetadata> load(KubernetesClient client, Path file, Map<String, String> placeholders) {
        try {
            String text = Files.readString(file);
            for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
                text = text.replace("\"${" + placeholder.getKey() + "}\"", quoted(placeholder.getValue()));
            }
            return client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .items();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String value) throws JsonProcessingException {
        return JSON.writeValueAsString(value);
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
