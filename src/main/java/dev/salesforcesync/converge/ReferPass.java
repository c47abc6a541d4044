package dev.salesforcesync.converge;

import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.salesforce.SalesforceOrg.UserUpdate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one field refer to other users, after all of them are there. One batch after the other, and those who refer to
 * the same user next to each other: Salesforce locks the row that is referred to.
 */
record ReferPass(OrgSession session) implements Pass {

    @Override
    public String name() {
        return "linking references";
    }

    @Override
    public boolean oneAtATime() {
        return true;
    }

    /** Those of one field who are there and whose targets are there, in the order in which they are to be sent. */
    List<Action> possible(List<Action> references) {
        return references.stream()
                .map(Action.Refer.class::cast)
                .filter(action -> user(action).isPresent())
                .filter(action -> !action.awaits() || target(action).isPresent())
                .sorted(Comparator.comparing(action -> target(action).orElse("")))
                .map(Action.class::cast)
                .toList();
    }

    @Override
    public List<LedgerChange> before(List<Action> batch) {
        return List.of();
    }

    @Override
    public List<RowOutcome> send(List<Action> batch) {
        return session.org()
                .updateUsers(batch.stream()
                        .map(Action.Refer.class::cast)
                        .map(action ->
                                new UserUpdate(user(action).orElseThrow(), Map.of(action.field(), target(action))))
                        .toList());
    }

    @Override
    public List<LedgerChange> after(Action action, RowOutcome outcome) {
        return List.of();
    }

    private Optional<SalesforceId> user(Action.Refer action) {
        return action.user().or(() -> userOf(action.person()));
    }

    private Optional<String> target(Action.Refer action) {
        return action.awaits()
                ? action.target().flatMap(this::userOf).map(SalesforceId::value)
                : action.change().after();
    }

    private Optional<SalesforceId> userOf(ObjectGuid person) {
        return Optional.ofNullable(session.ledger().links().get(person)).map(PersonLink::user);
    }
}
