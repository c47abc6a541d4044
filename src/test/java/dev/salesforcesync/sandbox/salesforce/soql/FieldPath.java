package dev.salesforcesync.sandbox.salesforce.soql;

import java.util.List;

/** A field of the queried object or of a parent ({@code Profile.UserLicense.Name}), and where it was written. */
public record FieldPath(List<String> names, int position) {
    public FieldPath {
        names = List.copyOf(names);
    }

    /** The path as written. */
    public String text() {
        return String.join(".", names);
    }
}
