package dev.salesforcesync.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Checks types, bounds, choices and the uniqueness of list entries. */
final class SchemaCheck {

    private final List<SchemaError> errors = new ArrayList<>();

    private SchemaCheck() {}

    static List<SchemaError> check(JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck();
        check.visit("", schema, value);
        return List.copyOf(check.errors);
    }

    private void visit(String path, JsonNode schema, JsonNode value) {
        String wanted = schema.path("type").asText();
        if (!wanted.isEmpty() && !isOfType(wanted, value)) {
            errors.add(SchemaError.wrongType(path, wanted, typeOf(value)));
            return;
        }
        switch (wanted) {
            case "object" -> object(path, schema, value);
            case "array" -> array(path, schema, value);
            case "string" -> text(path, schema, value.textValue());
            case "integer", "number" -> number(path, schema, value);
            default -> {}
        }
        choice(path, schema, value);
    }

    private void object(String path, JsonNode schema, JsonNode value) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.textValue())) {
                errors.add(SchemaError.required(child(path, name.textValue())));
            }
        });
        if (schema.has("maxProperties")
                && value.size() > schema.get("maxProperties").intValue()) {
            errors.add(SchemaError.tooMany(
                    path, value.size(), schema.get("maxProperties").longValue()));
        }
        if (schema.has("minProperties")
                && value.size() < schema.get("minProperties").intValue()) {
            String least = "should have at least " + schema.get("minProperties") + " properties";
            errors.add(SchemaError.inBody(path, Integer.toString(value.size()), least));
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode known = schema.path("properties").path(field.getKey());
            JsonNode inner = known.isMissingNode() ? schema.path("additionalProperties") : known;
            if (inner.isObject()) {
                visit(child(path, field.getKey()), inner, field.getValue());
            }
        }
    }

    private void array(String path, JsonNode schema, JsonNode value) {
        if (schema.has("maxItems") && value.size() > schema.get("maxItems").intValue()) {
            errors.add(SchemaError.tooMany(
                    path, value.size(), schema.get("maxItems").longValue()));
        }
        if (schema.has("minItems") && value.size() < schema.get("minItems").intValue()) {
            String least = "should have at least " + schema.get("minItems") + " items";
            errors.add(SchemaError.inBody(path, Integer.toString(value.size()), least));
        }
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < value.size(); i++) {
            String item = path + "[" + i + "]";
            visit(item, schema.path("items"), value.get(i));
            switch (schema.path("x-kubernetes-list-type").asText()) {
                case "set" -> unique(item, value.get(i), value.get(i).toString(), seen);
                case "map" -> {
                    JsonNode key = keyOf(schema, value.get(i));
                    unique(item, key, "map[string]interface {}" + key, seen);
                }
                default -> {}
            }
        }
    }

    private void unique(String path, JsonNode identity, String shown, Set<JsonNode> seen) {
        if (!seen.add(identity)) {
            errors.add(SchemaError.duplicate(path, shown));
        }
    }

    private static JsonNode keyOf(JsonNode schema, JsonNode item) {
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        schema.path("x-kubernetes-list-map-keys")
                .forEach(name -> key.set(name.textValue(), item.path(name.textValue())));
        return key;
    }

    private void text(String path, JsonNode schema, String value) {
        int length = value.codePointCount(0, value.length());
        if (schema.has("maxLength") && length > schema.get("maxLength").intValue()) {
            errors.add(SchemaError.tooLong(path, schema.get("maxLength").longValue()));
        }
        if (schema.has("minLength") && length < schema.get("minLength").intValue()) {
            String least = "should be at least " + schema.get("minLength") + " chars long";
            errors.add(SchemaError.inBody(path, quoted(value), least));
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.get("pattern").textValue())
                        .matcher(value)
                        .find()) {
            String pattern = "should match '" + schema.get("pattern").textValue() + "'";
            errors.add(SchemaError.inBody(path, quoted(value), pattern));
        }
        if (schema.path("format").asText().equals("date-time") && !isTime(value)) {
            errors.add(SchemaError.inBody(path, quoted(value), "must be of type date-time: " + quoted(value)));
        }
    }

    private static boolean isTime(String value) {
        try {
            OffsetDateTime.parse(value);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private void number(String path, JsonNode schema, JsonNode value) {
        if (schema.has("maximum") && value.doubleValue() > schema.get("maximum").doubleValue()) {
            String most = "should be less than or equal to " + schema.get("maximum");
            errors.add(SchemaError.inBody(path, value.toString(), most));
        }
        if (schema.has("minimum") && value.doubleValue() < schema.get("minimum").doubleValue()) {
            String least = "should be greater than or equal to " + schema.get("minimum");
            errors.add(SchemaError.inBody(path, value.toString(), least));
        }
    }

    private void choice(String path, JsonNode schema, JsonNode value) {
        JsonNode choices = schema.path("enum");
        if (choices.isArray()
                && StreamSupport.stream(choices.spliterator(), false).noneMatch(value::equals)) {
            String supported = StreamSupport.stream(choices.spliterator(), false)
                    .map(JsonNode::toString)
                    .collect(Collectors.joining(", "));
            errors.add(SchemaError.notSupported(path, value.toString(), supported));
        }
    }

    private static boolean isOfType(String wanted, JsonNode value) {
        return wanted.equals(typeOf(value)) || (wanted.equals("number") && value.isNumber());
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case BOOLEAN -> "boolean";
            // 65.0 in YAML is the same number as 65 once it is JSON.
            case NUMBER -> value.doubleValue() == Math.rint(value.doubleValue()) ? "integer" : "number";
            case NULL, MISSING -> "null";
        };
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String quoted(String value) {
        return JsonNodeFactory.instance.textNode(value).toString();
    }
}
