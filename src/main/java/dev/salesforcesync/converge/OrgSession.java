package dev.salesforcesync.converge;

import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.salesforce.SalesforceOrg;
import java.util.HashSet;
import java.util.Set;

/**
 * A tested way into an org, shared by every policy on the connection.
 *
 * @param protectedPermissionSets holders of these are never touched
 * @param parallelCalls calls that may be in flight at once
 */
record OrgSession(
        SalesforceOrg org,
        OrgDescription description,
        OrgLedger ledger,
        Set<String> protectedPermissionSets,
        int parallelCalls) {
    SalesforceId orgId() {
        return description.organization().id();
    }

    /** By what the session and the rules know of the connection: either may be the first to know of a change. */
    Set<String> protectedPermissionSets(CompiledPolicy policy) {
        Set<String> sets = new HashSet<>(protectedPermissionSets);
        sets.addAll(policy.rules().connection().protectedPermissionSets());
        return sets;
    }
}
