package dev.salesforcesync.sandbox.salesforce.org;

import java.util.List;
import java.util.Optional;

/**
 * A part of a query's answer.
 *
 * @param total rows of the whole answer
 * @param locator where the next part is found; empty on the last
 */
public record ResultPage(int total, Optional<String> locator, List<SavedRecord> records) {
    public ResultPage {
        records = List.copyOf(records);
    }
}
