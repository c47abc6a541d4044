package dev.salesforcesync.salesforce;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** A number of places, each for one call at a time; who waits for one is served by urgency. */
final class Places {
    private final ReentrantLock lock = new ReentrantLock();
    private final WaitingLine<CountDownLatch> line = new WaitingLine<>();
    private int free;

    /** @param number at least one is given out */
    Places(int number) {
        this.free = Math.max(1, number);
    }

    /** Waits for a place, which is to be given back. */
    void take(Urgency urgency) throws InterruptedException {
        CountDownLatch turn = new CountDownLatch(1);
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return;
            }
            line.join(urgency, turn);
        } finally {
            lock.unlock();
        }
        try {
            turn.await();
        } catch (InterruptedException stopped) {
            giveUp(urgency, turn);
            throw stopped;
        }
    }

    void giveBack() {
        lock.lock();
        try {
            line.next().ifPresentOrElse(CountDownLatch::countDown, () -> free++);
        } finally {
            lock.unlock();
        }
    }

    /** A place may have been given in the very moment of the interruption. */
    private void giveUp(Urgency urgency, CountDownLatch turn) {
        lock.lock();
        try {
            if (!line.leave(urgency, turn)) {
                giveBack();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many calls wait. */
    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }
}
