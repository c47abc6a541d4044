package dev.salesforcesync.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The shape of an answer in JSON that a real org has given, in the notation of src/test/resources/contract. */
final class Recording {
    private final JsonNode file;
    private final List<String> differences = new ArrayList<>();

    private Recording(JsonNode file) {
        this.file = file;
    }

    static Recording named(String name) {
        try (InputStream resource =
                Objects.requireNonNull(Recording.class.getResourceAsStream("/contract/" + name + ".json"), name)) {
            return new Recording(new ObjectMapper().readTree(resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode part(String name) {
        return file.path(name);
    }

    /** In what an answer differs from the recording; nothing when it does not. */
    List<String> differencesOf(JsonNode answer) {
        differences.clear();
        compare("", file.path("shape"), answer);
        unused("notServed", answer.toString());
        return List.copyOf(differences);
    }

    private void compare(String at, JsonNode shape, JsonNode answer) {
        if (shape.isObject()) {
            compareObjects(at, shape, answer);
        } else if (shape.isArray()) {
            compareArrays(at, shape, answer);
        } else if (!fits(shape.asText(), answer)) {
            differences.add(at + ": " + answer + " instead of " + shape.asText());
        }
    }

    private void compareObjects(String at, JsonNode shape, JsonNode answer) {
        List<String> recorded = names(shape);
        recorded.removeAll(keys("notServed"));
        List<String> given = names(answer);
        given.removeAll(keys("servedSince"));
        boolean same = file.has("anyOrder")
                ? Set.copyOf(recorded).equals(Set.copyOf(restricted(given, recorded)))
                : recorded.equals(given);
        if (!same || !answer.isObject()) {
            differences.add(at + ": " + given + " instead of " + recorded);
            return;
        }
        recorded.forEach(name -> compare(at + "/" + name, shape.path(name), answer.path(name)));
    }

    /** Of an object of which the recording only shows a part, that part; else all. */
    private List<String> restricted(List<String> given, List<String> recorded) {
        return file.path("partly").asBoolean()
                ? given.stream().filter(recorded::contains).toList()
                : given;
    }

    private void compareArrays(String at, JsonNode shape, JsonNode answer) {
        if (!answer.isArray() || (shape.isEmpty() && !answer.isEmpty())) {
            differences.add(at + ": " + answer + " instead of " + (shape.isEmpty() ? "nothing in" : "") + " a list");
            return;
        }
        for (int index = 0; index < answer.size(); index++) {
            compare(at + "/" + index, shape.path(0), answer.path(index));
        }
    }

    private static boolean fits(String type, JsonNode answer) {
        if (type.startsWith("=")) {
            return answer.isTextual() && matches(type.substring(1), answer.asText());
        }
        return switch (type) {
            case "string" -> answer.isTextual();
            case "number" -> answer.isNumber();
            case "boolean" -> answer.isBoolean();
            case "string?" -> answer.isTextual() || answer.isNull();
            case "number?" -> answer.isNumber() || answer.isNull();
            case "boolean?" -> answer.isBoolean() || answer.isNull();
            case "null" -> answer.isNull();
            case "any?" -> answer.isValueNode();
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** Whether a text is the recorded one, in which a star stands for ids and values. */
    static boolean matches(String recorded, String text) {
        String pattern =
                Arrays.stream(recorded.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).matches();
    }

    /** A name on the list of what is not served must not be served: the list would hide what it is for. */
    private void unused(String list, String answer) {
        keys(list).stream()
                .filter(name -> answer.contains("\"" + name + "\":"))
                .forEach(name -> differences.add(name + " is served, and on the list of " + list));
    }

    private Set<String> keys(String list) {
        return new HashSet<>(names(file.path(list)));
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(names::add);
        }
        return names;
    }
}
