package dev.salesforcesync.salesforce;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;

/**
 * The order of those who wait: the most urgent first, and among equals who came first. So that nobody waits for ever, an
 * urgency that was passed over {@value #PATIENCE} times in a row has the next turn, yet never two of such turns follow
 * each other: whoever is most urgent is let by one at the most. Not safe for several threads.
 *
 * @param <T> somebody who waits
 */
final class WaitingLine<T> {
    static final int PATIENCE = 10;

    private final Map<Urgency, Queue<T>> waiting = new EnumMap<>(Urgency.class);
    private final Map<Urgency, Integer> passedOver = new EnumMap<>(Urgency.class);
    private boolean patienceEndedLast;

    void join(Urgency urgency, T who) {
        waiting.computeIfAbsent(urgency, first -> new ArrayDeque<>()).add(who);
    }

    /** Whose turn it is, who then waits no more; empty when nobody waits. */
    Optional<T> next() {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        // An EnumMap's keys are in the order of the enum.
        Urgency first = waiting.keySet().iterator().next();
        Urgency turn = patienceEndedLast ? first : longestPassedOver().orElse(first);
        patienceEndedLast = turn != first;
        for (Urgency other : waiting.keySet()) {
            passedOver.merge(other, 1, Integer::sum);
        }
        return Optional.of(take(turn));
    }

    /** Somebody waits no more; whether he did. */
    boolean leave(Urgency urgency, T who) {
        Queue<T> queue = waiting.get(urgency);
        if (queue == null || !queue.remove(who)) {
            return false;
        }
        if (queue.isEmpty()) {
            forget(urgency);
        }
        return true;
    }

    int size() {
        return waiting.values().stream().mapToInt(Queue::size).sum();
    }

    private Optional<Urgency> longestPassedOver() {
        return waiting.keySet().stream()
                .filter(urgency -> passedOver.getOrDefault(urgency, 0) >= PATIENCE)
                .max((one, other) ->
                        Integer.compare(passedOver.getOrDefault(one, 0), passedOver.getOrDefault(other, 0)));
    }

    private T take(Urgency turn) {
        Queue<T> queue = Objects.requireNonNull(waiting.get(turn));
        T who = queue.remove();
        passedOver.put(turn, 0);
        if (queue.isEmpty()) {
            forget(turn);
        }
        return who;
    }

    private void forget(Urgency urgency) {
        waiting.remove(urgency);
        passedOver.remove(urgency);
    }
}
