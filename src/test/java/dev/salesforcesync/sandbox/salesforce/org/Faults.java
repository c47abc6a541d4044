package dev.salesforcesync.sandbox.salesforce.org;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The faults to come, in the order in which they were asked for: each call takes the first one that fits it. A
 * call that none fits meets one by chance, if that was asked for, and the same one for the same seed.
 */
public final class Faults {
    private static final RandomFaults NONE = new RandomFaults(0, 0, List.of());

    private final List<Planned> planned = new ArrayList<>();
    private RandomFaults random = NONE;
    private long drawn;

    private static final class Planned {
        private final Predicate<Call> which;
        private final Fault fault;
        private int left;

        private Planned(Predicate<Call> which, Fault fault, int left) {
            this.which = which;
            this.fault = fault;
            this.left = left;
        }
    }

    /** The next {@code calls} API calls, whatever they are (token requests not counted), meet this fault. */
    public void next(int calls, Fault fault) {
        nextLike(calls, call -> !call.protocol().equals("OAUTH"), fault);
    }

    /** The next {@code calls} write calls meet this fault. */
    public void nextWrites(int calls, Fault fault) {
        nextLike(calls, Call::write, fault);
    }

    /** The next {@code calls} calls that are like this meet this fault. */
    public synchronized void nextLike(int calls, Predicate<Call> which, Fault fault) {
        planned.add(new Planned(which, fault, calls));
    }

    /** From the next API call on (token requests not counted), faults by chance. */
    public synchronized void random(RandomFaults faults) {
        random = faults;
        drawn = 0;
    }

    /** Forgets all faults not met yet, those by chance too. */
    public synchronized void clear() {
        planned.clear();
        random = NONE;
    }

    /** Faults not met yet. */
    public synchronized int pending() {
        return planned.stream().mapToInt(plan -> plan.left).sum();
    }

    /** The fault that this call meets. */
    public synchronized Optional<Fault> take(Call call) {
        Optional<Planned> met =
                planned.stream().filter(plan -> plan.which.test(call)).findFirst();
        met.ifPresent(plan -> plan.left--);
        planned.removeIf(plan -> plan.left <= 0);
        if (met.isPresent() || call.protocol().equals("OAUTH")) {
            return met.map(plan -> plan.fault);
        }
        return random.of(drawn++);
    }
}
