package dev.salesforcesync.policy.expression;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a directory entry as expressions see them: with its identity and its place among them, and without
 * those that have no value. A view, as most expressions read a few of many attributes.
 */
final class EntryAttributes extends AbstractMap<String, List<String>> {
    private final Map<String, List<String>> attributes;
    private final String guid;
    private final String dn;

    /** @param attributes found without regard to case; never changed afterwards */
    EntryAttributes(Map<String, List<String>> attributes, String guid, String dn) {
        this.attributes = attributes;
        this.guid = guid;
        this.dn = dn;
    }

    @Override
    public @Nullable List<String> get(@Nullable Object name) {
        if (!(name instanceof String text)) {
            return null;
        }
        if (text.equalsIgnoreCase("objectGUID")) {
            return List.of(guid);
        }
        if (text.equalsIgnoreCase("distinguishedName")) {
            return List.of(dn);
        }
        List<String> values = attributes.get(text);
        return values == null || values.isEmpty() ? null : values;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Entry<String, List<String>>> entrySet() {
        TreeMap<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        attributes.forEach((name, values) -> {
            if (!values.isEmpty()) {
                all.put(name, values);
            }
        });
        all.put("objectGUID", List.of(guid));
        all.put("distinguishedName", List.of(dn));
        return Collections.unmodifiableMap(all).entrySet();
    }
}
