package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Duration;

/** What can go wrong with a call on its way to the org, in it, and on its way back. */
public sealed interface Fault {

    /** The org takes this long before it begins. */
    record Latency(Duration time) implements Fault {}

    /** The org answers 503 with a page of HTML; nothing was done. */
    record Html503() implements Fault {}

    /** The org answers 503 with nothing; nothing was done. */
    record Empty503() implements Fault {}

    /** The org answers in its own format that it is unavailable (SOAP fault 500, REST 503); nothing was done. */
    record ServerUnavailable() implements Fault {}

    /** The connection ends without an answer; nothing was done. */
    record CloseBeforeCommit() implements Fault {}

    /** The connection ends without an answer; the work is done. */
    record CloseAfterCommit() implements Fault {}

    /** The work is done at once, the answer takes this long. */
    record SlowAfterCommit(Duration time) implements Fault {}

    /** The work is done, the answer breaks off in its middle. */
    record TruncatedAnswer() implements Fault {}

    /** The session of the call ends, for this call and all later ones. */
    record SessionExpired() implements Fault {}

    /** The org's calls of 24 hours are used up; for the calls this fault is set for. */
    record DailyLimitReached() implements Fault {}

    /** Too many long calls at a time; nothing was done. */
    record ConcurrentLimitReached() implements Fault {}

    /** The row at this place of the call (from 0) is locked by somebody else; the others go on. */
    record RowLocked(int row) implements Fault {}

    /** The row at this place (from 0) fails with a code that no client of today knows; the others go on. */
    record UnknownStatusCode(int row) implements Fault {}

    /** From the row at this place (from 0) on, somebody else has taken the seats that this licence had left. */
    record SeatsRunOut(String licence, int row) implements Fault {}

    /** The work is done, the SOAP answer has a header that no WSDL of today knows. */
    record UnknownSoapHeader() implements Fault {}

    /** The name of the fault in the journal. */
    default String label() {
        return getClass().getSimpleName();
    }
}
