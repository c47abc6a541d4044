package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The CRDs as generated from the records, and as they lie in {@code crds/}. */
final class CrdManifests {

    private static final Path FOLDER = Path.of("crds");
    private static final String HEADER =
            "# Written by CrdManifestsTest from the records in dev.salesforcesync.api.v1alpha1: change those.\n";

    static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    static final List<Class<? extends CustomResource<?, ?>>> KINDS =
            List.of(SalesforceConnection.class, SyncPolicy.class, LicenseSchedule.class);

    private CrdManifests() {}

    /** File name to content, freshly generated. */
    static Map<String, String> generated() {
        Map<String, ByteArrayOutputStream> outputs = new TreeMap<>();
        new CRDGenerator()
                .customResourceClasses(List.copyOf(KINDS))
                .forCRDVersions("v1")
                .withOutput(new InMemory(outputs))
                .detailedGenerate();
        Map<String, String> manifests = new TreeMap<>();
        outputs.values().forEach(bytes -> {
            ObjectNode crd = (ObjectNode) parse(bytes.toString(StandardCharsets.UTF_8));
            CrdRefinement.refine(crd, kindOf(crd));
            manifests.put(crd.at("/metadata/name").textValue() + ".yaml", HEADER + print(crd));
        });
        return manifests;
    }

    /** File name to content, as committed. */
    static Map<String, String> committed() {
        Map<String, String> manifests = new TreeMap<>();
        try (var files = Files.list(FOLDER)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                manifests.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return manifests;
    }

    static void write(Map<String, String> manifests) {
        try {
            Files.createDirectories(FOLDER);
            for (Map.Entry<String, String> manifest : manifests.entrySet()) {
                Files.writeString(FOLDER.resolve(manifest.getKey()), manifest.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parse(String manifest) {
        try {
            return YAML.readTree(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema of the one version of a CRD. */
    static JsonNode schemaOf(JsonNode crd) {
        return crd.at("/spec/versions/0/schema/openAPIV3Schema");
    }

    static Class<? extends CustomResource<?, ?>> kindOf(JsonNode crd) {
        return kindOf(crd.at("/spec/names/kind").asText());
    }

    static Class<? extends CustomResource<?, ?>> kindOf(String kind) {
        return KINDS.stream()
                .filter(type -> type.getSimpleName().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** A resource as the operator reads it. */
    static CustomResource<?, ?> read(JsonNode resource) {
        return Serialization.unmarshal(
                resource.toString(), kindOf(resource.path("kind").asText()));
    }

    private static String print(JsonNode crd) {
        try {
            return YAML.writeValueAsString(crd);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record InMemory(Map<String, ByteArrayOutputStream> outputs)
            implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {

        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return outputs.computeIfAbsent(crdName, name -> new ByteArrayOutputStream());
        }

        @Override
        public URI crdURI(String crdName) {
            return URI.create("file:///" + crdName);
        }

        @Override
        public void close() {}
    }
}
