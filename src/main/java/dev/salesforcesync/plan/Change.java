package dev.salesforcesync.plan;

import java.util.Optional;

/**
 * A field's old and new value; empty for none.
 *
 * @param sensitive values are shown nowhere
 */
public record Change(Optional<String> before, Optional<String> after, boolean sensitive) {
    /** Never shows values, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "Change[]";
    }
}
