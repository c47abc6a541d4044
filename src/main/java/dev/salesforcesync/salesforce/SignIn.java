package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Result;

/** One way to get a session, and to give it back. */
interface SignIn {
    Result<Session> signIn();

    /** Ends the session as well as it can; never throws. */
    void revoke(Session session);
}
