package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One session for all workers. It is renewed once however many workers find it expired, and a refused credential is
 * tried at most {@link #MAX_REFUSALS} times an hour, so that we never lock the integration user out. The next session
 * is asked for before the one that stands ends by itself.
 */
final class SessionKeeper {
    static final int MAX_REFUSALS = 3;
    /** Salesforce allows 3,600 sign-ins an hour and user; sessions that end so often are a fault on their side. */
    static final int MAX_RENEWALS = 30;

    private static final Duration HOUR = Duration.ofHours(1);

    /** Salesforce's default; tokens do not say how long they hold. An org with less answers 401, which renews too. */
    static final Duration USUAL_LIFETIME = Duration.ofHours(2);

    private static final Duration EARLY_AGAIN = Duration.ofMinutes(5);

    private final SignIn signIn;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong attempts = new AtomicLong();
    private final Deque<Instant> refusals = new ArrayDeque<>();
    private final Deque<Instant> openings = new ArrayDeque<>();
    private volatile Optional<Held> held = Optional.empty();
    private Optional<Failure> lastFailure = Optional.empty();
    private volatile boolean closed;

    /** A session, and from when on another is asked for although it still stands. */
    private record Held(Session session, Instant renewFrom) {}

    SessionKeeper(SignIn signIn, InstantSource clock) {
        this.signIn = signIn;
        this.clock = clock;
    }

    /** The session that stands, or a new one. */
    Result<Session> current() {
        Optional<Held> standing = held;
        if (standing.isEmpty()) {
            return open(Optional.empty());
        }
        if (!clock.instant().isBefore(standing.get().renewFrom())) {
            renewEarly();
        }
        return held.map(it -> Result.ok(it.session())).orElseGet(() -> open(Optional.empty()));
    }

    /** A session in place of one that Salesforce has called expired. */
    Result<Session> renewed(Session expired) {
        return open(Optional.of(expired));
    }

    /** Revokes the session; nothing is opened after that. */
    void close() {
        lock.lock();
        try {
            closed = true;
            held.ifPresent(it -> signIn.revoke(it.session()));
            held = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * One worker asks for the next session, the others go on with the one that stands. It is not revoked: calls may be
     * under way with it, and Salesforce may give the same token again. When no other is to be had it is used on.
     */
    private void renewEarly() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            Instant now = clock.instant();
            Optional<Held> standing = held;
            if (closed || standing.isEmpty() || now.isBefore(standing.get().renewFrom())) {
                return;
            }
            if (attempt() instanceof Result.Failed<Session>) {
                held = Optional.of(new Held(standing.get().session(), now.plus(EARLY_AGAIN)));
            }
        } finally {
            lock.unlock();
        }
    }

    private Result<Session> open(Optional<Session> expired) {
        long before = attempts.get();
        lock.lock();
        try {
            if (closed) {
                return Result.failed(new Failure.Transient(
                        SalesforceReason.CLOSED,
                        "This connection to Salesforce has been closed; a new one takes over."));
            }
            Optional<Session> standing = held.map(Held::session);
            if (standing.isPresent() && !standing.equals(expired)) {
                return Result.ok(standing.get());
            }
            held = Optional.empty();
            if (attempts.get() != before && lastFailure.isPresent()) {
                // Somebody tried while we waited for the lock: the same answer holds for us.
                return Result.failed(lastFailure.get());
            }
            return attempt();
        } finally {
            lock.unlock();
        }
    }

    private static Held hold(Session session, Instant now) {
        Duration lifetime = session.lifetime().orElse(USUAL_LIFETIME);
        return new Held(session, now.plus(lifetime.multipliedBy(9).dividedBy(10)));
    }

    private Result<Session> attempt() {
        Instant now = clock.instant();
        forget(refusals, now);
        forget(openings, now);
        if (openings.size() > MAX_RENEWALS) {
            return Result.failed(new Failure.Transient(
                    SalesforceReason.SESSION_REJECTED,
                    "Salesforce ends our sessions again and again. Check the session settings and IP ranges of the "
                            + "external client app.",
                    Duration.ofMinutes(15)));
        }
        if (refusals.size() >= MAX_REFUSALS && lastFailure.isPresent()) {
            Failure last = lastFailure.get();
            return Result.failed(new Failure.Terminal(
                    last.reason(),
                    last.message() + " Salesforce has refused the credentials " + MAX_REFUSALS
                            + " times, so they are not sent again for an hour, or until the Secret changes."));
        }
        Result<Session> result = signIn.signIn();
        attempts.incrementAndGet();
        if (result instanceof Result.Ok<Session> ok) {
            held = Optional.of(hold(ok.value(), now));
            lastFailure = Optional.empty();
            openings.addLast(now);
        } else if (result instanceof Result.Failed<Session> failed) {
            lastFailure = Optional.of(failed.failure());
            if (failed.failure() instanceof Failure.Terminal && sent(failed.failure())) {
                refusals.addLast(now);
            }
        }
        return result;
    }

    /** Whether Salesforce was asked at all; a key that we cannot read harms nobody. */
    private static boolean sent(Failure failure) {
        return !failure.reason().equals(SalesforceReason.PRIVATE_KEY_INVALID);
    }

    private static void forget(Deque<Instant> moments, Instant now) {
        while (!moments.isEmpty() && !moments.getFirst().plus(HOUR).isAfter(now)) {
            moments.removeFirst();
        }
    }
}
