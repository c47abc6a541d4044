package dev.salesforcesync.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.schema.ResourceSchema;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a resource leaves out means the same with and without an API server that applies the schema's defaults. */
class DefaultsTest {

    @TestFactory
    Stream<DynamicTest> theSchemaAndTheRecordHaveTheSameDefaults() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String manifest : CrdManifests.committed().values()) {
            JsonNode crd = CrdManifests.parse(manifest);
            JsonNode schema = CrdManifests.schemaOf(crd);
            Class<? extends CustomResource<?, ?>> kind = CrdManifests.kindOf(crd);
            visit(kind.getSimpleName() + ".spec", KindTypes.specOf(kind), schema.at("/properties/spec"), tests);
            visit(kind.getSimpleName() + ".status", KindTypes.statusOf(kind), schema.at("/properties/status"), tests);
        }
        return tests.stream();
    }

    @Test
    void aResourceMeansTheSameWithAndWithoutTheDefaultsOfTheSchema() {
        var schemas = KindSample.schemas();
        for (KindSample sample : KindSample.valid()) {
            JsonNode complete =
                    Objects.requireNonNull(schemas.get(sample.kind())).withDefaults(sample.resource());
            assertThat(specOf(sample.resource())).as(sample.toString()).isEqualTo(specOf(complete));
        }
    }

    private static Object specOf(JsonNode resource) {
        return CrdManifests.read(resource).getSpec();
    }

    private static void visit(String path, Type type, JsonNode schema, List<DynamicTest> tests) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            JsonNode inner = arguments.length == 1 ? schema.path("items") : schema.path("additionalProperties");
            visit(path + "[]", arguments[arguments.length - 1], inner, tests);
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            tests.add(DynamicTest.dynamicTest(path, () -> assertSameDefaults(plain.asSubclass(Record.class), schema)));
            for (RecordComponent component : plain.getRecordComponents()) {
                String name = component.getName();
                visit(path + "." + name, component.getGenericType(), schema.at("/properties/" + name), tests);
            }
        }
    }

    private static void assertSameDefaults(Class<? extends Record> type, JsonNode schema) {
        assertThat(schema.isObject()).isTrue();
        ObjectNode crd = JsonNodeFactory.instance.objectNode();
        crd.withObject("/spec/versions/0/schema").set("openAPIV3Schema", schema);
        JsonNode bySchema = ResourceSchema.of(crd).withDefaults(JsonNodeFactory.instance.objectNode());
        ObjectNode byRecord = new KubernetesSerialization().convertValue(Given.defaults(type), ObjectNode.class);
        schema.path("required").forEach(name -> byRecord.remove(name.textValue()));

        assertThat(withoutEmpty(byRecord)).isEqualTo(withoutEmpty(bySchema));
    }

    /** An empty list and none mean the same. */
    private static JsonNode withoutEmpty(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.forEach(DefaultsTest::withoutEmpty);
            object.properties()
                    .removeIf(field -> field.getValue().isContainerNode()
                            && field.getValue().isEmpty());
        }
        return node;
    }
}
