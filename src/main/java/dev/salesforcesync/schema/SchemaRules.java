package dev.salesforcesync.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The CEL rules ({@code x-kubernetes-validations}) of a schema, compiled once. */
final class SchemaRules {

    private final JsonNode schema;
    private final Map<JsonNode, Rule> compiled = new LinkedHashMap<>();

    SchemaRules(JsonNode schema) {
        this.schema = schema;
        schema.findParents("x-kubernetes-validations")
                .forEach(parent -> parent.path("x-kubernetes-validations")
                        .forEach(rule -> compiled.computeIfAbsent(rule, Rule::compile)));
    }

    /**
     * Evaluates every rule that applies.
     *
     * @param old what is replaced, a missing node if nothing is; rules about change need it
     */
    List<SchemaError> check(JsonNode value, JsonNode old) {
        List<SchemaError> errors = new ArrayList<>();
        visit("", schema, value, old, errors);
        return List.copyOf(errors);
    }

    private void visit(String path, JsonNode node, JsonNode self, JsonNode oldSelf, List<SchemaError> errors) {
        for (JsonNode each : node.path("x-kubernetes-validations")) {
            Rule rule = compiled.get(each);
            if (rule != null && !(rule.isAboutChange() && oldSelf.isMissingNode())) {
                rule.check(path, self, oldSelf, errors);
            }
        }
        if (self.isObject()) {
            self.properties().forEach(field -> {
                JsonNode known = node.path("properties").path(field.getKey());
                visit(
                        path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                        known.isMissingNode() ? node.path("additionalProperties") : known,
                        field.getValue(),
                        oldSelf.path(field.getKey()),
                        errors);
            });
        } else if (self.isArray()) {
            for (int i = 0; i < self.size(); i++) {
                visit(
                        path + "[" + i + "]",
                        node.path("items"),
                        self.get(i),
                        oldItem(node, self.get(i), oldSelf),
                        errors);
            }
        }
    }

    /** Entries of a list can be told apart only where the list is a map. */
    private static JsonNode oldItem(JsonNode node, JsonNode item, JsonNode oldItems) {
        JsonNode keys = node.path("x-kubernetes-list-map-keys");
        return StreamSupport.stream(oldItems.spliterator(), false)
                .filter(old -> !keys.isEmpty()
                        && StreamSupport.stream(keys.spliterator(), false)
                                .allMatch(key -> old.path(key.textValue()).equals(item.path(key.textValue()))))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** One compiled rule. */
    record Rule(String expression, String message, String fieldPath, CelRuntime.Program program) {

        private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("self", SimpleType.DYN)
                .addVar("oldSelf", SimpleType.DYN)
                .addLibraries(CelExtensions.strings(), CelExtensions.optional())
                .setResultType(SimpleType.BOOL)
                .build();
        private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
                .addLibraries(CelExtensions.strings(), CelExtensions.optional())
                .build();

        static Rule compile(JsonNode rule) {
            String expression = rule.path("rule").asText();
            try {
                CelAbstractSyntaxTree tree = COMPILER.compile(expression).getAst();
                return new Rule(
                        expression,
                        rule.path("message").asText("failed rule: " + expression),
                        rule.path("fieldPath").asText(""),
                        RUNTIME.createProgram(tree));
            } catch (CelValidationException | CelEvaluationException e) {
                throw new IllegalArgumentException("rule does not compile: " + expression, e);
            }
        }

        boolean isAboutChange() {
            return expression.contains("oldSelf");
        }

        void check(String path, JsonNode self, JsonNode oldSelf, List<SchemaError> errors) {
            String field = path + fieldPath;
            String shown = self.isObject() ? "\"object\"" : self.isArray() ? "\"array\"" : self.toString();
            try {
                Object holds = program.eval(Map.of("self", plain(self), "oldSelf", plain(oldSelf)));
                if (!Boolean.TRUE.equals(holds)) {
                    errors.add(SchemaError.invalid(field, shown, message));
                }
            } catch (CelEvaluationException e) {
                errors.add(SchemaError.invalid(path, shown, "rule evaluation error: " + e.getMessage()));
            }
        }

        private static Object plain(JsonNode node) {
            return switch (node.getNodeType()) {
                case OBJECT ->
                    node.properties().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, field -> plain(field.getValue())));
                case ARRAY ->
                    StreamSupport.stream(node.spliterator(), false)
                            .map(Rule::plain)
                            .toList();
                case STRING -> node.textValue();
                case BOOLEAN -> node.booleanValue();
                case NUMBER -> node.isIntegralNumber() ? node.longValue() : (Object) node.doubleValue();
                default -> dev.cel.common.values.NullValue.NULL_VALUE;
            };
        }
    }
}
