package dev.salesforcesync.converge;

import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens the sign-in of those who came back and whom we had frozen. */
record UnfreezePass(OrgSession session, Map<SalesforceId, LoginRecord> loginRecords) implements Pass {
    @Override
    public String name() {
        return "unfreezing";
    }

    @Override
    public List<LedgerChange> before(List<Action> batch) {
        return List.of();
    }

    @Override
    public List<RowOutcome> send(List<Action> batch) {
        return new RowsSent<Action, LoginRecord>(
                        batch,
                        action -> Optional.ofNullable(
                                loginRecords.get(action.existingUser().orElseThrow())),
                        RowsSent.NO_LOGIN_RECORD)
                .send(records -> session.org().setFrozen(records, false));
    }

    @Override
    public List<LedgerChange> after(Action action, RowOutcome outcome) {
        return outcome instanceof RowOutcome.Written
                ? List.of(new LedgerChange.Remove(
                        Entry.Taken.key(action.existingUser().orElseThrow())))
                : List.of();
    }
}
