package dev.salesforcesync.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.salesforcesync.schema.ResourceSchema;
import dev.salesforcesync.schema.SchemaError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of every kind against resources that keep it and resources that break it. */
class CelRulesTest {

    private static final Map<String, ResourceSchema> SCHEMAS = KindSample.schemas();

    static Stream<KindSample> valid() {
        return KindSample.valid().stream();
    }

    static Stream<KindSample> invalid() {
        return KindSample.invalid().stream();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidResourcePassesEveryCheck(KindSample sample) {
        assertThat(sample.errors(SCHEMAS)).isEmpty();
        assertThat(Objects.requireNonNull(SCHEMAS.get(sample.kind()))
                        .prune(sample.resource())
                        .unknownFields())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidResourceIsRefusedWithTheWordsItStates(KindSample sample) {
        assertThat(sample.expected()).isNotEmpty();
        assertThat(sample.errors(SCHEMAS))
                .extracting(SchemaError::toString)
                .containsExactlyInAnyOrderElementsOf(sample.expected());
    }

    @Test
    void everyRuleIsBrokenBySomeSample() {
        var unbroken = new TreeSet<String>();
        CrdManifests.committed()
                .forEach((file, text) -> rulesIn(CrdManifests.parse(text))
                        .forEach(rule ->
                                unbroken.add(file + ": " + rule.path("message").asText())));
        for (KindSample sample : KindSample.invalid()) {
            for (SchemaError error : sample.errors(SCHEMAS)) {
                unbroken.removeIf(rule -> rule.startsWith(fileOf(sample.kind()))
                        && error.message().endsWith(rule.substring(rule.indexOf(": ") + 2)));
            }
        }

        assertThat(unbroken).isEmpty();
    }

    @Test
    void everyRuleSaysWhatMustBe() {
        CrdManifests.committed()
                .values()
                .forEach(text -> assertThat(rulesIn(CrdManifests.parse(text)))
                        .isNotEmpty()
                        .allSatisfy(rule ->
                                assertThat(rule.path("message").asText()).containsPattern("must|may|exactly one")));
    }

    /** The API server refuses a rule that reads a field the schema does not know, or mixes types. */
    @Test
    void everyRuleFitsTheTypesOfItsSchema() {
        CrdManifests.committed()
                .values()
                .forEach(text -> nodesWithRules(CrdManifests.parse(text))
                        .forEach(node -> rulesIn(node)
                                .forEach(rule -> assertThat(typeErrors(
                                                node, rule.path("rule").asText()))
                                        .as(rule.toString())
                                        .isEmpty())));
    }

    @Test
    void aRuleThatDoesNotFitIsFound() {
        JsonNode node = CrdManifests.parse("type: object\nproperties: {a: {type: array, items: {type: string}}}");

        assertThat(typeErrors(node, "self.a.all(x, x.startsWith('b'))")).isEmpty();
        assertThat(typeErrors(node, "self.b.all(x, x.startsWith('b'))")).contains("undefined field 'b'");
        assertThat(typeErrors(node, "self.a.all(x, x > 1)")).contains("no matching overload");
    }

    @Test
    void theFieldARulePointsToExists() {
        CrdManifests.committed()
                .values()
                .forEach(text -> nodesWithRules(CrdManifests.parse(text))
                        .forEach(node -> rulesIn(node).stream()
                                .filter(rule -> rule.has("fieldPath"))
                                .forEach(rule -> assertThat(resolve(
                                                        node,
                                                        rule.get("fieldPath").textValue())
                                                .isObject())
                                        .as(rule.toString())
                                        .isTrue())));
    }

    private static String typeErrors(JsonNode node, String rule) {
        SchemaCelTypes types = new SchemaCelTypes();
        CelType self = types.of(node);
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.strings())
                .setTypeProvider(types)
                .addVar("self", self)
                .addVar("oldSelf", self)
                .setResultType(SimpleType.BOOL)
                .build()
                .compile(rule)
                .getErrorString();
    }

    /** The API server refuses a rule whose cost it can't bound. */
    @Test
    void everythingARuleCanReadIsBounded() {
        CrdManifests.committed()
                .values()
                .forEach(text -> nodesWithRules(CrdManifests.parse(text)).forEach(CelRulesTest::assertBounded));
    }

    private static void assertBounded(JsonNode node) {
        switch (node.path("type").asText()) {
            case "array" ->
                assertThat(node.has("maxItems")).as("maxItems: %s", node).isTrue();
            case "string" ->
                assertThat(node.has("maxLength") || node.has("enum"))
                        .as("maxLength: %s", node)
                        .isTrue();
            case "object" ->
                assertThat(node.has("properties") || node.has("maxProperties"))
                        .as("maxProperties: %s", node)
                        .isTrue();
            default -> {}
        }
        node.path("properties").forEach(CelRulesTest::assertBounded);
        assertBoundedIfAny(node.path("items"));
        assertBoundedIfAny(node.path("additionalProperties"));
    }

    private static void assertBoundedIfAny(JsonNode node) {
        if (node.isObject()) {
            assertBounded(node);
        }
    }

    private static JsonNode resolve(JsonNode node, String dotted) {
        JsonNode at = node;
        for (String name : dotted.substring(1).split("\\.", -1)) {
            at = at.path("properties").path(name);
        }
        return at;
    }

    private static List<JsonNode> nodesWithRules(JsonNode crd) {
        return crd.findParents("x-kubernetes-validations");
    }

    private static List<JsonNode> rulesIn(JsonNode node) {
        List<JsonNode> rules = new ArrayList<>();
        (node.has("x-kubernetes-validations") ? List.of(node) : nodesWithRules(node))
                .forEach(parent -> parent.path("x-kubernetes-validations").forEach(rules::add));
        return rules;
    }

    private static String fileOf(String kind) {
        return CrdManifests.committed().entrySet().stream()
                .filter(crd -> CrdManifests.parse(crd.getValue())
                        .at("/spec/names/kind")
                        .textValue()
                        .equals(kind))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
