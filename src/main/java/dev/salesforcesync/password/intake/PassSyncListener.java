package dev.salesforcesync.password.intake;

import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import dev.salesforcesync.password.AgentCredentials;
import dev.salesforcesync.password.PasswordDesk;
import dev.salesforcesync.password.TargetId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes passwords in by LDAPS, as the PassSync service of 389 Directory Server and FreeIPA hands them over: it binds,
 * searches for the person, tries a bind with the new password on another connection, and replaces {@code userPassword}.
 * Bounds: messages of 64 KiB, 32 connections of one address and 512 in all, 20 seconds of silence, two minutes for a
 * connection, ten failed binds of one address in a minute.
 */
public final class PassSyncListener implements AutoCloseable {
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_FAILURES = 10;

    private final LDAPListener listener;
    private final GuardedSockets sockets;

    private PassSyncListener(LDAPListener listener, GuardedSockets sockets) {
        this.listener = listener;
        this.sockets = sockets;
    }

    /**
     * Opens the port.
     *
     * @param port 0 picks a free one
     * @param known by what the agents of a policy are known, if it takes passwords in
     * @throws UncheckedIOException when the port is taken
     */
    public static PassSyncListener open(
            int port,
            ChangingTls tls,
            Function<TargetId, Optional<AgentCredentials>> known,
            PasswordDesk desk,
            Clock clock) {
        GuardedSockets sockets = new GuardedSockets(tls.context());
        LDAPListenerConfig config = new LDAPListenerConfig(
                port,
                new PassSyncConversation(known, desk, clock, new Pace(MOST_FAILURES, Duration.ofMinutes(1), clock)));
        config.setServerSocketFactory(sockets);
        config.setMaxMessageSizeBytes(MOST_BYTES);
        LDAPListener listener = new LDAPListener(config);
        try {
            listener.startListening();
        } catch (IOException e) {
            sockets.close();
            throw new UncheckedIOException("port " + port + " for passwords by LDAPS can't be opened", e);
        }
        return new PassSyncListener(listener, sockets);
    }

    public int port() {
        return listener.getListenPort();
    }

    @Override
    public void close() {
        listener.shutDown(true);
        sockets.close();
    }
}
