package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.PEOPLE;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What reading and following a directory costs, printed beside its bars: on the domain controller that the environment
 * names (see {@link RealDirectoryTest}), with whoever is below {@code OU=People} there, else on a sandbox directory of
 * {@code benchmark.people}. Asserts what was read, never a time.
 */
@Tag("benchmark")
class DirectoryBenchmark {
    /** What the default rules read of a person. */
    private static final Set<String> ATTRIBUTES = Set.of(
            "userPrincipalName",
            "sAMAccountName",
            "department",
            "mail",
            "employeeID",
            "givenName",
            "sn",
            "preferredLanguage",
            "l");

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryBenchmark.class);
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
        String extra = more == 0 ? "" : "CN=" + domain.unique("Extra") + ",OU=People," + domain.root();
        if (more > 0) {
            domain.personIn("OU=People," + domain.root(), domain.unique("Extra"));
        }
        Timed ours = new Timed();
        Timed bare = new Timed();
        try (DirectoryReader reader = reader();
                LDAPConnection connection = domain.connect()) {
            for (int round = 0; round <= ROUNDS; round++) {
                // The first round warms both up; each is the first in turn, since others may use the machine.
                boolean counts = round > 0;
                if (round % 2 == 0) {
                    bare.time(counts, () -> bareLoop(connection));
                }
                ours.time(counts, () -> {
                    DirectoryPicture picture = value(reader.read(everybody()));
                    assertThat(picture.completeness().isProven()).isTrue();
                    return picture.people().size();
                });
                if (round % 2 == 1) {
                    bare.time(counts, () -> bareLoop(connection));
                }
                assertThat(ours.people()).isEqualTo(bare.people());
            }
        } finally {
            if (more > 0) {
                domain.delete(extra);
            }
        }
        print(
                "full read of %d people: %.2f s, bare loop %.2f s, ratio %.3f (bar 1.15), of that on this side's"
                        + " processor %.2f s and %.2f s, %d rounds, ratios %s",
                ours.people(),
                median(ours.walls()),
                median(bare.walls()),
                median(ours.walls()) / median(bare.walls()),
                median(ours.processor()),
                median(bare.processor()),
                ROUNDS,
                ours.over(bare));
    }

    /** What one kind of work took, round by round, in seconds. */
    private record Timed(List<Double> walls, List<Double> processor, AtomicInteger found) {
        Timed() {
            this(new ArrayList<>(), new ArrayList<>(), new AtomicInteger());
        }

        void time(boolean counts, Callable<Integer> work) throws Exception {
            long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            found.set(work.call());
            double wall = seconds(start);
            if (counts) {
                walls.add(wall);
                processor.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - spent) / 1e9);
            }
        }

        int people() {
            return found.get();
        }

        String over(Timed other) {
            List<String> ratios = new ArrayList<>();
            for (int i = 0; i < walls.size(); i++) {
                ratios.add(String.format(
                        Locale.ROOT, "%.2f", walls.get(i) / other.walls().get(i)));
            }
            return String.join(" ", ratios);
        }
    }

    private static int bareLoop(LDAPConnection connection) throws LDAPException {
        SearchRequest request = new SearchRequest(
                "OU=People," + domain.root(),
                SearchScope.SUB,
                Filter.create(PEOPLE),
                PersonDecoder.attributes(ATTRIBUTES).toArray(new String[0]));
        @Nullable ASN1OctetString cookie = null;
        int entries = 0;
        while (true) {
            request.setControls(PagedSearch.DOMAIN_SCOPE, new SimplePagedResultsControl(1_000, cookie, true));
            SearchResult page = connection.search(request);
            entries += page.getEntryCount();
            SimplePagedResultsControl next = SimplePagedResultsControl.get(page);
            if (next == null || !next.moreResultsToReturn()) {
                return entries;
            }
            cookie = next.getCookie();
        }
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
                        delays.add(seconds(at[known]));
                    }
                } else {
                    assertThat(rang || changer.isAlive()).isTrue();
                }
            }
            changer.join();
        }
        print(
                "from a change to knowing it: p50 %.3f s (bar 0.3), p95 %.3f s, worst %.3f s, %d changes",
                quantile(delays, 0.5), quantile(delays, 0.95), quantile(delays, 1), CHANGES);
    }

    @Test
    void anEmptyQuestionAndUpdatesOfAllSizes() throws Exception {
        String few = domain.unit("Few");
        for (int i = 0; i < 1_000; i++) {
            domain.personIn(few, "B" + i);
        }
        Search all = new Search("OU=People," + domain.root(), PEOPLE);
        Search none = new Search(domain.unit("None"), PEOPLE);
        for (Following.Mode mode : List.of(Following.Mode.DIR_SYNC, Following.Mode.USN)) {
            try (DirectoryReader reader = reader();
                    Followed amongFew = Followed.start(reader, mode, none, new Search(few, PEOPLE));
                    Followed amongAll = Followed.start(reader, mode, all, new Search(few, PEOPLE))) {
                for (int changes : new int[] {0, 10, 100, 1_000}) {
                    for (int round = 0; round <= ROUNDS; round++) {
                        for (int i = 0; i < changes; i++) {
                            domain.set(
                                    String.format(Locale.ROOT, "CN=B%d,%s", i, few),
                                    "department",
                                    "D" + System.nanoTime());
                        }
                        // Both in the same moment, since others may use the machine; each is the first in turn.
                        List<Followed> inTurn =
                                round % 2 == 0 ? List.of(amongFew, amongAll) : List.of(amongAll, amongFew);
                        for (Followed one : inTurn) {
                            one.ask(changes, round > 0);
                        }
                    }
                    for (Followed one : List.of(amongFew, amongAll)) {
                        print(
                                "%s, %d changes among %d people: %.1f ms, the picture as a value %.1f ms",
                                mode,
                                changes,
                                one.people(),
                                median(one.polls()) * 1_000,
                                median(one.pictures()) * 1_000);
                    }
                    print(
                            "%s, %d changes: among %d people ÷ among %d: %.2f (bar 1.5)",
                            mode, changes, amongAll.people(), amongFew.people(), amongAll.cost() / amongFew.cost());
                    amongFew.forget();
                    amongAll.forget();
                }
            }
        }
    }

    /** A feed and what its questions took. */
    private record Followed(DirectoryFeed feed, int people, List<Double> polls, List<Double> pictures)
            implements AutoCloseable {
        static Followed start(DirectoryReader reader, Following.Mode mode, Search... searches) {
            DirectoryFeed feed = value(reader.follow(
                    new ReadRequest(List.of(searches), Set.of(), ATTRIBUTES, 1, List.of()),
                    new Following(mode, Optional.empty(), () -> {})));
            int people = value(feed.readAll()).people().size();
            value(feed.poll());
            return new Followed(feed, people, new ArrayList<>(), new ArrayList<>());
        }

        void ask(int changes, boolean counts) {
            long before = sandbox == null ? 0 : sandbox.searches();
            long start = System.nanoTime();
            FeedUpdate update = value(feed.poll());
            double poll = seconds(start);
            if (changes == 0) {
                assertThat(update).isEqualTo(new FeedUpdate.Unchanged());
                assertThat(sandbox == null ? 1 : sandbox.searches() - before).isEqualTo(1);
            } else {
                assertThat(((FeedUpdate.Changed) update).people()).hasSize(changes);
            }
            start = System.nanoTime();
            assertThat(feed.picture().orElseThrow().people()).hasSize(people);
            double picture = seconds(start);
            if (counts) {
                polls.add(poll);
                pictures.add(picture);
            }
        }

        double cost() {
            return median(polls) + median(pictures);
        }

        void forget() {
            polls.clear();
            pictures.clear();
        }

        @Override
        public void close() {
            feed.close();
        }
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
            print(
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

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> values) {
        return quantile(values, 0.5);
    }

    private static double quantile(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size())));
    }

    private static void print(String format, Object... figures) {
        LOG.info("{}", String.format(Locale.ROOT, format, figures));
    }
}
