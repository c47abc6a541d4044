package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.salesforcesync.directory.ServerDiscovery.Server;
import dev.salesforcesync.model.ObjectGuid;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One connection to one domain controller for the length of one question or one feed, so that it sees one server's
 * data only and paging cookies stay valid.
 */
final class Session {
    private final LDAPConnection connection;
    private final Address address;
    private final ServerIdentity server;
    private Optional<Optional<UUID>> invocationId = Optional.empty();
    private boolean broken;
    private boolean timedOut;

    Session(LDAPConnection connection, Address address, ServerIdentity server) {
        this.connection = connection;
        this.address = address;
        this.server = server;
    }

    /** Where the connection leads and since when. */
    record Address(Server server, Instant since) {}

    LDAPConnection connection() {
        return connection;
    }

    Address address() {
        return address;
    }

    ServerIdentity server() {
        return server;
    }

    /**
     * The identity of the server's database, which another takes when it is restored (MS-ADTS 3.1.1.1.9); empty when the
     * account may not read it.
     */
    Optional<UUID> invocationId() throws LDAPException {
        if (invocationId.isEmpty()) {
            invocationId = Optional.of(readInvocationId());
        }
        return invocationId.get();
    }

    private Optional<UUID> readInvocationId() throws LDAPException {
        if (server.settingsDn().isEmpty()) {
            return Optional.empty();
        }
        try {
            SearchResultEntry entry = connection.getEntry(server.settingsDn(), "invocationId");
            byte[] id = entry == null ? null : entry.getAttributeValueBytes("invocationId");
            return id == null || id.length != 16
                    ? Optional.empty()
                    : Optional.of(ObjectGuid.ofBytes(id).value());
        } catch (LDAPException e) {
            if (LdapFailures.breaksConnection(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** The server's change counter now. */
    long readHighestUsn() throws LDAPException {
        return ServerIdentity.read(connection).highestUsn();
    }

    /** Notes a failed request; a connection that cannot be trusted any more is not used again. */
    void note(LDAPException failure) {
        if (LdapFailures.breaksConnection(failure)) {
            broken = true;
        }
        if (failure.getResultCode().equals(ResultCode.TIMEOUT)) {
            timedOut = true;
        }
    }

    /** Whether the server did not answer in time. */
    boolean hasTimedOut() {
        return timedOut;
    }

    boolean isBroken() {
        return broken;
    }
}
