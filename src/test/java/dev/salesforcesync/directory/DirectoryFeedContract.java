package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.PEOPLE;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Whereabouts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What following does with any Active Directory: the followed picture is what a fresh read would show. */
abstract class DirectoryFeedContract {
    static final Set<String> ATTRIBUTES = Set.of("mail", "sn", "displayName", "department", "manager");

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

    final ReadRequest request(String base, String... groups) {
        return new ReadRequest(List.of(new Search(base, PEOPLE)), Set.of(groups), ATTRIBUTES, 0, List.of());
    }

    final DirectoryFeed follow(ReadRequest request, Following.Mode mode) {
        return follow(request, new Following(mode, Optional.empty(), () -> {}));
    }

    final DirectoryFeed follow(ReadRequest request, Following following) {
        DirectoryFeed feed = value(reader.follow(request, following));
        value(feed.readAll());
        return feed;
    }

    static Set<ObjectGuid> changed(DirectoryFeed feed) {
        FeedUpdate update = value(feed.poll());
        assertThat(update).isInstanceOf(FeedUpdate.Changed.class);
        return ((FeedUpdate.Changed) update).people();
    }

    static Set<ObjectGuid> named(FeedUpdate update) {
        return update instanceof FeedUpdate.Changed changed ? changed.people() : Set.of();
    }

