package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.listener.StartTLSRequestHandler;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import dev.salesforcesync.model.ObjectGuid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import javax.net.ServerSocketFactory;

/**
 * A running sandbox directory: the domain corp.example.com with AD's behaviour, on LDAPS and on LDAP with StartTLS,
 * both on the loopback address. Everything is in memory; each start begins anew with the same people.
 */
public final class SandboxDirectory implements AutoCloseable {
    public static final String BASE_DN = "DC=corp,DC=example,DC=com";
    public static final String DNS_NAME = "corp.example.com";
    public static final String NETBIOS_NAME = "CORP";

    private static final String BIND_DN = "CN=svc-sync,OU=Service," + BASE_DN;
    private static final String PASSWORD = "Sandbox-Sync-1";
    private static final String ADMIN_DN = "CN=Administrator,CN=Users," + BASE_DN;
    private static final String ADMIN_PASSWORD = "Sandbox-Admin-1";

    private final SandboxParts parts;
    private final SandboxCertificates certificates;
    private final LDAPListener ldaps;
    private final LDAPListener ldap;

    private SandboxDirectory(
            SandboxParts parts, SandboxCertificates certificates, LDAPListener ldaps, LDAPListener ldap) {
        this.parts = parts;
        this.certificates = certificates;
        this.ldaps = ldaps;
        this.ldap = ldap;
    }

    /**
     * Starts with the people of {@code sandbox/people.ldif}.
     *
     * @param ldapsPort 0 for any free port
     * @param ldapPort for StartTLS; 0 for any free port
     */
    public static SandboxDirectory start(int ldapsPort, int ldapPort) {
        SandboxDirectory directory = startEmpty(ldapsPort, ldapPort, DirectoryLimits.DEFAULT);
        SandboxPeople.load(directory, "/sandbox/people.ldif");
        return directory;
    }

    /** Starts with nobody but the administrator and the service account. */
    public static SandboxDirectory startEmpty(int ldapsPort, int ldapPort, DirectoryLimits limits) {
        try {
            Domain domain = new Domain(new DN(BASE_DN), DNS_NAME, NETBIOS_NAME);
            DomainWrites writes = new DomainWrites(domain);
            RootDse rootDse = new RootDse(domain);
            Node administrator = plant(writes, rootDse);
            SandboxParts parts = new SandboxParts(
                    domain,
                    writes,
                    new DomainDeletions(domain),
                    new BindRules(domain),
                    rootDse,
                    limits,
                    new DirectoryFaults(),
                    administrator,
                    new AtomicLong());
            SandboxCertificates certificates = SandboxCertificates.make(hostNames(), List.of("127.0.0.1"));
            RequestHandler handler = new RequestHandler(parts);
            LDAPListener ldaps = listen(
                    ldapsPort, handler, Optional.of(certificates.context().getServerSocketFactory()));
            LDAPListener ldap = listen(
                    ldapPort,
                    new StartTLSRequestHandler(certificates.context().getSocketFactory(), handler),
                    Optional.empty());
            return new SandboxDirectory(parts, certificates, ldaps, ldap);
        } catch (LDAPException | IOException e) {
            throw new IllegalStateException("the sandbox directory cannot start", e);
        }
    }

    /** The secure address, by a host name that the certificate carries. */
    public String ldapsUrl() {
        return "ldaps://localhost:" + ldaps.getListenPort();
    }

    /** The address for StartTLS; a bind without it is refused. */
    public String ldapUrl() {
        return "ldap://localhost:" + ldap.getListenPort();
    }

    /** The certificate to trust. */
    /** By what it is known, with which other listeners of this machine may be known, too. */
    public SandboxCertificates certificates() {
        return certificates;
    }

    public String caPem() {
        return certificates.caPem();
    }

    /** The account for the operator: reads all, writes nothing. */
    public String bindDn() {
        return BIND_DN;
    }

    public String password() {
        return PASSWORD;
    }

    /** The account that may change people. */
    public String adminDn() {
        return ADMIN_DN;
    }

    public String adminPassword() {
        return ADMIN_PASSWORD;
    }

    /** How many searches were asked for since the start; listening for changes does not count. */
    public long searches() {
        return parts.searches().get();
    }

    public DirectoryFaults faults() {
        return parts.faults();
    }

    /**
     * Lets somebody catch passwords as they are set, as an agent on a domain controller does; he must not keep the
     * directory waiting.
     */
    public void catchPasswords(BiConsumer<ObjectGuid, String> agent) {
        parts.domain().passwordAgents().add(agent);
    }

    /** Adds generated people and makes them members of {@code Salesforce Users}, if that group is there. */
    public void populate(int people, long seed) {
        GeneratedPeople.add(this, people, seed);
    }

