package dev.salesforcesync.sandbox.salesforce.org;

import java.util.List;

/**
 * Why one row was refused.
 *
 * @param code a StatusCode; text, because a fault can answer with one that no client knows
 * @param fields API names of the fields concerned
 */
public record RowError(String code, String message, List<String> fields) {
    public RowError {
        fields = List.copyOf(fields);
    }
}
