package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.Field;
import dev.salesforcesync.sandbox.salesforce.org.ObjectType;
import dev.salesforcesync.sandbox.salesforce.org.Schema;

/** Describes as JSON. */
final class RestDescribe {
    private RestDescribe() {}

    static ObjectNode summary(ObjectType type, String version) {
        ObjectNode body = Json.object();
        ObjectFacts.of(type).forEach((name, value) -> Json.put(body, name, value));
        String base = "/services/data/" + version + "/sobjects/" + type.name();
        body.putObject("urls")
                .put("sobject", base)
                .put("describe", base + "/describe")
                .put("rowTemplate", base + "/{ID}");
        return body;
    }

    static ObjectNode whole(Schema schema, ObjectType type, String version) {
        ObjectNode body = summary(type, version);
        ArrayNode fields = body.putArray("fields");
        type.fields().forEach(field -> fields.add(field(field)));
        ArrayNode children = body.putArray("childRelationships");
        ObjectFacts.children(schema, type)
                .forEach(child -> children.addObject()
                        .put("cascadeDelete", false)
                        .put("childSObject", child.child())
                        .put("deprecatedAndHidden", false)
                        .put("field", child.field())
                        .putNull("relationshipName")
                        .put("restrictedDelete", false));
        body.putArray("recordTypeInfos");
        return body;
    }

    private static ObjectNode field(Field field) {
        ObjectNode node = Json.object();
        FieldFacts.of(field).forEach((name, value) -> Json.put(node, name, value));
        Json.put(node, "defaultValue", field.defaultValue().orElse(null));
        ArrayNode values = node.putArray("picklistValues");
        for (String value : field.values()) {
            values.addObject()
                    .put("active", true)
                    .put("defaultValue", FieldFacts.isDefault(field, value))
                    .put("label", value)
                    .putNull("validFor")
                    .put("value", value);
        }
        ArrayNode references = node.putArray("referenceTo");
        field.referenceTo().stream().sorted().forEach(references::add);
        return node;
    }
}
