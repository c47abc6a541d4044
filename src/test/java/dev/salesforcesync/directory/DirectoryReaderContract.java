package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Completeness;
import dev.salesforcesync.model.Completeness.Unproven;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.Whereabouts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a directory reader does with any Active Directory. */
abstract class DirectoryReaderContract {
    static final String PEOPLE = "(&(objectCategory=person)(objectClass=user))";

    private LiveDomain domain;
    private DirectoryReader reader;

    abstract LiveDomain openDomain() throws Exception;

    @BeforeEach
    final void open() throws Exception {
        domain = openDomain();
        reader = LdapDirectories.open(domain.settings(), Clock.systemUTC());
    }

    @AfterEach
    final void close() throws Exception {
        reader.close();
        domain.close();
    }

    final LiveDomain domain() {
        return domain;
    }

    final DirectoryReader reader() {
        return reader;
    }

    static <T> T value(Result<T> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<T>) result).value();
    }

    static Failure failure(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Failed.class);
        return ((Result.Failed<?>) result).failure();
    }

    final ReadRequest request(String... groups) {
        return new ReadRequest(
                List.of(new Search(domain.unit(), PEOPLE)),
                Set.of(groups),
                Set.of("mail", "sn", "displayName", "department", "thumbnailPhoto"),
                0,
                List.of());
    }

    /** A change to a domain. */
    interface ThrowingRunnable {
        void run() throws Exception;
    }

    final DirectoryPicture read(ReadRequest request) {
        return value(reader.read(request));
    }

    static <K, V> V in(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    static String doubt(DirectoryPicture picture) {
        assertThat(picture.completeness()).isInstanceOf(Unproven.class);
        return ((Unproven) picture.completeness()).reason();
    }

    @Test
    void readsPeopleWithTheirAttributesAndProvesIt() throws Exception {
        ObjectGuid anna = domain.person(
                "Müller\\, Anna \\+ \\\"Co\\\" (Ä)",
                new Attribute("mail", "anna@example.com"),
                new Attribute("sn", "Müller"),
                new Attribute("displayName", "山田 太郎"),
                new Attribute("thumbnailPhoto", new byte[] {(byte) 0xff, 0, 1}));

        DirectoryPicture picture = read(request());

        Person person = in(picture.people(), anna);
        assertThat(person.first("MAIL")).contains("anna@example.com");
        assertThat(person.first("sn")).contains("Müller");
        assertThat(person.first("displayName")).contains("山田 太郎");
        assertThat(person.attributes()).doesNotContainKeys("objectGUID", "thumbnailPhoto", "department");
        assertThat(person.account().enabled()).isTrue();
        assertThat(picture.completeness()).isInstanceOf(Completeness.Proven.class);
        assertThat(picture.problems()).isEmpty();
    }

    @Test
    void decodesDisabledAndExpiredAccounts() throws Exception {
        ObjectGuid disabled = domain.person("Off", new Attribute("userAccountControl", "546"));
        ObjectGuid ended = domain.person("Ended", new Attribute("accountExpires", "133485408000000000"));
        ObjectGuid never = domain.person("Never", new Attribute("accountExpires", "0"));
        ObjectGuid max = domain.person("Max", new Attribute("accountExpires", "9223372036854775807"));

        Map<ObjectGuid, Person> people = read(request()).people();

        assertThat(in(people, disabled).account().enabled()).isFalse();
        assertThat(in(people, ended).account().expiresAt()).contains(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(in(people, never).account().expiresAt()).isEmpty();
        assertThat(in(people, max).account().expiresAt()).isEmpty();
        assertThat(people.values()).noneMatch(person -> person.account().lockedOut());
    }

    @Test
    void countsSomebodyWhomTwoSearchesFindOnce() throws Exception {
        String inner = domain.unit("Inner");
        ObjectGuid anna = domain.personIn(inner, "Anna");
        domain.person("Bert");

        DirectoryPicture picture = read(new ReadRequest(
                List.of(new Search(inner, PEOPLE), new Search(domain.unit(), PEOPLE)),
                Set.of(),
                Set.of(),
                2,
                List.of("cn=ANNA, " + inner)));

        assertThat(picture.people()).hasSize(2).containsKey(anna);
        assertThat(picture.completeness().isProven()).isTrue();
    }

    @Test
    void readsTheWholeDomainForAnEmptyBase() throws Exception {
        ObjectGuid anna = domain.person("Anna");

        DirectoryPicture picture =
                read(new ReadRequest(List.of(new Search("", PEOPLE)), Set.of(), Set.of(), 1, List.of()));

        assertThat(picture.people()).containsKey(anna).hasSizeGreaterThan(1);
        assertThat(picture.completeness().isProven()).isTrue();
    }

    @Test
    void expandsNestedGroupsEvenInACircle() throws Exception {
        ObjectGuid anna = domain.person("Anna");
        ObjectGuid bert = domain.person("Bert");
        ObjectGuid carl = domain.person("Carl");
        domain.person("Dora");
        String leaf = domain.group("leaf", domain.dn("Anna"));
        String middle = domain.group("middle", leaf, domain.dn("Bert"));
        String top = domain.group("top", middle, domain.dn("Carl"));
        domain.addMember(leaf, middle);
        String empty = domain.group("empty");

        DirectoryPicture picture = read(request(top, domain.unique("leaf"), empty));

        assertThat(picture.memberships().get(top)).containsExactlyInAnyOrder(anna, bert, carl);
        assertThat(picture.memberships().get(domain.unique("leaf"))).containsExactlyInAnyOrder(anna, bert);
        assertThat(picture.memberships().get(empty)).isEmpty();
        assertThat(picture.completeness().isProven()).isTrue();
    }

    @Test
    void readsOnePersonByAnyOfHisNamesWithTheGroupsHeIsInAtAnyDepth() throws Exception {
        ObjectGuid anna = domain.person(
                "Anna", new Attribute("mail", "anna@example.com"), new Attribute("userPrincipalName", upn("anna")));
        domain.person("Bert");
        String leaf = domain.group("leaf", domain.dn("Anna"));
        String middle = domain.group("middle", leaf);
        String top = domain.group("top", middle);
        domain.addMember(leaf, middle);
        String others = domain.group("others", domain.dn("Bert"));
        ReadRequest request = request(top, domain.unique("leaf"), others);
        String account =
                in(read(request).people(), anna).first("sAMAccountName").orElseThrow();

        for (PersonName name : List.of(
                new PersonName.ByGuid(anna),
                new PersonName.ByAccountName(account),
                new PersonName.ByPrincipalName(upn("anna")))) {
            SeenPerson seen = value(reader.readOne(request, name)).orElseThrow();
            assertThat(seen.person().guid()).isEqualTo(anna);
            assertThat(seen.person().first("mail")).contains("anna@example.com");
            assertThat(seen.groups()).containsExactlyInAnyOrder(top, domain.unique("leaf"));
        }
    }

    @Test
    void findsNobodyOfANameOutsideItsSearches() throws Exception {
        String inner = domain.unit("Inner");
        ObjectGuid anna = domain.person("Anna");
        ReadRequest narrow =
                new ReadRequest(List.of(new Search(inner, PEOPLE)), Set.of(), Set.of(), 1, List.of("CN=canary"));

        assertThat(value(reader.readOne(narrow, new PersonName.ByGuid(anna)))).isEmpty();
        assertThat(value(reader.readOne(request(), new PersonName.ByAccountName("*"))))
                .isEmpty();
        assertThat(value(reader.readOne(request(), new PersonName.ByAccountName("no)(objectClass=*"))))
                .isEmpty();
    }

    @Test
    void cannotTellOfOnePersonWhereAGroupIsUnknown() throws Exception {
        ObjectGuid anna = domain.person("Anna");

        Result<?> result = reader.readOne(request(domain.unique("nowhere")), new PersonName.ByGuid(anna));

        assertThat(failure(result).reason()).isEqualTo("GroupNotFound");
    }

    @Test
    void countsThePrimaryGroupOfOnePerson() throws Exception {
        ObjectGuid anna = domain.person("Anna");
        String group = domain.group("primary", domain.dn("Anna"));
        String outer = domain.group("outer", group);
        int rid = ByteBuffer.wrap(domain.sid(group))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(24);
        domain.set(domain.dn("Anna"), "primaryGroupID", Integer.toString(rid));
        removeQuietly(group, domain.dn("Anna"));

        SeenPerson seen = value(reader.readOne(request(group, outer), new PersonName.ByGuid(anna)))
                .orElseThrow();

        domain.set(domain.dn("Anna"), "primaryGroupID", "513");
        assertThat(seen.groups()).containsExactlyInAnyOrder(group, outer);
    }

    private String upn(String name) {
        return domain.unique(name).replace(' ', '-') + "@example.test";
    }

    @Test
    void countsThePrimaryGroup() throws Exception {
        ObjectGuid anna = domain.person("Anna");
        String group = domain.group("primary", domain.dn("Anna"));
        String outer = domain.group("outer", group);
        int rid = ByteBuffer.wrap(domain.sid(group))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(24);
        domain.set(domain.dn("Anna"), "primaryGroupID", Integer.toString(rid));
        removeQuietly(group, domain.dn("Anna"));

        DirectoryPicture picture = read(request(outer));

        // A group that is somebody's primary group cannot be deleted.
        domain.set(domain.dn("Anna"), "primaryGroupID", "513");
        assertThat(picture.memberships().get(outer)).containsExactly(anna);
    }

    /** AD takes the primary group's member value away by itself. */
    private void removeQuietly(String group, String member) {
        try {
            domain.removeMember(group, member);
        } catch (LDAPException e) {
            assertThat(e.getResultCode()).isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
        }
    }

    @Test
    void readsMembersInRangesToTheirEnd() throws Exception {
        String[] names = new String[7];
        for (int i = 0; i < names.length; i++) {
            domain.person("P" + i);
            names[i] = domain.dn("P" + i);
        }
        String group = domain.group("ranged", names);

        for (int step = 1; step <= 8; step++) {
            try (DirectoryReader small = new LdapDirectory(
                    new DirectoryConnections(domain.settings(), Network.real(Clock.systemUTC())),
                    new ReadSteps(2, step),
                    Clock.systemUTC())) {
                DirectoryPicture picture = value(small.read(request(group)));
                assertThat(picture.people()).hasSize(7);
                assertThat(picture.memberships().get(group)).as("step " + step).hasSize(7);
                assertThat(picture.completeness().isProven()).as("step " + step).isTrue();
            }
        }
    }

    @Test
    void decodesTheStatesOfAnAccount() throws Exception {
        ObjectGuid fresh = domain.person("Fresh", new Attribute("pwdLastSet", "0"));
        ObjectGuid ending = domain.person(
                "Ending",
                new Attribute("userAccountControl", "66080"),
                new Attribute("accountExpires", "133500000000000000"));
        ObjectGuid disabled = domain.person("Disabled", new Attribute("userAccountControl", "546"));

        Map<ObjectGuid, Person> people = read(request()).people();

        assertThat(people.get(fresh)).isNotNull().satisfies(person -> {
            assertThat(person.account().enabled()).isTrue();
            assertThat(person.account().expiresAt()).isEmpty();
            assertThat(person.account().password().mustChange()).isTrue();
            assertThat(person.account().password().setAt()).isEmpty();
            assertThat(person.account().activity().neverLoggedOn()).isTrue();
            assertThat(person.account().lockedOut()).isFalse();
        });
        assertThat(people.get(ending)).isNotNull().satisfies(person -> {
            assertThat(person.account().expiresAt()).contains(Instant.parse("2024-01-17T21:20:00Z"));
            assertThat(person.account().expired(Instant.parse("2024-01-17T21:19:59Z")))
                    .isFalse();
            assertThat(person.account().expired(Instant.parse("2024-01-17T21:20:00Z")))
                    .isTrue();
            assertThat(person.account().password().expiresAt()).isEmpty();
        });
        assertThat(people.get(disabled))
                .isNotNull()
                .satisfies(person -> assertThat(person.account().enabled()).isFalse());
    }

    @Test
    void namesTheGroupThatIsNotThere() throws Exception {
        domain.person("Anna");

        DirectoryPicture picture = read(request("No Such Group"));

        assertThat(doubt(picture)).isEqualTo("GroupNotFound");
        assertThat(((Unproven) picture.completeness()).message()).contains("No Such Group");
        assertThat(picture.people()).hasSize(1);
        assertThat(doubt(read(request("CN=No Such Group," + domain.unit())))).isEqualTo("GroupNotFound");
    }

    @Test
    void namesTheGroupThatCouldBeSeveral() throws Exception {
        String inner = domain.unit("Inner");
        String name = domain.unique("twice");
        String first = domain.group("twice");
        String other = domain.group("other");
        domain.move(other, "CN=" + name, inner);

        DirectoryPicture picture = read(request(name));

        assertThat(doubt(picture)).isEqualTo("GroupAmbiguous");
        assertThat(read(request(first)).completeness().isProven()).isTrue();
    }

    @Test
    void provesNothingBelowTheDeclaredMinimumOrWithoutACanary() throws Exception {
        domain.person("Anna");
        List<Search> searches = List.of(new Search(domain.unit(), PEOPLE));

        assertThat(doubt(read(new ReadRequest(searches, Set.of(), Set.of(), 2, List.of()))))
                .isEqualTo("FewerThanMinimum");
        assertThat(doubt(read(new ReadRequest(searches, Set.of(), Set.of(), 1, List.of(domain.dn("Bert"))))))
                .isEqualTo("CanaryMissing");
    }

    @Test
    void saysWhichSearchHasABaseThatDoesNotExist() throws Exception {
        domain.person("Anna");
        Search good = new Search(domain.unit(), PEOPLE);
        Search bad = new Search("OU=Nowhere," + domain.unit(), PEOPLE);

        Failure alone = failure(reader.read(new ReadRequest(List.of(bad), Set.of(), Set.of(), 0, List.of())));
        DirectoryPicture besides = read(new ReadRequest(List.of(good, bad), Set.of(), Set.of(), 0, List.of()));

        assertThat(alone).isInstanceOf(Failure.Terminal.class);
        assertThat(alone.reason()).isEqualTo("DirectoryBaseNotFound");
        assertThat(doubt(besides)).isEqualTo("DirectoryBaseNotFound");
        assertThat(((Unproven) besides.completeness()).message()).contains("search 2");
        assertThat(besides.people()).hasSize(1);
    }

    @Test
    void saysWhichSearchHasAnInvalidFilterOrBase() {
        Search good = new Search(domain.unit(), PEOPLE);
        ReadRequest filter = new ReadRequest(
                List.of(good, new Search(domain.unit(), "(&(mail=*)")), Set.of(), Set.of(), 0, List.of());
        ReadRequest base =
                new ReadRequest(List.of(new Search("People", PEOPLE), good), Set.of(), Set.of(), 0, List.of());

        assertThat(failure(reader.read(filter)).reason()).isEqualTo("DirectoryFilterInvalid");
        assertThat(failure(reader.read(filter)).message()).contains("search 2");
        assertThat(failure(reader.read(base)).reason()).isEqualTo("DirectoryBaseInvalid");
        assertThat(failure(reader.read(base)).message()).contains("search 1");
    }

    @Test
    void refusesAWrongPassword() {
        DirectorySettings good = domain.settings();
        DirectorySettings wrong = new DirectorySettings(
                good.domain(), good.servers(), good.credentials().name(), "not the password", good.tls(), good.caPem());

        try (DirectoryReader refused = LdapDirectories.open(wrong, Clock.systemUTC())) {
            Failure failure = failure(refused.probe());
            assertThat(failure).isInstanceOf(Failure.Terminal.class);
            assertThat(failure.reason()).isEqualTo("DirectoryCredentialsRejected");
        }
    }

    @Test
    void locatesTheLivingAnywhereTheDeletedAndTheUnknown() throws Exception {
        ObjectGuid alive = domain.person("Alive", new Attribute("mail", "alive@example.com"));
        ObjectGuid deleted = domain.person("Gone");
        domain.delete(domain.dn("Gone"));
        ObjectGuid unknown = ObjectGuid.parse("00000000-1111-2222-3333-444444444444");

        Map<ObjectGuid, Whereabouts> answers = value(reader.locate(Set.of(alive, deleted, unknown), Set.of("mail")));

        assertThat(answers).hasSize(3);
        assertThat(answers.get(alive)).isInstanceOfSatisfying(Whereabouts.Alive.class, one -> {
            assertThat(one.person().guid()).isEqualTo(alive);
            assertThat(one.person().first("mail")).contains("alive@example.com");
        });
        assertThat(answers.get(deleted)).isInstanceOf(Whereabouts.Deleted.class);
        assertThat(answers.get(unknown)).isInstanceOf(Whereabouts.NotFound.class);
    }

    @Test
    void locatesMoreIdentitiesThanOneFilterHolds() throws Exception {
        Set<ObjectGuid> all = new HashSet<>();
        for (int i = 0; i < 120; i++) {
            all.add(domain.person("P" + i));
        }

        assertThat(value(reader.locate(all, Set.of())).values())
                .hasSize(120)
                .allMatch(where -> where instanceof Whereabouts.Alive);
    }
}
