package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record at one moment: never changed, only replaced, so that readers need no lock. Values are String,
 * Boolean, Integer, Instant or null, in the order of the object's fields.
 */
public final class Row {
    private final ObjectType type;
    private final @Nullable Object[] values;

    Row(ObjectType type, @Nullable Object[] values) {
        this.type = type;
        this.values = values;
    }

    public ObjectType type() {
        return type;
    }

    public String id() {
        return text("Id");
    }

    /** The value of the field at this place, or null. */
    public @Nullable Object value(int ordinal) {
        return values[ordinal];
    }

    /** The value of this field, or null. */
    public @Nullable Object value(String field) {
        return values[type.at(field)];
    }

    /** The text of this field, empty when it has none. */
    public String text(String field) {
        return values[type.at(field)] instanceof String text ? text : "";
    }

    public boolean flag(String field) {
        return Boolean.TRUE.equals(values[type.at(field)]);
    }

    public int number(String field) {
        return values[type.at(field)] instanceof Integer number ? number : 0;
    }

    public Instant moment(String field) {
        return values[type.at(field)] instanceof Instant moment ? moment : Instant.EPOCH;
    }

    /** All fields that have a value. */
    public Map<String, Object> asMap() {
        var map = new LinkedHashMap<String, Object>();
        for (int at = 0; at < values.length; at++) {
            Object value = values[at];
            if (value != null) {
                map.put(type.fields().get(at).name(), value);
            }
        }
        return map;
    }

    /** A copy with one field changed. */
    Row with(String field, @Nullable Object value) {
        @Nullable Object[] copy = values.clone();
        copy[type.at(field)] = value;
        return new Row(type, copy);
    }

    @Nullable
    Object[] copyOfValues() {
        return values.clone();
    }
}
