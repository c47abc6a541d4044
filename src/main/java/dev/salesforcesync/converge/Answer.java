package dev.salesforcesync.converge;

import java.util.List;

/**
 * What there is to say to a question. It holds names and values, so it is kept only until it stands where the person who
 * asked reads it.
 *
 * @param ending whether the lines say what was asked for, or why nothing can be said
 */
public record Answer(Question question, List<String> lines, Ending ending) {
    /** What kind of answer it is. */
    public enum Ending {
        /** It says what was asked for. */
        TOLD,
        /** Nobody, or more than one person, has the name that was asked for. */
        NOT_ONE_PERSON,
        /** There is no answer now. */
        REFUSED
    }

    public Answer {
        lines = List.copyOf(lines);
    }

    /** Never shows lines, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "Answer[" + question.kind() + ", " + lines.size() + " lines]";
    }
}
