package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;

/**
 * One connection to one domain controller for the length of one question, so that a question sees one server's
 * data only and paging cookies stay valid.
 */
final class Session {
    private final LDAPConnection connection;
    private final ServerIdentity server;
    private boolean broken;

    Session(LDAPConnection connection, ServerIdentity server) {
        this.connection = connection;
        this.server = server;
    }

    LDAPConnection connection() {
        return connection;
    }

    ServerIdentity server() {
        return server;
    }

    /** Notes a failed request; a connection that cannot be trusted any more is not used again. */
    void note(LDAPException failure) {
        if (LdapFailures.breaksConnection(failure)) {
            broken = true;
        }
    }

    boolean isBroken() {
        return broken;
    }
}
