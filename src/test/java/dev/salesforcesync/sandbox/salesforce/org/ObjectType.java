package dev.salesforcesync.sandbox.salesforce.org;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** An object ("table") of the org: its fields in order and what the API lets one do with it. */
public final class ObjectType {

    /** Calls an object supports. Reading and describing is always possible. */
    public enum Call {
        CREATE,
        UPDATE,
        DELETE
    }

    private final String name;
    private final String label;
    private final String keyPrefix;
    private final Set<Call> calls;
    private final List<Field> fields;
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final Map<String, Field> relationships = new HashMap<>();

    ObjectType(String name, String label, String keyPrefix, Set<Call> calls, List<Field> fields) {
        this.name = name;
        this.label = label;
        this.keyPrefix = keyPrefix;
        this.calls = Set.copyOf(calls);
        this.fields = List.copyOf(fields);
        for (int at = 0; at < fields.size(); at++) {
            Field field = fields.get(at);
            ordinals.put(field.name().toLowerCase(Locale.ROOT), at);
            field.relationship()
                    .ifPresent(relationship -> relationships.put(relationship.toLowerCase(Locale.ROOT), field));
        }
    }

    public String name() {
        return name;
    }

    public String label() {
        return label;
    }

    public String keyPrefix() {
        return keyPrefix;
    }

    public List<Field> fields() {
        return fields;
    }

    public boolean supports(Call call) {
        return calls.contains(call);
    }

    /** The place of a field, ignoring case. */
    public OptionalInt ordinal(String field) {
        Integer at = ordinals.get(field.toLowerCase(Locale.ROOT));
        return at == null ? OptionalInt.empty() : OptionalInt.of(at);
    }

    /** The field of this name, ignoring case. */
    public Optional<Field> field(String field) {
        OptionalInt at = ordinal(field);
        return at.isPresent() ? Optional.of(fields.get(at.getAsInt())) : Optional.empty();
    }

    /** The reference behind the name of a relationship, ignoring case. */
    public Optional<Field> relationship(String relationship) {
        return Optional.ofNullable(relationships.get(relationship.toLowerCase(Locale.ROOT)));
    }

    /** The place of a field this program itself names. */
    int at(String field) {
        return ordinal(field).orElseThrow(() -> new IllegalArgumentException(name + "." + field));
    }

    @Override
    public String toString() {
        return name;
    }
}
