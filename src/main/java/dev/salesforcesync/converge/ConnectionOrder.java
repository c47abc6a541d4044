package dev.salesforcesync.converge;

import dev.salesforcesync.salesforce.SalesforceSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a SalesforceConnection asks for, secrets resolved.
 *
 * @param settings how to reach and enter the org
 * @param secrets which versions of which Secrets the credentials are from
 * @param probeInterval time between two tests
 * @param protectedPermissionSets holders of these are never touched
 * @param acceptLedgerLoss the epoch of a lost ledger that a person has given up
 */
public record ConnectionOrder(
        long generation,
        SalesforceSettings settings,
        String secrets,
        Duration probeInterval,
        Set<String> protectedPermissionSets,
        Optional<String> acceptLedgerLoss) {
    public ConnectionOrder {
        protectedPermissionSets = Set.copyOf(protectedPermissionSets);
    }
}
