package dev.salesforcesync.api.v1alpha1;

import static dev.salesforcesync.api.v1alpha1.CrdManifests.schemaOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the generator does not know or gets wrong: order of columns and enums, list types, number formats, conditions. */
final class CrdRefinement {

    /** Lists of objects with an identity: entries merge by it and may not repeat it. */
    private static final Map<String, String> KEYS = Map.of(
            "conditions", "type",
            "attributes", "field",
            "links", "objectGUID",
            "tests", "name",
            "held", "hash",
            "failures", "code",
            "seats", "name");

    /** Lists of text in which the order or a repetition means something. */
    private static final Set<String> ORDERED = Set.of("servers", "candidates", "sample");

    private CrdRefinement() {}

    static void refine(ObjectNode crd, Class<? extends CustomResource<?, ?>> kind) {
        orderColumns((ObjectNode) crd.at("/spec/versions/0"), kind);
        ObjectNode schema = (ObjectNode) schemaOf(crd);
        schema.put("description", KindTypes.descriptionOf(kind));
        visit("", schema, declaredEnums(kind));
        conditions((ObjectNode) schema.at("/properties/status/properties/conditions/items"));
    }

    /** The generator sorts by JSON path, which puts Age first. */
    private static void orderColumns(ObjectNode version, Class<?> kind) {
        List<String> order = Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        List<JsonNode> columns = new ArrayList<>();
        version.get("additionalPrinterColumns").forEach(columns::add);
        columns.sort((a, b) -> Integer.compare(
                order.indexOf(a.get("name").textValue()),
                order.indexOf(b.get("name").textValue())));
        columns.forEach(column -> {
            if (column.get("priority").intValue() == 0) {
                ((ObjectNode) column).remove("priority");
            }
        });
        version.putArray("additionalPrinterColumns").addAll(columns);
    }

    private static void visit(String name, ObjectNode node, Map<Set<String>, List<String>> enums) {
        switch (node.path("type").asText()) {
            case "integer" -> whole(node);
            case "array" -> listType(name, node);
            case "string" -> choices(node, enums);
            default -> {}
        }
        if (name.equals("user")) {
            // Text or a list of text: no structural type says that.
            node.putObject("additionalProperties").put("x-kubernetes-preserve-unknown-fields", true);
        }
        if (name.equals("lookups")) {
            // The generator does not see annotations on the inner map.
            ObjectNode table = ((ObjectNode) node.get("additionalProperties")).put("maxProperties", 1000);
            ((ObjectNode) table.get("additionalProperties")).put("maxLength", 1024);
        }
        node.path("properties").properties().forEach(p -> visit(p.getKey(), (ObjectNode) p.getValue(), enums));
        for (String inner : List.of("items", "additionalProperties")) {
            if (node.get(inner) instanceof ObjectNode schema) {
                visit("", schema, enums);
            }
        }
    }

    private static void whole(ObjectNode node) {
        for (String bound : List.of("minimum", "maximum")) {
            if (node.has(bound)) {
                node.put(bound, node.get(bound).longValue());
            }
        }
        node.put("format", node.path("maximum").asLong(Long.MAX_VALUE) > Integer.MAX_VALUE ? "int64" : "int32");
    }

    private static void listType(String name, ObjectNode node) {
        if (KEYS.containsKey(name)) {
            node.put("x-kubernetes-list-type", "map");
            node.putArray("x-kubernetes-list-map-keys").add(KEYS.get(name));
        } else {
            boolean texts = node.at("/items/type").asText().equals("string");
            node.put("x-kubernetes-list-type", texts && !ORDERED.contains(name) ? "set" : "atomic");
        }
    }

    /** Choices in the order they are declared in, without the one that stands for those not known. */
    private static void choices(ObjectNode node, Map<Set<String>, List<String>> enums) {
        if (node.get("enum") instanceof ArrayNode values) {
            ArrayNode ordered = node.putArray("enum");
            enums.getOrDefault(names(values), List.of()).stream()
                    .filter(value -> !value.equals("Unrecognized"))
                    .forEach(ordered::add);
        }
    }

    private static Set<String> names(ArrayNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<Set<String>, List<String>> declaredEnums(Class<?> kind) {
        Map<Set<String>, List<String>> found = new HashMap<>();
        KindTypes.enumsOf(kind).forEach(values -> {
            List<String> before = found.put(new TreeSet<>(values), values);
            if (before != null && !before.equals(values)) {
                throw new IllegalStateException("Two enums with the same values in different order: " + values);
            }
        });
        return found;
    }

    /** Bounds of the standard condition, which the client's model does not carry. */
    private static void conditions(ObjectNode items) {
        items.put("description", "One thing that is true, false or not known yet.");
        items.putArray("required")
                .add("lastTransitionTime")
                .add("message")
                .add("reason")
                .add("status")
                .add("type");
        ObjectNode properties = (ObjectNode) items.get("properties");
        property(properties, "lastTransitionTime", "When the status of the condition last changed.")
                .put("format", "date-time")
                .put("maxLength", 64);
        property(properties, "message", "What is the matter and what to do, for people.")
                .put("maxLength", 32768);
        property(properties, "observedGeneration", "Generation of the spec the condition was set for.")
                .put("minimum", 0)
                .put("maximum", 9007199254740991L);
        property(properties, "reason", "Why, as one stable word in CamelCase.")
                .put("minLength", 1)
                .put("maxLength", 1024)
                .put("pattern", "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$");
        property(properties, "status", "True, False or Unknown.")
                .putArray("enum")
                .add("True")
                .add("False")
                .add("Unknown");
        property(properties, "type", "What the condition is about, in CamelCase.")
                .put("maxLength", 316)
                .put("pattern", "^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$");
    }

    private static ObjectNode property(ObjectNode properties, String name, String description) {
        return ((ObjectNode) properties.get(name)).put("description", description);
    }
}
