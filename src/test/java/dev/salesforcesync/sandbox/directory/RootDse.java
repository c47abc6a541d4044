package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import dev.salesforcesync.model.ObjectGuid;
import java.util.List;

/** What the server says about itself (MS-ADTS 3.1.1.3.2). */
final class RootDse {
    private static final String SERVER = "CN=DC1,CN=Servers,CN=Default-First-Site-Name,CN=Sites,CN=Configuration,";

    private final Domain domain;

    RootDse(Domain domain) {
        this.domain = domain;
    }

    /** Adds the objects that the root DSE points at. */
    void plant(DomainWrites writes) throws LDAPException {
        DN settings = new DN("CN=NTDS Settings," + SERVER + domain.root);
        DN sites = settings.getParent().getParent().getParent();
        for (DN dn : List.of(
                domain.configuration(),
                sites.getParent(),
                sites,
                settings.getParent().getParent(),
                settings.getParent())) {
            if (domain.at(dn).isEmpty()) {
                writes.add(new Entry(dn, new Attribute("objectClass", "container")), true);
            }
        }
        Entry entry = new Entry(settings, new Attribute("objectClass", "nTDSDSA"));
        entry.addAttribute("invocationId", new ObjectGuid(domain.invocationId()).toBytes());
        writes.add(entry, true);
    }

    /** Tells that what is deleted keeps everything for a while, which cannot be ended again (MS-ADTS 3.1.1.9.1). */
    void enableRecycleBin(DomainWrites writes) throws LDAPException {
        synchronized (domain) {
            domain.enableRecycleBin();
            Entry partitions =
                    new Entry("CN=Partitions," + domain.configuration(), new Attribute("objectClass", "container"));
            partitions.addAttribute(
                    "msDS-EnabledFeature",
                    "CN=Recycle Bin Feature,CN=Optional Features,CN=Directory Service,CN=Windows NT,CN=Services,"
                            + domain.configuration());
            writes.add(partitions, true);
        }
    }

    /** Gives the server's database a new history. */
    void renewInvocationId(DomainWrites writes) throws LDAPException {
        synchronized (domain) {
            domain.renewInvocationId();
            writes.modify(
                    "CN=NTDS Settings," + SERVER + domain.root,
                    List.of(new Modification(
                            ModificationType.REPLACE, "invocationId", new ObjectGuid(domain.invocationId()).toBytes())),
                    true);
        }
    }

    Entry show(List<String> asked) {
        Entry all = new Entry("");
        all.addAttribute("objectClass", "top");
        all.addAttribute("defaultNamingContext", domain.root.toString());
        all.addAttribute("rootDomainNamingContext", domain.root.toString());
        all.addAttribute("configurationNamingContext", domain.configuration().toString());
        all.addAttribute("schemaNamingContext", "CN=Schema," + domain.configuration());
        all.addAttribute(
                "namingContexts", domain.root.toString(), domain.configuration().toString());
        all.addAttribute("dnsHostName", "dc1." + domain.dnsName);
        all.addAttribute("serverName", SERVER + domain.root);
        all.addAttribute("dsServiceName", "CN=NTDS Settings," + SERVER + domain.root);
        all.addAttribute("ldapServiceName", domain.dnsName + ":dc1$@" + domain.dnsName);
        all.addAttribute("isSynchronized", "TRUE");
        all.addAttribute("supportedLDAPVersion", "3");
        all.addAttribute("supportedCapabilities", "1.2.840.113556.1.4.800", "1.2.840.113556.1.4.1670");
        all.addAttribute("supportedExtension", "1.3.6.1.4.1.1466.20037", "1.3.6.1.4.1.4203.1.11.3");
        all.addAttribute(
                "supportedControl",
                SimplePagedResultsControl.PAGED_RESULTS_OID,
                SearchSession.SHOW_DELETED,
                SearchSession.DOMAIN_SCOPE,
                SearchSession.EXTENDED_DN,
                DirSync.OID,
                ChangeWatch.OID,
                "1.2.840.113556.1.4.805");
        synchronized (domain) {
            all.addAttribute("highestCommittedUSN", Long.toString(domain.highestUsn()));
        }
        if (asked.isEmpty() || asked.contains("*") || asked.contains("+")) {
            return all;
        }
        Entry shown = new Entry("");
        for (String name : asked) {
            Attribute attribute = all.getAttribute(name);
            if (attribute != null) {
                shown.addAttribute(attribute);
            }
        }
        return shown;
    }
}
