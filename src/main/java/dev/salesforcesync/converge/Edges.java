package dev.salesforcesync.converge;

import dev.salesforcesync.directory.DirectoryReader;
import dev.salesforcesync.directory.DirectorySettings;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.Refusals;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.SalesforceSettings;

/** How engines get at the outside world. None of the methods blocks for it, except {@link #ledger}. */
public interface Edges {
    /**
     * The org behind these settings.
     *
     * @param earlier what an earlier process was told of the credentials
     */
    SalesforceOrg salesforce(SalesforceSettings settings, Refusals earlier);

    DirectoryReader directory(DirectorySettings settings);

    Result<OrgLedger> ledger(SalesforceId org);
}
