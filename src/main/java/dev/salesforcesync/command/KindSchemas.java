package dev.salesforcesync.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.salesforcesync.schema.ResourceSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The schemas of the kinds of ours, from the CRDs that lie in the jar. */
final class KindSchemas {
    private static final List<String> PLURALS = List.of("salesforceconnections", "syncpolicies", "licenseschedules");

    private KindSchemas() {}

    /** By kind. */
    static Map<String, ResourceSchema> load() {
        YAMLMapper yaml = new YAMLMapper();
        Map<String, ResourceSchema> schemas = new TreeMap<>();
        for (String plural : PLURALS) {
            String file = "/crds/" + plural + "." + Document.GROUP + ".yaml";
            try (InputStream manifest = KindSchemas.class.getResourceAsStream(file)) {
                if (manifest == null) {
                    throw new IllegalStateException(file + " is not in the jar");
                }
                JsonNode definition = yaml.readTree(manifest);
                schemas.put(definition.at("/spec/names/kind").asText(), ResourceSchema.of(definition));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return schemas;
    }
}
