package dev.salesforcesync.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What people read in {@code kubectl explain} and {@code kubectl get}, and what bounds a resource. */
class SchemaTextTest {

    @Test
    void everyFieldHasASentenceThatExplainsIt() {
        eachField((path, field) -> assertThat(field.path("description").asText())
                .as(path)
                .hasSizeGreaterThan(10)
                .endsWith("."));
    }

    @Test
    void everyNumberHasBoundsAndAFormat() {
        eachNode((path, node) -> {
            if (Set.of("integer", "number").contains(node.path("type").asText())) {
                assertThat((node.has("minimum") && node.has("maximum")) || path.endsWith("observedGeneration"))
                        .as(path)
                        .isTrue();
                assertThat(node.has("format")).as(path).isTrue();
            }
        });
    }

    @Test
    void everyTextListAndMapIsBounded() {
        eachNode((path, node) -> {
            switch (node.path("type").asText()) {
                case "string" ->
                    assertThat(node.has("maxLength") || node.has("enum"))
                            .as(path)
                            .isTrue();
                case "array" ->
                    assertThat(node.has("maxItems") && node.has("x-kubernetes-list-type"))
                            .as(path)
                            .isTrue();
                case "object" ->
                    assertThat(node.has("maxProperties") != node.has("properties"))
                            .as(path)
                            .isTrue();
                default -> {}
            }
        });
    }

    @Test
    void everyDefaultIsNamedInItsDescription() {
        eachField((path, field) -> {
            if (field.path("default").isValueNode()
                    && !field.path("default").asText().contains("(")) {
                String value = field.get("default").asText();
                assertThat(field.path("description").asText()).as(path).containsPattern("Default[^.]*" + value);
            }
        });
    }

    @Test
    void noChoiceOffersTheStandInForUnknownOnes() {
        eachNode((path, node) ->
                assertThat(node.path("enum").toString()).as(path).doesNotContain("Unrecognized"));
    }

    @Test
    void columnsStartWithReadyAndReasonAndEndWithAge() {
        CrdManifests.committed().values().stream().map(CrdManifests::parse).forEach(crd -> {
            List<String> names = StreamSupport.stream(
                            crd.at("/spec/versions/0/additionalPrinterColumns").spliterator(), false)
                    .map(column -> column.get("name").textValue())
                    .toList();
            assertThat(names).startsWith("Ready", "Reason").endsWith("Age");
            assertThat(names)
                    .hasSize(CrdManifests.kindOf(crd).getAnnotationsByType(AdditionalPrinterColumn.class).length);
        });
    }

    @Test
    void namesAreThoseTheProjectPromises() {
        assertThat(CrdManifests.committed().values().stream()
                        .map(CrdManifests::parse)
                        .map(crd -> crd.at("/spec/names/plural").asText() + " "
                                + crd.at("/spec/names/shortNames/0").asText() + " "
                                + crd.at("/spec/names/categories/0").asText() + " "
                                + crd.at("/spec/scope").asText()))
                .containsExactlyInAnyOrder(
                        "salesforceconnections sfconn salesforcesync Namespaced",
                        "syncpolicies syncpol salesforcesync Namespaced",
                        "licenseschedules licsched salesforcesync Namespaced");
    }

    private static void eachField(BiConsumer<String, JsonNode> check) {
        eachNode((path, node) -> node.path("properties")
                .properties()
                .forEach(field -> check.accept(path + "." + field.getKey(), field.getValue())));
    }

    private static void eachNode(BiConsumer<String, JsonNode> check) {
        CrdManifests.committed().values().stream()
                .map(CrdManifests::parse)
                .forEach(crd -> visit(crd.at("/spec/names/kind").asText(), CrdManifests.schemaOf(crd), check));
    }

    private static void visit(String path, JsonNode node, BiConsumer<String, JsonNode> check) {
        check.accept(path, node);
        node.path("properties")
                .properties()
                .forEach(field -> visit(path + "." + field.getKey(), field.getValue(), check));
        for (String inner : List.of("items", "additionalProperties")) {
            if (node.path(inner).isObject()) {
                visit(path + "[]", node.get(inner), check);
            }
        }
    }
}
