package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of users as people come, change and go. */
class LifecycleTest {
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
    void whoIsInTheGroupGetsAUserAndASecondComparisonWritesNothing() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.converged();
            assertThat(stage.isActive("anna")).isTrue();
            assertThat(stage.isActive("bert")).isTrue();

            int before = stage.writeCalls();
            assertThat(stage.compareAgain().getStatus()).isEqualTo("True");
            assertThat(stage.writeCalls()).isEqualTo(before);
        }
    }
}
