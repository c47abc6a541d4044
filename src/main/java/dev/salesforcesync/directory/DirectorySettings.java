package dev.salesforcesync.directory;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How to reach and enter a domain.
 *
 * @param domain the DNS domain whose servers are found by SRV records when {@code servers} is empty
 * @param servers ldaps:// or ldap:// URLs in order of preference
 * @param bindDn DN, UPN or DOMAIN\name
 * @param password never shown by {@link #toString()}
 * @param tls LDAPS or StartTLS; there is no clear-text mode
 * @param caPem certificates to trust instead of the JVM's
 */
public record DirectorySettings(
        Optional<String> domain,
        List<URI> servers,
        String bindDn,
        String password,
        TlsMode tls,
        Optional<String> caPem) {
    public DirectorySettings {
        servers = List.copyOf(servers);
    }

    /** How the connection is protected before the bind. */
    public enum TlsMode {
        LDAPS,
        START_TLS
    }

    @Override
    public String toString() {
        return "DirectorySettings[" + servers + "]";
    }
}
