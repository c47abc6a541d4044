package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Locale;

/**
 * Whom a row of a write call is about.
 *
 * @param id the record's id, 18 characters; empty for a row without one
 * @param username the username that the row gives, in lower case; empty for a row that gives none
 * @param takesAccess whether the row deactivates or freezes
 */
public record RowConcerned(String id, String username, boolean takesAccess) {

    /** What this row, as a client sent it, is about. */
    public static RowConcerned of(InputRow row) {
        return new RowConcerned(
                row.id()
                        .map(given -> SalesforceId.normalize(given).orElse(given))
                        .orElse(""),
                row.fields().get("Username") instanceof String name ? name.toLowerCase(Locale.ROOT) : "",
                says(row, "IsActive", "false") || says(row, "IsFrozen", "true"));
    }

    private static boolean says(InputRow row, String field, String value) {
        return value.equalsIgnoreCase(String.valueOf(row.fields().get(field)));
    }
}
