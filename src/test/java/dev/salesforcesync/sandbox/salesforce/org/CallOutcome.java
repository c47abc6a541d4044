package dev.salesforcesync.sandbox.salesforce.org;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a call came to, for the journal. */
public record CallOutcome(String name, int okRows, List<String> ids, Map<String, Integer> errors) {
    /** A read that returned this many rows. */
    public static CallOutcome read(int rows) {
        return new CallOutcome(Journal.OK, rows, List.of(), Map.of());
    }

    /** A write with these results. */
    public static CallOutcome written(List<RowResult> results) {
        var ids = new ArrayList<String>();
        var errors = new TreeMap<String, Integer>();
        for (RowResult result : results) {
            if (result.success()) {
                result.id().ifPresent(ids::add);
            } else {
                errors.merge(result.errors().get(0).code(), 1, Integer::sum);
            }
        }
        return new CallOutcome(Journal.OK, ids.size(), ids, errors);
    }

    /** A call that was refused as a whole, or swallowed by a fault. */
    public static CallOutcome refused(String name) {
        return new CallOutcome(name, 0, List.of(), Map.of());
    }
}
