package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
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
import java.util.UUID;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;

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
    private Optional<Consumer<String>> locker = Optional.empty();

    LiveDomain(URI url, String caPem, String root, String adminDn, String adminPassword) throws LDAPException {
        this.url = url;
        this.caPem = caPem;
        this.root = root;
        this.adminDn = adminDn;
        this.adminPassword = adminPassword;
        this.admin = new LDAPConnection(
                sockets(), url.getHost(), url.getPort() > 0 ? url.getPort() : 636, adminDn, adminPassword);
        this.unit = "OU=Contract-" + tag + "," + root;
        admin.add(unit, new Attribute("objectClass", "organizationalUnit"));
    }

    /** Locks accounts out in another way than by wrong passwords. */
    LiveDomain lockingBy(Consumer<String> lock) {
        locker = Optional.of(lock);
        return this;
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
        return groupIn(unit, unique(name), unique(name), members);
    }

    String groupIn(String parent, String name, String account, String... members) throws LDAPException {
        String dn = "CN=" + name + "," + parent;
        List<Attribute> all = new ArrayList<>(
                List.of(new Attribute("objectClass", "group"), new Attribute("sAMAccountName", account)));
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

    void deleteTree(String dn) throws LDAPException {
        DeleteRequest all = new DeleteRequest(dn);
        all.addControl(new Control("1.2.840.113556.1.4.805", true));
        admin.delete(all);
    }

    /** Brings a tombstone back (MS-ADTS 3.1.1.5.3.7). */
    void restore(ObjectGuid guid, String dn) throws LDAPException {
        SearchRequest tombstone = new SearchRequest(
                root, SearchScope.SUB, Filter.createEqualityFilter("objectGUID", guid.toBytes()), "objectGUID");
        tombstone.addControl(PagedSearch.SHOW_DELETED);
        // Samba takes no other name of a tombstone than its DN.
        ModifyRequest back = new ModifyRequest(
                admin.searchForEntry(tombstone).getDN(),
                new Modification(ModificationType.DELETE, "isDeleted"),
                new Modification(ModificationType.REPLACE, "distinguishedName", dn));
        back.addControl(PagedSearch.SHOW_DELETED);
        admin.modify(back);
    }

    /**
     * Whether what is deleted keeps everything for a while, as the forest itself says (MS-ADTS 3.1.1.9.1). No test
     * switches that on in a real one, because it can never be switched off again; so a Samba domain has none here.
     */
    boolean hasRecycleBin() throws LDAPException {
        SearchResultEntry partitions = admin.getEntry(
                "CN=Partitions," + admin.getRootDSE().getAttributeValue("configurationNamingContext"),
                "msDS-EnabledFeature");
        return partitions != null
                && partitions.hasAttribute("msDS-EnabledFeature")
                && Arrays.stream(partitions.getAttributeValues("msDS-EnabledFeature"))
                        .anyMatch(feature -> feature.startsWith("CN=Recycle Bin Feature,"));
    }

    /** Tries a wrong password, which locks out where the domain's policy says so. */
    void lockOut(String dn) throws LDAPException {
        if (locker.isPresent()) {
            locker.get().accept(dn);
            return;
        }
        try (LDAPConnection wrong =
                new LDAPConnection(sockets(), url.getHost(), url.getPort() > 0 ? url.getPort() : 636)) {
            wrong.bind(dn, "a wrong password");
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)) {
                throw e;
            }
        }
    }

    /** One more connection of the administrator's. */
    LDAPConnection connect() throws LDAPException {
        return new LDAPConnection(
                sockets(), url.getHost(), url.getPort() > 0 ? url.getPort() : 636, adminDn, adminPassword);
    }

    private static SSLSocketFactory sockets() throws LDAPException {
        try {
            return new SSLUtil(new TrustAllTrustManager()).createSSLSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new LDAPException(ResultCode.LOCAL_ERROR, "no TLS", e);
        }
    }

    /** Denies an account something on one object; what it may do comes back at the end. */
    Restored deny(String account, String dn, int rights, Optional<UUID> attribute) throws LDAPException {
        SearchRequest ask = new SearchRequest(
                dn, SearchScope.BASE, Filter.createPresenceFilter("objectClass"), "nTSecurityDescriptor");
        ask.addControl(Denial.onlyAccess());
        byte[] before = admin.searchForEntry(ask).getAttributeValueBytes("nTSecurityDescriptor");
        writeAccess(dn, Denial.in(before, sid(account), rights, attribute));
        return () -> writeAccess(dn, before);
    }

    /** Ends a denial. */
    interface Restored extends AutoCloseable {
        @Override
        void close() throws LDAPException;
    }

    private void writeAccess(String dn, byte[] descriptor) throws LDAPException {
        ModifyRequest change =
                new ModifyRequest(dn, new Modification(ModificationType.REPLACE, "nTSecurityDescriptor", descriptor));
        change.addControl(Denial.onlyAccess());
        admin.modify(change);
    }

    void move(String dn, String newRdn, String newParent) throws LDAPException {
        admin.modifyDN(new ModifyDNRequest(dn, newRdn, true, newParent));
    }

    byte[] sid(String dn) throws LDAPException {
        return admin.getEntry(dn, "objectSid").getAttributeValueBytes("objectSid");
    }

    ObjectGuid guid(String dn) throws LDAPException {
        return ObjectGuid.ofBytes(admin.getEntry(dn, "objectGUID").getAttributeValueBytes("objectGUID"));
    }

    private static String account(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws LDAPException {
        try {
            deleteTree(unit);
        } catch (LDAPException e) {
            // A test may have cut every connection, or made a group of the unit somebody's primary group.
            admin.reconnect();
            deletePeople();
            deleteTree(unit);
        }
        admin.close();
    }

    /** A group is not deleted while it is the primary group of anybody. */
    private void deletePeople() throws LDAPException {
        SearchRequest people = new SearchRequest(
                unit, SearchScope.SUB, Filter.createEqualityFilter("objectClass", "user"), SearchRequest.NO_ATTRIBUTES);
        people.addControl(new SimplePagedResultsControl(5, true));
        List<SearchResultEntry> some = admin.search(people).getSearchEntries();
        while (!some.isEmpty()) {
            for (SearchResultEntry person : some) {
                admin.delete(person.getDN());
            }
            some = admin.search(people).getSearchEntries();
        }
    }
}
