package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.PEOPLE;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Completeness.Unproven;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.sandbox.directory.DirectoryFaults.Trouble;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A question that breaks off half way, or comes late: the next one shows what a fresh read does. */
class InterruptedFollowUpTest {
    private final SettableClock clock = new SettableClock();
    private SandboxDirectory sandbox;
    private LiveDomain domain;
    private DirectoryReader reader;

    @BeforeEach
    void open() throws Exception {
        sandbox = SandboxDirectory.startEmpty(0, 0, new DirectoryLimits(7, 5));
        domain = RandomHistoriesTest.domain(sandbox);
        reader = LdapDirectories.open(domain.settings(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        sandbox.faults().clear();
        reader.close();
        domain.close();
        sandbox.close();
    }

    private ReadRequest request(String group) {
        return new ReadRequest(
                List.of(new Search(domain.unit(), PEOPLE)), Set.of(group), Set.of("department"), 0, List.of());
    }

    private DirectoryFeed follow(ReadRequest request, Following.Mode mode) {
        DirectoryFeed feed = value(reader.follow(request, new Following(mode, Optional.empty(), () -> {})));
        value(feed.readAll());
        return feed;
    }

    private void assertCurrent(DirectoryFeed feed, ReadRequest request, String when) {
        FollowedHistory.assertSame(feed.picture().orElseThrow(), value(reader.read(request)), when);
    }

    private interface Change {
        void make(int number) throws LDAPException;
    }

    /** Has the connection cut at each request of a question in turn, until one is answered with no cut. */
    private void cutAtEachRequest(DirectoryFeed feed, ReadRequest request, Change before, Change between, Change undo)
            throws Exception {
        boolean struck = true;
        int cut = 1;
        for (; struck; cut++) {
            before.make(cut);
            sandbox.faults().troubleAt(cut, Trouble.CUT);
            Result<FeedUpdate> first = feed.poll();
            struck = sandbox.faults().hasStruck();
            sandbox.faults().clear();
            assertThat(first instanceof Result.Failed<FeedUpdate>)
                    .as("cut " + cut)
                    .isEqualTo(struck);
            between.make(cut);
            value(feed.poll());
            assertCurrent(feed, request, "cut at request " + cut);
            undo.make(cut);
            value(feed.poll());
            assertCurrent(feed, request, "undone after " + cut);
        }
        assertThat(cut).isGreaterThan(4);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void groupsThatWereHalfReadAreReadAgain(Following.Mode mode) throws Exception {
        domain.person("Anna");
        String innermost = domain.group("innermost", domain.dn("Anna"));
        String inner = domain.group("inner", innermost);
        String outer = domain.group("outer");
        ReadRequest request = request(outer);
        try (DirectoryFeed feed = follow(request, mode)) {
            cutAtEachRequest(
                    feed,
                    request,
                    cut -> domain.addMember(outer, inner),
                    cut -> {},
                    cut -> domain.removeMember(outer, inner));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void whatHappensToAGroupBetweenTwoAttemptsIsSeen(Following.Mode mode) throws Exception {
        domain.person("Anna");
        ObjectGuid bert = domain.person("Bert");
        String outer = domain.group("outer", domain.dn("Anna"));
        ObjectGuid group = domain.guid(outer);
        ReadRequest request = request(domain.unique("outer"));
        try (DirectoryFeed feed = follow(request, mode)) {
            cutAtEachRequest(
                    feed,
                    request,
                    cut -> {
                        domain.set(domain.dn("Anna"), "department", "D" + cut);
                        domain.delete(outer);
                    },
                    cut -> {
                        domain.restore(group, outer);
                        domain.addMember(outer, domain.dn("Bert"));
                    },
                    cut -> domain.addMember(outer, domain.dn("Anna")));
            assertThat(feed.picture().orElseThrow().memberships().get(domain.unique("outer")))
                    .contains(bert)
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void aNestedGroupThatMayNotBeReadLeavesADoubt(Following.Mode mode) throws Exception {
        domain.person("Anna");
        String inner = domain.group("inner", domain.dn("Anna"));
        String outer = domain.group("outer");
        ReadRequest request = request(outer);
        try (DirectoryFeed feed = follow(request, mode)) {
            assertThat(feed.picture().orElseThrow().completeness().isProven()).isTrue();

            sandbox.faults().hide(inner);
            domain.addMember(outer, inner);
            value(feed.poll());

            assertThat(feed.picture().orElseThrow().completeness())
                    .isInstanceOfSatisfying(
                            Unproven.class, doubt -> assertThat(doubt.reason()).isEqualTo("MemberHidden"));
        }
    }

    @Test
    void aConnectionIsRenewedBeforeTheServerCutsItForBeingIdle() throws Exception {
        ObjectGuid anna = domain.person("Anna");
        ReadRequest request = request(domain.group("team"));
        try (DirectoryReader slow = LdapDirectories.open(domain.settings(), clock);
                DirectoryFeed feed = value(
                        slow.follow(request, new Following(Following.Mode.DIR_SYNC, Optional.empty(), () -> {})))) {
            value(feed.readAll());
            domain.set(domain.dn("Anna"), "department", "Sales");
            clock.advance(DirectoryConnections.MAX_AGE.plus(Duration.ofMinutes(10)));
            sandbox.cutConnections();

            assertThat(value(feed.poll())).isEqualTo(new FeedUpdate.Changed(Set.of(anna)));
        }
    }

    @Test
    void whoAnswersAfterAnIdleTimeIsAskedWhetherItIsTheSameDatabase() throws Exception {
        ReadRequest request = request(domain.group("team"));
        try (DirectoryReader slow = LdapDirectories.open(domain.settings(), clock);
                DirectoryFeed feed = value(
                        slow.follow(request, new Following(Following.Mode.DIR_SYNC, Optional.empty(), () -> {})))) {
            value(feed.readAll());
            clock.advance(DirectoryConnections.MAX_AGE);
            sandbox.renewInvocationId();

            assertThat(value(feed.poll()))
                    .isInstanceOfSatisfying(
                            FeedUpdate.ReadAgain.class,
                            again -> assertThat(again.reason()).isEqualTo("ServerChanged"));
        }
    }

    @Test
    void aBrokenConnectionIsClosedByAnotherThread() throws Exception {
        AtomicReference<Thread> closing = new AtomicReference<>();
        try (DirectoryConnections connections =
                new DirectoryConnections(domain.settings(), Network.real(Clock.systemUTC()))) {
            Session session = value(connections.take());
            session.connection()
                    .getConnectionOptions()
                    .setDisconnectHandler(
                            (connection, host, port, type, message, cause) -> closing.set(Thread.currentThread()));
            session.note(new LDAPException(ResultCode.SERVER_DOWN, "it fell silent"));

            connections.giveBack(session);

            await().untilAtomic(closing, org.hamcrest.Matchers.notNullValue());
            assertThat(closing.get()).isNotEqualTo(Thread.currentThread());
        }
    }
}
