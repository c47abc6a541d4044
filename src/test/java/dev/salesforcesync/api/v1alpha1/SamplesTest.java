package dev.salesforcesync.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.salesforcesync.schema.ResourceSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies in {@code samples/} can be applied as it is: valid, complete, and understood by the operator. */
class SamplesTest {

    private static final Map<String, ResourceSchema> SCHEMAS = KindSample.schemas();

    /** What the sandbox program knows only at run time, in the form in which it writes it. */
    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "${SALESFORCE_URL}", "http://localhost:8443",
            "${SALESFORCE_CLIENT_ID}", "id",
            "${SALESFORCE_CLIENT_SECRET}", "secret",
            "${LDAP_URL}", "ldaps://localhost:10636",
            "${LDAP_BIND_DN}", "CN=reader,DC=corp,DC=example,DC=com",
            "${LDAP_PASSWORD}", "password",
            "${LDAP_CA}", "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n");

    /** What a Secret holds that is named without a key. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "bindSecretRef", List.of("bindDN", "password"),
            "tokenSecretRef", List.of("token"),
            "credentialsSecretRef", List.of("password"));

    static Stream<Path> stories() {
        return children(Path.of("samples")).stream();
    }

    @Test
    void thereIsAStoryForEachThingPeopleDoFirst() {
        assertThat(stories().map(story -> story.getFileName().toString()))
                .containsExactly(
                        "01-minimal",
                        "02-sandbox",
                        "03-enforce-with-guard",
                        "04-license-schedule",
                        "05-own-mapping",
                        "06-passwords",
                        "07-passwords-only");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void everyFileIsNumberedAndSaysWhy(Path story) {
        assertThat(manifests(story)).isNotEmpty().allSatisfy(file -> {
            assertThat(file.getFileName().toString()).matches("0[1-9]-[a-z-]+\\.yaml");
            assertThat(text(file)).startsWith("# ");
        });
    }

    @ParameterizedTest
    @MethodSource("stories")
    void whatElseIsThereIsAScriptThatRunsAndSaysHow(Path story) {
        assertThat(children(story))
                .filteredOn(file -> !manifests(story).contains(file))
                .allSatisfy(script -> {
                    assertThat(script.getFileName().toString()).endsWith(".py");
                    assertThat(script).isExecutable();
                    assertThat(text(script)).startsWith("#!/usr/bin/python3\n\"\"\"");
                });
    }

    private static List<Path> manifests(Path story) {
        return children(story).stream()
                .filter(file -> file.toString().endsWith(".yaml"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void everyResourceIsValidAndUnderstood(Path story) {
        for (JsonNode resource : resources(story)) {
            ResourceSchema schema = SCHEMAS.get(resource.path("kind").asText());
            if (schema == null) {
                assertThat(resource.path("kind").asText()).isEqualTo("Secret");
                continue;
            }
            assertThat(schema.validate(resource)).isEmpty();
            assertThat(schema.prune(resource).unknownFields()).isEmpty();
            assertThat(Unrecognized.in((Record) CrdManifests.read(resource).getSpec()))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void everythingAResourceRefersToIsInTheStory(Path story) {
        List<JsonNode> resources = resources(story);
        for (JsonNode resource : resources) {
            assertThat(resource.path("spec").findParents("connectionRef").stream()
                            .map(parent -> parent.get("connectionRef")))
                    .allSatisfy(ref -> assertThat(named(resources, "SalesforceConnection", ref)
                                    .isObject())
                            .as("%s", ref)
                            .isTrue());
            assertThat(resource.path("spec").findParents("policyRef").stream().map(parent -> parent.get("policyRef")))
                    .allSatisfy(ref -> assertThat(
                                    named(resources, "SyncPolicy", ref).isObject())
                            .as("%s", ref)
                            .isTrue());
            assertSecretsExist(resource.path("spec"), resources);
        }
    }

    private static void assertSecretsExist(JsonNode node, List<JsonNode> resources) {
        node.properties().forEach(field -> {
            JsonNode ref = field.getValue();
            if (field.getKey().endsWith("ecretRef")) {
                JsonNode data = named(resources, "Secret", ref).path("stringData");
                List<String> keys = ref.has("key")
                        ? List.of(ref.get("key").textValue())
                        : KEYS.getOrDefault(field.getKey(), List.of());
                assertThat(keys).as(field.getKey()).isNotEmpty();
                assertThat(keys).as("%s: %s", field.getKey(), ref).allMatch(data::has);
            } else {
                assertSecretsExist(ref, resources);
            }
        });
    }

    private static JsonNode named(List<JsonNode> resources, String kind, JsonNode ref) {
        return resources.stream()
                .filter(r -> r.path("kind").asText().equals(kind))
                .filter(r -> r.at("/metadata/name").equals(ref.path("name")))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static List<JsonNode> resources(Path story) {
        List<JsonNode> resources = new ArrayList<>();
        for (Path file : manifests(story)) {
            String text = text(file);
            for (Map.Entry<String, String> placeholder : PLACEHOLDERS.entrySet()) {
                text = text.replace(placeholder.getKey(), placeholder.getValue());
            }
            assertThat(text).as(file.toString()).doesNotContain("${");
            resources.addAll(KindSample.documents(text));
        }
        return resources;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> children(Path folder) {
        try (var children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
