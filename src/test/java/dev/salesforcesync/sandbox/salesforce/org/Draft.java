package dev.salesforcesync.sandbox.salesforce.org;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A row on its way into a table: values as they will be, and which of them the caller named. */
final class Draft {
    private final ObjectType type;
    private final @Nullable Object[] values;
    private final BitSet named = new BitSet();

    private Draft(ObjectType type, @Nullable Object[] values) {
        this.type = type;
        this.values = values;
    }

    static Draft empty(ObjectType type) {
        return new Draft(type, new Object[type.fields().size()]);
    }

    static Draft of(Row row) {
        return new Draft(row.type(), row.copyOfValues());
    }

    ObjectType type() {
        return type;
    }

    void name(int ordinal, @Nullable Object value) {
        values[ordinal] = value;
        named.set(ordinal);
    }

    boolean names(int ordinal) {
        return named.get(ordinal);
    }

    boolean names(String field) {
        return named.get(type.at(field));
    }

    @Nullable
    Object value(int ordinal) {
        return values[ordinal];
    }

    String text(String field) {
        return values[type.at(field)] instanceof String text ? text : "";
    }

    boolean flag(String field) {
        return Boolean.TRUE.equals(values[type.at(field)]);
    }

    /** Sets what the server itself decides; ignored when the object has no such field. */
    void set(String field, @Nullable Object value) {
        type.ordinal(field).ifPresent(at -> values[at] = value);
    }

    Row row() {
        return new Row(type, values.clone());
    }
}
