package dev.salesforcesync.policy.expression;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much work one evaluation may cause, counted in steps rather than in time, so that the same input always has the
 * same outcome. A step is roughly the handling of one character; the whole allowance is used up within some tens of
 * milliseconds. A second fence, for code that is not compiled yet and for slow machines, is the thread's own processor
 * time: pauses of the process and busy neighbours do not count.
 */
final class Allowance {
    /** The longest text that an expression can make, in characters. */
    static final int MAX_TEXT = 8_192;

    /** The longest list that an expression can make. */
    static final int MAX_LIST = 8_192;

    static final long STEPS = 2_000_000;

    /** The longest that an evaluation may keep a processor busy. */
    static final Duration DEADLINE = Duration.ofMillis(100);

    /** How many steps are taken between two looks at the processor time: a look costs about a microsecond. */
    static final long STEPS_BETWEEN_LOOKS = 20_000;

    private static final LongSupplier PROCESSOR_TIME = processorTime();

    private static final ThreadLocal<Allowance> CURRENT = ThreadLocal.withInitial(Allowance::new);

    private LongSupplier busy = PROCESSOR_TIME;
    private long left = STEPS;
    private long lookAt;
    private long busyUntil;

    private Allowance() {}

    /** Begins a new evaluation on this thread. */
    static Allowance begin() {
        return begin(PROCESSOR_TIME);
    }

    /**
     * Begins a new evaluation on this thread.
     *
     * @param busy the time for which this thread has kept a processor busy, in nanoseconds
     */
    static Allowance begin(LongSupplier busy) {
        Allowance allowance = CURRENT.get();
        allowance.busy = busy;
        allowance.left = STEPS;
        allowance.lookAt = STEPS - STEPS_BETWEEN_LOOKS;
        allowance.busyUntil = Long.MIN_VALUE;
        return allowance;
    }

    private static LongSupplier processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
                ? threads::getCurrentThreadCpuTime
                : System::nanoTime;
    }

    /** Takes steps from the evaluation that runs on this thread; throws {@link Stopped} when there are none left. */
    static void charge(long steps) {
        CURRENT.get().take(steps);
    }

    void take(long steps) {
        left -= steps;
        if (left < 0) {
            throw new Stopped("ExpressionTooExpensive");
        }
        if (left < lookAt) {
            lookAt = left - STEPS_BETWEEN_LOOKS;
            look();
        }
    }

    /** Most evaluations are over before the first look, and so never ask. */
    private void look() {
        long now = busy.getAsLong();
        if (busyUntil == Long.MIN_VALUE) {
            busyUntil = now + DEADLINE.toNanos();
        } else if (now - busyUntil > 0) {
            throw new Stopped("ExpressionTooExpensive");
        }
    }

    static String text(String value) {
        charge(value.length());
        if (value.length() > MAX_TEXT) {
            throw new Stopped("ValueTooLong");
        }
        return value;
    }

    static void room(long length) {
        if (length > MAX_TEXT) {
            throw new Stopped("ValueTooLong");
        }
        charge(length);
    }

    /** Ends an evaluation; carries a code and nothing else, so that no value can get out with it. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String code;

        Stopped(String code) {
            super(code, null, false, false);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** The expression asked for its field to be left alone. */
    static final class Skipped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Skipped() {
            super("skip", null, false, false);
        }
    }
}
