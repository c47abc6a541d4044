package dev.salesforcesync.sandbox.salesforce.org;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The rows of one object in the order of their ids, with indexes on unique and often sought fields. Not
 * thread-safe: the org's lock guards it.
 */
final class Table {
    private final ObjectType type;
    private final LinkedHashMap<String, Row> rows = new LinkedHashMap<>();
    private final Map<Integer, IdIndex> byValue = new HashMap<>();
    private final Map<Integer, IdIndex> inOrder = new HashMap<>();
    private final List<Indexed> all = new ArrayList<>();

    /** An index and the field it is of. */
    private record Indexed(int at, boolean caseless, IdIndex ids) {
        Object key(Object value) {
            return caseless ? value.toString().toLowerCase(Locale.ROOT) : value;
        }

        void add(Row row) {
            Object value = row.value(at);
            if (value != null) {
                ids.add(key(value), row.id());
            }
        }

        void remove(Row row) {
            Object value = row.value(at);
            if (value != null) {
                ids.remove(key(value), row.id());
            }
        }
    }

    Table(ObjectType type) {
        this.type = type;
        for (int at = 0; at < type.fields().size(); at++) {
            Field field = type.fields().get(at);
            if (field.isUnique() || field.is(Field.Trait.INDEXED)) {
                byValue.put(at, index(at, IdIndex.byValue()));
            } else if (field.is(Field.Trait.ORDERED)) {
                inOrder.put(at, index(at, IdIndex.inOrder()));
            }
        }
    }

    private IdIndex index(int at, IdIndex ids) {
        all.add(new Indexed(at, type.fields().get(at).kind().isText(), ids));
        return ids;
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
        return ordinal == type.at("Id") || byValue.containsKey(ordinal);
    }

    /** The rows whose field has this value, ignoring case; for Id, unique and indexed fields only. */
    List<Row> seek(int ordinal, Object value) {
        var found = new ArrayList<Row>(1);
        IdIndex index = byValue.get(ordinal);
        if (index == null) {
            addRow(found, value.toString());
        } else {
            boolean caseless = type.fields().get(ordinal).kind().isText();
            index.each(caseless ? value.toString().toLowerCase(Locale.ROOT) : value, id -> addRow(found, id));
        }
        return found;
    }

    /**
     * The rows whose field lies behind this value (or on it), unordered; empty when the field is not kept in order,
     * or when they are so many that to look at every row is quicker.
     */
    Optional<List<Row>> behind(int ordinal, Object value, boolean orOn) {
        IdIndex index = inOrder.get(ordinal);
        var found = new ArrayList<Row>();
        boolean few = index != null && index.behind(value, orOn, rows.size() / 4, id -> addRow(found, id));
        return few ? Optional.of(found) : Optional.empty();
    }

    /** The one row whose unique field has this value, ignoring case. */
    Optional<Row> holder(String field, Object value) {
        List<Row> found = seek(type.ordinal(field).orElseThrow(), value);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    void put(Row row) {
        Row before = rows.put(row.id(), row);
        for (Indexed index : all) {
            if (before == null) {
                index.add(row);
            } else if (!Objects.equals(before.value(index.at()), row.value(index.at()))) {
                index.remove(before);
                index.add(row);
            }
        }
    }

    void remove(String id) {
        Row before = rows.remove(id);
        if (before != null) {
            all.forEach(index -> index.remove(before));
        }
    }

    private void addRow(List<Row> found, String id) {
        Row row = rows.get(id);
        if (row != null) {
            found.add(row);
        }
    }
}
