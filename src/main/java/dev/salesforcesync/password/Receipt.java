package dev.salesforcesync.password;

import java.time.Duration;

/** What became of a change that was handed over. */
public sealed interface Receipt {

    /** It is kept where no crash loses it. */
    record Stored() implements Receipt {}

    /** A newer one, or the same, is known: the agent may forget it. */
    record Superseded() implements Receipt {}

    /** The person is not meant by the policy, or unknown: nothing is kept, and the agent may forget it. */
    record NotConcerned() implements Receipt {}

    /** It can't be kept now; the agent tries again. */
    record Busy(Duration retryAfter) implements Receipt {}

    /**
     * It can never be kept.
     *
     * @param reason a stable CamelCase word
     */
    record Refused(String reason) implements Receipt {}
}
