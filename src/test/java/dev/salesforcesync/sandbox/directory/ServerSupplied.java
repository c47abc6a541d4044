package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.model.ObjectGuid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a domain controller adds to a new object by itself (MS-ADTS 3.1.1.5.2). */
final class ServerSupplied {
    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'.0Z'").withZone(ZoneOffset.UTC);

    private final Domain domain;

    ServerSupplied(Domain domain) {
        this.domain = domain;
    }

    static String time(Instant instant) {
        return GENERALIZED_TIME.format(instant);
    }

    void complete(Entry entry, DN dn, ObjectGuid guid, boolean hasPassword) throws LDAPException {
        String[] given = entry.getObjectClassValues();
        Set<String> classes = new LinkedHashSet<>();
        for (String one : given == null ? new String[0] : given) {
            classes.addAll(AdSchema.classWithSuperiors(one));
        }
        if (classes.isEmpty()) {
            throw DomainWrites.refuse(
                    ResultCode.OBJECT_CLASS_VIOLATION, "0000207D: UpdErr: DSID-0315166D, problem 6002");
        }
        List<String> ordered = List.copyOf(classes);
        entry.setAttribute("objectClass", ordered);
        String now = GENERALIZED_TIME.format(Instant.now());
        AdSchema.categoryOf(ordered.get(ordered.size() - 1))
                .ifPresent(category -> setIfAbsent(
                        entry, "objectCategory", "CN=" + category + ",CN=Schema," + domain.configuration()));
        entry.setAttribute("objectGUID", guid.toBytes());
        entry.setAttribute("whenCreated", now);
        entry.setAttribute("whenChanged", now);
        entry.setAttribute("instanceType", dn.equals(domain.root) ? "5" : "4");
        nameAfter(entry, dn.getRDN());
        boolean user = classes.contains("user");
        if (user || classes.contains("group")) {
            int rid = classes.contains("group") && "Domain Users".equals(entry.getAttributeValue("cn"))
                    ? 513
                    : domain.nextRid();
            if (!entry.hasAttribute("objectSid")) {
                entry.setAttribute("objectSid", domain.sid(rid));
            }
            setIfAbsent(entry, "sAMAccountName", "$" + Integer.toString(rid, 36).toUpperCase(Locale.ROOT) + "-SANDBOX");
            if (domain.withValue("sAMAccountName", entry.getAttributeValue("sAMAccountName")).stream()
                    .anyMatch(other -> !other.deleted)) {
                throw DomainWrites.refuse(
                        ResultCode.ENTRY_ALREADY_EXISTS, "00000524: UpdErr: DSID-031A11FA, problem 6005");
            }
        }
        if (user) {
            setIfAbsent(entry, "userAccountControl", "546");
            setIfAbsent(entry, "accountExpires", "9223372036854775807");
            setIfAbsent(entry, "pwdLastSet", hasPassword ? FileTime.of(Instant.now()) : "0");
            setIfAbsent(entry, "primaryGroupID", classes.contains("computer") ? "515" : "513");
            setIfAbsent(entry, "badPwdCount", "0");
            setIfAbsent(entry, "sAMAccountType", "805306368");
        } else if (classes.contains("group")) {
            setIfAbsent(entry, "groupType", "-2147483646");
            setIfAbsent(entry, "sAMAccountType", "268435456");
        }
    }

    /**
     * What a tombstone that comes back gets and loses (MS-ADTS 3.1.1.5.3.7.3).
     *
     * @param whole whether it had kept everything, and so an account is enabled as it was
     */
    void revive(Entry entry, boolean whole) {
        entry.removeAttribute("isDeleted");
        entry.removeAttribute("lastKnownParent");
        entry.removeAttribute("msDS-LastKnownRDN");
        List<String> classes = List.of(entry.getObjectClassValues());
        AdSchema.categoryOf(classes.get(classes.size() - 1))
                .ifPresent(category -> setIfAbsent(
                        entry, "objectCategory", "CN=" + category + ",CN=Schema," + domain.configuration()));
        entry.setAttribute("whenChanged", time(Instant.now()));
        if (classes.contains("user")) {
            if (!whole) {
                entry.setAttribute("userAccountControl", "546");
            }
            setIfAbsent(entry, "accountExpires", "9223372036854775807");
            setIfAbsent(entry, "pwdLastSet", "0");
            setIfAbsent(entry, "primaryGroupID", "513");
            setIfAbsent(entry, "badPwdCount", "0");
            setIfAbsent(entry, "sAMAccountType", "805306368");
        } else if (classes.contains("group")) {
            setIfAbsent(entry, "sAMAccountType", "268435456");
        }
    }

    void nameAfter(Entry entry, RDN rdn) {
        String attribute = rdn.getAttributeNames()[0];
        String value = rdn.getAttributeValues()[0];
        entry.setAttribute(new Attribute(attribute.toLowerCase(Locale.ROOT), domain.schema, value));
        entry.setAttribute(new Attribute("name", domain.schema, value));
    }

    private static void setIfAbsent(Entry entry, String name, String value) {
        if (!entry.hasAttribute(name)) {
            entry.setAttribute(name, value);
        }
    }
}
