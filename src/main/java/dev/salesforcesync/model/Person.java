package dev.salesforcesync.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person as one authenticated read of the directory showed him.
 *
 * @param guid who he is
 * @param dn where his entry is now
 * @param attributes values by attribute name, names compared without regard to case; binary attributes are left out
 * @param account the decoded account state
 */
public record Person(ObjectGuid guid, String dn, Map<String, List<String>> attributes, AccountState account) {
    public Person {
        attributes = PackedAttributes.of(attributes);
    }

    /** The first value of an attribute. */
    public Optional<String> first(String attribute) {
        List<String> values = attributes.get(attribute);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Never shows attribute values, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "Person[" + guid + "]";
    }
}
