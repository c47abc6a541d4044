package dev.salesforcesync.sandbox.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import dev.salesforcesync.model.ObjectGuid;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox directory, seen by a plain LDAP client. */
class SandboxDirectoryTest {
    private static final String BASE = SandboxDirectory.BASE_DN;
    private static SandboxDirectory directory;

    @BeforeAll
    static void start() {
        directory = SandboxDirectory.start(0, 0);
    }

    @AfterAll
    static void stop() {
        directory.close();
    }

    @AfterEach
    void noFaults() {
        directory.faults().clear();
    }

    private static LDAPConnection connect() throws Exception {
        SSLUtil tls = new SSLUtil(new TrustAllTrustManager());
        return new LDAPConnection(
                tls.createSSLSocketFactory(),
                "localhost",
                URI.create(directory.ldapsUrl()).getPort());
    }

    private static LDAPConnection bound() throws Exception {
        LDAPConnection connection = connect();
        connection.bind(directory.bindDn(), directory.password());
        return connection;
    }

    private static LDAPConnection admin() throws Exception {
        LDAPConnection connection = connect();
        connection.bind(directory.adminDn(), directory.adminPassword());
        return connection;
    }

    private static String only(LDAPConnection connection, String filter) throws Exception {
        SearchResultEntry entry = connection.searchForEntry(BASE, SearchScope.SUB, Filter.create(filter), "1.1");
        assertThat(entry).as(filter).isNotNull();
        return entry.getDN();
    }

    private static List<String> accounts(LDAPConnection connection, String filter) throws LDAPException {
        return connection.search(BASE, SearchScope.SUB, filter, "sAMAccountName").getSearchEntries().stream()
                .map(entry -> entry.getAttributeValue("sAMAccountName"))
                .sorted()
                .toList();
    }

    @Test
    void bindsByDnByPrincipalNameAndByDomainAndName() throws Exception {
        for (String name : List.of(directory.bindDn(), "svc-sync@corp.example.com", "CORP\\svc-sync")) {
            try (LDAPConnection connection = connect()) {
                assertThat(connection.bind(name, directory.password()).getResultCode())
                        .isEqualTo(ResultCode.SUCCESS);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"514,0,,1,533", "512,1,,1,701", "512,0,133000000000000000,1,775", "512,0,,0,773", "8389120,0,,1,532"})
    void saysWhyABindWasRefused(String control, String expires, String lockout, String passwordSet, String data)
            throws Exception {
        String dn = "CN=bind-" + data + ",OU=Service," + BASE;
        List<Attribute> attributes = new ArrayList<>(List.of(
                new Attribute("objectClass", "user"),
                new Attribute("userPassword", "right"),
                new Attribute("userAccountControl", control),
                new Attribute("accountExpires", expires),
                new Attribute("pwdLastSet", passwordSet)));
        if (lockout != null) {
            attributes.add(new Attribute("lockoutTime", lockout));
        }
        directory.add(dn, attributes.toArray(new Attribute[0]));

        try (LDAPConnection connection = connect()) {
            assertThatThrownBy(() -> connection.bind(dn, "right")).isInstanceOfSatisfying(LDAPException.class, e -> {
                assertThat(e.getResultCode()).isEqualTo(ResultCode.INVALID_CREDENTIALS);
                assertThat(e.getDiagnosticMessage()).contains("data " + data + ",");
            });
        }
        directory.delete(dn);
    }

    @Test
    void refusesABindInTheClearAndTakesItAfterStartTls() throws Exception {
        try (LDAPConnection connection =
                new LDAPConnection("localhost", URI.create(directory.ldapUrl()).getPort())) {
            assertThatThrownBy(() -> connection.bind(directory.bindDn(), directory.password()))
                    .isInstanceOfSatisfying(
                            LDAPException.class,
                            e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.STRONG_AUTH_REQUIRED));
            connection.processExtendedOperation(
                    new StartTLSExtendedRequest(new SSLUtil(new TrustAllTrustManager()).createSSLContext()));
            assertThat(connection.bind(directory.bindDn(), directory.password()).getResultCode())
                    .isEqualTo(ResultCode.SUCCESS);
        }
    }