    /** The followed picture against one read afresh. */
    final void assertCurrent(DirectoryFeed feed, ReadRequest request, String when) {
        FollowedHistory.assertSame(feed.picture().orElseThrow(), value(reader.read(request)), when);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "DIR_SYNC", "USN"})
    void tellsEveryKindOfChangeOnceAndWhomItConcerns(Following.Mode mode) throws Exception {
        String inner = domain.unit("Inner");
        String outer = domain.unit("Outer");
        ObjectGuid anna = domain.personIn(inner, "Anna");
        ObjectGuid bert = domain.personIn(inner, "Bert");
        String annaDn = "CN=Anna," + inner;
        String group = domain.group("team");
        ReadRequest request = request(inner, group);
        record Step(String what, Set<ObjectGuid> whom, DirectoryReaderContract.ThrowingRunnable change) {}
        List<Step> steps = List.of(
                new Step("attribute", Set.of(anna), () -> domain.set(annaDn, "department", "Sales")),
                new Step("cleared", Set.of(anna), () -> domain.set(annaDn, "department")),
                new Step("joined", Set.of(anna), () -> domain.addMember(group, annaDn)),
                new Step("left", Set.of(anna), () -> domain.removeMember(group, annaDn)),
                new Step("disabled", Set.of(anna), () -> domain.set(annaDn, "userAccountControl", "546")),
                new Step("manager", Set.of(anna), () -> domain.set(annaDn, "manager", "CN=Bert," + inner)),
                new Step(
                        "renamed manager",
                        Set.of(anna, bert),
                        () -> domain.move("CN=Bert," + inner, "CN=Bertram", inner)),
                new Step("moved away", Set.of(anna), () -> domain.move(annaDn, "CN=Anna", outer)),
                new Step("moved back", Set.of(anna), () -> domain.move("CN=Anna," + outer, "CN=Anna", inner)),
                new Step("deleted", Set.of(anna), () -> domain.delete(annaDn)));

        try (DirectoryFeed feed = follow(request, mode)) {
            for (Step step : steps) {
                assertThat(value(feed.poll())).as("before: " + step.what()).isEqualTo(new FeedUpdate.Unchanged());
                step.change().run();
                assertThat(changed(feed)).as(step.what()).isEqualTo(step.whom());
                assertCurrent(feed, request, step.what());
            }
            assertThat(value(feed.locate(Set.of(anna), Set.of())).get(anna)).isInstanceOf(Whereabouts.Deleted.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void followsPeopleWhoseUnitIsRenamedOrMoved(Following.Mode mode) throws Exception {
        String sales = domain.unit("Sales");
        String team = domain.unitIn(sales, "Team");
        String elsewhere = domain.unit("Elsewhere");
        ObjectGuid anna = domain.personIn(team, "Anna");
        ObjectGuid bert = domain.personIn(sales, "Bert", new Attribute("manager", "CN=Anna," + team));
        ReadRequest request = request(sales);
        try (DirectoryFeed feed = follow(request, mode)) {
            domain.move(team, "OU=Crew", sales);
            assertThat(changed(feed)).contains(anna, bert);
            assertCurrent(feed, request, "renamed");

            domain.move("OU=Crew," + sales, "OU=Crew", elsewhere);
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "moved out");
            assertThat(feed.picture().orElseThrow().people()).doesNotContainKey(anna);

            domain.move("OU=Crew," + elsewhere, "OU=Crew", sales);
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "moved back");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void aBaseThatIsRenamedMeansReadingAgainAndNotThatEverybodyLeft(Following.Mode mode) throws Exception {
        String sales = domain.unit("Sales");
        domain.personIn(sales, "Anna");
        try (DirectoryFeed feed = follow(request(sales), mode)) {
            domain.move(sales, "OU=Marketing", domain.unit());

            assertThat(value(feed.poll()))
                    .isInstanceOfSatisfying(
                            FeedUpdate.ReadAgain.class,
                            again -> assertThat(again.reason()).isEqualTo("BaseMoved"));
            assertThat(feed.picture()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void whoGoesFromOneSearchToAnotherStaysInThePicture(Following.Mode mode) throws Exception {
        String left = domain.unit("Left");
        String right = domain.unit("Right");
        ObjectGuid anna = domain.personIn(left, "Anna");
        ReadRequest request = new ReadRequest(
                List.of(new Search(left, PEOPLE), new Search(right, "(&" + PEOPLE + "(department=Sales))")),
                Set.of(),
                ATTRIBUTES,
                0,
                List.of("CN=Anna," + left));
        try (DirectoryFeed feed = follow(request, mode)) {
            domain.move("CN=Anna," + left, "CN=Anna", right);
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "does not fit there");
            assertThat(feed.picture().orElseThrow().people()).isEmpty();

            domain.set("CN=Anna," + right, "department", "Sales");
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "fits there");
            assertThat(feed.picture().orElseThrow().completeness().isProven()).isFalse();

            domain.move("CN=Anna," + right, "CN=Anna", left);
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "back");
            assertThat(feed.picture().orElseThrow().completeness().isProven()).isTrue();

            domain.delete("CN=Anna," + left);
            value(feed.poll());
            assertThat(feed.picture().orElseThrow().completeness().isProven()).isFalse();
            ObjectGuid other = domain.personIn(left, "Anna");
            assertThat(changed(feed)).contains(other);
            assertCurrent(feed, request, "another one of that name");
            assertThat(feed.picture().orElseThrow().completeness().isProven()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void followsNestedGroupsWithCyclesAndPrimaryGroups(Following.Mode mode) throws Exception {
        ObjectGuid anna = domain.person("Anna");
        ObjectGuid bert = domain.person("Bert");
        String outer = domain.group("outer");
        String inner = domain.group("inner", domain.dn("Anna"));
        String innermost = domain.group("innermost", domain.dn("Bert"));
        ReadRequest request = request(domain.unit(), outer);
        try (DirectoryFeed feed = follow(request, mode)) {
            domain.addMember(outer, inner);
            assertThat(changed(feed)).contains(anna).doesNotContain(bert);
            assertCurrent(feed, request, "nested");

            domain.addMember(inner, innermost);
            assertThat(changed(feed)).contains(bert);
            assertCurrent(feed, request, "nested twice");

            domain.addMember(innermost, outer);
            value(feed.poll());
            assertCurrent(feed, request, "a cycle");

            domain.removeMember(outer, inner);
            assertThat(changed(feed)).contains(anna, bert);
            assertCurrent(feed, request, "cut off");

            domain.addMember(innermost, domain.dn("Anna"));
            value(feed.poll());
            domain.addMember(outer, innermost);
            assertThat(changed(feed)).contains(anna, bert);
            assertCurrent(feed, request, "again, with members that came while it was cut off");

            domain.delete(innermost);
            assertThat(changed(feed)).contains(anna, bert);
            assertCurrent(feed, request, "a nested group deleted");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void oneNamedGroupComesIntoAnotherAndLeavesIt(Following.Mode mode) throws Exception {
        ObjectGuid anna = domain.person("Anna");
        String inner = domain.group("inner", domain.dn("Anna"));
        String outer = domain.group("outer");
        ReadRequest request = request(domain.unit(), inner, outer);
        try (DirectoryFeed feed = follow(request, mode)) {
            assertThat(feed.picture().orElseThrow().memberships().get(outer)).isEmpty();

            domain.addMember(outer, inner);
            assertThat(changed(feed)).contains(anna);
            assertThat(feed.picture().orElseThrow().memberships().get(outer)).containsExactly(anna);

            domain.removeMember(outer, inner);
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "out again");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void noticesThatANamedGroupEndsAndBegins(Following.Mode mode) throws Exception {
        ObjectGuid anna = domain.person("Anna");
        String group = domain.group("team", domain.dn("Anna"));
        ReadRequest request = request(domain.unit(), domain.unique("team"));
        try (DirectoryFeed feed = follow(request, mode)) {
            assertThat(feed.picture().orElseThrow().completeness().isProven()).isTrue();

            domain.delete(group);
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "ended");
            assertThat(feed.picture().orElseThrow().completeness().isProven()).isFalse();

            domain.group("team", domain.dn("Anna"));
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "begun again");
            assertThat(feed.picture().orElseThrow().completeness().isProven()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void whoIsDeletedAndRestoredBetweenTwoQuestionsHasHisLinksWhereThereIsARecycleBin(Following.Mode mode)
            throws Exception {
        ObjectGuid anna = domain.person("Anna");
        ObjectGuid bert = domain.person("Bert", new Attribute("manager", domain.dn("Anna")));
        ObjectGuid carl = domain.person("Carl");
        String inner = domain.group("inner", domain.dn("Carl"));
        String team = domain.group("team", domain.dn("Anna"), domain.dn("Bert"), inner);
        ReadRequest request = request(domain.unit(), team);
        boolean kept = domain.hasRecycleBin();
        try (DirectoryFeed feed = follow(request, mode)) {
            assertThat(feed.picture().orElseThrow().memberships().get(team))
                    .containsExactlyInAnyOrder(anna, bert, carl);

            domain.delete(domain.dn("Anna"));
            domain.restore(anna, domain.dn("Anna"));
            assertThat(named(value(feed.poll()))).containsAll(kept ? Set.of() : Set.of(anna, bert));
            assertCurrent(feed, request, "a person restored");
            assertThat(feed.picture().orElseThrow().memberships().get(team))
                    .isEqualTo(kept ? Set.of(anna, bert, carl) : Set.of(bert, carl));

            ObjectGuid group = domain.guid(inner);
            domain.delete(inner);
            domain.restore(group, inner);
            assertThat(named(value(feed.poll()))).containsAll(kept ? Set.of() : Set.of(carl));
            assertCurrent(feed, request, "a group restored");

            domain.delete(domain.dn("Bert"));
            value(feed.poll());
            domain.restore(bert, domain.dn("Bertram"));
            assertThat(changed(feed)).contains(bert);
            assertCurrent(feed, request, "restored later");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void whoComesBackHasWhatTheRecycleBinKept(Following.Mode mode) throws Exception {
        ObjectGuid anna = domain.person("Anna", new Attribute("department", "Sales"));
        ObjectGuid bert = domain.person("Bert", new Attribute("manager", domain.dn("Anna")));
        String team = domain.group("team", domain.dn("Anna"), domain.dn("Bert"));
        ReadRequest request = request(domain.unit(), team);
        boolean kept = domain.hasRecycleBin();
        try (DirectoryFeed feed = follow(request, mode)) {
            domain.delete(domain.dn("Anna"));
            assertThat(changed(feed)).containsExactlyInAnyOrder(anna, bert);
            assertCurrent(feed, request, "deleted");
            assertThat(feed.picture().orElseThrow().people()).containsOnlyKeys(bert);
            assertThat(value(feed.locate(Set.of(anna), Set.of())).get(anna)).isInstanceOf(Whereabouts.Deleted.class);

            domain.restore(anna, domain.dn("Anna"));
            assertThat(changed(feed)).contains(anna).containsAll(kept ? Set.of(bert) : Set.of());
            assertCurrent(feed, request, "restored");
            DirectoryPicture picture = feed.picture().orElseThrow();
            assertThat(Objects.requireNonNull(picture.people().get(anna)).first("department"))
                    .isEqualTo(kept ? Optional.of("Sales") : Optional.empty());
            assertThat(Objects.requireNonNull(picture.people().get(bert)).first("manager"))
                    .isEqualTo(kept ? Optional.of(domain.dn("Anna")) : Optional.empty());
            assertThat(picture.memberships().get(team)).isEqualTo(kept ? Set.of(anna, bert) : Set.of(bert));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void aManagerFromElsewhereWhoIsDeletedAndRestoredManagesNobodyWithoutARecycleBin(Following.Mode mode)
            throws Exception {
        String inner = domain.unit("Inner");
        ObjectGuid boss = domain.person("Boss");
        ObjectGuid anna = domain.personIn(inner, "Anna", new Attribute("manager", domain.dn("Boss")));
        ReadRequest request = request(inner);
        boolean kept = domain.hasRecycleBin();
        try (DirectoryFeed feed = follow(request, mode)) {
            domain.delete(domain.dn("Boss"));
            domain.restore(boss, domain.dn("Boss"));

            assertThat(named(value(feed.poll()))).containsAll(kept ? Set.of() : Set.of(anna));
            assertCurrent(feed, request, "restored at the same place");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void aManagerFromElsewhereWhoseUnitIsRenamedIsShownByHisNewName(Following.Mode mode) throws Exception {
        String inner = domain.unit("Inner");
        String board = domain.unit("Board");
        domain.personIn(board, "Boss");
        ObjectGuid anna = domain.personIn(inner, "Anna", new Attribute("manager", "CN=Boss," + board));
        ReadRequest request = request(inner);
        try (DirectoryFeed feed = follow(request, mode)) {
            domain.move(board, "OU=Direction", domain.unit());

            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "renamed");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void aGroupIsAlsoNamedByItsAccountNameAlone(Following.Mode mode) throws Exception {
        ObjectGuid anna = domain.person("Anna");
        String first = domain.group("first", domain.dn("Anna"));
        String wanted = domain.unique("wanted");
        ReadRequest request = request(domain.unit(), wanted);
        try (DirectoryFeed feed = follow(request, mode)) {
            assertThat(feed.picture().orElseThrow().completeness().isProven()).isFalse();

            domain.set(first, "sAMAccountName", wanted);
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "it took the name");

            String other = domain.group("other");
            domain.move(other, "CN=" + wanted, domain.unit());
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "two could be meant");

            domain.move("CN=" + wanted + "," + domain.unit(), "CN=" + domain.unique("no longer"), domain.unit());
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "the other has another name");

            domain.move("CN=" + domain.unique("no longer") + "," + domain.unit(), "CN=" + wanted, domain.unit());
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "two could be meant again");

            domain.delete("CN=" + wanted + "," + domain.unit());
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "one is left");

            domain.set(first, "sAMAccountName", domain.unique("given up"));
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "it gave the name up");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void whoBelongsByHisPrimaryGroupIsNamedWhenThatIsNested(Following.Mode mode) throws Exception {
        ObjectGuid anna = domain.person("Anna");
        String primary = domain.group("primary", domain.dn("Anna"));
        String outer = domain.group("outer");
        int rid = java.nio.ByteBuffer.wrap(domain.sid(primary))
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getInt(24);
        domain.set(domain.dn("Anna"), "primaryGroupID", Integer.toString(rid));
        // AD takes the primary group's member value away by itself.
        domain.tryRemoveMember(primary, domain.dn("Anna"));
        ReadRequest request = request(domain.unit(), outer);
        try (DirectoryFeed feed = follow(request, mode)) {
            domain.addMember(outer, primary);
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "nested");

            domain.removeMember(outer, primary);
            assertThat(changed(feed)).contains(anna);
            assertCurrent(feed, request, "taken out");
        }
        // A group that is somebody's primary group cannot be deleted.
        domain.set(domain.dn("Anna"), "primaryGroupID", "513");
    }

    @Test
    void whatChangesDuringTheReadComesAfterIt() throws Exception {
        ObjectGuid anna = domain.person("Anna");
        ReadRequest request = request(domain.unit());
        try (DirectoryFeed feed =
                value(reader.follow(request, new Following(Following.Mode.AUTO, Optional.empty(), () -> {})))) {
            value(feed.readAll());
            domain.set(domain.dn("Anna"), "department", "Sales");
            ObjectGuid bert = domain.person("Bert");

            assertThat(changed(feed)).containsExactlyInAnyOrder(anna, bert);
            assertCurrent(feed, request, "after the read");
        }
    }

    @Test
    void isWokenByTheServer() throws Exception {
        domain.person("Anna");
        AtomicInteger rings = new AtomicInteger();
        Following following = new Following(Following.Mode.AUTO, Optional.empty(), rings::incrementAndGet);
        try (DirectoryFeed feed = follow(request(domain.unit()), following)) {
            // Listening begins a moment after it was asked for, so one change alone might come too early.
            AtomicInteger changes = new AtomicInteger();
            await().atMost(Duration.ofSeconds(15)).until(() -> {
                domain.set(domain.dn("Anna"), "department", "Sales " + changes.incrementAndGet());
                return rings.get() > 0;
            });
            assertThat(value(feed.poll())).isInstanceOf(FeedUpdate.Changed.class);
        }
    }

    @Test
    void namesOfAllCharactersAndValuesOfAMegabyteComeThrough() throws Exception {
        String large = "Größe ".repeat(150_000);
        byte[] picture = {(byte) 0xff, (byte) 0xd8, 0, (byte) 0xc3, (byte) 0x28};
        Set<ObjectGuid> all = new HashSet<>();
        List<String> dns = new ArrayList<>();
        for (String name : List.of(
                ",", "+", "\"", "\\", "<", ">", ";", "=", "#", " x", "x ", "a\nb", "山", "é".repeat(25), "*", "()")) {
            // Samba takes an equals sign only in this form.
            String escaped = new RDN("CN", name + "n" + dns.size() + name.strip())
                    .toString()
                    .substring(3)
                    .replace("=", "\\3d");
            try {
                all.add(domain.personIn(
                        domain.unit(),
                        escaped,
                        new Attribute("carLicense", dns.isEmpty() ? large : "B-XY 1"),
                        new Attribute("thumbnailPhoto", picture)));
                dns.add(domain.dn(escaped));
            } catch (LDAPException e) {
                // Samba takes no name with a line feed: there, nobody has one.
                assertThat(e.getResultCode()).isEqualTo(ResultCode.INVALID_DN_SYNTAX);
                assertThat(name).contains("\n");
            }
        }
        for (String dn : dns) {
            domain.set(dn, "manager", dns.get(0));
        }
        String group = domain.group("all", dns.toArray(new String[0]));
        ReadRequest request = new ReadRequest(
                List.of(new Search(domain.unit(), PEOPLE)),
                Set.of(group),
                Set.of("carLicense", "manager", "thumbnailPhoto"),
                1,
                List.of());
        try (DirectoryFeed feed = follow(request, Following.Mode.AUTO)) {
            DirectoryPicture seen = feed.picture().orElseThrow();
            assertThat(seen.completeness().isProven()).isTrue();
            assertThat(seen.people().keySet()).isEqualTo(all);
            assertThat(seen.memberships().get(group)).isEqualTo(all);
            assertThat(seen.people().values())
                    .anySatisfy(person -> assertThat(
                                    person.first("carLicense").orElseThrow().getBytes(StandardCharsets.UTF_8))
                            .hasSizeGreaterThan(1_000_000));

            domain.move(dns.get(0), "CN=x\\,\\2B", domain.unit());
            assertThat(changed(feed)).isEqualTo(all);
            assertCurrent(feed, request, "the manager's name");
        }
    }

    @Test
    void whoIsTakenOutOfAGroupWhileItIsReadIsSettledAfterwards() throws Exception {
        List<String> dns = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            domain.person("P" + i);
            dns.add(domain.dn("P" + i));
        }
        String group = domain.group("all", dns.toArray(new String[0]));
        ReadRequest request = request(domain.unit(), group);
        Clock clock = Clock.systemUTC();
        DirectoryReader slow = new LdapDirectory(
                new DirectoryConnections(domain.settings(), Network.real(clock)), new ReadSteps(3, 3), clock);
        try (slow;
                DirectoryFeed feed =
                        value(slow.follow(request, new Following(Following.Mode.AUTO, Optional.empty(), () -> {})))) {
            AtomicBoolean reading = new AtomicBoolean(true);
            CompletableFuture<Void> world = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 10 && reading.get(); i++) {
                    delete(dns.get(i));
                }
            });
            value(feed.readAll());
            reading.set(false);
            world.join();
            for (int i = 0; i < 5 && !(value(feed.poll()) instanceof FeedUpdate.Unchanged); i++) {
                if (feed.picture().isEmpty()) {
                    value(feed.readAll());
                }
            }
            if (!feed.picture().orElseThrow().completeness().isProven()) {
                // A page that was announced and is empty by now is a doubt, which a reading in peace ends.
                value(feed.readAll());
            }
            assertCurrent(feed, request, "people deleted while they were read");
            assertThat(feed.picture().orElseThrow().completeness().isProven()).isTrue();
        }
    }

    private void delete(String dn) {
        try {
            domain.delete(dn);
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPositionSurvivesAsText() {
        try (DirectoryFeed feed = follow(request(domain.unit()), Following.Mode.AUTO)) {
            ChangePosition position = feed.position().orElseThrow();

            ChangePosition read = ChangePosition.parse(position.toText()).orElseThrow();

            assertThat(read.covers(position)).isEqualTo(ChangePosition.Coverage.YES);
            assertThat(position.covers(read)).isEqualTo(ChangePosition.Coverage.YES);
        }
    }

    @Test
    void aServerThatIsBehindProvesNothingAboutAbsence() throws Exception {
        domain.person("Anna");
        ReadRequest request = request(domain.unit());
        ChangePosition ahead;
        try (DirectoryFeed feed = follow(request, Following.Mode.DIR_SYNC)) {
            ChangePosition here = feed.position().orElseThrow();
            ahead = new ChangePosition(
                    here.domain(),
                    here.server(),
                    here.known().entrySet().stream()
                            // Other controllers of the domain may be silent for the length of this test.
                            .collect(java.util.stream.Collectors.toMap(
                                    Map.Entry::getKey,
                                    one -> one.getValue()
                                            + (one.getKey().toString().equals(here.server()) ? 3 : 0))),
                    "");
        }

        Following following = new Following(Following.Mode.DIR_SYNC, Optional.of(ahead), () -> {});
        try (DirectoryFeed feed = value(reader.follow(request, following))) {
            DirectoryPicture picture = value(feed.readAll());
            assertThat(picture.completeness())
                    .isInstanceOfSatisfying(
                            dev.salesforcesync.model.Completeness.Unproven.class,
                            doubt -> assertThat(doubt.reason()).isEqualTo("ServerBehind"));

            for (int i = 0; i < 10 && !(value(feed.poll()) instanceof FeedUpdate.ReadAgain); i++) {
                domain.set(domain.dn("Anna"), "department", "Sales " + i);
            }
            assertThat(value(feed.readAll()).completeness().isProven()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void aRandomHistoryIsFollowedToTheLetter(Following.Mode mode) throws Exception {
        long seed = Long.getLong("history.seed", 20_261_122L);
        int steps = Integer.getInteger("history.steps", 150);
        for (int i = 0; i < Integer.getInteger("history.real", 1); i++) {
            new FollowedHistory(domain, ReadSteps.DEFAULT, seed + i).run(mode, steps, Optional.empty());
        }
    }

    @Test
    void aRequestThatIsWrongIsSaidAtOnce() {
        ReadRequest wrong =
                new ReadRequest(List.of(new Search(domain.unit(), "(unclosed")), Set.of(), Set.of(), 0, List.of());

        Result<DirectoryFeed> refused =
                reader.follow(wrong, new Following(Following.Mode.AUTO, Optional.empty(), () -> {}));

        assertThat(DirectoryReaderContract.failure(refused).reason()).isEqualTo("DirectoryFilterInvalid");
    }
}
