package dev.salesforcesync.usecase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** Specs as YAML text, and changes to them as in RFC 7396: null removes, objects merge, everything else replaces. */
final class Specs {
    private static final ObjectMapper YAML = new YAMLMapper();

    private Specs() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> parsed(String yaml) {
        try {
            return yaml.isBlank() ? Map.of() : YAML.readValue(yaml, Map.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not YAML: " + yaml, e);
        }
    }

    /** The object of that name in another. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> of(Map<String, Object> object, String name) {
        return (Map<String, Object>) object.getOrDefault(name, Map.of());
    }

    static Map<String, Object> merged(String yaml, String changes) {
        return merge(parsed(yaml), parsed(changes));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> merge(Map<String, Object> target, Map<String, Object> changes) {
        Map<String, Object> merged = new LinkedHashMap<>(target);
        changes.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            } else if (value instanceof Map<?, ?> nested && merged.get(name) instanceof Map<?, ?> old) {
                merged.put(name, merge((Map<String, Object>) old, (Map<String, Object>) nested));
            } else {
                merged.put(name, value);
            }
        });
        return merged;
    }
}
