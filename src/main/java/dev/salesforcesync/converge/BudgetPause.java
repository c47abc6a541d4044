package dev.salesforcesync.converge;

import dev.salesforcesync.converge.PolicyOrder.Times;
import dev.salesforcesync.directory.Following;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The time in which the API budget allows no full comparison: only leavers are looked after. */
final class BudgetPause {
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final LeaversSeen seen = new LeaversSeen();
    private Instant until = Instant.MIN;
    private Instant directoryAsked = Instant.MIN;
    private Optional<Instant> retry = Optional.empty();
    private boolean due;

    void begin(Instant now, Duration length) {
        until = now.plus(length);
        lookAgain();
    }

    /** Other rules, another org, or another budget. */
    void end() {
        until = Instant.MIN;
        seen.forget();
    }

    boolean lasts(Instant now) {
        return now.isBefore(until);
    }

    LeaversSeen seen() {
        return seen;
    }

    boolean asksDirectory(Instant now, Times times, boolean hinted) {
        return times.changes() != Following.Mode.NONE
                && (hinted || !directoryAsked.plus(times.directoryPoll()).isAfter(now));
    }

    void directoryAsked(Instant now, boolean changed) {
        directoryAsked = now;
        due |= changed;
    }

    /** Those who were held, refused or left in doubt are looked at once more: somebody may have approved them. */
    void lookAgain() {
        seen.lookAgain();
        due = true;
    }

    /** Whether leavers are to be looked after now; once asked, not again before something happens. */
    boolean takesItsTurn(Instant now) {
        if (retry.filter(at -> !at.isAfter(now)).isPresent()) {
            retry = Optional.empty();
            lookAgain();
        }
        boolean turn = due;
        due = false;
        return turn;
    }

    /** What went wrong is to be tried again. */
    void retryAt(Optional<Instant> at) {
        retry = at;
    }

    /** Leavers could not be looked after. */
    void failed(Instant now) {
        retry = Optional.of(now.plus(AGAIN));
    }

    Duration untilNext(Instant now, Times times) {
        Instant next = Stream.of(
                        Optional.of(until),
                        retry,
                        times.changes() == Following.Mode.NONE
                                ? Optional.<Instant>empty()
                                : Optional.of(now.plus(times.directoryPoll())))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(until);
        Duration wait = Duration.between(now, next);
        return wait.compareTo(Agenda.SHORTEST_WAIT) < 0 ? Agenda.SHORTEST_WAIT : wait;
    }
}
