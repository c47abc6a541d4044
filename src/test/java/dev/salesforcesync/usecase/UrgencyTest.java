package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.sandbox.salesforce.org.Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several policies share one connection: who leaves does not wait until everybody else's changes are written. */
class UrgencyTest {
    private static final List<String> BUSY = List.of("a", "b", "c");
    private static final int PEOPLE_OF_EACH = 800;

    private static Scene scene;

    @BeforeAll
    static void open() {
        scene = new Scene();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void aLeaverOfOnePolicyGoesOutWhileThreeOthersWriteThousands() {
        try (Stage stage = scene.stage()) {
            for (String group : BUSY) {
                stage.group(group);
                IntStream.range(0, PEOPLE_OF_EACH).forEach(i -> {
                    stage.person(group + i);
                    stage.join(group, group + i);
                });
            }
            stage.group("leaving");
            stage.person("zoe");
            stage.join("leaving", "zoe");
            stage.play(of(stage, "leaving"));
            stage.changeConnection("apiBudget: {maxConcurrentRequests: 1}");
            stage.awaitThat("zoe is there", () -> stage.user("zoe").isPresent());
            stage.awaitReady();

            slowly(stage, Duration.ofMillis(400));
            int before = creations(stage);
            BUSY.forEach(group -> stage.policy(group, of(stage, group)));
            stage.awaitThat("they write", () -> creations(stage) > before + 2);
            stage.disable("zoe");
            stage.awaitThat("zoe left", () -> !stage.isActive("zoe"));
            int until = creations(stage);

            stage.awaitThat("all are there", () -> users(stage) == 3 * PEOPLE_OF_EACH + 1);
            assertThat(creations(stage) - until).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aLeaverGoesOutWhileHisOwnPolicyWritesAndWhoeverElseChangesComesAfter() {
        try (Stage stage = scene.stage()) {
            stage.person("zoe");
            stage.person("anna");
            stage.play("attributes: [{field: Department, expression: user.department}]");
            stage.changeConnection("apiBudget: {maxConcurrentRequests: 1}");
            stage.awaitThat("both are there", () -> users(stage) == 2);
            stage.awaitReady();
            stage.changePolicy("suspend: true");
            stage.awaitNotReady("Suspended");
            IntStream.range(0, 2 * PEOPLE_OF_EACH).forEach(i -> stage.person("p" + i));
            slowly(stage, Duration.ofMillis(500));
            int before = creations(stage);
            stage.changePolicy("suspend: false");
            stage.awaitThat("it writes", () -> creations(stage) > before);

            stage.set("anna", "department", "Marketing");
            stage.disable("zoe");
            stage.awaitThat("zoe left", () -> !stage.isActive("zoe"));
            int until = creations(stage);

            stage.awaitThat("all are there", () -> users(stage) == 2 * PEOPLE_OF_EACH + 2);
            assertThat(creations(stage) - until).isGreaterThanOrEqualTo(2);
            stage.awaitThat(
                    "who changed meanwhile is written too",
                    () -> stage.user("anna").orElseThrow().text("Department").equals("Marketing"));
            stage.awaitReady();
            assertThat(stage.isActive("zoe")).isFalse();
            assertThat(stage.ledgerLines("H")).hasSize(1);
        }
    }

    private static void slowly(Stage stage, Duration latency) {
        stage.org().faults().nextLike(100, call -> call.operation().equals("create"), new Fault.Latency(latency));
    }

    private static String of(Stage stage, String group) {
        return "scope: {groups: [\"%s\"]}".formatted(stage.groupDn(group));
    }

    private static int creations(Stage stage) {
        return stage.org().journal().count(entry -> entry.call().operation().equals("create"));
    }

    private static int users(Stage stage) {
        return (int) stage.org().org().records("User").stream()
                .filter(user -> user.text("Username").endsWith("." + stage.namespace() + "@example.com"))
                .count();
    }
}
