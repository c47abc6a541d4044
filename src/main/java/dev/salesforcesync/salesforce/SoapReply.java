package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;

/** What came of a SOAP call, told apart by what is known of its effect. */
sealed interface SoapReply<T> {

    /** Salesforce answered. */
    record Answer<T>(T value) implements SoapReply<T> {}

    /** Salesforce read the call and refused the whole of it for what it holds; nothing was stored. */
    record Refusal<T>(Failure failure) implements SoapReply<T> {}

    /** The call had no effect, for a reason that is not its content. */
    record NoEffect<T>(Failure failure) implements SoapReply<T> {}

    /** The call may have had its effect or not. */
    record Doubt<T>(Failure failure) implements SoapReply<T> {}
}
