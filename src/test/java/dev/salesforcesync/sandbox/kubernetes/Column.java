package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param priority 0 is always shown, more only with {@code -o wide}
 * @param cell the value of an object's cell at an instant (ages depend on it); null node where there is none
 */
record Column(
        String name, String type, String description, int priority, BiFunction<JsonNode, Instant, JsonNode> cell) {

    static final Column NAME = text("Name", 0, object -> Json.text(object, "metadata", "name"));
    static final Column AGE = age("Age", 0, "metadata", "creationTimestamp");

    static Column text(String name, int priority, Function<JsonNode, String> text) {
        return new Column(name, "string", "", priority, (object, now) -> TextNode.valueOf(text.apply(object)));
    }

    static Column age(String name, int priority, String... path) {
        return new Column(
                name,
                "string",
                "",
                priority,
                (object, now) -> TextNode.valueOf(Age.since(Json.text(object, path), now)));
    }

    /** Columns of a CustomResourceDefinition; a definition without any shows the age, as on a real server. */
    static List<Column> ofDefinition(JsonNode additionalPrinterColumns) {
        List<Column> columns = new ArrayList<>();
        columns.add(NAME);
        for (JsonNode column : additionalPrinterColumns) {
            FieldPath path = FieldPath.parse(Json.text(column, "jsonPath"));
            String type = Json.text(column, "type");
            columns.add(new Column(
                    Json.text(column, "name"),
                    type,
                    Json.text(column, "description"),
                    column.path("priority").asInt(0),
                    (object, now) -> cell(type, path.find(object), now)));
        }
        if (columns.size() == 1) {
            columns.add(AGE);
        }
        return columns;
    }

    private static JsonNode cell(String type, List<JsonNode> found, Instant now) {
        List<JsonNode> values = found.stream().filter(value -> !value.isNull()).toList();
        if (values.isEmpty()) {
            return NullNode.getInstance();
        }
        JsonNode first = values.get(0);
        return switch (type) {
            case "date" -> TextNode.valueOf(Age.since(first.asText(), now));
            case "integer", "number", "boolean" -> first;
            default ->
                TextNode.valueOf(String.join(
                        ",",
                        values.stream()
                                .map(value -> value.isValueNode() ? value.asText() : value.toString())
                                .toList()));
        };
    }
}
