package dev.salesforcesync.converge;

import java.util.List;
import java.util.Optional;

/**
 * What there is to say to a question. It holds names and values, so it is kept only until it stands where the person who
 * asked reads it.
 *
 * @param ending whether the lines say what was asked for, or why nothing can be said
 */
public record Answer(Question question, List<String> lines, Ending ending) {
    /** What kind of answer it is. */
    public sealed interface Ending {
        /** It says what was asked for. */
        record Told() implements Ending {}

        /** Nobody, or more than one person, has the name that was asked for. */
        record NotOnePerson() implements Ending {}

        /** There is no answer now, for a reason as conditions have it. */
        record Refused(String reason) implements Ending {}
    }

    public Answer {
        lines = List.copyOf(lines);
    }

    /** The reason why there is no answer; empty if there is one. */
    public Optional<String> refusal() {
        return ending instanceof Ending.Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    /** Never shows lines, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "Answer[" + question.kind() + ", " + lines.size() + " lines]";
    }
}
