package dev.salesforcesync.plan;

import dev.salesforcesync.policy.DesiredUser.DesiredField;
import java.util.Optional;

/** Values as an explanation or a plan shows them: on one line, never a sensitive one. */
final class Wording {
    private static final int LONGEST = 255;
    private static final String SENSITIVE = "(sensitive)";
    private static final String NONE = "(empty)";

    private Wording() {}

    static String change(String field, Change change) {
        return field + ": " + value(change.before(), change.sensitive()) + " -> "
                + value(change.after(), change.sensitive());
    }

    static String field(DesiredField field, Optional<String> now) {
        return field.name() + ": " + value(now, field.sensitive()) + ", wanted "
                + value(field.value(), field.sensitive()) + " (" + apply(field) + ")";
    }

    private static String apply(DesiredField field) {
        return switch (field.apply()) {
            case ALWAYS -> "Always";
            case ON_CREATE -> "OnCreate";
            case IF_EMPTY -> "IfEmpty";
        };
    }

    static String value(Optional<String> value, boolean sensitive) {
        if (value.filter(text -> !text.isEmpty()).isEmpty()) {
            return NONE;
        }
        return sensitive ? SENSITIVE : quoted(value.get());
    }

    static String quoted(String text) {
        String line = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replaceAll("\\p{Cntrl}", "?");
        return "\"" + (line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line) + "\"";
    }
}
