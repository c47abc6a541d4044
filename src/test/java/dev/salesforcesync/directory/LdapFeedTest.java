package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.failure;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Completeness.Unproven;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Following the sandbox directory, and what only a sandbox can do: small pages, rejected cookies, lost rights. */
class LdapFeedTest extends DirectoryFeedContract {
    private static SandboxDirectory sandbox;

    @BeforeAll
    static void start() {
        sandbox = SandboxDirectory.startEmpty(0, 0, new DirectoryLimits(7, 5));
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

    @Test
    void anEmptyQuestionCostsOneRequest() throws Exception {
        domain().person("Anna");
        for (Following.Mode mode : new Following.Mode[] {Following.Mode.DIR_SYNC, Following.Mode.USN}) {
            try (DirectoryFeed feed = follow(request(domain().unit()), mode)) {
                value(feed.poll());
                long before = sandbox.searches();

                assertThat(value(feed.poll())).isEqualTo(new FeedUpdate.Unchanged());

                assertThat(sandbox.searches() - before).as(mode.name()).isEqualTo(1);
            }
        }
    }

    @Test
    void changesOfManyPagesAreAllSeen() throws Exception {
        ReadRequest request = request(domain().unit());
        try (DirectoryFeed feed = follow(request, Following.Mode.DIR_SYNC)) {
            for (int i = 0; i < 40; i++) {
                domain().person("P" + i);
            }

            assertThat(changed(feed)).hasSize(40);
            assertCurrent(feed, request, "forty at once");
        }
    }

    @Test
    void aRejectedCookieMeansReadingAgain() throws Exception {
        domain().person("Anna");
        try (DirectoryFeed feed = follow(request(domain().unit()), Following.Mode.DIR_SYNC)) {
            sandbox.faults().rejectCookies();

            assertThat(value(feed.poll()))
                    .isInstanceOfSatisfying(
                            FeedUpdate.ReadAgain.class,
                            again -> assertThat(again.reason()).isEqualTo("PositionRejected"));
            assertThat(feed.picture()).isEmpty();
        }
    }

    @Test
    void withoutTheRightToReplicateItFollowsAsAReader() throws Exception {
        ObjectGuid anna = domain().person("Anna");
        sandbox.faults().withholdReplication();
        try (DirectoryFeed feed = follow(request(domain().unit()), Following.Mode.AUTO)) {
            domain().set(domain().dn("Anna"), "department", "Sales");
            assertThat(changed(feed)).containsExactly(anna);
        }

        DirectoryFeed strict = value(reader().follow(
                        request(domain().unit()), new Following(Following.Mode.DIR_SYNC, Optional.empty(), () -> {})));
        try (strict) {
            assertThat(failure(strict.readAll()))
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo("DirectoryReplicationRightMissing"))
                    .satisfies(failure -> assertThat(failure.message()).contains("dsacls", "samba-tool"));
        }
    }

    @Test
    void aServerWithoutDirSyncIsFollowedByItsChangeNumbers() throws Exception {
        ObjectGuid anna = domain().person("Anna");
        sandbox.faults().withoutDirSync();
        try (DirectoryFeed feed = follow(request(domain().unit()), Following.Mode.AUTO)) {
            assertThat(feed.position().orElseThrow().cookie()).isEmpty();
            domain().set(domain().dn("Anna"), "department", "Sales");
            assertThat(changed(feed)).containsExactly(anna);
        }
    }

    @Test
    void aMemberOfAnotherForestIsNamedNotDropped() throws Exception {
        String group = domain().group("team");
        String places = "CN=ForeignSecurityPrincipals," + SandboxDirectory.BASE_DN;
        String stranger = "CN=S-1-5-21-1-2-3-1105," + places;
        if (!sandbox.exists(places)) {
            sandbox.add(places, new Attribute("objectClass", "container"));
            sandbox.add(stranger, new Attribute("objectClass", "foreignSecurityPrincipal"));
            sandbox.add("CN=S-1-5-11," + places, new Attribute("objectClass", "foreignSecurityPrincipal"));
        }
        try (DirectoryFeed feed = follow(request(domain().unit(), group), Following.Mode.DIR_SYNC)) {
            domain().addMember(group, stranger, "CN=S-1-5-11," + places);
            value(feed.poll());
            assertThat(feed.picture().orElseThrow().foreign())
                    .extracting(DirectoryPicture.ForeignMember::dn)
                    .containsExactly(stranger);
            assertThat(value(reader().read(request(domain().unit(), group))).foreign())
                    .isEqualTo(feed.picture().orElseThrow().foreign());

            domain().removeMember(group, stranger);
            value(feed.poll());
            assertThat(feed.picture().orElseThrow().foreign()).isEmpty();
        }
    }

