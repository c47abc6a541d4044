package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two policies on one connection: who answers for whom, and how a person goes from one to the other. */
class SeveralPoliciesTest {
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
    void whoLeavesOnePolicyForAnotherIsHandedOverWithoutADeactivation() {
        try (Stage stage = scene.stage()) {
            stage.group("sales");
            stage.person("anna");
            stage.person("berta");
            stage.join("sales", "anna");
            stage.join("sales", "berta");
            stage.play("""
                    priority: 10
                    scope: {groups: ["%s"]}
                    lifecycle: {whenOutOfScope: Deactivate}
                    """.formatted(stage.groupDn("sales")));
            stage.awaitReady();
            stage.policy("everybody", """
                    priority: 1
                    lifecycle: {whenOutOfScope: Deactivate}
                    """);
            awaitLinks(stage, "anna", Stage.POLICY);

            stage.leave("sales", "anna");

            awaitLinks(stage, "anna", "everybody");
            stage.set("anna", "department", "Service");
            await().atMost(Stage.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(stage.user("anna").orElseThrow().text("Department"))
                                    .contains("Service"));
            assertThat(stage.isActive("anna")).isTrue();
            assertThat(stage.ledgerLines("H")).isEmpty();
            awaitLinks(stage, "berta", Stage.POLICY);
        }
    }

    @Test
    void theHigherPriorityWinsAlthoughItCameLater() {
        try (Stage stage = scene.stage()) {
            stage.person("carla");
            stage.play("priority: 1");
            stage.awaitReady();

            stage.policy("higher", "priority: 5");

            awaitLinks(stage, "carla", "higher");
            assertThat(stage.isActive("carla")).isTrue();
        }
    }

    private static void awaitLinks(Stage stage, String account, String policy) {
        String user = stage.user(account).orElseThrow().id();
        await("who answers for " + account)
                .atMost(Stage.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    List<String> links = stage.ledgerLines("L").stream()
                            .filter(line -> line.contains(user.substring(0, 15)))
                            .toList();
                    assertThat(links).singleElement().asString().contains(stage.namespace() + "/" + policy);
                });
    }
}
