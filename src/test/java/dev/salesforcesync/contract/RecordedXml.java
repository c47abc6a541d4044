package dev.salesforcesync.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The elements of a SOAP answer that a real org has given, in the notation of src/test/resources/contract. */
final class RecordedXml {
    private final Xml recorded;
    private final List<String> differences = new ArrayList<>();

    private RecordedXml(Xml recorded) {
        this.recorded = recorded;
    }

    static RecordedXml named(String name) {
        return new RecordedXml(Xml.parse(text(name + ".xml")));
    }

    static String text(String file) {
        try (InputStream resource =
                Objects.requireNonNull(RecordedXml.class.getResourceAsStream("/contract/" + file), file)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In what the first element of a body differs from the recording; nothing when it does not. */
    List<String> differencesOf(Xml answer) {
        differences.clear();
        compare(recorded, answer);
        return List.copyOf(differences);
    }

    private void compare(Xml expected, Xml given) {
        String at = given.name();
        if (!expected.name().equals(given.name())) {
            differences.add(at + " instead of " + expected.name());
        }
        Set<String> newer = list(expected.attribute("servedSince"));
        List<Xml> children = given.children().stream()
                .filter(child -> !newer.contains(child.name()))
                .toList();
        List<String> names = children.stream().map(Xml::name).toList();
        if (!names.equals(expected.names())) {
            differences.add(at + ": " + names + " instead of " + expected.names());
            return;
        }
        if (given.isNil() != expected.attribute("nil").equals("true")
                || !given.type().equals(expected.attribute("type"))) {
            differences.add(at + ": nil or xsi:type is another one");
        }
        String text = expected.attribute("text");
        if (!text.isEmpty() && !Recording.matches(text, given.text())) {
            differences.add(at + ": " + given.text() + " instead of " + text);
        }
        for (int index = 0; index < children.size(); index++) {
            compare(expected.children().get(index), children.get(index));
        }
    }

    /** The names before the colon: "a, b: the reason". */
    private static Set<String> list(String reasoned) {
        return Arrays.stream(reasoned.split(":", 2)[0].split(",", -1))
                .map(String::strip)
                .collect(Collectors.toSet());
    }
}
