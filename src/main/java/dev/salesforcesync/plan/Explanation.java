package dev.salesforcesync.plan;

import dev.salesforcesync.model.ObjectGuid;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Why one person gets what he gets, step by step, for somebody who asked for exactly this person: it holds names and
 * values, so it belongs in no log, status or event.
 *
 * @param steps in the order in which they were decided
 */
public record Explanation(ObjectGuid person, List<Step> steps) {
    public Explanation {
        steps = List.copyOf(steps);
    }

    /** Where a step belongs. */
    public enum Stage {
        DIRECTORY,
        SCOPE,
        LINK,
        SIGHTING,
        ENTITLEMENTS,
        FIELDS,
        HOLDS,
        PLAN,
        LEFT_ALONE,
        OUTCOME
    }

    /**
     * One step.
     *
     * @param word a stable CamelCase word
     * @param sentence what it means for this person
     * @param details further lines, such as fields with their old and new values
     */
    public record Step(Stage stage, String word, String sentence, List<String> details) {
        public Step {
            details = List.copyOf(details);
        }

        /** Never shows sentences, so that a person cannot slip into a log. */
        @Override
        public String toString() {
            return "Step[" + stage + " " + word + "]";
        }
    }

    /** The words of one stage. */
    List<String> words(Stage stage) {
        return steps.stream()
                .filter(step -> step.stage() == stage)
                .map(Step::word)
                .toList();
    }

    /** As people read it, a line for each step and detail. */
    public String text() {
        return steps.stream()
                .map(step ->
                        String.format(Locale.ROOT, "%-12s %s: %s%n", name(step.stage()), step.word(), step.sentence())
                                        .replace(System.lineSeparator(), "\n")
                                + step.details().stream()
                                        .map(detail -> " ".repeat(15) + detail + "\n")
                                        .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    private static String name(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Never shows steps, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "Explanation[" + person + "]";
    }
}
