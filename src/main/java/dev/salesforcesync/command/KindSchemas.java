package dev.salesforcesync.command;

import dev.salesforcesync.schema.ResourceSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The schemas of the kinds of ours, from the CRDs that lie in the jar. */
final class KindSchemas {
    private static final List<String> PLURALS = List.of("salesforceconnections", "syncpolicies", "licenseschedules");

    private KindSchemas() {}

    /** By kind. */
    static Map<String, ResourceSchema> load() {
        Map<String, ResourceSchema> schemas = new TreeMap<>();
        for (String plural : PLURALS) {
            String file = "/crds/" + plural + "." + Document.GROUP + ".yaml";
            try (InputStream manifest = KindSchemas.class.getResourceAsStream(file)) {
                if (manifest == null) {
                    throw new IllegalStateException(file + " is not in the jar");
                }
                YamlText.read(
                        new String(manifest.readAllBytes(), StandardCharsets.UTF_8),
                        definition ->
                                schemas.put(definition.at("/spec/names/kind").asText(), ResourceSchema.of(definition)));
            } catch (IOException | YamlText.NotYaml e) {
                throw new IllegalStateException(file + " of the jar can't be read", e);
            }
        }
        return schemas;
    }
}
