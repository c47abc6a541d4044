package dev.salesforcesync.sandbox.salesforce.org;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ids by the value of one field. Most values have one id; it is kept without a set around it, which is half the
 * memory of an org of a million users.
 */
final class IdIndex {
    private final Map<Object, Object> ids;

    private IdIndex(Map<Object, Object> ids) {
        this.ids = ids;
    }

    static IdIndex byValue() {
        return new IdIndex(new HashMap<>());
    }

    static IdIndex inOrder() {
        return new IdIndex(new TreeMap<>());
    }

    void add(Object key, String id) {
        Object there = ids.putIfAbsent(key, id);
        if (there instanceof String first && !first.equals(id)) {
            Set<String> both = new LinkedHashSet<>();
            both.add(first);
            both.add(id);
            ids.put(key, both);
        } else if (there instanceof Set<?>) {
            set(there).add(id);
        }
    }

    void remove(Object key, String id) {
        Object there = ids.get(key);
        if (id.equals(there)) {
            ids.remove(key);
        } else if (there instanceof Set<?>) {
            set(there).remove(id);
            if (set(there).isEmpty()) {
                ids.remove(key);
            }
        }
    }

    /** The ids under this value, in the order in which they came. */
    void each(Object key, Consumer<String> consumer) {
        eachOf(ids.get(key), consumer);
    }

    /**
     * The ids behind this value, or on it; false when they are more than {@code most}. For an index in order.
     */
    boolean behind(Object key, boolean orOn, int most, Consumer<String> consumer) {
        var found = new ArrayList<String>();
        for (Object there :
                ((NavigableMap<Object, Object>) ids).tailMap(key, orOn).values()) {
            eachOf(there, found::add);
            if (found.size() > most) {
                return false;
            }
        }
        found.forEach(consumer);
        return true;
    }

    private static void eachOf(@Nullable Object there, Consumer<String> consumer) {
        if (there instanceof String one) {
            consumer.accept(one);
        } else if (there instanceof Set<?>) {
            List.copyOf(set(there)).forEach(consumer);
        }
    }

    @SuppressWarnings("unchecked") // Only this class puts sets in, and only of ids.
    private static Set<String> set(Object ids) {
        return (Set<String>) ids;
    }
}
