package dev.salesforcesync.converge;

import java.util.List;
import java.util.Optional;

/**
 * What there is to say to a question. It holds names and values, so it is kept only until it stands where the person who
 * asked reads it.
 *
 * @param refusal the reason why there is no answer; empty if there is one
 */
public record Answer(Question question, List<String> lines, Optional<String> refusal) {
    public Answer {
        lines = List.copyOf(lines);
    }

    Answer(Question question, List<String> lines) {
        this(question, lines, Optional.empty());
    }

    /** Never shows lines, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "Answer[" + question.kind() + ", " + lines.size() + " lines]";
    }
}
