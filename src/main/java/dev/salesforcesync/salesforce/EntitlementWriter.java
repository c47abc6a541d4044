package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.SalesforceOrg.NewAssignment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Gives rights and takes them. */
final class EntitlementWriter {
    private final RowWriter writer;
    private final EntitlementReader reader;

    EntitlementWriter(RowWriter writer, EntitlementReader reader) {
        this.writer = writer;
        this.reader = reader;
    }

    List<RowOutcome> grant(EntitlementKind kind, List<NewAssignment> rows) {
        List<RowOutcome> outcomes = writer.create(
                rows.stream().map(row -> EntitlementRows.granting(kind, row)).toList(), Urgency.CHANGE);
        List<NewAssignment> held = IntStream.range(0, rows.size())
                .filter(row -> isDuplicate(outcomes.get(row)))
                .mapToObj(rows::get)
                .toList();
        return held.isEmpty() ? outcomes : withHeld(kind, rows, outcomes, held);
    }

    List<RowOutcome> withdraw(EntitlementKind kind, List<SalesforceId> rows) {
        return writer.delete(EntitlementRows.object(kind), rows);
    }

    /**
     * Salesforce refuses a row that is there already without its id. It is looked for, since an automation of the org
     * may refuse something else with the same code.
     */
    private List<RowOutcome> withHeld(
            EntitlementKind kind, List<NewAssignment> rows, List<RowOutcome> outcomes, List<NewAssignment> held) {
        Result<List<Assignment>> read = reader.of(
                Set.of(kind), held.stream().map(NewAssignment::user).distinct().toList());
        if (read instanceof Result.Failed<List<Assignment>> failed) {
            return outcomes.stream()
                    .map(outcome -> isDuplicate(outcome) ? new RowOutcome.Unknown(failed.failure()) : outcome)
                    .toList();
        }
        Map<NewAssignment, RowOutcome> there = new HashMap<>();
        for (Assignment row : ((Result.Ok<List<Assignment>>) read).value()) {
            there.put(new NewAssignment(row.user(), row.entitlement()), new RowOutcome.Written(row.id()));
        }
        return IntStream.range(0, rows.size())
                .mapToObj(row -> isDuplicate(outcomes.get(row))
                        ? there.getOrDefault(rows.get(row), outcomes.get(row))
                        : outcomes.get(row))
                .toList();
    }

    private static boolean isDuplicate(RowOutcome outcome) {
        return outcome instanceof RowOutcome.Refused refused
                && refused.failure().reason().equals(SalesforceReason.DUPLICATE_VALUE);
    }
}
