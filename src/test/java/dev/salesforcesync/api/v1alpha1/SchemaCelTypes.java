package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A schema as types of the expression language, the way an API server declares it before it checks a rule. */
@SuppressWarnings("Immutable") // filled while the types are made, read only after
final class SchemaCelTypes implements CelTypeProvider {

    private final Map<String, CelType> structs = new LinkedHashMap<>();

    CelType of(JsonNode schema) {
        return of("schema", schema);
    }

    private CelType of(String name, JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "object" ->
                schema.has("additionalProperties")
                        ? MapType.create(SimpleType.STRING, of(name + ".values", schema.get("additionalProperties")))
                        : struct(name, schema.path("properties"));
            case "array" -> ListType.create(of(name + ".items", schema.path("items")));
            case "string" ->
                schema.path("format").asText().equals("date-time") ? SimpleType.TIMESTAMP : SimpleType.STRING;
            case "integer" -> SimpleType.INT;
            case "number" -> SimpleType.DOUBLE;
            case "boolean" -> SimpleType.BOOL;
            default -> SimpleType.DYN;
        };
    }

    private CelType struct(String name, JsonNode properties) {
        Map<String, CelType> fields = new LinkedHashMap<>();
        properties.properties().forEach(p -> fields.put(p.getKey(), of(name + "." + p.getKey(), p.getValue())));
        CelType struct = StructType.create(
                name, ImmutableSet.copyOf(fields.keySet()), field -> Optional.ofNullable(fields.get(field)));
        structs.put(name, struct);
        return struct;
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(structs.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(structs.get(name));
    }
}
