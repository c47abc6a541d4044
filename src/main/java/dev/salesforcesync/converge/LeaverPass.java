package dev.salesforcesync.converge;

import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import dev.salesforcesync.salesforce.SalesforceOrg.UserUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes sign-in (freezing) or sign-in and seat (deactivating), and remembers that it was us. */
final class LeaverPass implements Pass {
    private final OrgSession session;
    private final String policy;
    private final Map<SalesforceId, LoginRecord> loginRecords;
    private final boolean freezing;
    private final Instant now;

    LeaverPass(
            OrgSession session,
            String policy,
            Map<SalesforceId, LoginRecord> loginRecords,
            boolean freezing,
            Instant now) {
        this.session = session;
        this.policy = policy;
        this.loginRecords = Map.copyOf(loginRecords);
        this.freezing = freezing;
        this.now = now;
    }

    @Override
    public String name() {
        return freezing ? "freezing" : "deactivating";
    }

    @Override
    public List<LedgerChange> before(List<Action> batch) {
        List<LedgerChange> changes = new ArrayList<>();
        for (Action action : batch) {
            SalesforceId user = action.existingUser().orElseThrow();
            Optional<Hold> earlier =
                    Optional.ofNullable(session.ledger().holds().get(user));
            changes.add(new LedgerChange.Put(new Entry.Taken(new Hold(
                    user,
                    action.person(),
                    policy,
                    action.reason(),
                    freezing || earlier.map(Hold::froze).orElse(false),
                    !freezing || earlier.map(Hold::deactivated).orElse(false),
                    earlier.map(Hold::since).orElse(now)))));
        }
        return changes;
    }

    @Override
    public List<RowOutcome> send(List<Action> batch) {
        if (!freezing) {
            return session.org()
                    .updateUsers(batch.stream()
                            .map(action -> new UserUpdate(
                                    action.existingUser().orElseThrow(), Map.of("IsActive", Optional.of("false"))))
                            .toList());
        }
        return new RowsSent<Action, LoginRecord>(batch, this::loginRecord, RowsSent.NO_LOGIN_RECORD)
                .send(records -> session.org().setFrozen(records, true));
    }

    private Optional<LoginRecord> loginRecord(Action action) {
        return Optional.ofNullable(loginRecords.get(action.existingUser().orElseThrow()));
    }

    /** A refusal proves that nothing was taken; a lost answer proves nothing, so the hold stays until it is read. */
    @Override
    public List<LedgerChange> after(Action action, RowOutcome outcome) {
        if (!(outcome instanceof RowOutcome.Refused) && !(outcome instanceof RowOutcome.NotSent)) {
            return List.of();
        }
        SalesforceId user = action.existingUser().orElseThrow();
        Hold stored = session.ledger().holds().get(user);
        if (stored == null) {
            return List.of();
        }
        Hold without = new Hold(
                user,
                stored.person(),
                stored.policy(),
                stored.reason(),
                stored.froze() && !freezing,
                stored.deactivated() && freezing,
                stored.since());
        return without.froze() || without.deactivated()
                ? List.of(new LedgerChange.Put(new Entry.Taken(without)))
                : List.of(new LedgerChange.Remove(Entry.Taken.key(user)));
    }
}
