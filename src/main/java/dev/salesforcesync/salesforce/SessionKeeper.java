package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One session for all workers. It is renewed once however many workers find it expired, and a refused credential is
 * tried at most {@link RefusedCredentials#MOST} times an hour, so that we never lock the integration user out. The next session
 * is asked for before the one that stands ends by itself.
 */
final class SessionKeeper {
    /** Salesforce allows 3,600 sign-ins an hour and user; sessions that end so often are a fault on their side. */
    static final int MAX_RENEWALS = 30;

    /** Salesforce's default, as long as the org has not told its own. An org with less answers 401, which renews too. */
    static final Duration USUAL_LIFETIME = Duration.ofHours(2);

    private static final int MOST_REPLACED = 2;
    private static final Duration EARLY_AGAIN = Duration.ofMinutes(5);

    private final SignIn signIn;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong attempts = new AtomicLong();
    private final RefusedCredentials refused;
    private final RefusedCredentials.Attempt credentials;
    /** Still good when another took their place; what is older has ended unused. */
    private final Deque<Session> replaced = new ArrayDeque<>();

    private final Deque<Instant> openings = new ArrayDeque<>();
    private volatile Optional<Held> held = Optional.empty();
    private Optional<Failure> lastFailure = Optional.empty();
    private volatile boolean closed;

    /** A session, since when, and from when on another is asked for although it still stands. */
    private record Held(Session session, Instant since, Instant renewFrom) {}

    SessionKeeper(
            SignIn signIn, InstantSource clock, RefusedCredentials refused, RefusedCredentials.Attempt credentials) {
        this.signIn = signIn;
        this.clock = clock;
        this.refused = refused;
        this.credentials = credentials;
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

    /** The org has told how long the session holds. */
    void holds(Session session, Duration lifetime) {
        lock.lock();
        try {
            held = held.map(it ->
                    it.session().equals(session) ? new Held(session, it.since(), renewFrom(it.since(), lifetime)) : it);
        } finally {
            lock.unlock();
        }
    }

    Refusals refusals() {
        return refused.of(credentials, clock.instant());
    }

    /** Revokes the session, and those it replaced that may still stand; nothing is opened after that. */
    void close() {
        lock.lock();
        try {
            closed = true;
            held.ifPresent(it -> replaced.addLast(it.session()));
            held = Optional.empty();
            Set<String> revoked = new HashSet<>();
            for (Session session : replaced) {
                if (revoked.add(session.token())) {
                    signIn.revoke(session);
                }
            }
            replaced.clear();
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
            if (attempt() instanceof Result.Ok<Session>) {
                replaced.addLast(standing.get().session());
                if (replaced.size() > MOST_REPLACED) {
                    replaced.removeFirst();
                }
            } else {
                held = standing.map(it -> new Held(it.session(), it.since(), now.plus(EARLY_AGAIN)));
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
        return new Held(session, now, renewFrom(now, session.lifetime().orElse(USUAL_LIFETIME)));
    }

    private static Instant renewFrom(Instant since, Duration lifetime) {
        return since.plus(lifetime.multipliedBy(9).dividedBy(10));
    }

    private Result<Session> attempt() {
        Instant now = clock.instant();
        while (!openings.isEmpty()
                && !openings.getFirst().plus(RefusedCredentials.HOUR).isAfter(now)) {
            openings.removeFirst();
        }
        if (openings.size() > MAX_RENEWALS) {
            return Result.failed(new Failure.Transient(
                    SalesforceReason.SESSION_REJECTED,
                    "Salesforce ends our sessions again and again. Check the session settings and IP ranges of the "
                            + "external client app.",
                    Duration.ofMinutes(15)));
        }
        Optional<Failure> standing = refused.standing(credentials, now);
        if (standing.isPresent()) {
            Failure last = standing.get();
            return Result.failed(new Failure.Terminal(
                    last.reason(),
                    last.message() + " Salesforce has refused the credentials " + RefusedCredentials.MOST
                            + " times, so they are not sent again for an hour, or until the Secret changes."));
        }
        Result<Session> result = signIn.signIn();
        attempts.incrementAndGet();
        if (result instanceof Result.Ok<Session> ok) {
            held = Optional.of(hold(ok.value(), now));
            lastFailure = Optional.empty();
            refused.accepted(credentials);
            openings.addLast(now);
        } else if (result instanceof Result.Failed<Session> failed) {
            lastFailure = Optional.of(failed.failure());
            if (failed.failure() instanceof Failure.Terminal && sent(failed.failure())) {
                refused.add(credentials, failed.failure(), now);
            }
        }
        return result;
    }

    /** Whether Salesforce was asked at all; a key that we cannot read harms nobody. */
    private static boolean sent(Failure failure) {
        return !failure.reason().equals(SalesforceReason.PRIVATE_KEY_INVALID);
    }
}
