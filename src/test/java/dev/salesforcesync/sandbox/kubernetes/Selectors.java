package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Label and field selectors as predicates over objects. */
final class Selectors {

    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
    private static final Pattern COMMA_OUTSIDE_BRACKETS = Pattern.compile(",(?![^(]*\\))");

    private Selectors() {}

    static Predicate<JsonNode> of(ApiRequest request) {
        return labels(request.parameter("labelSelector")).and(fields(request.parameter("fieldSelector")));
    }

    static Predicate<JsonNode> labels(String selector) {
        return requirements(selector).stream().map(Selectors::label).reduce(object -> true, Predicate::and);
    }

    static Predicate<JsonNode> fields(String selector) {
        return requirements(selector).stream().map(Selectors::field).reduce(object -> true, Predicate::and);
    }

    private static List<String> requirements(String selector) {
        return Arrays.stream(COMMA_OUTSIDE_BRACKETS.split(selector))
                .map(String::trim)
                .filter(requirement -> !requirement.isEmpty())
                .toList();
    }

    private static Predicate<JsonNode> label(String requirement) {
        Matcher set = SET.matcher(requirement);
        if (set.matches()) {
            Set<String> values =
                    Arrays.stream(set.group(3).split(",")).map(String::trim).collect(Collectors.toSet());
            Predicate<JsonNode> in = object ->
                    values.contains(labelsOf(object).path(set.group(1)).asText());
            return set.group(2).equals("in") ? has(set.group(1)).and(in) : in.negate();
        }
        if (requirement.startsWith("!")) {
            return has(requirement.substring(1).trim()).negate();
        }
        return requirement.contains("=")
                ? equality(
                        requirement, (object, key) -> labelsOf(object).path(key).asText(""))
                : has(requirement);
    }

    private static Predicate<JsonNode> field(String requirement) {
        return equality(requirement, (object, key) -> Json.text(object, key.split("\\.")));
    }

    private static Predicate<JsonNode> equality(String requirement, BiFunction<JsonNode, String, String> value) {
        boolean not = requirement.contains("!=");
        String[] sides = requirement.split(not ? "!=" : "==?", 2);
        if (sides.length != 2) {
            throw Refusal.badRequest("unable to parse requirement: " + requirement);
        }
        Predicate<JsonNode> equal =
                object -> value.apply(object, sides[0].trim()).equals(sides[1].trim());
        return not ? equal.negate() : equal;
    }

    private static Predicate<JsonNode> has(String key) {
        return object -> labelsOf(object).has(key);
    }

    private static JsonNode labelsOf(JsonNode object) {
        return object.path("metadata").path("labels");
    }
}
