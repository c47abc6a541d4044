package dev.salesforcesync.ledger;

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
import java.util.Map;

/** Answers from memory what is remembered of an org; how that is stored is another matter. */
abstract class RememberingLedger implements OrgLedger {
    final Memories memories;

    RememberingLedger(Memories memories) {
        this.memories = memories;
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
    public Map<ObjectGuid, String> newcomers() {
        return memories.newcomers();
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
    public Map<SalesforceId, Map<GivenRight, String>> given() {
        return memories.given();
    }

    @Override
    public Map<String, String> positions() {
        return memories.positions();
    }

    @Override
    public Collection<ReleasedBatch> releasedBatches() {
        return memories.releasedBatches();
    }
}
