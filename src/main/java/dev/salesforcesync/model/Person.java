package dev.salesforcesync.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person as one authenticated read of the directory showed him. Everything but who he is is in one array of bytes: a
 * picture holds up to a million of them.
 */
public final class Person {
    private final ObjectGuid guid;
    private final List<String> names;
    private final byte[] bytes;

    /**
     * What was read.
     *
     * @param guid who he is
     * @param dn where his entry is now
     * @param attributes values by attribute name, names compared without regard to case; binary attributes are left out
     * @param account the decoded account state
     */
    public Person(ObjectGuid guid, String dn, Map<String, List<String>> attributes, AccountState account) {
        PackedTexts.Writer writer = new PackedTexts.Writer();
        account.write(writer);
        writer.text(dn);
        this.guid = guid;
        this.names = PackedAttributes.write(attributes, writer);
        this.bytes = writer.bytes();
    }

    public ObjectGuid guid() {
        return guid;
    }

    public AccountState account() {
        return AccountState.read(new PackedTexts.Reader(bytes));
    }

    public String dn() {
        return behindAccount().text();
    }

    public Map<String, List<String>> attributes() {
        PackedTexts.Reader reader = behindAccount();
        reader.skipText();
        return new PackedAttributes(names, bytes, reader.position());
    }

    private PackedTexts.Reader behindAccount() {
        PackedTexts.Reader reader = new PackedTexts.Reader(bytes);
        AccountState.skip(reader);
        return reader;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Person person
                && guid.equals(person.guid)
                && ((names.equals(person.names) && Arrays.equals(bytes, person.bytes))
                        || (account().equals(person.account())
                                && dn().equals(person.dn())
                                && attributes().equals(person.attributes())));
    }

    @Override
    public int hashCode() {
        return Objects.hash(guid, dn(), account());
    }

    /** The first value of an attribute. */
    public Optional<String> first(String attribute) {
        List<String> values = attributes().get(attribute);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Never shows attribute values, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "Person[" + guid + "]";
    }
}
