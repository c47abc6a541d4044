package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Write calls: each a transaction of its own under the locks it needs, or several of them as one. */
final class WriteCalls {
    private final Store store;
    private final Writer writer;
    private final Locks locks;
    private final Duration lockHold;
    private final Replication replication;
    private final Supplier<Instant> now;
    private final ReentrantReadWriteLock lock;
    /** Single calls share their turn; several calls as one have it for themselves. Taken before all other locks. */
    private final ReentrantReadWriteLock turns = new ReentrantReadWriteLock(true);
    /** What the calls under way as one have done; only for whoever has the turn for himself. */
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /** Writes to this store, whose readers and changers this lock keeps apart. */
    WriteCalls(
            Store store,
            Writer writer,
            Locks locks,
            Duration lockHold,
            Replication replication,
            Supplier<Instant> now,
            ReentrantReadWriteLock lock) {
        this.store = store;
        this.writer = writer;
        this.locks = locks;
        this.lockHold = lockHold;
        this.replication = replication;
        this.now = now;
        this.lock = lock;
    }

    List<RowResult> write(String actorId, WriteRequest request) {
        turns.readLock().lock();
        try {
            LockNeeds needs = needs(request);
            Locks.Taken taken = locks.take(needs.all());
            try {
                return underLocks(actorId, request.disturbed(needs.without(taken.missed(), request.disturbance())));
            } finally {
                locks.release(taken, lockHold);
            }
        } finally {
            turns.readLock().unlock();
        }
    }

    /**
     * Runs calls of this thread as one: when {@code work} answers false or throws, all that they changed is taken
     * back. Nobody sees what is under way.
     */
    boolean together(BooleanSupplier work) {
        turns.writeLock().lock();
        lock.writeLock().lock();
        boolean kept = false;
        try {
            kept = work.getAsBoolean();
            return kept;
        } finally {
            while (!kept && !undo.isEmpty()) {
                undo.pop().run();
            }
            undo.clear();
            lock.writeLock().unlock();
            turns.writeLock().unlock();
        }
    }

    /** Notes how to take back a change outside any transaction, if this thread's calls run as one. */
    void onUndo(Runnable action) {
        if (turns.isWriteLockedByCurrentThread()) {
            undo.push(action);
        }
    }

    private LockNeeds needs(WriteRequest request) {
        lock.readLock().lock();
        try {
            return new LockNeeds(store, request);
        } finally {
            lock.readLock().unlock();
        }
    }

    private List<RowResult> underLocks(String actorId, WriteRequest request) {
        var transaction = new Transaction(store, actorId, now.get(), request.mailsUsers());
        lock.writeLock().lock();
        try {
            List<RowResult> results = writer.write(transaction, request);
            onUndo(() -> transaction.undoTo(0));
            if (request.kind() == WriteRequest.Kind.DELETE) {
                replication.noteDeleted(results);
                onUndo(() -> replication.forgetDeleted(results));
            }
            return results;
        } catch (ApiRefusal e) {
            transaction.undoTo(0);
            throw e;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
