package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The part of Kubernetes' JSONPath that printer columns use: fields, {@code ['field']}, {@code [0]}, {@code [*]} and
 * {@code [?(@.field=="value")]}.
 */
final class FieldPath {

    private static final Pattern STEP = Pattern.compile("\\.(?<field>(?:\\\\.|[^.\\[\\\\])+)"
            + "|\\['(?<quoted>[^']+)'\\]"
            + "|\\[(?<index>\\d+)\\]"
            + "|(?<all>\\[\\*\\])"
            + "|\\[\\?\\(@\\.(?<key>[\\w.]+)\\s*==\\s*[\"'](?<value>[^\"']*)[\"']\\)\\]");

    private final List<Function<JsonNode, Stream<JsonNode>>> steps;

    private FieldPath(List<Function<JsonNode, Stream<JsonNode>>> steps) {
        this.steps = List.copyOf(steps);
    }

    static FieldPath parse(String path) {
        List<Function<JsonNode, Stream<JsonNode>>> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            steps.add(step(matcher));
        }
        if (end != path.length() || steps.isEmpty()) {
            throw new IllegalArgumentException("JSONPath not understood: " + path);
        }
        return new FieldPath(steps);
    }

    private static Function<JsonNode, Stream<JsonNode>> step(Matcher matcher) {
        if (matcher.group("field") != null) {
            String field = matcher.group("field").replace("\\", "");
            return node -> Stream.of(node.path(field));
        }
        if (matcher.group("quoted") != null) {
            String field = matcher.group("quoted");
            return node -> Stream.of(node.path(field));
        }
        if (matcher.group("index") != null) {
            int index = Integer.parseInt(matcher.group("index"));
            return node -> Stream.of(node.path(index));
        }
        if (matcher.group("all") != null) {
            return FieldPath::children;
        }
        String[] key = matcher.group("key").split("\\.");
        String value = matcher.group("value");
        return node -> children(node).filter(child -> Json.text(child, key).equals(value));
    }

    private static Stream<JsonNode> children(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    List<JsonNode> find(JsonNode object) {
        Stream<JsonNode> found = Stream.of(object);
        for (Function<JsonNode, Stream<JsonNode>> step : steps) {
            found = found.flatMap(step);
        }
        return found.filter(node -> !node.isMissingNode()).toList();
    }
}
