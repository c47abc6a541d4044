package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.salesforcesync.schema.ResourceSchema;
import dev.salesforcesync.schema.SchemaError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Resources in {@code src/test/resources/kinds}. A file with two documents is a change: the first replaced by the
 * second. In {@code invalid} every line {@code # expect: ...} is one error, all of them and no others.
 */
record KindSample(Path file, JsonNode old, JsonNode resource, List<String> expected) {

    private static final Path FOLDER = Path.of("src/test/resources/kinds");
    private static final String EXPECT = "# expect: ";

    static List<KindSample> valid() {
        return in("valid");
    }

    static List<KindSample> invalid() {
        return in("invalid");
    }

    String kind() {
        return resource.path("kind").asText();
    }

    List<SchemaError> errors(Map<String, ResourceSchema> schemas) {
        ResourceSchema schema = schemas.get(kind());
        if (schema == null) {
            throw new IllegalArgumentException(file + " is of an unknown kind");
        }
        return schema.validate(resource, old);
    }

    /** Kind to schema, from the committed manifests. */
    static Map<String, ResourceSchema> schemas() {
        Map<String, ResourceSchema> schemas = new TreeMap<>();
        CrdManifests.committed().values().stream()
                .map(CrdManifests::parse)
                .forEach(crd -> schemas.put(crd.at("/spec/names/kind").textValue(), ResourceSchema.of(crd)));
        return schemas;
    }

    static List<JsonNode> documents(String text) {
        try (var values = CrdManifests.YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return new ArrayList<>(values.readAll());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<KindSample> in(String folder) {
        try (var files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().map(KindSample::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KindSample read(Path file) {
        try {
            String text = Files.readString(file);
            List<JsonNode> documents = documents(text);
            List<String> expected = text.lines()
                    .filter(line -> line.startsWith(EXPECT))
                    .map(line -> line.substring(EXPECT.length()))
                    .toList();
            JsonNode old = documents.size() > 1 ? documents.get(0) : MissingNode.getInstance();
            return new KindSample(file.getFileName(), old, documents.get(documents.size() - 1), expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
