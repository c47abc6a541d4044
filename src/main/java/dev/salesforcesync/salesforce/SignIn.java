package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.salesforce.SalesforceSettings.Authentication;
import java.time.InstantSource;

/** One way to get a session, and to give it back. */
interface SignIn {
    Result<Session> signIn();

    /** Ends the session as well as it can; never throws. */
    void revoke(Session session);

    static SignIn of(SalesforceSettings settings, Wire wire, InstantSource clock) {
        if (settings.authentication() instanceof Authentication.SoapLogin login) {
            return new SoapSignIn(login, wire, settings.instanceUrl(), settings.apiVersion());
        }
        return OAuthSignIn.of(settings.authentication(), wire, settings.instanceUrl(), clock);
    }
}
