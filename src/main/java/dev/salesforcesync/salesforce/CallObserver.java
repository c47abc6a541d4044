package dev.salesforcesync.salesforce;

import java.time.Duration;

/** Hears of every API call after it ended, for metrics. Called by the thread that made the call; must not block. */
@FunctionalInterface
public interface CallObserver {
    CallObserver NONE = (operation, ending, took) -> {};

    /**
     * One call ended.
     *
     * @param operation such as create, update, query or signIn: a small closed set, fit for a label
     * @param ending how it ended, seen from the wire
     * @param took from handing it to the network to the end of the answer
     */
    void called(String operation, Ending ending, Duration took);

    /** How a call ended, seen from the wire. */
    enum Ending {
        /** An answer with a status below 400. */
        ANSWERED,
        /** An answer with a status of 400 or above. */
        REFUSED,
        /** Sent, but no whole answer came back. */
        LOST,
        /** Not sent. */
        UNDELIVERED
    }
}
