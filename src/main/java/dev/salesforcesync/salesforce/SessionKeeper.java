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

/**
 * One session for all workers. It is renewed once however many workers find it expired, and a refused credential is
 * tried at most {@link #MAX_REFUSALS} times an hour, so that we never lock the integration user out.
 */
final class SessionKeeper {
    static final int MAX_REFUSALS = 3;
    /** Salesforce allows 3,600 sign-ins an hour and user; sessions that end so often are a fault on their side. */
    static final int MAX_RENEWALS = 30;

    private static final Duration HOUR = Duration.ofHours(1);

    private final SignIn signIn;
    private final InstantSource clock;
    private final Object lock = new Object();
    private final AtomicLong attempts = new AtomicLong();
    private final Deque<Instant> refusals = new ArrayDeque<>();
    private final Deque<Instant> openings = new ArrayDeque<>();
    private volatile Optional<Session> session = Optional.empty();
    private Optional<Failure> lastFailure = Optional.empty();
    private volatile boolean closed;

    SessionKeeper(SignIn signIn, InstantSource clock) {
        this.signIn = signIn;
        this.clock = clock;
    }

    /** The session that stands, or a new one. */
    Result<Session> current() {
        Optional<Session> standing = session;
        if (standing.isPresent()) {
            return Result.ok(standing.get());
        }
        return open(Optional.empty());
    }

    /** A session in place of one that Salesforce has called expired. */
    Result<Session> renewed(Session expired) {
        return open(Optional.of(expired));
    }

    /** Revokes the session; nothing is opened after that. */
    void close() {
        synchronized (lock) {
            closed = true;
            session.ifPresent(signIn::revoke);
            session = Optional.empty();
        }
    }

    private Result<Session> open(Optional<Session> expired) {
        long before = attempts.get();
        synchronized (lock) {
            if (closed) {
                return Result.failed(new Failure.Transient(
                        SalesforceReason.CLOSED,
                        "This connection to Salesforce has been closed; a new one takes over."));
            }
            if (session.isPresent() && !session.equals(expired)) {
                return Result.ok(session.get());
            }
            session = Optional.empty();
            if (attempts.get() != before && lastFailure.isPresent()) {
                // Somebody tried while we waited for the lock: the same answer holds for us.
                return Result.failed(lastFailure.get());
            }
            return attempt();
        }
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
            session = Optional.of(ok.value());
            lastFailure = Optional.empty();
            openings.addLast(now);
        } else if (result instanceof Result.Failed<Session> failed) {
            lastFailure = Optional.of(failed.failure());
            if (failed.failure() instanceof Failure.Terminal) {
                refusals.addLast(now);
            }
        }
        return result;
    }

    private static void forget(Deque<Instant> moments, Instant now) {
        while (!moments.isEmpty() && !moments.getFirst().plus(HOUR).isAfter(now)) {
            moments.removeFirst();
        }
    }
}
