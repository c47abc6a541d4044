package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks that write calls hold: one for each row and one for all that changes who belongs to what (roles, public
 * groups, queues). A call takes all its locks at once or, when its patience ends, those that are free then.
 *
 * <p>Granular locking, which lets some changes of membership run side by side in most orgs, is left out: this org
 * is never more forgiving than a real one (Designing Record Access for Enterprise Scale, "Group Membership
 * Operations and Sharing Recalculation").
 */
public final class Locks {
    static final String MEMBERSHIP = "group membership";

    private final Duration patience;
    private final ReentrantLock guard = new ReentrantLock(true);
    private final Condition released = guard.newCondition();
    private final Set<String> held = new HashSet<>();

    Locks(Duration patience) {
        this.patience = patience;
    }

    /** Locks that somebody holds until it is closed. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** Holds the lock of group membership, as a long sharing recalculation does. */
    public Hold holdMembership() {
        return hold(MEMBERSHIP);
    }

    /** Holds the lock of one row (18-character id), as another program's long transaction does. */
    public Hold holdRow(String id) {
        return hold(id);
    }

    private Hold hold(String key) {
        Taken taken = take(Set.of(key));
        if (!taken.missed().isEmpty()) {
            throw new IllegalStateException("locked already");
        }
        return () -> release(taken);
    }

    /** What a call got and what it did not. */
    record Taken(Set<String> got, Set<String> missed) {
        Taken {
            got = Set.copyOf(got);
            missed = Set.copyOf(missed);
        }
    }

    /** Waits for these locks, no longer than the org's patience. */
    Taken take(Set<String> keys) {
        guard.lock();
        try {
            awaitFree(keys);
            return takeFree(keys);
        } finally {
            guard.unlock();
        }
    }

    private void awaitFree(Set<String> keys) {
        long left = patience.toNanos();
        try {
            while (left > 0 && !isFree(keys)) {
                left = released.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Taken takeFree(Set<String> keys) {
        var got = new HashSet<>(keys);
        got.removeAll(held);
        var missed = new HashSet<>(keys);
        missed.removeAll(got);
        held.addAll(got);
        return new Taken(got, missed);
    }

    private boolean isFree(Set<String> keys) {
        return keys.stream().noneMatch(held::contains);
    }

    /** Keeps the locks of a call for this long after its work, then lets them go. */
    void release(Taken taken, Duration after) {
        try {
            TimeUnit.NANOSECONDS.sleep(taken.got().isEmpty() ? 0 : after.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release(taken);
        }
    }

    private void release(Taken taken) {
        guard.lock();
        try {
            held.removeAll(taken.got());
            released.signalAll();
        } finally {
            guard.unlock();
        }
    }
}
