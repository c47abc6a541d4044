package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryBenchmark.ATTRIBUTES;
import static dev.salesforcesync.directory.DirectoryReaderContract.PEOPLE;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import dev.salesforcesync.directory.Figures.Timed;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an update costs, among few people and among all of the directory of {@link DirectoryBenchmark}, beside the same
 * requests made bare: what grows with the directory there too is the server's own. Asserts what was told, never a time.
 * A Samba process that had taken thousands of additions answered ten times more slowly than when it was started: start it
 * anew before.
 */
@Tag("benchmark")
class ChangeBenchmark {
    private static final int FEW = 1_000;

    /** Times that each of the three is the first, the second and the third to ask. */
    private static final int TURNS = Integer.getInteger("benchmark.turns", 3);

    private static @Nullable SandboxDirectory sandbox;
    private static LiveDomain domain;
    private static String few;

    @BeforeAll
    static void open() throws Exception {
        if (System.getenv("SALESFORCESYNC_AD_URL") == null) {
            SandboxDirectory started = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
            started.populate(Integer.getInteger("benchmark.people", 50_000), 1);
            sandbox = started;
            domain = RandomHistoriesTest.domain(started);
        } else {
            domain = RealDirectoryTest.named();
        }
        // Once for both ways: a Samba process slows down with all the objects that were added through it.
        few = domain.unit("Few");
        for (int i = 0; i < FEW; i++) {
            domain.personIn(few, "B" + i);
        }
    }

    @AfterAll
    static void close() throws Exception {
        domain.close();
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void anEmptyQuestionAndUpdatesOfAllSizes(Following.Mode mode) throws Exception {
        Search all = new Search("OU=People," + domain.root(), PEOPLE);
        Search none = new Search(domain.unit("None" + mode), PEOPLE);
        try (DirectoryReader reader = LdapDirectories.open(domain.settings(), Clock.systemUTC());
                LDAPConnection connection = domain.connect();
                DirectoryFeed amongFew = follow(reader, mode, none, new Search(few, PEOPLE));
                DirectoryFeed amongAll = follow(reader, mode, all, new Search(few, PEOPLE))) {
            BareRequests bare = new BareRequests(connection, domain.root(), ATTRIBUTES);
            bare.begin(mode);
            int people = amongAll.picture().orElseThrow().people().size();
            for (int changes : new int[] {0, 10, 100, FEW}) {
                List<Asked> asked = List.of(
                        new Asked(() -> bare.changes(mode, few, PEOPLE), new Timed()),
                        new Asked(() -> told(amongFew, changes, FEW), new Timed()),
                        new Asked(() -> told(amongAll, changes, people), new Timed()));
                for (int round = 0; round <= TURNS * asked.size(); round++) {
                    for (int i = 0; i < changes; i++) {
                        domain.set(
                                String.format(Locale.ROOT, "CN=B%d,%s", i, few), "department", "D" + System.nanoTime());
                    }
                    // All in the same moment, since others may use the machine, and each is first as often as the
                    // others: whoever asks first after many writes may wait for the server to settle.
                    for (int turn = 0; turn < asked.size(); turn++) {
                        Asked one = asked.get((round + turn) % asked.size());
                        one.timed().time(round > 0, one.question()::ask);
                        assertThat(one.timed().people()).isEqualTo(changes);
                    }
                }
                print(mode, changes, people, asked);
            }
        }
    }

    private interface Question {
        int ask() throws Exception;
    }

    private record Asked(Question question, Timed timed) {}

    private static void print(Following.Mode mode, int changes, int people, List<Asked> asked) {
        Timed bare = asked.get(0).timed();
        Timed few = asked.get(1).timed();
        Timed all = asked.get(2).timed();
        Figures.print(
                "%s, %d changes: bare %.1f ms, among %d people %.1f ms, among %d people %.1f ms; all ÷ bare %.2f, all ÷"
                        + " few %.2f (bar 1.5); on this side's processor %.1f, %.1f and %.1f ms",
                mode,
                changes,
                bare.wall() * 1_000,
                FEW,
                few.wall() * 1_000,
                people,
                all.wall() * 1_000,
                all.over(bare),
                all.over(few),
                bare.own() * 1_000,
                few.own() * 1_000,
                all.own() * 1_000);
    }

    private static DirectoryFeed follow(DirectoryReader reader, Following.Mode mode, Search... searches) {
        DirectoryFeed feed = value(reader.follow(
                new ReadRequest(List.of(searches), Set.of(), ATTRIBUTES, 1, List.of()),
                new Following(mode, Optional.empty(), () -> {})));
        value(feed.readAll());
        value(feed.poll());
        return feed;
    }

    /** Asks a feed, and takes the picture; how many people it says have changed. */
    private static int told(DirectoryFeed feed, int changes, int people) {
        long before = sandbox == null ? 0 : sandbox.searches();
        FeedUpdate update = value(feed.poll());
        if (changes == 0) {
            assertThat(sandbox == null ? 1 : sandbox.searches() - before).isEqualTo(1);
        }
        assertThat(feed.picture().orElseThrow().people()).hasSize(people);
        return update instanceof FeedUpdate.Changed changed ? changed.people().size() : 0;
    }
}
