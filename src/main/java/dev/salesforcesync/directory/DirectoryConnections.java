package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.ServerDiscovery.Server;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** The connections to one domain: made when first needed, renewed before a server would cut them, failing over. */
final class DirectoryConnections implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);

    /** Servers cut idle connections after 900 s (MaxConnIdleTime, MS-ADTS 3.1.1.3.4.6). */
    private static final Duration MAX_AGE = Duration.ofMinutes(8);

    /** How long a connection to a server other than the preferred one is kept before the preferred one is tried. */
    private static final Duration MAX_FAILOVER_AGE = Duration.ofMinutes(1);

    private static final int MAX_CONNECTIONS = 4;

    /** One report of changes may hold every member of a group: 1,000,000 names of 200 bytes. */
    private static final int MAX_MESSAGE_BYTES = 200 * 1024 * 1024;

    private final DirectorySettings settings;
    private Optional<LDAPConnectionPool> pool = Optional.empty();
    private boolean closed;

    DirectoryConnections(DirectorySettings settings) {
        this.settings = settings;
    }

    /** Connections of the same kind, for somebody who closes them on his own. */
    DirectoryConnections another() {
        return new DirectoryConnections(settings);
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
        return pool().flatMap(connections -> {
            try {
                return Result.ok(open(connections));
            } catch (LDAPException e) {
                return Result.failed(LdapFailures.of(e));
            }
        });
    }

    synchronized void giveBack(Session session) {
        if (pool.isEmpty()) {
            session.connection().close();
        } else if (session.isBroken()) {
            pool.get().releaseDefunctConnection(session.connection());
        } else {
            pool.get().releaseConnection(session.connection());
        }
    }

    private static Session open(LDAPConnectionPool connections) throws LDAPException {
        LDAPConnection first = connections.getConnection();
        try {
            return new Session(first, ServerIdentity.read(first));
        } catch (LDAPException e) {
            // A pooled connection may have died while it was idle: one more, fresh or from another server.
            LDAPConnection second = connections.replaceDefunctConnection(first);
            try {
                return new Session(second, ServerIdentity.read(second));
            } catch (LDAPException again) {
                connections.releaseDefunctConnection(second);
                throw again;
            }
        }
    }

    private synchronized Result<LDAPConnectionPool> pool() {
        if (closed) {
            return Result.failed(new Failure.Transient("DirectoryClosed", "The directory's settings were replaced."));
        }
        if (pool.isPresent()) {
            return Result.ok(pool.get());
        }
        Result<SSLSocketFactory> trust = ServerTrust.socketFactory(settings.caPem());
        Result<List<Server>> servers = ServerDiscovery.servers(settings);
        return trust.flatMap(sockets -> servers.flatMap(list -> connect(list, sockets)));
    }

    private synchronized Result<LDAPConnectionPool> connect(List<Server> servers, SSLSocketFactory sockets) {
        List<ServerSet> sets = new ArrayList<>();
        for (Server server : servers) {
            sets.add(serverSet(server, sockets, options()));
        }
        ServerSet all = sets.get(0);
        if (sets.size() > 1) {
            FailoverServerSet failover = new FailoverServerSet(sets);
            failover.setMaxFailoverConnectionAgeMillis(MAX_FAILOVER_AGE.toMillis());
            all = failover;
        }
        try {
            // The bind belongs to the pool, not to each server: a wrong password is tried once, not once per server.
            LDAPConnectionPool made = new LDAPConnectionPool(all, bindRequest(), 0, MAX_CONNECTIONS);
            made.setMaxConnectionAgeMillis(MAX_AGE.toMillis());
            made.setCreateIfNecessary(true);
            pool = Optional.of(made);
            return Result.ok(made);
        } catch (LDAPException e) {
            return Result.failed(LdapFailures.of(e));
        }
    }

    private ServerSet serverSet(Server server, SSLSocketFactory sockets, LDAPConnectionOptions options) {
        return settings.tls() == TlsMode.LDAPS
                ? new SingleServerSet(server.host(), server.port(), sockets, options, null, null)
                : new SingleServerSet(
                        server.host(), server.port(), null, options, null, new StartTLSPostConnectProcessor(sockets));
    }

    /** One more connection to the server of a session, for requests that have no end; whoever takes it closes it. */
    Result<LDAPConnection> beside(Session session) {
        Server server = new Server(
                session.connection().getConnectedAddress(), session.connection().getConnectedPort());
        LDAPConnectionOptions options = options();
        options.setUseSynchronousMode(false);
        options.setUseKeepAlive(true);
        return ServerTrust.socketFactory(settings.caPem()).flatMap(sockets -> {
            try {
                LDAPConnection connection = serverSet(server, sockets, options).getConnection();
                try {
                    connection.bind(bindRequest());
                    return Result.ok(connection);
                } catch (LDAPException e) {
                    connection.close();
                    throw e;
                }
            } catch (LDAPException e) {
                return Result.failed(LdapFailures.of(e));
            }
        });
    }

    private BindRequest bindRequest() {
        return new SimpleBindRequest(settings.bindDn(), settings.password());
    }

    private static LDAPConnectionOptions options() {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis((int) CONNECT_TIMEOUT.toMillis());
        options.setResponseTimeoutMillis(RESPONSE_TIMEOUT.toMillis());
        options.setFollowReferrals(false);
        options.setUseSynchronousMode(true);
        options.setMaxMessageSize(MAX_MESSAGE_BYTES);
        options.setBindWithDNRequiresPassword(true);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(false));
        return options;
    }

    @Override
    public synchronized void close() {
        closed = true;
        pool.ifPresent(LDAPConnectionPool::close);
        pool = Optional.empty();
    }
}
