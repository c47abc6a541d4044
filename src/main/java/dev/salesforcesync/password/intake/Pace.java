package dev.salesforcesync.password.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often somebody may do something: a number in each span, counted anew when that is over. Safe for several threads. */
final class Pace {
    /** Whoever came first is forgotten first, so that many addresses can't fill the memory. */
    private static final int MOST_KNOWN = 10_000;

    private final int most;
    private final Duration span;
    private final Clock clock;
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    private record Count(Instant since, int times) {}

    Pace(int most, Duration span, Clock clock) {
        this.most = most;
        this.span = span;
        this.clock = clock;
    }

    /** Counts once more, and tells whether that is still within what is allowed. */
    synchronized boolean allows(String who) {
        Count next = next(who);
        counts.put(who, next);
        return next.times() <= most;
    }

    /** Whether it was too often already; counts nothing. */
    synchronized boolean isOver(String who) {
        return next(who).times() > most;
    }

    private Count next(String who) {
        Instant now = clock.instant();
        Count before = counts.get(who);
        return before == null || before.since().plus(span).isBefore(now)
                ? new Count(now, 1)
                : new Count(before.since(), before.times() + 1);
    }
}
