package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.schema.ResourceSchema;
import java.util.List;

/** Admission by the schema of a custom kind: prunes, fills in defaults, then checks. */
final class SchemaAdmission implements Admission {

    private final ResourceSchema schema;

    /** Takes the {@code openAPIV3Schema} of one version. */
    SchemaAdmission(JsonNode openApiSchema) {
        JsonNode own = openApiSchema.deepCopy();
        if (own.path("properties") instanceof ObjectNode properties) {
            // Definitions may name these, but what is in them is not theirs to say.
            properties.remove(List.of("apiVersion", "kind", "metadata"));
        }
        ObjectNode definition = Json.object();
        definition
                .putObject("spec")
                .putArray("versions")
                .addObject()
                .putObject("schema")
                .set("openAPIV3Schema", own);
        this.schema = ResourceSchema.of(definition);
    }

    @Override
    public Reviewed review(ObjectNode proposed, JsonNode previous) {
        ResourceSchema.Pruned pruned = schema.prune(proposed);
        List<Cause> causes = schema.validate(pruned.resource(), previous).stream()
                .map(error -> new Cause(error.reason(), error.field(), error.message()))
                .toList();
        return new Reviewed(Json.asObject(schema.withDefaults(pruned.resource())), pruned.unknownFields(), causes);
    }
}
