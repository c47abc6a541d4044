package dev.salesforcesync.ledger;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.CreateIntent;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.HeldBatch;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PendingEmail;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.ReleasedBatch;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SpentAllowance;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered about one Salesforce org. One process writes it (the leader); a write by anybody else makes ours
 * fail, which fences a deposed leader. Safe for use by several threads; the maps are live, read-only views.
 */
public interface OrgLedger {

    Map<ObjectGuid, PersonLink> links();

    Map<SalesforceId, Hold> holds();

    Map<ObjectGuid, CreateIntent> intents();

    /** By person, the policy that created him and has not given him everything yet. */
    Map<ObjectGuid, String> newcomers();

    Collection<HeldBatch> heldBatches();

    Map<SalesforceId, PendingEmail> pendingEmails();

    Collection<SpentAllowance> spent();

    Collection<ReleasedBatch> releasedBatches();

    /** By user, what this operator gave him, and the policy that did. */
    Map<SalesforceId, Map<GivenRight, String>> given();

    /** By policy, how far its directory was known. */
    Map<String, String> positions();

    /**
     * Stores changes. The maps show them at once; what a failure kept from being stored goes along with the next
     * record.
     *
     * @return the failure {@code LedgerConflict} when somebody else wrote meanwhile: open the ledger anew; or
     *     {@code LedgerUnavailable} when the API server can't be reached
     */
    Result<Integer> record(List<LedgerChange> changes);

    /**
     * Present when parts of the ledger are missing: the epoch that a person must name to say that work goes on
     * without them. Until then nothing is created and nothing taken.
     */
    Optional<String> lostEpoch();

    /** Goes on without what was lost, if {@code epoch} is the one that was lost. */
    Result<Boolean> acceptLoss(String epoch);
}
