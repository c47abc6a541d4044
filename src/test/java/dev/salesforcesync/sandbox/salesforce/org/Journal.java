package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Every call of a client with what came of it, so that tests can state facts about calls. */
public final class Journal {
    /** The oldest entries are dropped beyond this many; counters go on. */
    private static final int KEPT = 100_000;

    /** The outcome of a call in which nothing went wrong; single rows may still have failed. */
    public static final String OK = "OK";

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private long last;
    private int writeCalls;

    /**
     * One call.
     *
     * @param number from 1, in the order in which calls were finished
     * @param okRows rows written or returned
     * @param ids records written
     * @param errors code of each kind of row error, and how many rows had it
     * @param outcome {@link #OK}, the code of the refusal, or the name of the fault that was injected
     * @param fault the name of the fault that the call met, done or not; empty for none
     * @param answered whether the client was given the answer
     */
    public record Entry(
            long number,
            Instant at,
            Call call,
            int okRows,
            List<String> ids,
            Map<String, Integer> errors,
            String outcome,
            String fault,
            boolean answered) {
        public Entry {
            ids = List.copyOf(ids);
            errors = Map.copyOf(errors);
        }
    }

    synchronized void add(Instant at, Call call, CallOutcome outcome, String fault, boolean answered) {
        entries.addLast(new Entry(
                ++last, at, call, outcome.okRows(), outcome.ids(), outcome.errors(), outcome.name(), fault, answered));
        if (entries.size() > KEPT) {
            entries.removeFirst();
        }
        counts.merge(call.protocol() + " " + call.operation() + " " + call.objectType(), 1, Integer::sum);
        writeCalls += call.write() ? 1 : 0;
    }

    /** The entries kept, oldest first. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The number of the newest entry; give it to {@link #since} later. */
    public synchronized long last() {
        return last;
    }

    /** Entries after this number. */
    public synchronized List<Entry> since(long number) {
        return entries.stream().filter(entry -> entry.number() > number).toList();
    }

    /** How many kept entries are like this. */
    public synchronized int count(Predicate<Entry> like) {
        return (int) entries.stream().filter(like).count();
    }

    /** Calls that may have changed something, refused ones included. */
    public synchronized int writeCalls() {
        return writeCalls;
    }

    /** Calls by "PROTOCOL operation Object". */
    public synchronized Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }
}
