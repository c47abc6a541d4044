package dev.salesforcesync.ledger;

import dev.salesforcesync.failure.Failure;
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

/** What was remembered of an org at one moment. It takes in nothing: to have something recorded is refused. */
final class ReadOnlyLedger implements OrgLedger {
    private final Memories memories;
    private volatile Optional<String> lostEpoch;

    ReadOnlyLedger(Memories memories, Optional<String> lostEpoch) {
        this.memories = memories;
        this.lostEpoch = lostEpoch;
    }

    @Override
    public Result<Integer> record(List<LedgerChange> changes) {
        return changes.isEmpty()
                ? Result.ok(0)
                : Result.failed(
                        new Failure.Waiting("WritesStopped", "This process only reads; nothing is written down."));
    }

    /** Only here, so that the plan is the one that will be made when the loss is accepted in earnest. */
    @Override
    public Result<Boolean> acceptLoss(String epoch) {
        boolean accepted = lostEpoch.filter(epoch::equals).isPresent();
        if (accepted) {
            lostEpoch = Optional.empty();
        }
        return Result.ok(accepted);
    }

    @Override
    public Optional<String> lostEpoch() {
        return lostEpoch;
    }

    @Override
    public Map<ObjectGuid, PersonLink> links() {
        return memories.links();
    }

    @Override
    public Map<SalesforceId, Hold> holds() {
        return memories.holds();
    }

    @Override
    public Map<ObjectGuid, CreateIntent> intents() {
        return memories.intents();
    }

    @Override
    public Collection<HeldBatch> heldBatches() {
        return memories.heldBatches();
    }

    @Override
    public Map<SalesforceId, PendingEmail> pendingEmails() {
        return memories.pendingEmails();
    }

    @Override
    public Collection<SpentAllowance> spent() {
        return memories.spent();
    }

    @Override
    public Collection<ReleasedBatch> releasedBatches() {
        return memories.releasedBatches();
    }

    @Override
    public Map<SalesforceId, Map<GivenRight, String>> given() {
        return memories.given();
    }

    @Override
    public Map<String, String> positions() {
        return memories.positions();
    }
}
