package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;

/** What a real server adds to objects of the built-in kinds on their way into the store. */
final class BuiltIns {

    private BuiltIns() {}

    static void complete(ServedKind kind, ObjectNode object) {
        if (kind.equals(Kinds.SECRET)) {
            completeSecret(object);
        } else if (kind.equals(Kinds.NAMESPACE)) {
            object.withObject("/metadata/labels")
                    .put("kubernetes.io/metadata.name", Json.text(object, "metadata", "name"));
            object.withObject("/status").put("phase", "Active");
        } else if (kind.equals(Kinds.DEFINITION)) {
            completeDefinition(object);
        }
    }

    private static void completeSecret(ObjectNode secret) {
        if (Json.text(secret, "type").isEmpty()) {
            secret.put("type", "Opaque");
        }
        if (secret.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = secret.withObject("/data");
            for (Map.Entry<String, JsonNode> entry : plain.properties()) {
                byte[] bytes = entry.getValue().asText().getBytes(StandardCharsets.UTF_8);
                data.put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
            }
        }
    }

    private static void completeDefinition(ObjectNode definition) {
        ObjectNode status = definition.withObject("/status");
        if (status.path("conditions").isEmpty()) {
            status.set("acceptedNames", definition.path("spec").path("names"));
            var conditions = status.putArray("conditions");
            for (String type : new String[] {"NamesAccepted", "Established"}) {
                conditions
                        .addObject()
                        .put("type", type)
                        .put("status", "True")
                        .put("reason", type.equals("Established") ? "InitialNamesAccepted" : "NoConflicts")
                        .put("message", "")
                        .put(
                                "lastTransitionTime",
                                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            }
        }
    }
}
