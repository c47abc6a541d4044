package dev.salesforcesync.converge;

import java.util.List;

/**
 * What there is to say to a question. It holds names and values, so it is kept only until it stands where the person who
 * asked reads it.
 */
public record Answer(Question question, List<String> lines) {
    public Answer {
        lines = List.copyOf(lines);
    }

    /** Never shows lines, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "Answer[" + question.kind() + ", " + lines.size() + " lines]";
    }
}
