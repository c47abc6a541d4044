package dev.salesforcesync.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two operators of one installation: one works, the other takes over when it dies, and people notice nothing. */
@OnRealCluster
class FailoverOnClusterTest {
    private final RealCluster cluster;
    private final Neighbours neighbours;

    FailoverOnClusterTest(RealCluster cluster) {
        this.cluster = cluster;
        this.neighbours = new Neighbours(cluster);
    }

    @AfterEach
    void stop() {
        neighbours.close();
    }

    private static ConditionFactory patiently(String what) {
        return await(what).atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(100));
    }

    @Test
    void theSecondOperatorWaitsAndFinishesWhatTheKilledOneBegan() {
        try (OperatorJar first = OperatorJar.start(cluster, "first").ready();
                OperatorJar second = takesSecondPlace(first)) {
            neighbours.apply();
            patiently("the first batch is written").until(() -> neighbours.writeCalls() > 0);

            first.kill();
            patiently("the second one leads").until(second::leads);
            patiently("the policy has converged").until(neighbours::converged);

            assertThat(neighbours.differences()).isEmpty();
            assertThat(neighbours.usersCreated()).as("one user for each person").isEqualTo(neighbours.linked());

            assertNothingLeftToWrite();
            assertThat(second.terminate(Duration.ofSeconds(30))).isIn(0, 143);
        }
    }

    @Test
    void aKilledLeaderIsReplacedAndTheNewOneHasNothingToWrite() {
        try (OperatorJar first = OperatorJar.start(cluster, "leader").ready();
                OperatorJar second = takesSecondPlace(first)) {
            neighbours.apply();
            patiently("the policy has converged").until(neighbours::converged);
            int writes = neighbours.writeCalls();

            first.kill();
            Instant killed = Instant.now();
            patiently("the second one leads").until(second::leads);
            System.out.println("failover took " + Duration.between(killed, Instant.now()));

            assertNothingLeftToWrite();
            assertThat(neighbours.writeCalls()).isEqualTo(writes);
            assertThat(neighbours.differences()).isEmpty();
        }
    }

    private OperatorJar takesSecondPlace(OperatorJar first) {
        patiently("the first one leads").until(first::leads);
        OperatorJar second = OperatorJar.start(cluster, "second").ready();
        assertThat(second.leads()).isFalse();
        return second;
    }

    /** Asks for a comparison and waits for its end. */
    private void assertNothingLeftToWrite() {
        int before = neighbours.writeCalls();
        Optional<String> lastRead = lastFullRead();
        cluster.kubectl()
                .run(
                        "annotate",
                        "--overwrite",
                        "syncpol",
                        Neighbours.POLICY,
                        "salesforcesync.dev/run-now=" + before + "-"
                                + Instant.now().toEpochMilli());

        patiently("another comparison has ended")
                .until(() -> !lastFullRead().equals(lastRead) && neighbours.converged());

        assertThat(neighbours.writeCalls()).isEqualTo(before);
    }

    private Optional<String> lastFullRead() {
        SyncPolicy policy = neighbours.policy();
        return policy.getStatus() == null
                ? Optional.empty()
                : policy.getStatus().findLastFullRead();
    }
}
