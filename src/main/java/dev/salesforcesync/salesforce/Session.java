package dev.salesforcesync.salesforce;

import dev.salesforcesync.model.SalesforceId;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A session with an org.
 *
 * @param token the access token, for REST and as SOAP session id
 * @param instance where the org's API answers
 * @param user who we are, where the sign-in told it
 * @param lifetime how long it holds unused, where the sign-in told it
 */
record Session(String token, URI instance, Optional<SalesforceId> user, Optional<Duration> lifetime) {
    /** Never shows the token. */
    @Override
    public String toString() {
        return "Session[" + instance.getHost() + "]";
    }
}
