package dev.salesforcesync.salesforce;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach and enter an org.
 *
 * @param instanceUrl the org's own address (My Domain), without a path
 * @param apiVersion such as 65.0
 * @param authentication which way in
 * @param caPem certificates to trust instead of the JVM's
 * @param proxy an HTTP proxy to go through
 * @param budget how much of the org's API we may use
 * @param requestTimeout how long one call may take; a write that takes longer has an unknown outcome
 */
public record SalesforceSettings(
        URI instanceUrl,
        String apiVersion,
        Authentication authentication,
        Optional<String> caPem,
        Optional<Proxy> proxy,
        Budget budget,
        Duration requestTimeout) {

    /** A way in. Secrets are never shown by {@code toString()}. */
    public sealed interface Authentication {

        /** OAuth 2.0 client credentials flow (RFC 6749, 4.4) on the org's own domain. */
        record ClientCredentials(String clientId, String clientSecret) implements Authentication {
            @Override
            public String toString() {
                return "ClientCredentials[…]";
            }
        }

        /**
         * OAuth 2.0 JWT bearer flow (RFC 7523).
         *
         * @param privateKeyPem an RSA key, PKCS#8 or PKCS#1, not encrypted
         * @param audience what Salesforce expects as {@code aud}; see {@link JwtAudience}
         */
        record JwtBearer(String clientId, String username, String privateKeyPem, String audience)
                implements Authentication {
            @Override
            public String toString() {
                return "JwtBearer[…]";
            }
        }

        /**
         * OAuth 2.0 password grant (RFC 6749, 4.3); blocked by default in orgs made since Summer '23.
         *
         * @param password with the security token appended, where one is needed
         */
        record PasswordGrant(String clientId, String clientSecret, String username, String password)
                implements Authentication {
            @Override
            public String toString() {
                return "PasswordGrant[…]";
            }
        }

        /**
         * SOAP login(), which Salesforce offers up to API version 64.0 and until Summer '27 (Salesforce Help 005132110).
         *
         * @param password with the security token appended, where one is needed
         */
        record SoapLogin(String username, String password) implements Authentication {
            /** The last API version that has login(). */
            public static final double LAST_VERSION = 64.0;

            @Override
            public String toString() {
                return "SoapLogin[…]";
            }
        }
    }

    /** An HTTP proxy, with credentials where it asks for them. */
    public record Proxy(URI url, Optional<String> user, Optional<String> password) {
        @Override
        public String toString() {
            return "Proxy[" + url.getHost() + "]";
        }
    }

    /**
     * How much of the org's API we may use.
     *
     * @param dailyShare percent of the org's daily calls that we may use, 1 to 100
     * @param reserve calls that are always left to others
     * @param maxConcurrentRequests calls in flight at once
     */
    public record Budget(int dailyShare, long reserve, int maxConcurrentRequests) {
        public static final Budget DEFAULT = new Budget(50, 2_000, 4);
    }
}