    /** Adds an object as the server itself would; attributes that only it may write are allowed. */
    public ObjectGuid add(String dn, Attribute... attributes) {
        return trusted(() -> parts.writes().add(new Entry(dn, attributes), true).guid);
    }

    /** Changes an object as the server itself would, for instance its {@code lockoutTime}. */
    public void modify(String dn, Modification... modifications) {
        trusted(() -> {
            parts.writes().modify(dn, List.of(modifications), true);
            return dn;
        });
    }

    /** Deletes an object; a tombstone stays. */
    public void delete(String dn) {
        trusted(() -> {
            parts.deletions().delete(dn, false);
            return dn;
        });
    }

    /** Renames an object and moves it below another parent. */
    public void move(String dn, String newRdn, String newParent) {
        trusted(() -> {
            parts.writes().rename(dn, newRdn, Optional.of(newParent));
            return dn;
        });
    }

    /** Takes the objectGUID of an object away, as no real server does. */
    public void loseIdentityOf(String dn) {
        synchronized (parts.domain()) {
            trusted(() -> parts.domain().find(dn)).orElseThrow().entry.removeAttribute("objectGUID");
        }
    }

    /** Lets deleted objects keep everything from now on, as the recycle bin of Active Directory does. */
    public void enableRecycleBin() {
        trusted(() -> {
            parts.rootDse().enableRecycleBin(parts.writes());
            return "";
        });
    }

    /** Takes from a deleted object what it had kept, as the server does when its time in the recycle bin is over. */
    public void recycle(ObjectGuid guid) {
        trusted(() -> {
            parts.deletions().recycle(guid);
            return guid;
        });
    }

    /** Behaves like a server restored from a backup: another invocation id. */
    public void renewInvocationId() {
        trusted(() -> {
            parts.rootDse().renewInvocationId(parts.writes());
            return "";
        });
    }

    /** Whether an object of that name lives here. */
    public boolean exists(String dn) {
        synchronized (parts.domain()) {
            return trusted(() -> parts.domain().find(dn)).isPresent();
        }
    }

    /** Cuts every open connection; new ones are accepted. */
    public void cutConnections() {
        ldaps.closeAllConnections(false);
        ldap.closeAllConnections(false);
    }

    @Override
    public void close() {
        ldaps.shutDown(true);
        ldap.shutDown(true);
    }

    /** OpenLDAP's clients compare the certificate with the machine's own name when they are told localhost. */
    private static List<String> hostNames() {
        List<String> names = new ArrayList<>(List.of("localhost", "dc1." + DNS_NAME));
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            // A machine that does not know its own name is served by the other names.
            return names;
        }
        return names;
    }

    private static Node plant(DomainWrites writes, RootDse rootDse) throws LDAPException {
        writes.add(new Entry(BASE_DN, new Attribute("objectClass", "domainDNS")), true);
        rootDse.plant(writes);
        for (String name : List.of("Users", "Deleted Objects")) {
            writes.add(new Entry("CN=" + name + "," + BASE_DN, new Attribute("objectClass", "container")), true);
        }
        for (String name : List.of("People", "Groups", "Service")) {
            writes.add(
                    new Entry("OU=" + name + "," + BASE_DN, new Attribute("objectClass", "organizationalUnit")), true);
        }
        writes.add(
                new Entry(
                        "CN=Domain Users,CN=Users," + BASE_DN,
                        new Attribute("objectClass", "group"),
                        new Attribute("cn", "Domain Users"),
                        new Attribute("sAMAccountName", "Domain Users")),
                true);
        writes.add(account(BIND_DN, "svc-sync", PASSWORD), true);
        return writes.add(account(ADMIN_DN, "Administrator", ADMIN_PASSWORD), true);
    }

    private static Entry account(String dn, String name, String password) {
        return new Entry(
                dn,
                new Attribute("objectClass", "user"),
                new Attribute("sAMAccountName", name),
                new Attribute("userPrincipalName", name + "@" + DNS_NAME),
                new Attribute("userAccountControl", "66048"),
                new Attribute("userPassword", password));
    }

    private static LDAPListener listen(
            int port, LDAPListenerRequestHandler handler, Optional<ServerSocketFactory> sockets) throws IOException {
        LDAPListenerConfig config = new LDAPListenerConfig(port, handler);
        config.setListenAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        sockets.ifPresent(config::setServerSocketFactory);
        LDAPListener listener = new LDAPListener(config);
        listener.startListening();
        return listener;
    }

    private static <T> T trusted(Write<T> write) {
        try {
            return write.run();
        } catch (LDAPException e) {
            throw new IllegalArgumentException(e.getResultCode() + ": " + e.getMessage(), e);
        }
    }

    private interface Write<T> {
        T run() throws LDAPException;
    }
}
