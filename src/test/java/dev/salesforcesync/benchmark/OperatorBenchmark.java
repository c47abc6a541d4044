package dev.salesforcesync.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.salesforcesync.benchmark.BareOrg.Passes;
import dev.salesforcesync.benchmark.RecordingDoor.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What the whole operator costs, printed beside its bars: see {@code src/docs/benchmarks.md}. Asserts what was read and
 * written, never a time.
 */
@Tag("benchmark")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorBenchmark {
    private static final int FEW = Integer.getInteger("benchmark.few", 10_000);
    private static final int MANY = Integer.getInteger("benchmark.many", 100_000);
    private static final int MOST = Integer.getInteger("benchmark.most", 1_000_000);
    private static final int BURST = Integer.getInteger("benchmark.burst", Math.min(10_000, MANY / 2));
    private static final int CHANGES = Integer.getInteger("benchmark.changes", 120);
    private static final int IDLE_SECONDS = Integer.getInteger("benchmark.idleSeconds", 180);
    private static final int SETTLE_SECONDS = Integer.getInteger("benchmark.settleSeconds", 360);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
    private static final int ONE_BY_ONE = Integer.getInteger("benchmark.oneByOne", 400);

    private static final int ROWS_PER_CALL = 200;

    /** The chart's memory limit, in MB; a million people are given more. */
    private static final int CONTAINER = Integer.getInteger("benchmark.container", 768);

    private static final int LARGE_CONTAINER = Integer.getInteger("benchmark.largeContainer", 2_048);
    private static final Duration FAR = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration POLL = Duration.ofMinutes(1);

    private static final Table TABLE = new Table();

    /** Seconds of a full comparison by people. */
    private static final Map<Integer, Double> COMPARISONS = new HashMap<>();

    @AfterAll
    static void print() {
        TABLE.print();
    }

    @Test
    @Order(1)
    void anInitialLoad() throws Exception {
        try (RunningDirectory directory = RunningDirectory.start(FEW, "-Xmx2g")) {
            double cold;
            double warm;
            List<Recorded> sent;
            try (RunningOrg first = RunningOrg.start("First", "-Xmx2g");
                    RunningOrg second = RunningOrg.start("Second", "-Xmx2g");
                    Installation installation = new Installation(directory, first, CONTAINER, PATIENCE)) {
                installation.startOperator();
                installation.connect();
                long before = first.last();
                cold = load(installation);
                RunningOrg.Figures figures = first.since(before);
                Table.note("calls of an initial load: %s", figures.byKind());
                assertThat(figures.of("refused")).isZero();
                TABLE.atMost(
                        "calls of an initial load of " + FEW,
                        figures.of("calls"),
                        calls(FEW) + calls(FEW / DirectoryProgram.EACH) + figures.of("reads") + 8);
                compare(installation, directory, first);
                installation.moveTo(second);
                second.record(true);
                warm = load(installation);
                sent = second.recorded();
            }
            double bare = bare(directory, sent);
            TABLE.atMost("initial load of " + FEW + " by a process just started ÷ bare loops", cold / bare, 1.1, "");
            TABLE.atMost("the second one of a process ÷ bare loops", warm / bare, 1.1, "");
            far(directory, sent);
        }
    }

    /** The raw reads and the bare writer, one after the other. */
    private static double bare(RunningDirectory directory, List<Recorded> sent) throws Exception {
        try (RunningOrg org = RunningOrg.start("Second", "-Xmx2g")) {
            BareOrg bare = new BareOrg(org);
            double processor = directory.processorSeconds() + org.processorSeconds();
            double ldap = seconds(directory::readBare);
            double read = seconds(() -> bare.read(sent));
            Passes passes = bare.prepare(sent);
            double write = seconds(() -> bare.write(passes));
            assertThat(org.since(0).of("rows")).isEqualTo(FEW + FEW / DirectoryProgram.EACH);
            Table.note(
                    "raw LDAP read %.2f s, raw Salesforce read %.2f s, bare writer %.2f s; %.2f s of org's and"
                            + " directory's processor",
                    ldap, read, write, directory.processorSeconds() + org.processorSeconds() - processor);
            return ldap + read + write;
        }
    }

    /** The same org further away, and somebody who writes one by one. */
    private static void far(RunningDirectory directory, List<Recorded> sent) throws Exception {
        double load;
        try (RunningOrg org = RunningOrg.start("Far", "-Xmx2g");
                Installation installation = new Installation(directory, org, CONTAINER, PATIENCE)) {
            installation.startOperator();
            installation.connect();
            org.latency(FAR);
            load = load(installation);
        }
        try (RunningOrg org = RunningOrg.start("Second", "-Xmx2g")) {
            BareOrg bare = new BareOrg(org);
            List<Map<String, String>> users = OneByOne.users(sent, ONE_BY_ONE);
            org.latency(FAR);
            double some = seconds(() -> OneByOne.create(bare, users));
            assertThat(org.since(0).of("rows")).isEqualTo(users.size());
            double all = some / users.size() * (FEW + FEW / DirectoryProgram.EACH);
            Table.note("one by one: %.1f s, scaled from %.1f s for %d rows", all, some, users.size());
            TABLE.atMost("initial load of " + FEW + " at 50 ms a call ÷ one by one", load / all, 0.05, "");
        }
    }

    @Test
    @Order(2)
    void manyPeople() throws Exception {
        try (RunningDirectory directory = RunningDirectory.start(MANY, "-Xmx4g");
                RunningOrg org = RunningOrg.start("Many", "-Xmx4g");
                Installation installation = new Installation(directory, org, CONTAINER, PATIENCE)) {
            installation.startOperator();
            installation.connect();
            load(installation);
            TABLE.atMost(
                    "full comparison of " + MANY + " ÷ raw reads side by side",
                    compare(installation, directory, org),
                    1.2,
                    "");
            idle(installation, org);
            TABLE.atMost(
                    "resident memory at " + MANY + " idle people",
                    installation.operator().residentMegabytes(),
                    350,
                    " MB");
            changes(installation, directory, org);
            burst(installation, directory, org);
        }
    }

    @Test
    @Order(3)
    void aMillion() throws Exception {
        try (RunningDirectory directory = RunningDirectory.start(MOST, "-Xmx9g");
                RunningOrg org = RunningOrg.start("Most", "-Xmx5g");
                Installation installation = new Installation(directory, org, LARGE_CONTAINER, PATIENCE)) {
            installation.startOperator();
            installation.connect();
            load(installation);
            compare(installation, directory, org);
            pause(Duration.ofSeconds(SETTLE_SECONDS));
            TABLE.atMost(
                    "resident memory at " + MOST + " idle people",
                    installation.operator().residentMegabytes(),
                    1_200,
                    " MB");
        }
        Double few = COMPARISONS.get(FEW);
        Double most = COMPARISONS.get(MOST);
        if (few != null && most != null) {
            TABLE.atMost(
                    "time per person of a full comparison, " + MOST + " ÷ " + FEW, most / MOST / (few / FEW), 1.15, "");
        }
    }

    /** As {@link KilledOperatorTest} does, at full size. */
    @Test
    @Order(4)
    void kills() {
        Kills.play(Long.getLong("kills.seed", 20_261_123L), FEW, Math.min(200, FEW / 10), 5);
    }

    private static double load(Installation installation) throws Exception {
        double processor = installation.operator().processorSeconds();
        double others = installation.neighboursProcessorSeconds();
        double load = seconds(installation::load);
        Table.note(
                "initial load of %d people: %.2f s, %.2f s of the operator's processor, %.2f s of org's and directory's,"
                        + " %.0f MB resident then",
                installation.people(),
                load,
                installation.operator().processorSeconds() - processor,
                installation.neighboursProcessorSeconds() - others,
                installation.operator().residentMegabytes());
        installation.awaitConverged();
        return load;
    }

    /** Answers how much longer a full comparison takes than to read both sides at the same time. */
    private static double compare(Installation installation, RunningDirectory directory, RunningOrg org)
            throws Exception {
        List<Double> walls = new ArrayList<>();
        List<Double> raws = new ArrayList<>();
        BareOrg bare = new BareOrg(org);
        for (int round = 0; round < ROUNDS; round++) {
            long before = org.last();
            double processor = installation.operator().processorSeconds();
            org.record(true);
            walls.add(seconds(installation::compareInFull));
            List<Recorded> asked = org.recorded();
            org.record(false);
            assertThat(org.since(before).of("writes")).isZero();
            List<Recorded> queries =
                    asked.stream().filter(one -> one.uri().contains("/query?")).toList();
            raws.add(seconds(() -> {
                CompletableFuture<Integer> salesforce = CompletableFuture.supplyAsync(() -> bare.read(queries));
                assertThat(directory.readBare()).isEqualTo(directory.people());
                salesforce.join();
            }));
            Table.note(
                    "full comparison of %d people: %.2f s, %.2f s of the operator's processor; raw reads %.2f s",
                    directory.people(),
                    walls.get(round),
                    installation.operator().processorSeconds() - processor,
                    raws.get(round));
        }
        COMPARISONS.put(directory.people(), median(walls));
        return median(walls) / median(raws);
    }

    private static void idle(Installation installation, RunningOrg org) {
        pause(Duration.ofSeconds(SETTLE_SECONDS));
        long before = org.last();
        double processor = installation.operator().processorSeconds();
        pause(Duration.ofSeconds(IDLE_SECONDS));
        double spent = installation.operator().processorSeconds() - processor;
        RunningOrg.Figures figures = org.since(before);
        Table.note("idle for %d s: %s", IDLE_SECONDS, figures.byKind());
        TABLE.atMost(
                "calls in " + IDLE_SECONDS + " idle seconds of " + MANY,
                figures.of("calls"),
                (IDLE_SECONDS + POLL.toSeconds() - 1) / POLL.toSeconds());
        TABLE.atMost("writes in them", figures.of("writes"), 0);
        TABLE.atMost("processor in them, of a core", 100 * spent / IDLE_SECONDS, 1, " %");
    }

    private static void changes(Installation installation, RunningDirectory directory, RunningOrg org) {
        Random random = new Random(7);
        Map<String, Instant> changed = new HashMap<>();
        long before = org.last();
        double processor = installation.operator().processorSeconds();
        long begin = System.nanoTime();
        for (int change = 0; change < CHANGES; change++) {
            LockSupport.parkNanos(begin + TimeUnit.SECONDS.toNanos(change) - System.nanoTime());
            int number = 1 + random.nextInt(MANY);
            String id = org.id(DirectoryProgram.username(number));
            if (changed.putIfAbsent(id, Instant.now()) == null) {
                directory.change(number, 1, "Changed-" + change);
            }
        }
        Map<String, Instant> written = new HashMap<>();
        await("all are written").atMost(Duration.ofMinutes(10)).until(() -> {
            org.writtenSince(before).forEach(row -> written.putIfAbsent(row.id(), row.at()));
            return written.keySet().containsAll(changed.keySet());
        });
        Histogram delays = new Histogram();
        changed.forEach(
                (id, at) -> delays.add(Duration.between(at, written.get(id)).toNanos() / 1e9));
        Table.note(
                "from a change to its write, %d changes, %.2f s of the operator's processor each: %s",
                delays.size(), (installation.operator().processorSeconds() - processor) / delays.size(), delays);
        TABLE.atMost("change to write among " + MANY + ", p50", delays.quantile(0.5), 1, " s");
        TABLE.atMost("change to write among " + MANY + ", p99", delays.quantile(0.99), 2, " s");
        assertThat(org.since(before).of("rows")).isEqualTo(changed.size());
    }

    private static void burst(Installation installation, RunningDirectory directory, RunningOrg org) throws Exception {
        long before = org.last();
        double took = seconds(() -> {
            directory.change(1, BURST, "Burst");
            await("all are written")
                    .atMost(Duration.ofMinutes(20))
                    .until(() -> org.since(before).of("rows") >= BURST);
        });
        pause(Duration.ofSeconds(10));
        RunningOrg.Figures figures = org.since(before);
        Table.note(
                "burst of %d people: %.2f s, %s, operator %.0f MB resident",
                BURST, took, figures.byKind(), installation.operator().residentMegabytes());
        TABLE.atMost("write calls of a burst of " + BURST, figures.of("writes"), calls(BURST) + 10);
        TABLE.atMost("people written twice in it", figures.of("twice"), 0);
    }

    private static int calls(int rows) {
        return (rows + ROWS_PER_CALL - 1) / ROWS_PER_CALL;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Lets time pass in which nothing is asked for. */
    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
