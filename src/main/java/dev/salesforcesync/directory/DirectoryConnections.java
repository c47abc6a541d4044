package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.directory.ServerDiscovery.Server;
import dev.salesforcesync.directory.Session.Address;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The connections to one domain: made when first needed, renewed before a server would cut them, failing over to the next
 * server and back to a preferred one.
 */
final class DirectoryConnections implements AutoCloseable {
    /** Servers cut idle connections after 900 s (MaxConnIdleTime, MS-ADTS 3.1.1.3.4.6). */
    static final Duration MAX_AGE = Duration.ofMinutes(8);

    private static final int MOST_IDLE = 4;

    private final DirectorySettings settings;
    private final Network network;
    private final ServerRoster roster;
    private final ServerAccess access;
    private final Deque<Session> idle = new ArrayDeque<>();
    private boolean closed;

    DirectoryConnections(DirectorySettings settings, Network network) {
        this(
                settings,
                network,
                new ServerRoster(new ServerDiscovery(settings, network.records(), network.random()), network.clock()));
    }

    private DirectoryConnections(DirectorySettings settings, Network network, ServerRoster roster) {
        this.settings = settings;
        this.network = network;
        this.roster = roster;
        this.access = new ServerAccess(settings, network);
    }

    /** Connections of the same kind, for somebody who closes them on his own; both remember who failed. */
    DirectoryConnections another() {
        return new DirectoryConnections(settings, network, roster);
    }

    /** The account's name as it is configured. */
    String account() {
        return settings.credentials().name();
    }

    /** What one question does with its connection. */
    interface Question<T> {
        Result<T> ask(Session session) throws LDAPException;
    }

    /** Asks over one connection that has just answered; whatever the library throws becomes a failure. */
    <T> Result<T> ask(Question<T> question) {
        return take().flatMap(session -> {
            try {
                return askOver(session, question);
            } finally {
                giveBack(session);
            }
        });
    }

    /** Asks over a connection that was taken; afterwards it may be broken. */
    static <T> Result<T> askOver(Session session, Question<T> question) {
        try {
            return question.ask(session);
        } catch (LDAPException e) {
            session.note(e);
            return Result.failed(LdapFailures.of(e));
        }
    }

    /** Takes a connection that has just answered; whoever takes it gives it back. */
    Result<Session> take() {
        for (Optional<Session> next = nextIdle(); next.isPresent(); next = nextIdle()) {
            LDAPConnection connection = next.get().connection();
            try {
                return Result.ok(new Session(connection, next.get().address(), ServerIdentity.read(connection)));
            } catch (LDAPException e) {
                // It died while it was idle, which says nothing about its server.
                HangUp.on(connection);
            }
        }
        if (isClosed()) {
            return Result.failed(new Failure.Transient("DirectoryClosed", "The directory's settings were replaced."));
        }
        return connect();
    }

    /** Gives a connection back. Who did not answer in time is not asked next time. */
    void giveBack(Session session) {
        if (session.hasTimedOut()) {
            roster.failed(session.address().server());
        }
        synchronized (this) {
            if (!closed && !session.isBroken() && idle.size() < MOST_IDLE) {
                idle.push(session);
                return;
            }
        }
        HangUp.on(session.connection());
    }

    /** An idle connection that may still be used; others are closed. */
    private synchronized Optional<Session> nextIdle() {
        Instant now = network.clock().instant();
        while (!idle.isEmpty()) {
            Session session = idle.pop();
            boolean fresh = session.address().since().plus(MAX_AGE).isAfter(now);
            if (fresh && !roster.hasBetterThan(session.address().server())) {
                return Optional.of(session);
            }
            HangUp.on(session.connection());
        }
        return Optional.empty();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private Result<Session> connect() {
        Optional<Failure> unusable = access.problem();
        if (unusable.isPresent()) {
            return Result.failed(unusable.get());
        }
        return roster.inOrder().flatMap(servers -> {
            ServerFailures failures = new ServerFailures();
            Optional<Result<Session>> found = tryEach(servers, failures);
            if (found.isEmpty()) {
                found = tryEach(roster.newcomers(), failures);
            }
            return found.orElseGet(() -> Result.failed(failures.summary()));
        });
    }

    /** The first server that answers, or the first that refuses the account; empty when all fail. */
    private Optional<Result<Session>> tryEach(List<Server> servers, ServerFailures failures) {
        for (Server server : servers) {
            try {
                LDAPConnection connection = access.open(server);
                try {
                    ServerIdentity identity = ServerIdentity.read(connection);
                    roster.answered(server);
                    Address address = new Address(server, network.clock().instant());
                    return Optional.of(Result.ok(new Session(connection, address, identity)));
                } catch (LDAPException e) {
                    HangUp.on(connection);
                    throw e;
                }
            } catch (LDAPException e) {
                if (LdapFailures.refusesAccount(e)) {
                    // A wrong password is tried once, not once per server: that would lock the account.
                    return Optional.of(Result.failed(LdapFailures.of(e)));
                }
                roster.failed(server);
                failures.add(server, LdapFailures.of(e));
            }
        }
        return Optional.empty();
    }

    /** One more connection to the server of a session, for requests that have no end; whoever takes it closes it. */
    Result<LDAPConnection> beside(Session session) {
        try {
            return Result.ok(access.openWithoutEnd(session.address().server()));
        } catch (LDAPException e) {
            return Result.failed(LdapFailures.of(e));
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            idle.forEach(session -> HangUp.on(session.connection()));
            idle.clear();
        }
        access.close();
    }
}
