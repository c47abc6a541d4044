package dev.salesforcesync.policy.expression;

/**
 * How much work one evaluation may cause, counted in steps rather than in time, so that the same input always has the
 * same outcome. A step is roughly the handling of one character; the whole allowance is used up within some tens of
 * milliseconds.
 */
final class Allowance {
    /** The longest text that an expression can make, in characters. */
    static final int MAX_TEXT = 8_192;

    /** The longest list that an expression can make. */
    static final int MAX_LIST = 8_192;

    static final long STEPS = 2_000_000;

    private static final ThreadLocal<Allowance> CURRENT = ThreadLocal.withInitial(Allowance::new);

    private long left = STEPS;

    private Allowance() {}

    /** Begins a new evaluation on this thread. */
    static Allowance begin() {
        Allowance allowance = CURRENT.get();
        allowance.left = STEPS;
        return allowance;
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