    @Test
    void showsNothingButTheRootToStrangers() throws Exception {
        try (LDAPConnection connection = connect()) {
            assertThat(connection.getRootDSE().getAttributeValue("defaultNamingContext"))
                    .isEqualTo(BASE);
            assertThatThrownBy(() -> connection.search(BASE, SearchScope.SUB, "(objectClass=user)"))
                    .isInstanceOf(LDAPSearchException.class);
        }
    }

    @Test
    void cutsAnUnpagedSearchAtOneThousandEntries() throws Exception {
        try (SandboxDirectory big = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT)) {
            big.populate(1_200, 7);
            SSLUtil tls = new SSLUtil(new TrustAllTrustManager());
            try (LDAPConnection connection = new LDAPConnection(
                    tls.createSSLSocketFactory(),
                    "localhost",
                    URI.create(big.ldapsUrl()).getPort(),
                    big.bindDn(),
                    big.password())) {
                assertThatThrownBy(() -> connection.search(BASE, SearchScope.SUB, "(sAMAccountName=g7-*)", "1.1"))
                        .isInstanceOfSatisfying(LDAPSearchException.class, e -> {
                            assertThat(e.getResultCode()).isEqualTo(ResultCode.SIZE_LIMIT_EXCEEDED);
                            assertThat(e.getEntryCount()).isEqualTo(1_000);
                        });
            }
        }
    }

    @Test
    void pagesThroughEverybodyOnceAndForgetsTheCookieElsewhere() throws Exception {
        SearchRequest request = new SearchRequest(BASE, SearchScope.SUB, "(&(objectClass=user)(l=*))", "1.1");
        List<String> seen = new ArrayList<>();
        ASN1OctetString cookie = null;
        try (LDAPConnection connection = bound();
                LDAPConnection other = bound()) {
            int expected = connection.search(request).getEntryCount();
            do {
                request.setControls(new SimplePagedResultsControl(50, cookie));
                if (cookie != null && seen.size() == 50) {
                    assertThatThrownBy(() -> other.search(request)).isInstanceOf(LDAPSearchException.class);
                }
                SearchResult page = connection.search(request);
                page.getSearchEntries().forEach(entry -> seen.add(entry.getDN()));
                cookie = SimplePagedResultsControl.get(page).getCookie();
            } while (cookie.getValueLength() > 0);
            assertThat(seen).hasSize(expected).doesNotHaveDuplicates();
        }
    }

    @Test
    void evaluatesBitFiltersAndMembershipInChain() throws Exception {
        String sales = "CN=Salesforce Users,OU=Groups," + BASE;
        try (LDAPConnection connection = bound()) {
            assertThat(accounts(connection, "(&(mail=*)(userAccountControl:1.2.840.113556.1.4.803:=2))"))
                    .containsExactly("edisabled", "idisabled");
            List<String> direct = accounts(connection, "(&(objectCategory=person)(memberOf=" + sales + "))");
            List<String> nested =
                    accounts(connection, "(&(objectCategory=person)(memberOf:1.2.840.113556.1.4.1941:=" + sales + "))");
            assertThat(nested)
                    .hasSizeGreaterThan(direct.size())
                    .contains("idisabled")
                    .doesNotContain("outside1");
            assertThat(direct).doesNotContain("idisabled").isNotEmpty();
        }
    }

    @Test
    void findsByIdentityAndComparesCounterAsNumbers() throws Exception {
        try (LDAPConnection connection = bound()) {
            SearchResultEntry wolfe = connection.searchForEntry(
                    BASE, SearchScope.SUB, "(sAMAccountName=wolfe)", "objectGUID", "uSNChanged");
            byte[] bytes = wolfe.getAttributeValueBytes("objectGUID");
            ObjectGuid guid = ObjectGuid.ofBytes(bytes);
            assertThat(only(
                            connection,
                            Filter.createEqualityFilter("objectGUID", bytes).toString()))
                    .isEqualTo(wolfe.getDN());
            assertThat(connection.getEntry("<GUID=" + guid + ">").getDN()).isEqualTo(wolfe.getDN());
            assertThat(accounts(connection, "(&(sAMAccountName=wolfe)(uSNChanged>=9))"))
                    .containsExactly("wolfe");
            assertThat(accounts(connection, "(&(sAMAccountName=wolfe)(uSNChanged>=999999))"))
                    .isEmpty();
        }
    }

    @Test
    void keepsItsOwnAttributesToItselfAndLetsOnlyTheAdministratorWrite() throws Exception {
        try (LDAPConnection service = bound();
                LDAPConnection admin = admin()) {
            String dn = only(service, "(sAMAccountName=madonna)");
            assertThatThrownBy(() -> service.modify(dn, new Modification(ModificationType.REPLACE, "title", "Star")))
                    .isInstanceOfSatisfying(
                            LDAPException.class,
                            e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS));
            assertThatThrownBy(() -> admin.modify(dn, new Modification(ModificationType.REPLACE, "uSNChanged", "1")))
                    .isInstanceOfSatisfying(
                            LDAPException.class,
                            e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.CONSTRAINT_VIOLATION));
            long before = admin.getEntry(dn, "uSNChanged").getAttributeValueAsLong("uSNChanged");
            admin.modify(dn, new Modification(ModificationType.REPLACE, "title", "Star"));
            assertThat(admin.getEntry(dn, "uSNChanged").getAttributeValueAsLong("uSNChanged"))
                    .isGreaterThan(before);
        }
    }

    @Test
    void leavesATombstoneThatOnlyTheControlShows() throws Exception {
        String dn = "CN=Short Lived,OU=People," + BASE;
        ObjectGuid guid =
                directory.add(dn, new Attribute("objectClass", "user"), new Attribute("mail", "s@example.com"));
        directory.delete(dn);
        Filter filter = Filter.createEqualityFilter("objectGUID", guid.toBytes());
        try (LDAPConnection connection = bound()) {
            assertThat(connection.search(BASE, SearchScope.SUB, filter).getEntryCount())
                    .isZero();
            SearchRequest request = new SearchRequest(BASE, SearchScope.SUB, filter);
            request.setControls(new Control(SearchSession.SHOW_DELETED, true));
            SearchResultEntry tombstone =
                    connection.search(request).getSearchEntries().get(0);
            assertThat(tombstone.getAttributeValue("isDeleted")).isEqualTo("TRUE");
            assertThat(tombstone.getAttributeValue("lastKnownParent")).isEqualTo("OU=People," + BASE);
            assertThat(tombstone.hasAttribute("mail")).isFalse();
            directory.faults().hideTombstones();
            assertThat(connection.search(request).getEntryCount()).isZero();
        }
    }

    @Test
    void movesASubtreeWithEveryIdentityAndLink() throws Exception {
        String unit = "OU=Moving,OU=People," + BASE;
        directory.add(unit, new Attribute("objectClass", "organizationalUnit"));
        ObjectGuid guid = directory.add("CN=Mover\\, M.," + unit, new Attribute("objectClass", "user"));
        directory.modify(
                "CN=SF-Empty,OU=Groups," + BASE,
                new Modification(ModificationType.ADD, "member", "CN=Mover\\, M.," + unit));

        directory.move(unit, "OU=Moved", "OU=Service," + BASE);

        try (LDAPConnection connection = bound()) {
            String now = "CN=Mover\\, M.,OU=Moved,OU=Service," + BASE;
            assertThat(ObjectGuid.ofBytes(connection.getEntry(now).getAttributeValueBytes("objectGUID")))
                    .isEqualTo(guid);
            assertThat(connection.getEntry("CN=SF-Empty,OU=Groups," + BASE).getAttributeValues("member"))
                    .containsExactly(now);
        }
        directory.delete("CN=Mover\\, M.,OU=Moved,OU=Service," + BASE);
        directory.delete("OU=Moved,OU=Service," + BASE);
    }
}
