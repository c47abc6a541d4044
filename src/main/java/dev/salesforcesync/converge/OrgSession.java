package dev.salesforcesync.converge;

import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.SalesforceOrg;
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
}
