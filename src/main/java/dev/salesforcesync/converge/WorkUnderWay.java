package dev.salesforcesync.converge;

import dev.salesforcesync.converge.PolicySnapshot.Phase;
import dev.salesforcesync.converge.PolicySnapshot.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run that an engine is busy with: how far it has come, and a line in the log now and then while it takes long. Told
 * by the threads of the engine, asked by anybody.
 */
final class WorkUnderWay {
    private static final Logger LOG = LoggerFactory.getLogger(WorkUnderWay.class);

    /** Shorter work is not spoken of, longer work that often. */
    static final Duration LONG = Duration.ofSeconds(10);

    private final ResourceName name;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private Optional<State> state = Optional.empty();

    /** @param nanoTime a clock that never jumps, such as {@link System#nanoTime} */
    WorkUnderWay(ResourceName name, Clock clock, LongSupplier nanoTime) {
        this.name = name;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** What is known of one run. */
    private static final class State {
        private final Instant since;
        private final long begun;
        private final LongSupplier calls;
        private final long callsBefore;
        private Phase phase = Phase.READING;
        private String step = "";
        private Effort effort = new Effort(0, 0, 0, 0, 1);
        private long writingSince;
        private long lastLine;

        State(Instant since, long now, LongSupplier calls) {
            this.since = since;
            this.begun = now;
            this.lastLine = now;
            this.calls = calls;
            this.callsBefore = calls.getAsLong();
        }

        long calls() {
            return calls.getAsLong() - callsBefore;
        }
    }

    /** @param calls how many calls were ever made on the connection, by whomever */
    synchronized void begins(LongSupplier calls) {
        state = Optional.of(new State(clock.instant(), nanoTime.getAsLong(), calls));
    }

    synchronized void enters(Phase phase) {
        state.ifPresent(now -> now.phase = phase);
    }

    /** A pass began, or a call of it ended. */
    synchronized void writes(String step, Effort effort) {
        state.ifPresent(now -> {
            long time = nanoTime.getAsLong();
            if (now.phase != Phase.WRITING) {
                now.phase = Phase.WRITING;
                now.writingSince = time;
            }
            now.step = step;
            now.effort = effort;
            if (time - now.lastLine >= LONG.toNanos()) {
                now.lastLine = time;
                LOG.info("policy {} {}", name, line(now, time));
            }
        });
    }

    private static String line(State now, long time) {
        Duration elapsed = Duration.ofNanos(time - now.writingSince);
        return now.step + ": " + now.effort.done() + " of " + now.effort.total() + " rows, "
                + rate(now.effort.done(), elapsed) + " rows/s, " + now.calls() + " calls on the connection"
                + now.effort
                        .left(elapsed)
                        .map(left -> ", about " + left.toSeconds() + " s to go")
                        .orElse("");
    }

    /**
     * Nothing is under way any more, whether the run came to its end or not.
     *
     * @param newest the newest report that there is; it may be that of an earlier run
     * @return whether it took long
     */
    synchronized boolean ends(Optional<RunReport> newest) {
        Optional<State> ended = state;
        state = Optional.empty();
        if (ended.isEmpty()) {
            return false;
        }
        State now = ended.get();
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - now.begun);
        boolean tookLong = took.compareTo(LONG) >= 0;
        if (tookLong) {
            Optional<RunReport> report = newest.filter(one -> !one.startedAt().isBefore(now.since));
            LOG.info("policy {} {}", name, summary(took, now.calls(), report));
        }
        return tookLong;
    }

    static String summary(Duration took, long calls, Optional<RunReport> report) {
        String whole = took.toSeconds() + " s at work, " + calls + " calls on the connection";
        return report.map(done -> {
                    Duration writing = done.phases().getOrDefault("write", Duration.ZERO);
                    Duration comparing = took.minus(writing);
                    return whole + ": " + done.people().inScope() + " people compared, "
                            + rate(done.people().inScope(), comparing) + " people/s; " + done.rowsWritten()
                            + " rows written, " + rate(done.rowsWritten(), writing) + " rows/s";
                })
                .orElse(whole + ", and not finished");
    }

    /** How many in a second. */
    static String rate(int number, Duration time) {
        if (time.isNegative() || time.isZero()) {
            return "0";
        }
        double rate = number * 1000.0 / Math.max(1, time.toMillis());
        return String.format(Locale.ROOT, rate < 10 ? "%.1f" : "%.0f", rate);
    }

    /** How far it has come; empty while nothing is under way. */
    synchronized Optional<Progress> progress() {
        return state.map(now -> {
            Optional<Duration> left = now.phase == Phase.WRITING
                    ? now.effort.left(Duration.ofNanos(nanoTime.getAsLong() - now.writingSince))
                    : Optional.empty();
            return new Progress(
                    now.phase,
                    now.step,
                    now.effort.done(),
                    now.effort.total(),
                    now.since,
                    left.map(clock.instant()::plus));
        });
    }
}
