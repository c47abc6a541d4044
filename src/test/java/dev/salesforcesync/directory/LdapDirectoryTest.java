package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.Whereabouts;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract on the sandbox directory, and what only a sandbox can do: limits, faults, wrong certificates. */
class LdapDirectoryTest extends DirectoryReaderContract {
    private static final int CROWD = 2_500;
    private static SandboxDirectory sandbox;

    @BeforeAll
    static void start() {
        sandbox = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
        sandbox.populate(CROWD, 1);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void noFaults() {
        sandbox.faults().clear();
    }

    @Override
    LiveDomain openDomain() throws Exception {
        return new LiveDomain(
                URI.create(sandbox.ldapsUrl()),
                sandbox.caPem(),
                SandboxDirectory.BASE_DN,
                sandbox.adminDn(),
                sandbox.adminPassword());
    }

    private static DirectorySettings settings(List<URI> servers, TlsMode tls, Optional<String> ca) {
        return new DirectorySettings(
                Optional.empty(), servers, "svc-sync@corp.example.com", sandbox.password(), tls, ca);
    }

    private static DirectorySettings settingsOf(SandboxDirectory directory) {
        return new DirectorySettings(
                Optional.empty(),
                List.of(URI.create(directory.ldapsUrl())),
                directory.bindDn(),
                directory.password(),
                TlsMode.LDAPS,
                Optional.of(directory.caPem()));
    }

    private static ReadRequest crowd(String... groups) {
        String base = "OU=Generated,OU=People," + SandboxDirectory.BASE_DN;
        return new ReadRequest(List.of(new Search(base, PEOPLE)), Set.of(groups), Set.of("mail"), 1, List.of());
    }

    @Test
    void readsPastTheServersPageLimit() {
        DirectoryPicture picture = read(crowd());

        assertThat(picture.people()).hasSize(CROWD);
        assertThat(picture.completeness().isProven()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 2_499})
    void provesNothingWhenTheServerStopsAtALimit(int entries) {
        for (ResultCode code : List.of(
                ResultCode.SIZE_LIMIT_EXCEEDED, ResultCode.TIME_LIMIT_EXCEEDED, ResultCode.ADMIN_LIMIT_EXCEEDED)) {
            sandbox.faults().endSearchAfter(entries, code);

            DirectoryPicture picture = read(crowd());

            assertThat(picture.people()).hasSize(entries);
            assertThat(doubt(picture)).endsWith("LimitExceeded");
            assertThat(read(crowd()).completeness().isProven()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_001, 1_500, 2_499})
    void provesNothingWhenTheConnectionBreaksInALaterPage(int entries) {
        sandbox.faults().cutConnectionAfter(entries);

        DirectoryPicture picture = read(crowd());

        assertThat(picture.people()).hasSizeLessThan(CROWD).isNotEmpty();
        assertThat(doubt(picture)).isEqualTo("DirectoryUnreachable");
        assertThat(read(crowd()).completeness().isProven()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 999})
    void failsWhenTheConnectionBreaksBeforeAnythingWasRead(int entries) {
        sandbox.faults().cutConnectionAfter(entries);

        assertThat(failure(reader().read(crowd())).reason()).isEqualTo("DirectoryUnreachable");
    }

    @Test
    void provesNothingWhenAReferenceIsLeftUnread() {
        sandbox.faults().sendReferences();

        assertThat(doubt(read(crowd()))).isEqualTo("ReferralNotFollowed");
    }

    @Test
    void provesNothingWhenTheServerIgnoresPaging() throws Exception {
        domain().person("Anna");
        sandbox.faults().ignorePaging();

        assertThat(doubt(read(request()))).isEqualTo("PagingNotConfirmed");
    }

    @Test
    void noticesALostRightByTheMinimumAndByCanaries() throws Exception {
        String hidden = domain().unit("Hidden");
        domain().personIn(hidden, "Anna");
        domain().person("Bert");
        ReadRequest request = new ReadRequest(
                List.of(new Search(domain().unit(), PEOPLE)), Set.of(), Set.of(), 1, List.of("CN=Anna," + hidden));
        assertThat(read(request).completeness().isProven()).isTrue();

        sandbox.faults().hide(hidden);

        assertThat(read(request).people()).hasSize(1);
        assertThat(doubt(read(request))).isEqualTo("CanaryMissing");
        sandbox.faults().hide(domain().unit());
        assertThat(failure(reader().read(request)).reason()).isEqualTo("DirectoryBaseNotFound");
    }

    @Test
    void leavesOutPeopleWhoseAccountStateItMayNotReadAndProvesNothing() throws Exception {
        domain().person("Anna");
        sandbox.faults().hideAttribute("userAccountControl");

        DirectoryPicture picture = read(request());

        assertThat(picture.people()).isEmpty();
        assertThat(picture.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("AccountStateUnreadable"));
        assertThat(doubt(picture)).isEqualTo("EntryUnreadable");
    }

    @Test
    void goesOnPastAnEntryWithoutIdentity() throws Exception {
        domain().person("Anna");
        domain().person("Nobody");
        sandbox.loseIdentityOf(domain().dn("Nobody"));

        DirectoryPicture picture = read(request());

        assertThat(picture.people()).hasSize(1);
        assertThat(picture.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("ObjectGuidMissing"));
        assertThat(doubt(picture)).isEqualTo("EntryUnreadable");
    }

    @Test
    void seesALockoutByTheComputedAttributeElseByItsTime() throws Exception {
        ObjectGuid anna = domain().person("Anna");
        ObjectGuid bert = domain().person("Bert");
        sandbox.modify(
                domain().dn("Anna"), new Modification(ModificationType.REPLACE, "lockoutTime", "133500000000000000"));

        for (boolean computed : new boolean[] {true, false}) {
            if (!computed) {
                sandbox.faults().hideAttribute("msDS-User-Account-Control-Computed");
            }
            DirectoryPicture picture = read(request());
            assertThat(in(picture.people(), anna).account().lockedOut()).isTrue();
            assertThat(in(picture.people(), bert).account().lockedOut()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"1499", "1500", "1501", "2500"})
    void readsGroupsAroundTheServersRangeLimit(int members) throws Exception {
        String group = domain().group("big", crowdDns(members));

        DirectoryPicture picture = read(crowd(group));

        assertThat(picture.memberships().get(group)).hasSize(members);
        assertThat(picture.completeness().isProven()).isTrue();
    }

    @Test
    void readsAGroupOfManyRanges() {
        try (SandboxDirectory large = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT)) {
            large.add(
                    "CN=Salesforce Users,OU=Groups," + SandboxDirectory.BASE_DN, new Attribute("objectClass", "group"));
            large.populate(5_001, 3);
            try (DirectoryReader reader = LdapDirectories.open(settingsOf(large))) {
                DirectoryPicture picture = value(reader.read(crowd("Salesforce Users")));
                assertThat(picture.memberships().get("Salesforce Users")).hasSize(5_001);
                assertThat(picture.completeness().isProven()).isTrue();
            }
        }
    }

    @Test
    void provesNothingWhenTheConnectionBreaksBetweenTwoRanges() throws Exception {
        String group = domain().group("big", crowdDns(2_500));
        sandbox.faults().cutConnectionAtRange(1);

        DirectoryPicture picture = read(crowd(group));

        assertThat(doubt(picture)).isEqualTo("DirectoryUnreachable");
        assertThat(picture.people()).hasSize(CROWD);
        assertThat(picture.memberships()).containsKey(group);
    }

    @Test
    void findsNoTombstoneWhereItMayNotReadThem() throws Exception {
        ObjectGuid gone = domain().person("Gone");
        domain().delete(domain().dn("Gone"));
        sandbox.faults().hideTombstones();

        assertThat(value(reader().locate(Set.of(gone), Set.of())).get(gone)).isInstanceOf(Whereabouts.NotFound.class);
    }

    @Test
    void takesARestoredServerForAChange() {
        ChangeMark mark = value(reader().mark());
        sandbox.renewInvocationId();

        assertThat(value(reader().mark()).invocationId()).isNotEqualTo(mark.invocationId());
        assertThat(value(reader().changedSince(mark, crowd()))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "514,0,,1,DirectoryAccountDisabled",
        "512,1,,1,DirectoryAccountExpired",
        "512,0,133000000000000000,1,DirectoryAccountLocked",
        "512,0,,0,DirectoryPasswordMustChange",
        "8389120,0,,1,DirectoryPasswordExpired"
    })
    void tellsRefusedBindsApart(String control, String expires, String lockout, String passwordSet, String reason) {
        String dn = "CN=" + reason + ",OU=Service," + SandboxDirectory.BASE_DN;
        sandbox.add(
                dn,
                new Attribute("objectClass", "user"),
                new Attribute("userPassword", "right"),
                new Attribute("userAccountControl", control),
                new Attribute("accountExpires", expires),
                new Attribute("lockoutTime", lockout == null ? "0" : lockout),
                new Attribute("pwdLastSet", passwordSet));
        DirectorySettings settings = new DirectorySettings(
                Optional.empty(),
                List.of(URI.create(sandbox.ldapsUrl())),
                dn,
                "right",
                TlsMode.LDAPS,
                Optional.of(sandbox.caPem()));

        try (DirectoryReader reader = LdapDirectories.open(settings)) {
            assertThat(failure(reader.read(crowd())).reason()).isEqualTo(reason);
        }
        sandbox.delete(dn);
    }

    @Test
    void speaksStartTls() {
        DirectorySettings settings =
                settings(List.of(URI.create(sandbox.ldapUrl())), TlsMode.START_TLS, Optional.of(sandbox.caPem()));

        try (DirectoryReader reader = LdapDirectories.open(settings)) {
            assertThat(value(reader.read(crowd())).people()).hasSize(CROWD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LDAPS", "START_TLS"})
    void refusesACertificateOfAnUnknownAuthority(TlsMode tls) {
        String url = tls == TlsMode.LDAPS ? sandbox.ldapsUrl() : sandbox.ldapUrl();
        try (SandboxDirectory stranger = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT)) {
            for (Optional<String> ca : List.of(Optional.<String>empty(), Optional.of(stranger.caPem()))) {
                try (DirectoryReader reader = LdapDirectories.open(settings(List.of(URI.create(url)), tls, ca))) {
                    Failure failure = failure(reader.read(crowd()));
                    assertThat(failure).isInstanceOf(Failure.Terminal.class);
                    assertThat(failure.reason()).isEqualTo("DirectoryCertificateUntrusted");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LDAPS", "START_TLS"})
    void refusesACertificateForAnotherHost(TlsMode tls) {
        // The certificate names localhost and 127.0.0.1; this is another address of the same listener.
        URI url = URI.create(tls == TlsMode.LDAPS ? sandbox.ldapsUrl() : sandbox.ldapUrl());
        URI byOtherName = URI.create(url.getScheme() + "://[::ffff:7f00:1]:" + url.getPort());

        try (DirectoryReader reader =
                LdapDirectories.open(settings(List.of(byOtherName), tls, Optional.of(sandbox.caPem())))) {
            Failure failure = failure(reader.read(crowd()));
            assertThat(failure).isInstanceOf(Failure.Terminal.class);
            assertThat(failure.reason()).isEqualTo("DirectoryHostNameMismatch");
        }
    }

    @Test
    void saysThatACaIsNotPem() {
        DirectorySettings settings =
                settings(List.of(URI.create(sandbox.ldapsUrl())), TlsMode.LDAPS, Optional.of("not a certificate"));

        try (DirectoryReader reader = LdapDirectories.open(settings)) {
            assertThat(failure(reader.mark()).reason()).isEqualTo("DirectoryCaInvalid");
        }
    }

    @Test
    void saysThatNobodyAnswersAndReadsFromTheNextServer() throws IOException {
        URI dead;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = URI.create("ldaps://localhost:" + closed.getLocalPort());
        }
        Optional<String> ca = Optional.of(sandbox.caPem());

        try (DirectoryReader reader = LdapDirectories.open(settings(List.of(dead), TlsMode.LDAPS, ca))) {
            Failure failure = failure(reader.read(crowd()));
            assertThat(failure).isInstanceOf(Failure.Transient.class);
            assertThat(failure.reason()).isEqualTo("DirectoryUnreachable");
        }
        try (DirectoryReader reader =
                LdapDirectories.open(settings(List.of(dead, URI.create(sandbox.ldapsUrl())), TlsMode.LDAPS, ca))) {
            assertThat(value(reader.read(crowd())).people()).hasSize(CROWD);
        }
    }

    @Test
    void goesOnAfterIdleConnectionsWereCut() {
        try (SandboxDirectory other = SandboxDirectory.start(0, 0);
                DirectoryReader reader = LdapDirectories.open(settingsOf(other))) {
            value(reader.mark());
            other.cutConnections();

            assertThat(reader.mark()).isInstanceOf(Result.Ok.class);
        }
    }

    @Test
    void readsThePeopleThatTheSandboxComesWith() {
        try (SandboxDirectory other = SandboxDirectory.start(0, 0);
                DirectoryReader reader = LdapDirectories.open(settingsOf(other))) {
            DirectoryPicture picture = value(reader.read(new ReadRequest(
                    List.of(new Search("OU=People," + SandboxDirectory.BASE_DN, PEOPLE)),
                    Set.of("Salesforce Users", "SF-Sales", "SF-Sales-Loop", "SF-Service", "Café Größe, \"quoted\""),
                    Set.of("mail", "sn", "displayName", "manager", "sAMAccountName"),
                    300,
                    List.of())));

            assertThat(picture.completeness().isProven()).isTrue();
            assertThat(picture.problems()).isEmpty();
            Map<String, Person> people = picture.people().values().stream()
                    .collect(Collectors.toMap(
                            person -> person.first("sAMAccountName").orElseThrow(), person -> person));
            assertThat(in(people, "wolfe").first("sn").orElseThrow()).hasSize(200);
            assertThat(in(people, "nomail").first("mail")).isEmpty();
            assertThat(in(people, "idisabled").account().enabled()).isFalse();
            assertThat(in(people, "eexpired").account().expired(Instant.EPOCH.plus(Duration.ofDays(20_000))))
                    .isTrue();
            assertThat(in(people, "llocked").account().lockedOut()).isTrue();
            assertThat(in(people, "uunlocked").account().lockedOut()).isFalse();
            Set<ObjectGuid> all = picture.memberships().get("Salesforce Users");
            assertThat(all)
                    .hasSize(people.size() - 5)
                    .contains(in(people, "pgroup").guid(), in(people, "qcomma").guid())
                    .doesNotContain(in(people, "outside1").guid());
            assertThat(picture.memberships().get("SF-Service"))
                    .contains(in(people, "pgroup").guid());
            assertThat(picture.memberships().get("SF-Sales"))
                    .containsAll(picture.memberships().get("SF-Sales-Loop"));
            assertThat(picture.memberships().get("Café Größe, \"quoted\"")).hasSize(1);
        }
    }

    @Test
    void failsAfterItWasClosed() {
        reader().close();

        assertThat(failure(reader().mark()).reason()).isEqualTo("DirectoryClosed");
    }

    @Test
    void keepsThePasswordOutOfWhatItSays() {
        DirectorySettings settings = settings(List.of(), TlsMode.LDAPS, Optional.empty());

        assertThat(settings.toString()).doesNotContain(sandbox.password());
        try (DirectoryReader reader = LdapDirectories.open(settings)) {
            assertThat(failure(reader.mark()).reason()).isEqualTo("DirectorySettingsInvalid");
        }
    }

    private static String[] crowdDns(int count) {
        String[] dns = new String[count];
        for (int i = 0; i < count; i++) {
            dns[i] = String.format("CN=g1-%06d,OU=Generated,OU=People,%s", i + 1, SandboxDirectory.BASE_DN);
        }
        return dns;
    }
}
