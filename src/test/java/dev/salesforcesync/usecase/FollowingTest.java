package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a change costs once both sides are known. */
class FollowingTest {
    private static Scene scene;

    @BeforeAll
    static void open() {
        scene = new Scene();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    private static List<Journal.Entry> since(Stage stage, long number) {
        return stage.org().journal().since(number);
    }

    @Test
    void aChangeInTheDirectoryReadsNobodyElseInSalesforce() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.converged();
            long before = stage.org().journal().last();

            stage.set("anna", "department", "Research");
            stage.awaitThat(
                    "the change",
                    () -> "Research".equals(stage.user("anna").orElseThrow().text("Department")));
            stage.awaitReady();

            assertThat(since(stage, before))
                    .noneMatch(entry -> entry.call().operation().startsWith("query"))
                    .filteredOn(entry -> entry.call().write())
                    .hasSize(1);
        }
    }

    @Test
    void whatSomebodyElseWritesIsHealedThoughSomebodyAskedInBetween() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            long before = stage.org().journal().last();

            stage.editAsHuman("anna", "Department", "By Hand");
            ask(stage, stage.username("anna"));
            stage.awaitThat("an answer", () -> !stage.policyStatus().answers().isEmpty());
            stage.awaitThat(
                    "the rule's value",
                    () -> !"By Hand".equals(stage.user("anna").orElseThrow().text("Department")));

            assertThat(since(stage, before))
                    .noneMatch(entry -> entry.call().operation().startsWith("query"));
        }
    }

    private static void ask(Stage stage, String person) {
        scene.client()
                .resources(SyncPolicy.class)
                .inNamespace(stage.namespace())
                .withName(Stage.POLICY)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of(
                                "metadata", Map.of("annotations", Map.of("salesforcesync.dev/explain", person)))));
    }

    @Test
    void aRunThatIsAskedForReadsEverybody() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            long before = stage.org().journal().last();

            stage.compareAgain();

            assertThat(since(stage, before))
                    .anyMatch(entry -> entry.call().operation().startsWith("query"));
        }
    }
}
