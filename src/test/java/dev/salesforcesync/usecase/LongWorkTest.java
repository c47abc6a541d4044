package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people see of work that takes long, and that short work leaves no trace. */
class LongWorkTest {
    private static final int PEOPLE = 2_400;

    private static Scene scene;

    /** Thirty times as fast as the system's, so that a second of the test is half a minute of the operator's. */
    private static final class FastClock extends Clock {
        private static final int FACTOR = 30;
        private final Instant begin = Instant.now();

        @Override
        public Instant instant() {
            return begin.plus(Duration.between(begin, Instant.now()).multipliedBy(FACTOR));
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeAll
    static void open() {
        scene = new Scene(new FastClock());
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    private static List<Event> work(Stage stage) {
        return stage.events().stream()
                .filter(event -> event.getReason().startsWith("LongWork"))
                .toList();
    }

    @Test
    void aLongLoadIsSeenInTheStatusAndItsBeginningAndEndAreTold() {
        try (Stage stage = scene.stage()) {
            IntStream.range(0, PEOPLE).forEach(i -> stage.person("p" + i));
            stage.org()
                    .faults()
                    .nextLike(
                            100,
                            call -> call.operation().equals("create"),
                            new Fault.Latency(Duration.ofMillis(1_500)));
            stage.play();

            List<SyncPolicyStatus.Progress> seen = new ArrayList<>();
            await().atMost(Stage.PATIENCE).pollInterval(Duration.ofMillis(25)).until(() -> {
                stage.policyStatus()
                        .findProgress()
                        .filter(progress -> seen.isEmpty() || !progress.equals(seen.get(seen.size() - 1)))
                        .ifPresent(seen::add);
                return users(stage) == PEOPLE;
            });
            stage.awaitReady();
            stage.awaitThat(
                    "progress is over",
                    () -> stage.policyStatus().findProgress().isEmpty());

            assertThat(seen).anySatisfy(progress -> {
                assertThat(progress.phase()).isEqualTo("Writing");
                assertThat(progress.findDone().orElseThrow()).isBetween(1, PEOPLE);
                assertThat(progress.findTotal()).contains(PEOPLE);
                assertThat(progress.findSummary()).contains("Writing " + progress.done() + "/" + PEOPLE);
                assertThat(progress.findStarted()).isPresent();
            });
            await().atMost(Stage.PATIENCE).until(() -> work(stage).size() == 2);
            assertThat(work(stage))
                    .extracting(Event::getReason)
                    .containsExactlyInAnyOrder("LongWorkBegan", "LongWorkEnded");
            assertThat(work(stage))
                    .filteredOn(event -> event.getReason().equals("LongWorkEnded"))
                    .singleElement()
                    .extracting(Event::getMessage)
                    .asString()
                    .contains(PEOPLE + " people compared, " + PEOPLE + " rows written");
            stage.assertNothingLeaks();
        }
    }

    @Test
    void shortWorkLeavesNoTrace() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            List<String> versions = new ArrayList<>();
            stage.set("anna", "department", "Service");
            stage.awaitThat("the change is there", () -> {
                stage.policyStatus().findProgress().ifPresent(progress -> versions.add(progress.phase()));
                return stage.user("anna").orElseThrow().text("Department").equals("Service");
            });

            assertThat(versions).isEmpty();
            assertThat(work(stage)).isEmpty();
        }
    }

    private static int users(Stage stage) {
        return (int) stage.org().org().records("User").stream()
                .filter(user -> user.text("Username").endsWith("." + stage.namespace() + "@example.com"))
                .count();
    }
}
