package dev.salesforcesync.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/**
 * The schema of one custom resource, as an API server applies it on the way into the store: prune what is unknown,
 * fill in defaults, check types and bounds, and, if those hold, evaluate the CEL rules.
 *
 * <p>Covers structural schemas as used in {@code crds/}: no {@code oneOf}, {@code nullable} or
 * {@code messageExpression}, no ratcheting, no cost limits.
 */
public final class ResourceSchema {

    private final JsonNode schema;
    private final SchemaRules rules;

    private ResourceSchema(JsonNode schema) {
        this.schema = schema;
        this.rules = new SchemaRules(schema);
    }

    /**
     * Takes the schema of the first version of a CRD manifest.
     *
     * @throws IllegalArgumentException if the manifest has none, or a rule does not compile
     */
    public static ResourceSchema of(JsonNode customResourceDefinition) {
        JsonNode schema = customResourceDefinition.at("/spec/versions/0/schema/openAPIV3Schema");
        if (!schema.isObject()) {
            throw new IllegalArgumentException("no spec.versions[0].schema.openAPIV3Schema in the manifest");
        }
        return new ResourceSchema(schema);
    }

    /** What is wrong with a resource that is to be created; empty if nothing is. Defaults are applied to a copy first. */
    public List<SchemaError> validate(JsonNode resource) {
        return validate(resource, MissingNode.getInstance());
    }

    /**
     * What is wrong with a resource that is to replace another; empty if nothing is. Rules about change
     * ({@code oldSelf}) count only here.
     *
     * @param old what is stored, a missing node if nothing is
     */
    public List<SchemaError> validate(JsonNode resource, JsonNode old) {
        JsonNode complete = withDefaults(resource);
        List<SchemaError> errors = SchemaCheck.check(schema, complete);
        return errors.isEmpty() ? rules.check(complete, old.isMissingNode() ? old : withDefaults(old)) : errors;
    }

    /** A copy with the schema's defaults filled in. */
    public JsonNode withDefaults(JsonNode resource) {
        JsonNode copy = resource.deepCopy();
        SchemaDefaults.fill(schema, copy);
        return copy;
    }

    /** A copy without fields the schema does not know, and the paths of those fields. */
    public Pruned prune(JsonNode resource) {
        JsonNode copy = resource.deepCopy();
        return new Pruned(copy, SchemaDefaults.prune(schema, copy));
    }

    /**
     * A resource and what was left out of it.
     *
     * @param unknownFields paths such as {@code spec.foo}, in the order of the resource
     */
    public record Pruned(JsonNode resource, List<String> unknownFields) {
        public Pruned {
            unknownFields = List.copyOf(unknownFields);
        }
    }
}
