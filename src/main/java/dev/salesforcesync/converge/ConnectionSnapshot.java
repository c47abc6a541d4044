package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.salesforce.Refusals;
import java.time.Instant;
import java.util.Optional;

/**
 * What a connection's engine saw last.
 *
 * @param generation the generation of the order it worked with
 * @param description what the org said of itself; kept while later tests fail
 * @param failure why the newest test failed; empty when it succeeded
 * @param testedAt when the newest test ended; empty before the first
 * @param lostLedger the epoch of a ledger that is missing parts
 * @param refused what Salesforce refused within the last hour
 */
public record ConnectionSnapshot(
        long generation,
        Optional<OrgDescription> description,
        Optional<Failure> failure,
        Optional<Instant> testedAt,
        Optional<String> lostLedger,
        Optional<Refused> refused) {
    static final ConnectionSnapshot EMPTY = new ConnectionSnapshot(
            0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Credentials that Salesforce refused, to be kept for a later process.
     *
     * @param secrets which versions of which Secrets they are from
     */
    public record Refused(String secrets, Refusals refusals) {}
}
