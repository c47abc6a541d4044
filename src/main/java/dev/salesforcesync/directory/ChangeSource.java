package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.directory.ReportedChange.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A way to ask a domain controller for changes. */
interface ChangeSource {
    Control EXTENDED_DN = GroupReader.EXTENDED_DN;

    /**
     * Everything that can bear on people, their groups and their places, and whom groups and people may name; machines
     * are users too, but no people.
     */
    Filter CONCERNED = Filter.createANDFilter(
            Filter.createORFilter(
                    Filter.createEqualityFilter("objectClass", "user"),
                    Filter.createEqualityFilter("objectClass", "group"),
                    Filter.createEqualityFilter("objectClass", "contact"),
                    Filter.createEqualityFilter("objectClass", "foreignSecurityPrincipal"),
                    Filter.createEqualityFilter("objectClass", "organizationalUnit"),
                    Filter.createEqualityFilter("objectClass", "container")),
            Filter.createNOTFilter(Filter.createEqualityFilter("objectClass", "computer")));

    /** Where the changes stand now, without reading what was before. */
    ChangePosition start(Session session) throws LDAPException;

    /** What changed since a position of the same way. */
    Answer since(Session session, ChangePosition position) throws LDAPException;

    /**
     * Changes and where they end.
     *
     * @param changes in no particular order; one object may occur more than once
     */
    record Answer(List<ReportedChange> changes, ChangePosition next) {}

    static What classOf(Entry entry) {
        if (!entry.hasAttribute("objectClass")) {
            return What.UNTOLD;
        }
        if (entry.hasAttributeValue("objectClass", "group")) {
            return What.GROUP;
        }
        boolean container = entry.hasAttributeValue("objectClass", "organizationalUnit")
                || entry.hasAttributeValue("objectClass", "container");
        return container ? What.CONTAINER : What.PERSON;
    }

    /** By which names policies may call an object, as far as they are told. */
    static List<String> namesOf(Entry entry) {
        List<String> names = new ArrayList<>();
        for (String attribute : List.of("name", "sAMAccountName")) {
            Optional.ofNullable(entry.getAttributeValue(attribute)).ifPresent(names::add);
        }
        return names;
    }

    /** The DN without the identities that {@link #EXTENDED_DN} puts in front. */
    static String plainDn(String dn) {
        return dn.replaceFirst("^(?:<[^>]*>;)+", "");
    }
}
