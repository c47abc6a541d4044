package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.salesforce.RowOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sends the rows that can be made of some items, and puts the outcomes back in the items' order. */
record RowsSent<I, R>(List<I> items, Function<I, Optional<R>> row, RowOutcome without) {
    static final RowOutcome NO_LOGIN_RECORD = new RowOutcome.Refused(
            new Failure.Terminal(
                    "SalesforceLoginRecordMissing",
                    "The user has no UserLogin record that the integration user can see; grant Manage Users."),
            List.of());

    List<RowOutcome> send(Function<List<R>, List<RowOutcome>> call) {
        List<R> rows = new ArrayList<>();
        List<Boolean> sent = new ArrayList<>();
        for (I item : items) {
            Optional<R> made = row.apply(item);
            made.ifPresent(rows::add);
            sent.add(made.isPresent());
        }
        List<RowOutcome> answers = rows.isEmpty() ? List.of() : call.apply(rows);
        List<RowOutcome> outcomes = new ArrayList<>();
        int next = 0;
        for (boolean wasSent : sent) {
            outcomes.add(wasSent ? answers.get(next++) : without);
        }
        return outcomes;
    }
}
