package dev.salesforcesync.converge;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was done with one policy's passwords since this process leads. Safe for use by several threads. */
final class PasswordTally {
    private long delivered;
    private long mails;
    private long unlocked;
    private Optional<Instant> last = Optional.empty();
    private final Map<String, Long> refused = new TreeMap<>();

    synchronized void delivered(Instant when) {
        delivered++;
        last = Optional.of(when);
    }

    synchronized void mailed() {
        mails++;
    }

    synchronized void unlocked() {
        unlocked++;
    }

    /** @param reason a stable CamelCase word */
    synchronized void refused(String reason) {
        refused.merge(reason, 1L, Long::sum);
    }

    synchronized PasswordSnapshot.Tally snapshot() {
        return new PasswordSnapshot.Tally(delivered, mails, unlocked, last, refused);
    }
}
