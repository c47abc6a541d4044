package dev.salesforcesync.sandbox.salesforce.org;

import java.util.List;
import java.util.Optional;

/** What became of one row of a write call, in the order of the rows. */
public record RowResult(Optional<String> id, boolean created, List<RowError> errors) {
    public RowResult {
        errors = List.copyOf(errors);
    }

    static RowResult done(String id, boolean created) {
        return new RowResult(Optional.of(id), created, List.of());
    }

    static RowResult refused(RowError error) {
        return new RowResult(Optional.empty(), false, List.of(error));
    }

    public boolean success() {
        return errors.isEmpty();
    }
}
