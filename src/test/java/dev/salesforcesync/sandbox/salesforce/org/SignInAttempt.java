package dev.salesforcesync.sandbox.salesforce.org;

/** What a sign-in with name and password came to. */
public sealed interface SignInAttempt {

    /** Signed in; with an expired password the session is good for changing it only. */
    record In(Row user, boolean passwordExpired) implements SignInAttempt {}

    /** Unknown name, wrong password, frozen or locked out: the org doesn't tell which. */
    record Wrong() implements SignInAttempt {}

    /** The password is right, but the caller is outside the trusted networks and sent no security token. */
    record TokenMissing() implements SignInAttempt {}

    /** Name and password are right, the user is inactive. */
    record Inactive() implements SignInAttempt {}

    /** Too many sign-ins of this user within the hour. */
    record TooOften() implements SignInAttempt {}
}
