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
    private final List<Field> required;
    private final List<Field> unique;
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final Map<String, Integer> ordinalsIgnoringCase = new HashMap<>();
    private final Map<String, Field> relationships = new HashMap<>();

    ObjectType(String name, String label, String keyPrefix, Set<Call> calls, List<Field> fields) {
        this.name = name;
        this.label = label;
        this.keyPrefix = keyPrefix;
        this.calls = Set.copyOf(calls);
        this.fields = List.copyOf(fields);
        this.required =
                fields.stream().filter(field -> field.is(Field.Trait.REQUIRED)).toList();
        this.unique =
                fields.stream().filter(field -> field.is(Field.Trait.UNIQUE)).toList();
        for (int at = 0; at < fields.size(); at++) {
            Field field = fields.get(at);
            ordinals.put(field.name(), at);
            ordinalsIgnoringCase.put(field.name().toLowerCase(Locale.ROOT), at);
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

    /** Fields that must have a value. */
    List<Field> required() {
        return required;
    }

    /** Fields the describe calls unique. */
    List<Field> unique() {
        return unique;
    }

    public boolean supports(Call call) {
        return calls.contains(call);
    }

    /** The place of a field, ignoring case. */
    public OptionalInt ordinal(String field) {
        // Most callers know how a field is written: no need to make a lower-case copy for them.
        Integer exact = ordinals.get(field);
        Integer at = exact == null ? ordinalsIgnoringCase.get(field.toLowerCase(Locale.ROOT)) : exact;
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
        Integer at = ordinals.get(field);
        if (at == null) {
            throw new IllegalArgumentException(name + "." + field);
        }
        return at;
    }

    @Override
    public String toString() {
        return name;
    }
}
