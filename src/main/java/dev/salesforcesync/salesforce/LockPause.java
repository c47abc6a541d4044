package dev.salesforcesync.salesforce;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Lets time pass before rows that were refused for a lock are sent again. */
@FunctionalInterface
interface LockPause {
    /** Salesforce itself waits about ten seconds for a lock, so this need not be long. */
    Duration SHORTEST = Duration.ofSeconds(1);

    /**
     * Waits between half of and all of twice the time of the round before, so that two writers part.
     *
     * @param round from 0
     * @return false when the thread is asked to stop
     */
    boolean before(int round);

    /** The pause on the real clock. */
    static LockPause jittered() {
        return round -> {
            long most = SHORTEST.toMillis() << (round + 1);
            try {
                Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
                return true;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }
}
