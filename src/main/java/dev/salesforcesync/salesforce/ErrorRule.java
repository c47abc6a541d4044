package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One line of the table of Salesforce's errors.
 *
 * @param code Salesforce's status code or exception code
 * @param objects the objects whose rows the line is about; empty for all
 * @param words words that must all stand in Salesforce's text, in lower case; the only use made of that text
 * @param effect what the line means for the next attempt
 * @param reason the stable word
 * @param message our own sentence, since Salesforce's may hold names and values
 * @param fields the fields concerned where Salesforce does not name them
 */
record ErrorRule(
        String code,
        Set<String> objects,
        List<String> words,
        Effect effect,
        String reason,
        String message,
        List<String> fields) {

    /** What a line means for the next attempt. */
    sealed interface Effect {
        /** A person must change something. */
        record Fix() implements Effect {}

        /** It may pass. */
        record Wait(Duration atLeast) implements Effect {}
    }

    static final Effect FIX = new Effect.Fix();

    ErrorRule {
        objects = Set.copyOf(objects);
        words = List.copyOf(words);
        fields = List.copyOf(fields);
    }

    static ErrorRule fix(String code, String reason, String message, String... fields) {
        return new ErrorRule(code, Set.of(), List.of(), FIX, reason, message, List.of(fields));
    }

    static ErrorRule later(String code, Duration atLeast, String reason, String message) {
        return new ErrorRule(code, Set.of(), List.of(), new Effect.Wait(atLeast), reason, message, List.of());
    }

    ErrorRule when(String... needed) {
        return new ErrorRule(code, objects, List.of(needed), effect, reason, message, fields);
    }

    ErrorRule on(String... only) {
        return new ErrorRule(code, Set.of(only), words, effect, reason, message, fields);
    }

    boolean matches(String object, String actualCode, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return code.equals(actualCode)
                && (objects.isEmpty() || objects.contains(object))
                && words.stream().allMatch(lower::contains);
    }

    Failure failure() {
        if (effect instanceof Effect.Wait wait) {
            return new Failure.Transient(reason, message, wait.atLeast());
        }
        return new Failure.Terminal(reason, message);
    }
}
