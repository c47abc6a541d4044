package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.SalesforceId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The one open ledger of each org. It outlives sessions: a run that is under way while its connection is tested anew
 * goes on writing, and a second copy would never see that.
 */
final class Ledgers {
    private final Function<SalesforceId, Result<OrgLedger>> open;
    private final Map<SalesforceId, OrgLedger> ledgers = new ConcurrentHashMap<>();

    /**
     * @param open reads a ledger, or begins one; called again for an org only after a failure or {@link #distrust}
     */
    Ledgers(Function<SalesforceId, Result<OrgLedger>> open) {
        this.open = open;
    }

    Result<OrgLedger> of(SalesforceId org) {
        OrgLedger known = ledgers.get(org);
        if (known != null) {
            return Result.ok(known);
        }
        return open.apply(org).map(opened -> {
            ledgers.put(org, opened);
            return opened;
        });
    }

    /** Somebody else wrote it: it is read again before it is used again. */
    void distrust(SalesforceId org) {
        ledgers.remove(org);
    }
}
