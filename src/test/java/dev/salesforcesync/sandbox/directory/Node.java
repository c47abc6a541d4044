package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import dev.salesforcesync.model.ObjectGuid;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One object of the domain; the domain's lock guards it. */
final class Node {
    final ObjectGuid guid;
    DN dn;
    /** Everything but links and computed attributes. */
    Entry entry;

    Optional<String> password = Optional.empty();
    boolean deleted;
    long usn;

    /** By attribute in lower case, when it last changed in the change counter. */
    final Map<String, Long> stamps = new HashMap<>();

    Node(ObjectGuid guid, DN dn, Entry entry) {
        this.guid = guid;
        this.dn = dn;
        this.entry = entry;
    }

    boolean isA(String objectClass) {
        return entry.hasAttributeValue("objectClass", objectClass);
    }

    long number(String attribute, long otherwise) {
        Long value = entry.getAttributeValueAsLong(attribute);
        return value == null ? otherwise : value;
    }
}
