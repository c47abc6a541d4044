package dev.salesforcesync.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fills in defaults and leaves out unknown fields, both in place. */
final class SchemaDefaults {

    private static final Set<String> KNOWN_AT_THE_TOP = Set.of("apiVersion", "kind", "metadata");

    private SchemaDefaults() {}

    static void fill(JsonNode schema, JsonNode value) {
        if (value instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(property -> fill(property, object));
            JsonNode additional = schema.path("additionalProperties");
            if (additional.isObject()) {
                object.forEach(item -> fill(additional, item));
            }
        } else if (value.isArray()) {
            value.forEach(item -> fill(schema.path("items"), item));
        }
    }

    private static void fill(Map.Entry<String, JsonNode> property, ObjectNode object) {
        JsonNode otherwise = property.getValue().get("default");
        JsonNode given = object.path(property.getKey());
        if (otherwise != null && (given.isMissingNode() || given.isNull())) {
            object.set(property.getKey(), otherwise.deepCopy());
        }
        fill(property.getValue(), object.path(property.getKey()));
    }

    static List<String> prune(JsonNode schema, JsonNode value) {
        List<String> unknown = new ArrayList<>();
        prune("", schema, value, unknown);
        return unknown;
    }

    private static void prune(String path, JsonNode schema, JsonNode value, List<String> unknown) {
        if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            return;
        }
        if (value instanceof ObjectNode object) {
            JsonNode additional = schema.path("additionalProperties");
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                String inner = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                JsonNode known = schema.path("properties").path(field.getKey());
                if (known.isObject() || additional.isObject()) {
                    prune(inner, known.isObject() ? known : additional, field.getValue(), unknown);
                } else if (!path.isEmpty() || !KNOWN_AT_THE_TOP.contains(field.getKey())) {
                    object.remove(field.getKey());
                    unknown.add(inner);
                }
            }
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                prune(path + "[" + i + "]", schema.path("items"), value.get(i), unknown);
            }
        }
    }
}
