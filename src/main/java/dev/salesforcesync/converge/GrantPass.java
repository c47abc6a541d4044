package dev.salesforcesync.converge;

import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.salesforce.SalesforceOrg.NewAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives rights of one kind to users who are there by now. That it was us is remembered before the call, since nobody can
 * tell it later, and forgotten again when Salesforce refuses.
 */
record GrantPass(OrgSession session, String policy, EntitlementKind kind) implements Pass {
    @Override
    public String name() {
        return "granting rights";
    }

    /** Members of groups and queues take the lock on the whole org's group membership, as roles do. */
    static boolean locksMembership(EntitlementKind kind) {
        return kind == EntitlementKind.PUBLIC_GROUP || kind == EntitlementKind.QUEUE;
    }

    @Override
    public boolean oneAtATime() {
        return locksMembership(kind);
    }

    /** The user whom the action is for, who may have been created since it was planned. */
    private SalesforceId user(Action action) {
        return action.existingUser()
                .or(() -> Optional.ofNullable(session.ledger().links().get(action.person()))
                        .map(PersonLink::user))
                .orElseThrow();
    }

    @Override
    public List<LedgerChange> before(List<Action> batch) {
        List<LedgerChange> changes = new ArrayList<>();
        for (Action action : batch) {
            changes.add(new LedgerChange.Give(user(action), action.right().orElseThrow(), policy));
        }
        return changes;
    }

    @Override
    public List<RowOutcome> send(List<Action> batch) {
        return session.org()
                .grant(
                        kind,
                        batch.stream()
                                .map(action -> new NewAssignment(
                                        user(action),
                                        action.right().orElseThrow().entitlement()))
                                .toList());
    }

    /** A lost answer proves nothing, so it stays remembered until the right is seen or missed. */
    @Override
    public List<LedgerChange> after(Action action, RowOutcome outcome) {
        return outcome instanceof RowOutcome.Refused || outcome instanceof RowOutcome.NotSent
                ? List.of(new LedgerChange.TakeBack(user(action), action.right().orElseThrow()))
                : List.of();
    }
}
