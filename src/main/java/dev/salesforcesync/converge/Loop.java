package dev.salesforcesync.converge;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that takes turns: as soon as somebody wakes it, and at the latest after the time its last turn asked for.
 * Wake-ups during a turn lead to one more turn.
 */
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration AFTER_BUG = Duration.ofSeconds(30);

    /** One turn; tells how long to wait for the next if nobody wakes us. */
    interface Turn {
        Duration take() throws InterruptedException;

        /** A turn threw: a bug, which must show where people look. */
        void failed(RuntimeException bug);
    }

    private final Turn turn;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean woken;
    private boolean closed;

    Loop(String name, Turn turn) {
        this.turn = turn;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Another turn begins soon; the first call begins the first. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
            if (thread.getState() == Thread.State.NEW && !closed) {
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The same for a loop that was begun; another is left alone. */
    void wakeIfRunning() {
        if (thread.getState() != Thread.State.NEW) {
            wake();
        }
    }

    private void heedWakes() {
        lock.lock();
        try {
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!isClosed()) {
                sleep(takeTurn());
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was stopped", thread.getName());
        }
    }

    private Duration takeTurn() throws InterruptedException {
        heedWakes();
        try {
            return turn.take();
        } catch (RuntimeException bug) {
            LOG.error("{} met a bug; it goes on in {} s", thread.getName(), AFTER_BUG.toSeconds(), bug);
            turn.failed(bug);
            return AFTER_BUG;
        }
    }

    private void sleep(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long nanos = time.toNanos();
            while (!woken && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more turns; for a turn that knows it was the last. */
    void end() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asks the turn under way to end at its next pause, and waits for it up to the grace time. */
    void close(Duration grace) {
        end();
        try {
            thread.join(Math.max(1, grace.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    @Override
    public void close() {
        close(GRACE);
    }
}
