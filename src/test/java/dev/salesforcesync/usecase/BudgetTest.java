package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The API budget is used up but for what is kept for leavers. */
class BudgetTest {
    /** Of a million calls a day; 50,000 are kept for leavers and 2,000 for others. */
    private static final int USED = 960_000;

    private static Scene scene;

    @BeforeAll
    static void open() {
        scene = new Scene();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    /** Lets others use up the budget, and the operator find out. */
    private static Condition usedUp(Stage stage) {
        stage.org().org().usage().add(USED);
        stage.set("zoe", "department", "Marketing");
        return stage.awaitNotReady("SalesforceApiBudgetExhausted");
    }

    private static int calls(Stage stage) {
        return stage.org().journal().count(call -> true);
    }

    @Test
    void whoLeavesLosesAccessAndNobodyElseIsTouched() {
        try (Stage stage = scene.stage()) {
            List.of("anna", "bert", "zoe").forEach(stage::person);
            stage.converged();
            Condition told = usedUp(stage);
            assertThat(told.getMessage()).contains("who leaves still loses access");

            stage.person("carl");
            stage.set("bert", "department", "Marketing");
            stage.disable("anna");
            stage.awaitThat("anna left", () -> !stage.isActive("anna") && stage.isFrozen("anna"));

            assertThat(stage.user("carl")).isEmpty();
            assertThat(stage.user("bert").orElseThrow().text("Department")).isEqualTo("Sales");
            assertThat(stage.ledgerLines("H")).hasSize(1);
        }
    }

    @Test
    void aChangeOfSomebodyElseCostsNoCallAndNobodyIsReadTwice() {
        try (Stage stage = scene.stage()) {
            List.of("anna", "bert", "zoe").forEach(stage::person);
            stage.converged();
            usedUp(stage);
            stage.disable("anna");
            stage.awaitThat("anna left", () -> !stage.isActive("anna"));

            int before = calls(stage);
            stage.set("zoe", "department", "Research");
            stage.disable("bert");
            stage.awaitThat("bert left", () -> !stage.isActive("bert"));
            // his user, his sign-in record, freezing, deactivating
            assertThat(calls(stage) - before).isEqualTo(4);
        }
    }

    @Test
    void theGuardHoldsAFloodOfLeaversAndAnApprovalReleasesIt() {
        try (Stage stage = scene.stage()) {
            IntStream.range(0, 8).forEach(i -> stage.person("p" + i));
            stage.person("zoe");
            stage.converged();
            usedUp(stage);
            stage.changePolicy("suspend: true");
            stage.awaitNotReady("Suspended");
            IntStream.range(0, 7).forEach(i -> stage.disable("p" + i));
            stage.changePolicy("suspend: false");
            stage.awaitThat("a batch is held", () -> stage.policyStatus().held().size() == 1);
            assertThat(IntStream.range(0, 7).allMatch(i -> stage.isActive("p" + i)))
                    .isTrue();

            String hash = stage.policyStatus().held().get(0).hash();
            stage.changePolicy("safety: {approve: [\"" + hash + "\"]}");
            stage.awaitThat("all left", () -> IntStream.range(0, 7).noneMatch(i -> stage.isActive("p" + i)));
            assertThat(stage.isActive("p7")).isTrue();
        }
    }

    @Test
    void aBatchOfSomethingElseOutlivesThePause() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("zoe");
            stage.converged();
            stage.changePolicy("mode: Approve");
            stage.set("zoe", "department", "Research");
            stage.awaitNotReady("PlanHeld");
            String held = stage.policyStatus().held().get(0).hash();
            stage.org().org().usage().add(USED);
            stage.disable("anna");
            stage.awaitThat(
                    "anna is held too", () -> stage.policyStatus().held().size() == 2);
            assertThat(stage.policyStatus().held())
                    .anyMatch(batch -> batch.hash().equals(held));
            assertThat(stage.isActive("anna")).isTrue();
        }
    }

    @Test
    void everythingElseGoesOnWhenThereIsABudgetAgain() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("zoe");
            stage.converged();
            usedUp(stage);
            stage.disable("anna");
            stage.awaitThat("anna left", () -> !stage.isActive("anna"));
            stage.enable("anna");

            stage.org().org().usage().add(-USED);
            stage.changeConnection("apiBudget: {dailyShare: 60}");
            stage.awaitThat("anna is back", () -> stage.isActive("anna") && !stage.isFrozen("anna"));
            stage.awaitReady();
            assertThat(stage.user("zoe").orElseThrow().text("Department")).isEqualTo("Marketing");
        }
    }
}
