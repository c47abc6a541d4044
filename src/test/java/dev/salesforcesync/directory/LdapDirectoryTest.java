package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.Whereabouts;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    static DirectorySettings settingsOf(SandboxDirectory directory) {
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
            try (DirectoryReader reader = LdapDirectories.open(settingsOf(large), Clock.systemUTC())) {
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
    void readsAGroupAnewWhenItsRangesBeginAgain() throws Exception {
        String group = domain().group("big", crowdDns(2_500));
        sandbox.faults().restartNextRange();

        DirectoryPicture picture = read(crowd(group));

        assertThat(picture.completeness().isProven()).isTrue();
        assertThat(picture.memberships().get(group)).hasSize(2_500);
    }

    /** A member who is deleted leaves the group without a change of its {@code uSNChanged}, and all behind him move. */
    @ParameterizedTest
    @CsvSource({"1, 6", "2, 3", "3, 2"})
    void overlooksNobodyBehindAMemberWhoIsDeletedBetweenTwoRanges(int step, int ranges) throws Exception {
        for (int request = 1; request <= ranges; request++) {
            for (int gone = 0; gone < 6; gone++) {
                sandbox.faults().clear();
                LiveDomain domain = openDomain();
                List<String> dns = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    domain.person("P" + i);
                    dns.add(domain.dn("P" + i));
                }
                String group = domain.group("ranged", dns.toArray(new String[0]));
                String victim = dns.get(gone);
                try (DirectoryReader small = new LdapDirectory(
                        new DirectoryConnections(domain.settings(), Network.real(Clock.systemUTC())),
                        new ReadSteps(100, step),
                        Clock.systemUTC())) {
                    ReadRequest read = new ReadRequest(
                            List.of(new Search(domain.unit(), PEOPLE)), Set.of(group), Set.of(), 1, List.of());
                    sandbox.faults().beforeRange(request, () -> sandbox.delete(victim));
                    DirectoryPicture picture = value(small.read(read));

                    assertThat(sandbox.faults().hasHappened()).isTrue();
                    String when = "P" + gone + " deleted before range " + request;
                    assertThat(picture.completeness().isProven()).as(when).isTrue();
                    Set<String> members = picture.memberships().getOrDefault(group, Set.of()).stream()
                            .map(guid -> in(picture.people(), guid).dn())
                            .collect(Collectors.toSet());
                    assertThat(members)
                            .as(when)
                            .containsAll(dns.stream()
                                    .filter(dn -> !dn.equals(victim))
                                    .toList());
                } finally {
                    domain.close();
                }
            }
        }
    }

    @Test
    void findsNoTombstoneWhereItMayNotReadThem() throws Exception {
        ObjectGuid gone = domain().person("Gone");
        domain().delete(domain().dn("Gone"));
        sandbox.faults().hideTombstones();

        assertThat(value(reader().locate(Set.of(gone), Set.of())).get(gone)).isInstanceOf(Whereabouts.NotFound.class);
    }

    @Test
    void readsThePeopleThatTheSandboxComesWith() {
        try (SandboxDirectory other = SandboxDirectory.start(0, 0);
                DirectoryReader reader = LdapDirectories.open(settingsOf(other), Clock.systemUTC())) {
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

    private static String[] crowdDns(int count) {
        String[] dns = new String[count];
        for (int i = 0; i < count; i++) {
            dns[i] = String.format("CN=g1-%06d,OU=Generated,OU=People,%s", i + 1, SandboxDirectory.BASE_DN);
        }
        return dns;
    }
}
