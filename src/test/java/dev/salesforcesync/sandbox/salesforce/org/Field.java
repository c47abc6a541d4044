package dev.salesforcesync.sandbox.salesforce.org;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One field of an object, as a describe tells it.
 *
 * @param length characters at most; 0 for fields that have no length
 * @param values the values of a picklist
 * @param referenceTo the objects a reference may point to; the first is the one that a path in a query reaches
 * @param relationship the name under which a query reaches the parent ({@code Profile} for ProfileId)
 * @param defaultValue what a create stores when the field is left out
 */
public record Field(
        String name,
        String label,
        FieldKind kind,
        int length,
        Set<Trait> traits,
        List<String> values,
        List<String> referenceTo,
        Optional<String> relationship,
        Optional<Object> defaultValue) {

    /** What a describe says about a field besides its type. */
    public enum Trait {
        CREATEABLE,
        UPDATEABLE,
        /** Not nillable. */
        REQUIRED,
        /** Not nillable, but the server thinks of a value when a create leaves it out. */
        DEFAULTED,
        /** Flagged unique in the describe and enforced, ignoring case. */
        UNIQUE,
        /** Enforced unique, though the describe does not say so. */
        SILENTLY_UNIQUE,
        EXTERNAL_ID,
        /** Usable as the key of an upsert. */
        ID_LOOKUP,
        CUSTOM,
        /** A picklist that takes none but its own values. */
        RESTRICTED,
        /** Compared by queries of what changed since: kept in an ordered index. */
        ORDERED,
        /** Looked up often by equality: kept in an index. */
        INDEXED
    }

    public Field {
        traits = Set.copyOf(traits);
        values = List.copyOf(values);
        referenceTo = List.copyOf(referenceTo);
    }

    static Field of(String name, String label, FieldKind kind, int length) {
        return new Field(
                name,
                label,
                kind,
                length,
                Set.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                kind == FieldKind.BOOLEAN ? Optional.of(false) : Optional.empty());
    }

    static Field text(String name, String label, int length) {
        return of(name, label, FieldKind.STRING, length);
    }

    static Field flag(String name, String label) {
        return of(name, label, FieldKind.BOOLEAN, 0);
    }

    static Field moment(String name, String label) {
        return of(name, label, FieldKind.DATETIME, 0);
    }

    static Field number(String name, String label) {
        return of(name, label, FieldKind.INT, 0);
    }

    static Field picklist(String name, String label, List<String> values) {
        return new Field(
                name,
                label,
                FieldKind.PICKLIST,
                40,
                Set.of(Trait.RESTRICTED),
                values,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    static Field reference(String name, String label, String to, String relationship) {
        return new Field(
                name,
                label,
                FieldKind.REFERENCE,
                18,
                Set.of(),
                List.of(),
                List.of(to),
                Optional.of(relationship),
                Optional.empty());
    }

    /** A custom external-id field: text, unique, ignoring case. */
    static Field externalId(String name, int length) {
        return text(name, name.replace("__c", "").replace('_', ' '), length)
                .with(
                        Trait.CREATEABLE,
                        Trait.UPDATEABLE,
                        Trait.UNIQUE,
                        Trait.EXTERNAL_ID,
                        Trait.ID_LOOKUP,
                        Trait.CUSTOM);
    }

    Field with(Trait... more) {
        var all = EnumSet.noneOf(Trait.class);
        all.addAll(traits);
        all.addAll(List.of(more));
        return new Field(name, label, kind, length, all, values, referenceTo, relationship, defaultValue);
    }

    /** The same reference, which may point to these objects too. */
    Field orTo(String... others) {
        var all = new ArrayList<>(referenceTo);
        all.addAll(List.of(others));
        return new Field(name, label, kind, length, traits, values, all, relationship, defaultValue);
    }

    /** A reference that may point to several objects. */
    public boolean isPolymorphic() {
        return referenceTo.size() > 1;
    }

    Field writable() {
        return with(Trait.CREATEABLE, Trait.UPDATEABLE);
    }

    Field byDefault(Object value) {
        return new Field(name, label, kind, length, traits, values, referenceTo, relationship, Optional.of(value));
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** A field may be empty unless it is required, defaulted, an id or a flag. */
    public boolean isNillable() {
        return !is(Trait.REQUIRED) && !is(Trait.DEFAULTED) && kind != FieldKind.ID && kind != FieldKind.BOOLEAN;
    }

    boolean isUnique() {
        return is(Trait.UNIQUE) || is(Trait.SILENTLY_UNIQUE);
    }
}
