package dev.salesforcesync.converge;

import dev.salesforcesync.converge.PolicyOrder.Times;
import dev.salesforcesync.directory.Following;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** When a policy's next comparison is due, whether it reads all, and when either side is asked for changes. */
final class Agenda {
    /** However much changes, a comparison is followed by a pause of this many times its own length. */
    private static final int PAUSE_FACTOR = 2;

    /** A read that proved nothing may have met a right that comes back, which changes nothing that could be followed. */
    private static final Duration UNPROVEN_AGAIN = Duration.ofMinutes(5);

    static final Duration SHORTEST_WAIT = Duration.ofMillis(50);
    private static final Duration LOOK_AT_SWITCH = Duration.ofSeconds(2);

    private Optional<Instant> due = Optional.of(Instant.EPOCH);
    private String reason = "the operator started";
    private boolean anew = true;
    private boolean someDue;
    private Optional<PolicyOrder> heeded = Optional.empty();
    private Optional<Ran> last = Optional.empty();
    private Instant directoryAsked = Instant.EPOCH;
    private Instant salesforceAsked = Instant.EPOCH;
    private boolean waitingForSwitch;

    /** The newest comparison that came to its end. */
    private record Ran(Instant ended, Duration took, Instant regular, Optional<Instant> retry) {
        Instant next() {
            return retry.filter(regular::isAfter).orElse(regular);
        }

        Instant earliestNext() {
            return ended.plus(took.multipliedBy(PAUSE_FACTOR));
        }
    }

    /** Both sides are to be read in full. */
    void dueNow(String why) {
        due = Optional.of(Instant.EPOCH);
        reason = why;
        anew = true;
    }

    /** Everybody is to be looked at, by what is known. */
    void dueForAll(String why) {
        if (due.filter(at -> at.equals(Instant.EPOCH)).isEmpty()) {
            due = Optional.of(Instant.EPOCH);
            reason = why;
        }
    }

    /** Some people are to be looked at, at once. */
    void dueForSome() {
        someDue = true;
    }

    /** Everybody is to be looked at by what is known: soon, yet not so soon that nothing else gets done. */
    void dueAfterPause(String why) {
        if (due.isEmpty()) {
            due = Optional.of(last.map(Ran::earliestNext).orElse(Instant.EPOCH));
            reason = why;
        }
    }

    /**
     * Whether the policy is another than before, or somebody asked for a run.
     *
     * @param writesStopped is asked only while it matters, since it asks the API server
     */
    boolean heed(PolicyOrder current, BooleanSupplier writesStopped) {
        boolean changed = heeded.isPresent() && !heeded.get().equals(current);
        if (changed && heeded.get().readsAs(current)) {
            dueForAll("what the policy decides changed");
        } else if (changed) {
            dueNow("the policy changed or a run was asked for");
        }
        heeded = Optional.of(current);
        if (waitingForSwitch && !writesStopped.getAsBoolean()) {
            waitingForSwitch = false;
            dueNow("writing is allowed again");
        }
        return changed;
    }

    /** Whether everybody is to be looked at. */
    boolean isDueForAll(Instant now) {
        if (due.isEmpty() && last.filter(ran -> !ran.regular().isAfter(now)).isPresent()) {
            dueNow("the interval is over");
        }
        return due.filter(at -> !at.isAfter(now)).isPresent();
    }

    /** Whether those are to be looked at who changed, or with whom something is to be tried again. */
    boolean isDueForSome(Instant now) {
        return last.isPresent()
                && (someDue
                        || last.flatMap(Ran::retry)
                                .filter(at -> !at.isAfter(now))
                                .isPresent());
    }

    String reason() {
        return reason;
    }

    /** Whether both sides are to be read in full. */
    boolean isAnew() {
        return anew;
    }

    /** Whether it is time to ask the directory for changes; a hint makes it so at once. */
    boolean asksDirectory(Instant now, Times times, boolean hinted) {
        return last.isPresent()
                && !isDueForAll(now)
                && times.changes() != Following.Mode.NONE
                && (hinted || !directoryAsked.plus(times.directoryPoll()).isAfter(now));
    }

    boolean asksSalesforce(Instant now, Times times) {
        return last.isPresent()
                && !isDueForAll(now)
                && !salesforceAsked.plus(times.salesforcePoll()).isAfter(now);
    }

    void directoryAsked(Instant at) {
        directoryAsked = at;
    }

    void salesforceAsked(Instant at) {
        salesforceAsked = at;
    }

    /** A look at some people came to its end. */
    void lookedAtSome(RunReport report) {
        last = last.map(ran -> new Ran(ran.ended(), ran.took(), ran.regular(), report.retryAt()));
        waitingForSwitch = isStoppedBy(report, "WritesStopped");
        someDue = isStoppedBy(report, "Superseded");
    }

    /** It is no more work to look at everybody. */
    void someAreTooMany() {
        someDue = false;
        last = last.map(ran -> new Ran(ran.ended(), ran.took(), ran.regular(), Optional.empty()));
        dueAfterPause("much changed");
    }

    private static boolean isStoppedBy(RunReport report, String reason) {
        return report.stoppedBy().filter(why -> why.reason().equals(reason)).isPresent();
    }

    /**
     * A look at everybody came to its end.
     *
     * @param took by a clock that never jumps
     */
    void ran(Instant ended, Duration took, RunReport report, Times times) {
        double jitter = 0.95 + ThreadLocalRandom.current().nextDouble() / 10;
        Instant inFull = ended.plusMillis((long) (times.fullComparison().toMillis() * jitter));
        Instant regular =
                anew ? inFull : last.map(Ran::regular).filter(inFull::isAfter).orElse(inFull);
        if (!report.completeness().isProven() && ended.plus(UNPROVEN_AGAIN).isBefore(regular)) {
            regular = ended.plus(UNPROVEN_AGAIN);
        }
        last = Optional.of(new Ran(ended, took, regular, report.retryAt()));
        due = Optional.empty();
        anew = false;
        directoryAsked = ended;
        salesforceAsked = ended;
        someDue = false;
        waitingForSwitch = isStoppedBy(report, "WritesStopped");
        if (isStoppedBy(report, "Superseded")) {
            // The order that stopped it may be gone again, and then nothing else would tell that it is not done.
            dueForAll("the last run was interrupted");
        }
    }

    Duration untilNext(Instant now, Times times) {
        Instant next = Stream.of(
                        due,
                        someDue ? Optional.of(now) : Optional.<Instant>empty(),
                        last.map(Ran::next),
                        Optional.of(salesforceAsked.plus(times.salesforcePoll())),
                        times.changes() == Following.Mode.NONE
                                ? Optional.<Instant>empty()
                                : Optional.of(directoryAsked.plus(times.directoryPoll())),
                        waitingForSwitch ? Optional.of(now.plus(LOOK_AT_SWITCH)) : Optional.<Instant>empty())
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(now);
        Duration wait = Duration.between(now, next);
        return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
    }
}
