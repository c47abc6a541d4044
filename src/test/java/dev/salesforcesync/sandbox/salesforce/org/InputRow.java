package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a write call as a client sent it.
 *
 * @param fields API name to value: text, Boolean, Number, null (clear the field) or a map (a parent by its
 *     external id, under the relationship's name)
 */
public record InputRow(String type, Optional<String> id, Map<String, @Nullable Object> fields) {
    public InputRow {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
