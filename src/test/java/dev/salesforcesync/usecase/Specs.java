package dev.salesforcesync.usecase;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.Map;

/** Specs as YAML text, and changes to them as in RFC 7396: null removes, objects merge, everything else replaces. */
final class Specs {
    private Specs() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> parsed(String yaml) {
        return yaml.isBlank() ? Map.of() : new KubernetesSerialization().unmarshal(yaml, Map.class);
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
