package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.Field;
import dev.salesforcesync.sandbox.salesforce.org.ObjectType;
import dev.salesforcesync.sandbox.salesforce.org.Schema;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Describes as JSON. */
final class RestDescribe {
    private RestDescribe() {}

    static ObjectNode summary(ObjectType type, String version) {
        return written(summarized(type), type, version);
    }

    static ObjectNode whole(Schema schema, ObjectType type, String version) {
        Map<String, @Nullable Object> facts = summarized(type);
        ArrayNode fields = Json.array();
        type.fields().forEach(field -> fields.add(field(field)));
        facts.put("fields", fields);
        ArrayNode children = Json.array();
        ObjectFacts.children(schema, type)
                .forEach(child -> children.addObject()
                        .put("cascadeDelete", false)
                        .put("childSObject", child.child())
                        .put("deprecatedAndHidden", false)
                        .put("field", child.field())
                        .putNull("relationshipName")
                        .put("restrictedDelete", false));
        facts.put("childRelationships", children);
        facts.put("recordTypeInfos", Json.array());
        return written(facts, type, version);
    }

    private static Map<String, @Nullable Object> summarized(ObjectType type) {
        return new TreeMap<>(ObjectFacts.of(type));
    }

    /** All in the order of the alphabet, the addresses last (recorded by CumulusCI). */
    private static ObjectNode written(Map<String, @Nullable Object> facts, ObjectType type, String version) {
        ObjectNode body = write(facts);
        String base = "/services/data/" + version + "/sobjects/" + type.name();
        ObjectNode urls = body.putObject("urls").put("rowTemplate", base + "/{ID}");
        if (type.name().equals("User")) {
            urls.put("passwordUtilities", base + "/{ID}/password");
        }
        urls.put("describe", base + "/describe").put("sobject", base);
        return body;
    }

    private static ObjectNode field(Field field) {
        var facts = new TreeMap<String, @Nullable Object>(FieldFacts.of(field));
        facts.put("defaultValue", field.defaultValue().orElse(null));
        ArrayNode values = Json.array();
        for (String value : field.values()) {
            values.addObject()
                    .put("active", true)
                    .put("defaultValue", FieldFacts.isDefault(field, value))
                    .put("label", value)
                    .putNull("validFor")
                    .put("value", value);
        }
        facts.put("picklistValues", values);
        ArrayNode references = Json.array();
        field.referenceTo().stream().sorted().forEach(references::add);
        facts.put("referenceTo", references);
        return write(facts);
    }

    private static ObjectNode write(Map<String, @Nullable Object> facts) {
        ObjectNode node = Json.object();
        facts.forEach((name, value) -> {
            if (value instanceof ArrayNode list) {
                node.set(name, list);
            } else {
                Json.put(node, name, value);
            }
        });
        return node;
    }
}
