package dev.salesforcesync.policy;

import dev.salesforcesync.policy.CompiledField.Result;
import dev.salesforcesync.policy.expression.Facts;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Evaluates a field that reads nothing but a few attributes once for all who have the same values there: many people
 * have the same language, city or department, and equal input has equal outcome. It also makes them share one object.
 * Remembers in a table of fixed size, and stops trying where nearly everybody has values of his own. What fails is not
 * remembered, as an evaluation may be stopped for having taken too long. Safe for use by several threads.
 */
final class KnownAnswers {
    private static final int PLACES = 1_024;

    /** More would rarely come together a second time. */
    private static final int MAX_ATTRIBUTES = 2;

    /** After so many questions at least one in four must have been answered from memory. */
    private static final int TRIAL = 2_048;

    private final CompiledField field;
    private final List<String> attributes;

    /** Without places once it is not worth while. */
    private volatile AtomicReferenceArray<Answer> answers;

    private int asked;
    private int known;

    KnownAnswers(CompiledField field) {
        this.field = field;
        this.attributes = List.copyOf(field.expression().attributesRead());
        boolean worthwhile = field.expression().readsAttributesOnly() && attributes.size() <= MAX_ATTRIBUTES;
        this.answers = new AtomicReferenceArray<>(worthwhile ? PLACES : 0);
    }

    /** @param inputs first values of the attributes, each in a list of its own that is empty where there is none */
    private record Answer(List<List<String>> inputs, Result result) {}

    CompiledField field() {
        return field;
    }

    Result evaluate(Facts facts) {
        AtomicReferenceArray<Answer> table = answers;
        if (table.length() == 0) {
            return field.evaluate(facts);
        }
        List<List<String>> inputs = attributes.stream().map(facts::first).toList();
        int hash = inputs.hashCode();
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        Answer before = table.get(place);
        boolean same = before != null && before.inputs().equals(inputs);
        judge(same);
        if (same) {
            return before.result();
        }
        Result result = field.evaluate(facts);
        if (!(result instanceof Result.Problem)) {
            table.set(place, new Answer(inputs, result));
        }
        return result;
    }

    /** Counts roughly where several threads ask: what is at stake is time, not the answer. */
    private void judge(boolean same) {
        known += same ? 1 : 0;
        asked++;
        if (asked == TRIAL) {
            if (known < TRIAL / 4) {
                answers = new AtomicReferenceArray<>(0);
            }
            asked = 0;
            known = 0;
        }
    }
}