    @Test
    void aRestoredServerMeansReadingAgain() throws Exception {
        domain().person("Anna");
        try (DirectoryFeed feed = follow(request(domain().unit()), Following.Mode.USN)) {
            sandbox.renewInvocationId();
            sandbox.cutConnections();

            assertThat(feed.poll().map(FeedUpdate.ReadAgain.class::isInstance))
                    .satisfiesAnyOf(
                            first -> assertThat(value(first)).isTrue(),
                            first -> assertThat(value(feed.poll())).isInstanceOf(FeedUpdate.ReadAgain.class));
        }
    }

    @Test
    void anInterruptedQuestionLosesNothing() throws Exception {
        ReadRequest request = request(domain().unit());
        for (int cut = 0; cut < 12; cut++) {
            try (DirectoryFeed feed = follow(request, Following.Mode.DIR_SYNC)) {
                String name = "P" + cut;
                ObjectGuid person = domain().person(name + "a");
                domain().person(name + "b");
                domain().person(name + "c");
                sandbox.faults().cutConnectionAfter(cut);

                FeedUpdate first =
                        feed.poll() instanceof Result.Ok<FeedUpdate> ok ? ok.value() : new FeedUpdate.Unchanged();
                sandbox.faults().clear();
                FeedUpdate second = value(feed.poll());

                assertThat(java.util.List.of(first, second))
                        .as("cut after " + cut)
                        .anyMatch(update -> update instanceof FeedUpdate.Changed changed
                                && changed.people().contains(person));
                assertCurrent(feed, request, "cut after " + cut);
            }
        }
    }

    @Test
    void somebodyWhoVanishesWithoutATraceMakesEverybodysAbsenceUncertain() throws Exception {
        String secret = domain().unit("Secret");
        domain().personIn(secret, "Anna");
        domain().person("Bert");
        try (DirectoryFeed feed = follow(request(domain().unit()), Following.Mode.USN)) {
            domain().set("CN=Anna," + secret, "department", "Sales");
            sandbox.faults().hideLater(secret, 2);

            value(feed.poll());

            assertThat(feed.picture().orElseThrow().completeness())
                    .isInstanceOfSatisfying(
                            Unproven.class, doubt -> assertThat(doubt.reason()).isEqualTo("EntryVanished"));
        }
    }

    @Test
    void aLockoutThatRunsOutIsNoticedThoughNothingChanges() throws Exception {
        ObjectGuid anna = domain().person("Anna");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Objects.requireNonNull(now.get());
            }
        };
        sandbox.modify(
                SandboxDirectory.BASE_DN, new Modification(ModificationType.REPLACE, "lockoutDuration", "-600000000"));
        sandbox.modify(
                domain().dn("Anna"),
                new Modification(
                        ModificationType.REPLACE,
                        "lockoutTime",
                        fileTime(Instant.now().minusSeconds(57))));
        ReadRequest request = request(domain().unit());
        try (DirectoryReader reader = LdapDirectories.open(domain().settings(), clock);
                DirectoryFeed feed = value(
                        reader.follow(request, new Following(Following.Mode.DIR_SYNC, Optional.empty(), () -> {})))) {
            value(feed.readAll());
            assertThat(lockedOut(feed, anna)).isTrue();

            org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                now.set(Instant.now());
                assertThat(changed(feed)).containsExactly(anna);
            });
            assertCurrent(feed, request, "the lockout ran out");
            assertThat(lockedOut(feed, anna)).isFalse();
        } finally {
            sandbox.modify(SandboxDirectory.BASE_DN, new Modification(ModificationType.REPLACE, "lockoutDuration"));
        }
    }

    private static boolean lockedOut(DirectoryFeed feed, ObjectGuid person) {
        return Objects.requireNonNull(feed.picture().orElseThrow().people().get(person))
                .account()
                .lockedOut();
    }

    private static String fileTime(Instant instant) {
        return Long.toString((instant.getEpochSecond() + 11_644_473_600L) * 10_000_000L);
    }
}
