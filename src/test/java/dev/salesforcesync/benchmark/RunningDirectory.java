package dev.salesforcesync.benchmark;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A directory in a process of its own. */
final class RunningDirectory implements AutoCloseable {
    private static final int PAGE = 1_000;
    private static final String USERS = "(&(objectCategory=person)(objectClass=user))";

    /** What the operator asks of a person under the default rules, in the order in which it does. */
    private static final String[] ATTRIBUTES = {
        "objectGUID",
        "objectClass",
        "name",
        "sAMAccountName",
        "userPrincipalName",
        "userAccountControl",
        "msDS-User-Account-Control-Computed",
        "accountExpires",
        "lockoutTime",
        "pwdLastSet",
        "lastLogonTimestamp",
        "primaryGroupID",
        "department",
        "displayName",
        "employeeID",
        "givenName",
        "l",
        "mail",
        "manager",
        "preferredLanguage",
        "sn"
    };

    private final Child child;
    private final int people;

    private RunningDirectory(Child child, int people) {
        this.child = child;
        this.people = people;
    }

    /** A new one with so many people, in a JVM with these flags. */
    static RunningDirectory start(int people, String... flags) {
        return new RunningDirectory(
                Child.program(DirectoryProgram.class, List.of(flags), List.of(Integer.toString(people))), people);
    }

    int people() {
        return people;
    }

    String url() {
        return child.told("url");
    }

    String bindDn() {
        return child.told("bindDN");
    }

    String password() {
        return child.told("password");
    }

    String ca() {
        return child.told("ca");
    }

    /** Gives people another department, one after the other. */
    void change(int from, int count, String department) {
        child.ask("/change?from=" + from + "&count=" + count + "&department=" + department);
    }

    /** Reads what the operator reads in full, through the SDK and nothing else; how many people that were. */
    int readBare() throws LDAPException {
        try (LDAPConnection connection = connect()) {
            int found = people(connection);
            for (String group : List.of(DirectoryProgram.EVERYBODY, DirectoryProgram.SELLERS)) {
                members(connection, group);
            }
            return found;
        }
    }

    private static int people(LDAPConnection connection) throws LDAPException {
        SearchRequest request =
                new SearchRequest(DirectoryProgram.PEOPLE, SearchScope.SUB, Filter.create(USERS), ATTRIBUTES);
        int found = 0;
        @Nullable ASN1OctetString next = null;
        while (true) {
            request.setControls(
                    new Control("1.2.840.113556.1.4.1339", true), new SimplePagedResultsControl(PAGE, next, true));
            SearchResult page = connection.search(request);
            found += page.getEntryCount();
            SimplePagedResultsControl answer = Objects.requireNonNull(SimplePagedResultsControl.get(page));
            if (!answer.moreResultsToReturn()) {
                return found;
            }
            next = answer.getCookie();
        }
    }

    /** Range by range, until a server says that one was the last (MS-ADTS 3.1.1.3.1.3.3). */
    private static int members(LDAPConnection connection, String group) throws LDAPException {
        int from = 0;
        while (true) {
            SearchRequest request = new SearchRequest(
                    group, SearchScope.BASE, Filter.createPresenceFilter("objectClass"), "member;range=" + from + "-*");
            request.setControls(new Control("1.2.840.113556.1.4.529", true, extendedDn()));
            SearchResultEntry entry = Objects.requireNonNull(connection.searchForEntry(request));
            var values = entry.getAttributes().stream()
                    .filter(attribute -> attribute.getBaseName().equalsIgnoreCase("member"))
                    .findFirst();
            from += values.map(attribute -> attribute.size()).orElse(0);
            boolean more = values.filter(attribute -> attribute.hasOptions()
                            && attribute.getOptions().stream().noneMatch(option -> option.endsWith("-*")))
                    .isPresent();
            if (!more) {
                return from;
            }
        }
    }

    private static ASN1OctetString extendedDn() {
        return new ASN1OctetString(new com.unboundid.asn1.ASN1Sequence(new com.unboundid.asn1.ASN1Integer(1)).encode());
    }

    private LDAPConnection connect() throws LDAPException {
        try {
            Path ca = Files.createTempFile("benchmark-ca", ".pem");
            try {
                Files.writeString(ca, ca());
                LDAPConnectionOptions options = new LDAPConnectionOptions();
                options.setResponseTimeoutMillis(600_000);
                return new LDAPConnection(
                        new SSLUtil(new PEMFileTrustManager(ca.toFile())).createSSLSocketFactory(),
                        options,
                        URI.create(url()).getHost(),
                        URI.create(url()).getPort(),
                        bindDn(),
                        password());
            } finally {
                Files.delete(ca);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    double processorSeconds() {
        return child.processorSeconds();
    }

    @Override
    public void close() {
        child.close();
    }
}
