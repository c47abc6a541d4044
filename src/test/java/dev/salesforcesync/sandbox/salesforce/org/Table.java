package dev.salesforcesync.sandbox.salesforce.org;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one object in the order of their ids, with indexes on unique and often sought fields. Not
 * thread-safe: the org's lock guards it.
 */
final class Table {
    private static final Object NOTHING = new Object();

    private final ObjectType type;
    private final LinkedHashMap<String, Row> rows = new LinkedHashMap<>();
    private final Map<Integer, Map<Object, String>> unique = new HashMap<>();
    private final Map<Integer, Map<Object, Set<String>>> indexed = new HashMap<>();
    private final Map<Integer, NavigableMap<Object, Set<String>>> ordered = new HashMap<>();

    Table(ObjectType type) {
        this.type = type;
        for (int at = 0; at < type.fields().size(); at++) {
            Field field = type.fields().get(at);
            if (field.isUnique()) {
                unique.put(at, new HashMap<>());
            } else if (field.is(Field.Trait.INDEXED)) {
                indexed.put(at, new HashMap<>());
            } else if (field.is(Field.Trait.ORDERED)) {
                ordered.put(at, new TreeMap<>());
            }
        }
    }

    ObjectType type() {
        return type;
    }

    Collection<Row> rows() {
        return rows.values();
    }

    int size() {
        return rows.size();
    }

    Optional<Row> byId(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    boolean isIndexed(int ordinal) {
        return ordinal == type.at("Id") || unique.containsKey(ordinal) || indexed.containsKey(ordinal);
    }

    /** The rows whose field has this value, ignoring case; for Id, unique and indexed fields only. */
    List<Row> seek(int ordinal, Object value) {
        var found = new ArrayList<Row>(1);
        Map<Object, String> one = unique.get(ordinal);
        Map<Object, Set<String>> many = indexed.get(ordinal);
        if (one != null) {
            addRow(found, one.get(key(ordinal, value)));
        } else if (many != null) {
            for (String id : many.getOrDefault(key(ordinal, value), Set.of())) {
                addRow(found, id);
            }
        } else {
            addRow(found, value.toString());
        }
        return found;
    }

    /**
     * The rows whose field lies behind this value (or on it), unordered; empty when the field is not kept in order,
     * or when they are so many that to look at every row is quicker.
     */
    Optional<List<Row>> behind(int ordinal, Object value, boolean orOn) {
        NavigableMap<Object, Set<String>> index = ordered.get(ordinal);
        if (index == null) {
            return Optional.empty();
        }
        var found = new ArrayList<Row>();
        for (Set<String> ids : index.tailMap(value, orOn).values()) {
            if (found.size() + ids.size() > rows.size() / 4) {
                return Optional.empty();
            }
            ids.forEach(id -> addRow(found, id));
        }
        return Optional.of(found);
    }

    /** The one row whose unique field has this value, ignoring case. */
    Optional<Row> holder(String field, Object value) {
        List<Row> found = seek(type.ordinal(field).orElseThrow(), value);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    void put(Row row) {
        Row before = rows.put(row.id(), row);
        for (var entry : unique.entrySet()) {
            int at = entry.getKey();
            if (before != null && before.value(at) != null && !sameKey(at, before, row)) {
                entry.getValue().remove(key(at, before.value(at)));
            }
            Object value = row.value(at);
            if (value != null) {
                entry.getValue().put(key(at, value), row.id());
            }
        }
        indexed.forEach((at, index) -> reindex(index, at, before, row));
        ordered.forEach((at, index) -> reindex(index, at, before, row));
    }

    private void reindex(Map<Object, Set<String>> index, int at, @Nullable Row before, Row row) {
        if (before != null && sameKey(at, before, row)) {
            return;
        }
        if (before != null) {
            unindex(index, at, before);
        }
        Object value = row.value(at);
        if (value != null) {
            index.computeIfAbsent(key(at, value), key -> new LinkedHashSet<>(2)).add(row.id());
        }
    }

    void remove(String id) {
        Row before = rows.remove(id);
        if (before == null) {
            return;
        }
        for (var entry : unique.entrySet()) {
            Object value = before.value(entry.getKey());
            if (value != null) {
                entry.getValue().remove(key(entry.getKey(), value));
            }
        }
        indexed.forEach((at, index) -> unindex(index, at, before));
        ordered.forEach((at, index) -> unindex(index, at, before));
    }

    private void unindex(Map<Object, Set<String>> index, int at, Row before) {
        Object value = before.value(at);
        if (value == null) {
            return;
        }
        Object key = key(at, value);
        Set<String> ids = index.get(key);
        if (ids != null) {
            ids.remove(before.id());
            if (ids.isEmpty()) {
                index.remove(key);
            }
        }
    }

    private boolean sameKey(int at, Row before, Row after) {
        return key(at, before.value(at)).equals(key(at, after.value(at)));
    }

    private Object key(int at, @Nullable Object value) {
        if (value == null) {
            return NOTHING;
        }
        boolean caseless =
                value instanceof String && type.fields().get(at).kind().isText();
        return caseless ? value.toString().toLowerCase(Locale.ROOT) : value;
    }

    private void addRow(List<Row> found, @Nullable String id) {
        Row row = id == null ? null : rows.get(id);
        if (row != null) {
            found.add(row);
        }
    }
}
