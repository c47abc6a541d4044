package dev.salesforcesync.directory;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How to reach and enter a domain.
 *
 * @param domain the DNS domain whose servers are found by SRV records when {@code servers} is empty
 * @param site the site whose servers are preferred, when they are found by SRV records
 * @param servers ldaps:// or ldap:// URLs in order of preference
 * @param credentials never shown by {@link #toString()}
 * @param tls how the connection is protected; there is no clear-text mode
 * @param caPem certificates to trust instead of the JVM's
 */
public record DirectorySettings(
        Optional<String> domain,
        Optional<String> site,
        List<URI> servers,
        Credentials credentials,
        TlsMode tls,
        Optional<String> caPem) {
    public DirectorySettings {
        servers = List.copyOf(servers);
    }

    /** Settings with a name and a password, and without a site. */
    public DirectorySettings(
            Optional<String> domain,
            List<URI> servers,
            String bindDn,
            String password,
            TlsMode tls,
            Optional<String> caPem) {
        this(domain, Optional.empty(), servers, new Credentials.Password(bindDn, password), tls, caPem);
    }

    /** How the connection is protected. */
    public enum TlsMode {
        /** TLS from the first byte, usually on port 636. */
        LDAPS,
        /** TLS before anything is said, usually on port 389. */
        START_TLS,
        /** No TLS: Kerberos signs and encrypts everything after the bind, usually on port 389. Only with a keytab. */
        KERBEROS
    }

    /** With what the bind account proves who it is. */
    public sealed interface Credentials {
        /** The account's name as it is configured. */
        String name();

        /**
         * A simple bind.
         *
         * @param name DN, UPN or DOMAIN\name
         */
        record Password(String name, String password) implements Credentials {
            @Override
            public String toString() {
                return "Password[]";
            }
        }

        /**
         * Kerberos (SASL GSSAPI, RFC 4752).
         *
         * @param name the principal, {@code account@REALM}
         * @param keytab the keytab file's content in Base64
         */
        record Keytab(String name, String keytab) implements Credentials {
            @Override
            public String toString() {
                return "Keytab[]";
            }
        }
    }

    @Override
    public String toString() {
        return "DirectorySettings[" + servers + "]";
    }
}
