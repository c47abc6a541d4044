package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as an answer shows it.
 *
 * @param id present when the query asked for it
 * @param values field to value in the order asked for; a parent is a SavedRecord, an empty field is null
 */
public record SavedRecord(String type, Optional<String> id, String recordId, Map<String, @Nullable Object> values) {
    public SavedRecord {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
