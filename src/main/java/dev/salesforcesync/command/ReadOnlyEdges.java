package dev.salesforcesync.command;

import dev.salesforcesync.converge.Edges;
import dev.salesforcesync.directory.DirectoryReader;
import dev.salesforcesync.directory.DirectorySettings;
import dev.salesforcesync.directory.LdapDirectories;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.CallObserver;
import dev.salesforcesync.salesforce.ReadOnlyOrg;
import dev.salesforcesync.salesforce.Refusals;
import dev.salesforcesync.salesforce.RefusedCredentials;
import dev.salesforcesync.salesforce.SalesforceGateway;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.SalesforceSettings;
import java.time.Clock;

/** The outside world as the operator reads it, without a way to write to it. */
final class ReadOnlyEdges implements Edges {
    private final Sources sources;
    private final Clock clock;
    private final RefusedCredentials refused = new RefusedCredentials();

    ReadOnlyEdges(Sources sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
    }

    @Override
    public SalesforceOrg salesforce(SalesforceSettings settings, Refusals earlier) {
        return new ReadOnlyOrg(SalesforceGateway.open(settings, clock, CallObserver.NONE, refused, earlier));
    }

    @Override
    public DirectoryReader directory(DirectorySettings settings) {
        return LdapDirectories.open(settings, clock);
    }

    @Override
    public Result<OrgLedger> ledger(SalesforceId org) {
        return Result.ok(sources.ledger(org));
    }
}
