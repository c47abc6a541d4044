package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.model.ObjectGuid;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A domain that tests may change through an administrator's LDAP connection, inside one unit of their own. */
final class LiveDomain implements AutoCloseable {
    private final URI url;
    private final String caPem;
    private final String adminDn;
    private final String adminPassword;
    private final LDAPConnection admin;
    private final String tag = Long.toString(System.nanoTime() & 0xffffffL, 36);
    private final String root;
    private final String unit;

    LiveDomain(URI url, String caPem, String root, String adminDn, String adminPassword)
            throws LDAPException, GeneralSecurityException {
        this.url = url;
        this.caPem = caPem;
        this.root = root;
        this.adminDn = adminDn;
        this.adminPassword = adminPassword;
        this.admin = new LDAPConnection(
                new SSLUtil(new TrustAllTrustManager()).createSSLSocketFactory(),
                url.getHost(),
                url.getPort() > 0 ? url.getPort() : 636,
                adminDn,
                adminPassword);
        this.unit = "OU=Contract-" + tag + "," + root;
        admin.add(unit, new Attribute("objectClass", "organizationalUnit"));
    }

    DirectorySettings settings() {
        return new DirectorySettings(
                Optional.empty(), List.of(url), adminDn, adminPassword, TlsMode.LDAPS, Optional.of(caPem));
    }

    String unit() {
        return unit;
    }

    String root() {
        return root;
    }

    /** A name that is unique in the domain. */
    String unique(String name) {
        return name + "-" + tag;
    }

    String unit(String name) throws LDAPException {
        return unitIn(unit, name);
    }

    String unitIn(String parent, String name) throws LDAPException {
        String dn = "OU=" + name + "," + parent;
        admin.add(dn, new Attribute("objectClass", "organizationalUnit"));
        return dn;
    }

    ObjectGuid person(String name, Attribute... attributes) throws LDAPException {
        return personIn(unit, name, attributes);
    }

    ObjectGuid personIn(String parent, String name, Attribute... attributes) throws LDAPException {
        String dn = "CN=" + name + "," + parent;
        List<Attribute> all = new ArrayList<>(
                List.of(new Attribute("objectClass", "user"), new Attribute("sAMAccountName", unique(account(name)))));
        List<Attribute> given = Arrays.asList(attributes);
        if (given.stream().noneMatch(one -> one.getName().equals("userAccountControl"))) {
            all.add(new Attribute("userAccountControl", "544"));
        }
        all.addAll(given);
        admin.add(dn, all);
        return guid(dn);
    }

    String group(String name, String... members) throws LDAPException {
        String dn = "CN=" + unique(name) + "," + unit;
        List<Attribute> all = new ArrayList<>(
                List.of(new Attribute("objectClass", "group"), new Attribute("sAMAccountName", unique(name))));
        if (members.length > 0) {
            all.add(new Attribute("member", members));
        }
        admin.add(dn, all);
        return dn;
    }

    String dn(String name) {
        return "CN=" + name + "," + unit;
    }

    void addMember(String group, String... members) throws LDAPException {
        admin.modify(group, new Modification(ModificationType.ADD, "member", members));
    }

    void removeMember(String group, String... members) throws LDAPException {
        admin.modify(group, new Modification(ModificationType.DELETE, "member", members));
    }

    /** Adds a member unless he is one. */
    void tryAddMember(String group, String member) throws LDAPException {
        modifyLeniently(group, new Modification(ModificationType.ADD, "member", member));
    }

    /** Removes a member if he is one. */
    void tryRemoveMember(String group, String member) throws LDAPException {
        modifyLeniently(group, new Modification(ModificationType.DELETE, "member", member));
    }

    private void modifyLeniently(String group, Modification change) throws LDAPException {
        try {
            admin.modify(group, change);
        } catch (LDAPException e) {
            boolean alreadySo = e.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS)
                    || e.getResultCode().equals(ResultCode.ATTRIBUTE_OR_VALUE_EXISTS)
                    || e.getResultCode().equals(ResultCode.NO_SUCH_ATTRIBUTE)
                    || e.getResultCode().equals(ResultCode.UNWILLING_TO_PERFORM);
            if (!alreadySo) {
                throw e;
            }
        }
    }

    void set(String dn, String attribute, String... values) throws LDAPException {
        admin.modify(dn, new Modification(ModificationType.REPLACE, attribute, values));
    }

    void delete(String dn) throws LDAPException {
        admin.delete(dn);
    }

    void move(String dn, String newRdn, String newParent) throws LDAPException {
        admin.modifyDN(new ModifyDNRequest(dn, newRdn, true, newParent));
    }

    byte[] sid(String dn) throws LDAPException {
        return admin.getEntry(dn, "objectSid").getAttributeValueBytes("objectSid");
    }

    private ObjectGuid guid(String dn) throws LDAPException {
        return ObjectGuid.ofBytes(admin.getEntry(dn, "objectGUID").getAttributeValueBytes("objectGUID"));
    }

    private static String account(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws LDAPException {
        DeleteRequest all = new DeleteRequest(unit);
        all.addControl(new Control("1.2.840.113556.1.4.805", true));
        try {
            admin.delete(all);
        } catch (LDAPException e) {
            // A test may have cut every connection.
            admin.reconnect();
            admin.delete(all);
        }
        admin.close();
    }
}
