package dev.salesforcesync.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** Types, bounds, choices and repetitions are worded as a real API server words them. */
class ResourceSchemaTest {

    private final ResourceSchema schema = ResourceSchema.of(yaml("""
            spec:
              versions:
              - schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        default: {}
                        properties:
                          size: {type: integer, minimum: 1, maximum: 10, default: 3}
                          names: {type: array, x-kubernetes-list-type: set, maxItems: 3, items: {type: string}}
                          open: {type: object, x-kubernetes-preserve-unknown-fields: true}
                          labels: {type: object, maxProperties: 1, additionalProperties: {type: string, maxLength: 2}}
                          from: {type: string, maxLength: 20}
                          at: {type: string, format: date-time}
                          entries:
                            type: array
                            x-kubernetes-list-type: map
                            x-kubernetes-list-map-keys: [name]
                            items:
                              type: object
                              required: [name]
                              properties:
                                name: {type: string}
                                mode: {type: string, enum: [A, B], default: A}
                              x-kubernetes-validations:
                              - rule: self.mode == oldSelf.mode
                                message: mode must not be changed
                        x-kubernetes-validations:
                        - rule: "!has(self.from) || duration(self.from) > duration('1s')"
                          fieldPath: .from
                          message: from must be longer than 1s
            """));

    @Test
    void fillsInDefaultsFromTheOutsideInAndForNull() {
        assertThat(schema.withDefaults(yaml("kind: A"))).isEqualTo(yaml("kind: A\nspec: {size: 3}"));
        assertThat(schema.withDefaults(yaml("spec: {size: null, entries: [{name: a}]}")))
                .isEqualTo(yaml("spec: {size: 3, entries: [{name: a, mode: A}]}"));
    }

    @Test
    void leavesOutWhatTheSchemaDoesNotKnowAndSaysWhere() {
        var pruned = schema.prune(yaml("""
                apiVersion: v1
                kind: A
                metadata: {name: a, anything: 1}
                extra: 1
                spec: {sise: 1, open: {x: {y: 1}}, labels: {any: b}, entries: [{name: a}, {name: b, made: A}]}
                """));

        assertThat(pruned.unknownFields()).containsExactly("extra", "spec.sise", "spec.entries[1].made");
        assertThat(pruned.resource().at("/spec/open/x/y").intValue()).isEqualTo(1);
        assertThat(pruned.resource().at("/metadata/anything").intValue()).isEqualTo(1);
        assertThat(pruned.resource().at("/spec/entries/1/made").isMissingNode()).isTrue();
    }

    @Test
    void saysWhatIsWrongWhereAndForEachFieldAlone() {
        assertErrors(
                "spec: {size: 0}",
                "spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1");
        assertErrors(
                "spec: {size: 1.5}",
                "spec.size: Invalid value: \"number\": spec.size in body must be of type integer: \"number\"");
        assertErrors("spec: {size: 2.0}");
        assertErrors("spec: {names: [a, b, a]}", "spec.names[2]: Duplicate value: \"a\"");
        assertErrors("spec: {names: [a, b, c, d]}", "spec.names: Too many: 4: must have at most 3 items");
        assertErrors(
                "spec: {names: [null]}",
                "spec.names[0]: Invalid value: \"null\": spec.names[0] in body must be of type string: \"null\"");
        assertErrors("spec: {labels: {a: b, c: d}}", "spec.labels: Too many: 2: must have at most 1 items");
        assertErrors("spec: {labels: {a: ÄÖÜ}}", "spec.labels.a: Too long: may not be more than 2 bytes");
        assertErrors("spec: {labels: {a: ÄÖ}}");
        assertErrors(
                "spec: {at: yesterday}",
                "spec.at: Invalid value: \"yesterday\": spec.at in body must be of type date-time: \"yesterday\"");
        assertErrors("spec: {entries: [{}]}", "spec.entries[0].name: Required value");
        assertErrors(
                "spec: {entries: [{name: a, mode: C}]}",
                "spec.entries[0].mode: Unsupported value: \"C\": supported values: \"A\", \"B\"");
    }

    @Test
    void evaluatesRulesOnlyOnceTheRestHolds() {
        assertErrors("spec: {from: 1s}", "spec.from: Invalid value: \"object\": from must be longer than 1s");
        assertThat(schema.validate(yaml("spec: {from: 1s, size: 0}")))
                .extracting(SchemaError::field)
                .containsExactly("spec.size");
    }

    @Test
    void aRuleThatCanNotBeEvaluatedIsBroken() {
        assertThat(schema.validate(yaml("spec: {from: soon}")))
                .singleElement()
                .satisfies(error -> assertThat(error.message()).contains("rule evaluation error"));
    }

    @Test
    void findsTheOldEntryOfAListByItsKey() {
        JsonNode old = yaml("spec: {entries: [{name: a, mode: A}, {name: b, mode: B}]}");

        assertThat(schema.validate(yaml("spec: {entries: [{name: b, mode: B}, {name: c, mode: B}]}"), old))
                .isEmpty();
        assertThat(schema.validate(yaml("spec: {entries: [{name: b, mode: A}]}"), old))
                .extracting(SchemaError::toString)
                .containsExactly("spec.entries[0]: Invalid value: \"object\": mode must not be changed");
    }

    @Test
    void refusesAManifestWithoutASchemaOrWithABrokenRule() {
        assertThatIllegalArgumentException().isThrownBy(() -> ResourceSchema.of(yaml("kind: A")));
        JsonNode broken = yaml(
                "spec: {versions: [{schema: {openAPIV3Schema: {x-kubernetes-validations: [{rule: self.a ==}]}}}]}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResourceSchema.of(broken))
                .withMessageContaining("self.a ==");
    }

    private void assertErrors(String resource, String... errors) {
        assertThat(schema.validate(yaml(resource)))
                .extracting(SchemaError::toString)
                .containsExactly(errors);
    }

    private static JsonNode yaml(String text) {
        return Serialization.unmarshal(text, JsonNode.class);
    }
}
