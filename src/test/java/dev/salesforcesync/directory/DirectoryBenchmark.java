package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.PEOPLE;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.directory.Figures.Timed;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What reading and following a directory costs, printed beside its bars: on the domain controller that the environment
 * names (see {@link RealDirectoryTest}), with whoever is below {@code OU=People} there, else on a sandbox directory of
 * {@code benchmark.people}. Asserts what was read, never a time.
 */
@Tag("benchmark")
class DirectoryBenchmark {
    /** What the default rules read of a person. */
    static final Set<String> ATTRIBUTES = Set.of(
            "userPrincipalName",
            "sAMAccountName",
            "department",
            "mail",
            "employeeID",
            "givenName",
            "sn",
            "preferredLanguage",
            "l");

    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
    private static final int CHANGES = Integer.getInteger("benchmark.changes", 200);

    private static @Nullable SandboxDirectory sandbox;
    private static LiveDomain domain;

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
    }

    @AfterAll
    static void close() throws Exception {
        domain.close();
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private static ReadRequest everybody() {
        return new ReadRequest(
                List.of(new Search("OU=People," + domain.root(), PEOPLE)), Set.of(), ATTRIBUTES, 1, List.of());
    }

    private static DirectoryReader reader() {
        return LdapDirectories.open(domain.settings(), Clock.systemUTC());
    }

    /** As many as there are, which may fill every page, and one more. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFullReadAgainstABareLoopOfTheSameRequests(int more) throws Exception {
        String people = "OU=People," + domain.root();
        if (more > 0) {
            domain.personIn(people, domain.unique("Extra"));
        }
        Timed ours = new Timed();
        Timed bare = new Timed();
        try (DirectoryReader reader = reader();
                LDAPConnection connection = domain.connect()) {
            BareRequests requests = new BareRequests(connection, domain.root(), ATTRIBUTES);
            for (int round = 0; round <= ROUNDS; round++) {
                // The first round warms both up; each is the first in turn, since others may use the machine.
                boolean counts = round > 0;
                if (round % 2 == 0) {
                    bare.time(counts, () -> requests.everybody(people, PEOPLE));
                }
                ours.time(counts, () -> {
                    DirectoryPicture picture = value(reader.read(everybody()));
                    assertThat(picture.completeness().isProven()).isTrue();
                    return picture.people().size();
                });
                if (round % 2 == 1) {
                    bare.time(counts, () -> requests.everybody(people, PEOPLE));
                }
                assertThat(ours.people()).isEqualTo(bare.people());
            }
        } finally {
            if (more > 0) {
                domain.delete("CN=" + domain.unique("Extra") + "," + people);
            }
        }
        Figures.print(
                "full read of %d people: %.2f s, bare loop %.2f s, ratio %.3f (bar 1.15), of that on this side's"
                        + " processor %.2f s and %.2f s, %d rounds, ratios %s",
                ours.people(),
                ours.wall(),
                bare.wall(),
                ours.over(bare),
                ours.own(),
                bare.own(),
                ROUNDS,
                ours.eachOver(bare));
    }

    @Test
    void fromAChangeToKnowingIt() throws Exception {
        Semaphore rings = new Semaphore(0);
        List<Double> delays = new ArrayList<>();
        ObjectGuid somebody = domain.person("Bench");
        ReadRequest request = new ReadRequest(
                List.of(new Search("OU=People," + domain.root(), PEOPLE), new Search(domain.unit(), PEOPLE)),
                Set.of(),
                ATTRIBUTES,
                1,
                List.of());
        try (DirectoryReader reader = reader();
                DirectoryFeed feed = value(
                        reader.follow(request, new Following(Following.Mode.AUTO, Optional.empty(), rings::release)))) {
            value(feed.readAll());
            Random moments = new Random(1);
            AtomicInteger made = new AtomicInteger();
            long[] at = new long[CHANGES];
            Thread changer = new Thread(() -> {
                for (int i = 0; i < CHANGES; i++) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(moments.nextInt(300)));
                    try {
                        at[i] = System.nanoTime();
                        domain.set(domain.dn("Bench"), "department", "D" + i);
                        made.set(i + 1);
                    } catch (LDAPException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            changer.start();
            int known = 0;
            while (known < CHANGES) {
                // As the engine does: at a ring, and otherwise after its usual interval.
                boolean rang = rings.tryAcquire(1, TimeUnit.SECONDS);
                rings.drainPermits();
                if (value(feed.poll()) instanceof FeedUpdate.Changed changed
                        && changed.people().contains(somebody)) {
                    String shows = Objects.requireNonNull(
                                    feed.picture().orElseThrow().people().get(somebody))
                            .first("department")
                            .orElseThrow();
                    int newest = Integer.parseInt(shows.substring(1)) + 1;
                    for (; known < newest; known++) {
                        delays.add(Figures.since(at[known]));
                    }
                } else {
                    assertThat(rang || changer.isAlive()).isTrue();
                }
            }
            changer.join();
        }
        Figures.print(
                "from a change to knowing it: p50 %.3f s (bar 0.3), p95 %.3f s, worst %.3f s, %d changes",
                Figures.quantile(delays, 0.5), Figures.quantile(delays, 0.95), Figures.quantile(delays, 1), CHANGES);
    }

    @Test
    void whatIdlePeopleTakeInMemory() throws Exception {
        try (DirectoryReader reader = reader();
                DirectoryFeed feed = value(
                        reader.follow(everybody(), new Following(Following.Mode.AUTO, Optional.empty(), () -> {})))) {
            long before = used();
            int people = value(feed.readAll()).people().size();
            long state = used() - before;
            DirectoryPicture picture = feed.picture().orElseThrow();
            long both = used() - before;
            assertThat(picture.people()).hasSize(people);
            Figures.print(
                    "memory per 100,000 idle people: followed %.1f MB, with the last picture %.1f MB (bar 100), %d people",
                    state / 1e6 * 100_000 / people, both / 1e6 * 100_000 / people, people);
        }
    }

    /** Bytes in use after the collector has had its way. */
    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
