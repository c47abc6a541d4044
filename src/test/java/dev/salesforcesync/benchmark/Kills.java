package dev.salesforcesync.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills the operator at random moments of a load, a burst and a stream of changes, and compares what is left with what
 * one made of the same directory that nobody disturbed.
 */
final class Kills {
    /** Long enough for a kill to meet calls that are on their way. */
    private static final Duration FAR = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int CONTAINER = 768;
    private static final int ROWS_PER_CALL = 200;

    /** Most of a process's first seconds goes into compiling for speed that none of these lives to see. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static final int STREAM_MILLIS = 100;

    private final Random random;
    private final RunningDirectory directory;
    private final RunningOrg org;
    private final Installation installation;

    private Kills(long seed, RunningDirectory directory, RunningOrg org, Installation installation) {
        this.random = new Random(seed);
        this.directory = directory;
        this.org = org;
        this.installation = installation;
    }

    /**
     * Plays it.
     *
     * @param each kills in each of the three
     */
    static void play(long seed, int people, int changes, int each) {
        try (RunningDirectory directory = RunningDirectory.start(people, "-Xmx3g", QUICK)) {
            String left;
            try (RunningOrg org = RunningOrg.start("Killed", "-Xmx3g", QUICK);
                    Installation installation = new Installation(directory, org, CONTAINER, PATIENCE, QUICK)) {
                left = new Kills(seed, directory, org, installation).play(changes, each);
            }
            try (RunningOrg org = RunningOrg.start("Killed", "-Xmx3g", QUICK);
                    Installation installation = new Installation(directory, org, CONTAINER, PATIENCE, QUICK)) {
                installation.startOperator();
                installation.connect();
                installation.load();
                assertThat(left).as("what the killed ones left").isEqualTo(org.digest());
            }
        }
    }

    private String play(int changes, int each) {
        int people = directory.people();
        installation.startOperator();
        installation.connect();
        org.latency(FAR);
        long users = org.since(0).of("users");
        long before = org.last();
        installation.follow();
        killWhileWriting(before, people / ROWS_PER_CALL, each);
        installation.awaitComparison();
        assertThat(org.since(0).of("users") - users).as("users created").isEqualTo(people);
        assertOnce(before, people + people / DirectoryProgram.EACH);

        long loaded = org.last();
        directory.change(1, people / 2, "Burst");
        killWhileWriting(loaded, people / 2 / ROWS_PER_CALL, each);
        awaitRows(loaded, people / 2);

        long changed = org.last();
        Set<Integer> kills = new HashSet<>();
        while (kills.size() < each) {
            kills.add(random.nextInt(changes));
        }
        for (int change = 1; change <= changes; change++) {
            directory.change(people / 2 + change, 1, "Stream");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STREAM_MILLIS));
            if (kills.contains(change - 1)) {
                installation.killOperator();
            }
        }
        awaitRows(changed, changes);
        installation.compareInFull();
        assertOnce(loaded, people / 2 + changes);
        return org.digest();
    }

    /** Kills some time after a random number of calls was answered: others are on their way then. */
    private void killWhileWriting(long since, int calls, int times) {
        for (int kill = 0; kill < times; kill++) {
            long done = org.since(since).of("writes");
            long until = Math.min(calls, done + random.nextInt(Math.max(1, calls / times)));
            await("writing goes on")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> org.since(since).of("writes") >= until);
            LockSupport.parkNanos(random.nextLong(2 * FAR.toNanos()));
            installation.killOperator();
        }
    }

    private void awaitRows(long since, int rows) {
        await("all are written").atMost(PATIENCE).until(() -> org.since(since).of("rows") >= rows);
    }

    /** Whatever a killed one had sent is not sent again, and nothing was refused because it was there already. */
    private void assertOnce(long since, int rows) {
        RunningOrg.Figures figures = org.since(since);
        assertThat(figures.of("rows")).as("rows written").isEqualTo(rows);
        assertThat(figures.of("twice")).as("people written twice").isZero();
        assertThat(figures.of("refused")).as("rows refused").isZero();
    }
}
