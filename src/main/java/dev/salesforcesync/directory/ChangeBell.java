package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import dev.salesforcesync.failure.Result;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Rings when the domain controller says that something changed (LDAP_SERVER_NOTIFICATION_OID, MS-ADTS 3.1.1.3.4.1.9).
 * Only a wake-up: what changed is asked for by other means, and where a controller does not ring, the question just
 * comes a little later.
 */
final class ChangeBell implements AutoCloseable {
    private static final Control NOTIFY = new Control("1.2.840.113556.1.4.528", true);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMinutes(1);

    private final DirectoryConnections connections;
    private final Following following;
    private Optional<Line> line = Optional.empty();
    private Instant nextAttempt = Instant.MIN;
    private boolean closed;

    ChangeBell(DirectoryConnections connections, Following following) {
        this.connections = connections;
        this.following = following;
    }

    /** A connection that somebody listens at. */
    private record Line(LDAPConnection connection, AsyncRequestID search, String server) {
        boolean isOpen(String wanted) {
            return connection.isConnected() && !search.isDone() && server.equals(wanted);
        }
    }

    /** Sees to it that somebody listens at the session's server, and asks not too often whether he may. */
    synchronized void ensure(Session session, Instant now) {
        String server = session.connection().getConnectedAddress() + ":"
                + session.connection().getConnectedPort();
        if (closed
                || following.mode() == Following.Mode.NONE
                || line.filter(open -> open.isOpen(server)).isPresent()
                || now.isBefore(nextAttempt)) {
            return;
        }
        nextAttempt = now.plus(BETWEEN_ATTEMPTS);
        hangUp();
        if (connections.beside(session) instanceof Result.Ok<LDAPConnection> ok) {
            listen(ok.value(), session, server);
        }
    }

    private void listen(LDAPConnection connection, Session session, String server) {
        try {
            SearchRequest request = new SearchRequest(
                    new Ring(following.hint()),
                    session.server().namingContext(),
                    SearchScope.SUB,
                    Filter.createPresenceFilter("objectClass"),
                    "objectGUID");
            request.setControls(NOTIFY, PagedSearch.SHOW_DELETED);
            // The library would end the search after its usual time; this one has no end.
            request.setResponseTimeoutMillis(0);
            line = Optional.of(new Line(connection, connection.asyncSearch(request), server));
        } catch (LDAPException e) {
            HangUp.on(connection);
        }
    }

    private void hangUp() {
        line.ifPresent(open -> HangUp.on(open.connection()));
        line = Optional.empty();
    }

    @Override
    public synchronized void close() {
        closed = true;
        hangUp();
    }

    /** Rings for each entry; says nothing of what it holds. */
    private static final class Ring implements AsyncSearchResultListener {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient Runnable hint;

        Ring(Runnable hint) {
            this.hint = hint;
        }

        @Override
        public void searchEntryReturned(SearchResultEntry entry) {
            hint.run();
        }

        @Override
        public void searchReferenceReturned(SearchResultReference reference) {
            // Another naming context.
        }

        @Override
        public void searchResultReceived(AsyncRequestID request, SearchResult result) {
            // Whoever asks next finds the search done and listens again.
        }
    }
}
