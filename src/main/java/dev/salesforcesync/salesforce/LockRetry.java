package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Sends rows again, in halves, that Salesforce has refused for a lock: nothing of them was stored, and fewer rows a
 * call meet fewer locks. A row whose outcome is unknown is never among them.
 *
 * @param <R> a row
 */
final class LockRetry<R> {
    static final int ROUNDS = 3;

    private final LockPause pause;
    private final Function<List<R>, List<RowOutcome>> send;

    LockRetry(LockPause pause, Function<List<R>, List<RowOutcome>> send) {
        this.pause = pause;
        this.send = send;
    }

    /** One outcome per row, in order. */
    List<RowOutcome> write(List<R> rows) {
        List<RowOutcome> outcomes = new ArrayList<>(send.apply(rows));
        List<List<Integer>> batches =
                halves(locked(IntStream.range(0, rows.size()).boxed().toList(), outcomes));
        for (int round = 0; round < ROUNDS && !batches.isEmpty() && pause.before(round); round++) {
            List<List<Integer>> next = new ArrayList<>();
            for (List<Integer> batch : batches) {
                List<RowOutcome> again =
                        send.apply(batch.stream().map(rows::get).toList());
                for (int i = 0; i < batch.size(); i++) {
                    outcomes.set(batch.get(i), again.get(i));
                }
                next.addAll(halves(locked(batch, outcomes)));
            }
            batches = next;
        }
        return List.copyOf(outcomes);
    }

    private static List<Integer> locked(List<Integer> rows, List<RowOutcome> outcomes) {
        return rows.stream().filter(row -> isLocked(outcomes.get(row))).toList();
    }

    private static boolean isLocked(RowOutcome outcome) {
        if (outcome instanceof RowOutcome.Refused refused) {
            return isLocked(refused.failure());
        }
        return outcome instanceof RowOutcome.NotSent notSent && isLocked(notSent.failure());
    }

    private static boolean isLocked(Failure failure) {
        return failure.reason().equals(SalesforceReason.RECORD_LOCKED);
    }

    private static List<List<Integer>> halves(List<Integer> rows) {
        if (rows.size() < 2) {
            return rows.isEmpty() ? List.of() : List.of(rows);
        }
        int middle = (rows.size() + 1) / 2;
        return List.of(rows.subList(0, middle), rows.subList(middle, rows.size()));
    }
}
