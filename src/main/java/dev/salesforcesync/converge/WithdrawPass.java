package dev.salesforcesync.converge;

import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.salesforce.RowOutcome;
import java.util.List;

/**
 * Takes rights of one kind. That one was ours is forgotten only when Salesforce confirms that it is gone; what a lost
 * answer leaves open, the next read of the org tells.
 */
record WithdrawPass(OrgSession session, EntitlementKind kind) implements Pass {
    @Override
    public String name() {
        return "withdrawing rights";
    }

    @Override
    public boolean oneAtATime() {
        return GrantPass.locksMembership(kind);
    }

    @Override
    public List<LedgerChange> before(List<Action> batch) {
        return List.of();
    }

    @Override
    public List<RowOutcome> send(List<Action> batch) {
        return session.org()
                .withdraw(
                        kind,
                        batch.stream()
                                .map(Action.Withdraw.class::cast)
                                .map(action -> action.row().id())
                                .toList());
    }

    @Override
    public List<LedgerChange> after(Action action, RowOutcome outcome) {
        return outcome instanceof RowOutcome.Written
                ? List.of(new LedgerChange.TakeBack(
                        action.existingUser().orElseThrow(), action.right().orElseThrow()))
                : List.of();
    }
}
