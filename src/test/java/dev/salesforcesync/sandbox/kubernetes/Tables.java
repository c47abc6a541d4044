package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** Answers of the type {@code meta.k8s.io/v1 Table}, which is what {@code kubectl get} prints. */
final class Tables {

    private Tables() {}

    static ObjectNode of(
            ServedKind kind,
            List<? extends JsonNode> objects,
            String resourceVersion,
            boolean wholeObjects,
            Instant now) {
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.set("metadata", Json.object().put("resourceVersion", resourceVersion));
        ArrayNode columns = table.putArray("columnDefinitions");
        for (Column column : kind.columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.name().equals("Name") ? "name" : "")
                    .put("description", column.description())
                    .put("priority", column.priority());
        }
        ArrayNode rows = table.putArray("rows");
        for (JsonNode object : objects) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            kind.columns().forEach(column -> cells.add(column.cell().apply(object, now)));
            row.set("object", wholeObjects ? object : metadataOf(object));
        }
        return table;
    }

    private static ObjectNode metadataOf(JsonNode object) {
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }
}
