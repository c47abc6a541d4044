package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.LDAPConnection;

/**
 * Ends connections without waiting: TLS 1.3 waits for the other side's good-bye (JDK SSLSocket.close), for a minute
 * where that side has fallen silent.
 */
final class HangUp {
    private HangUp() {}

    static void on(LDAPConnection connection) {
        Thread end = new Thread(connection::close, "directory-hang-up");
        end.setDaemon(true);
        end.start();
    }
}
