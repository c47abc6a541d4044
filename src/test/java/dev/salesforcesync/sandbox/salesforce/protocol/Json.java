package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as Salesforce reads and writes it. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Reads a body that must be an object. */
    static ObjectNode parse(String body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new ApiRefusal(
                    ErrorCode.JSON_PARSER_ERROR,
                    "Unexpected character at [line:" + e.getLocation().getLineNr() + ", column:"
                            + e.getLocation().getColumnNr() + "]");
        }
        throw new ApiRefusal(
                ErrorCode.JSON_PARSER_ERROR, "The HTTP entity body is required, but this request has no entity body.");
    }

    /** Reads the body of an answer; null when it is empty. */
    static JsonNode read(byte[] body) {
        try {
            return body.length == 0 ? JsonNodeFactory.instance.nullNode() : MAPPER.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stored value. */
    static void put(ObjectNode node, String name, @Nullable Object value) {
        if (value instanceof Boolean flag) {
            node.put(name, flag);
        } else if (value instanceof Integer number) {
            node.put(name, number);
        } else if (value instanceof Instant moment) {
            node.put(name, MOMENT.format(moment));
        } else if (value == null) {
            node.putNull(name);
        } else {
            node.put(name, value.toString());
        }
    }

    /** The fields of a record as a client sent them, without "attributes". */
    static Map<String, @Nullable Object> fields(ObjectNode record) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        record.properties().forEach(entry -> {
            if (!entry.getKey().equals("attributes")) {
                fields.put(entry.getKey(), value(entry.getValue()));
            }
        });
        return fields;
    }

    private static @Nullable Object value(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return fields(object);
        }
        if (node.isNull()) {
            return null;
        }
        return node.isBoolean() ? (Object) node.booleanValue() : node.asText();
    }
}
