package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stands between a plan and the org: modes, limits, approvals and the switch. */
class SafetyTest {
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
    void previewPublishesThePlanAndLeavesNoTrace() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.play("mode: Preview");
            stage.awaitReady();
            SyncPolicyStatus status = stage.policyStatus();
            assertThat(status.findPlan().orElseThrow().findCreates()).contains(2);
            assertThat(stage.writeCalls()).isZero();
            assertThat(stage.ledger()).isEmpty();
            stage.assertNothingLeaks();
        }
    }

    @Test
    void previewOfAnOrgThatHasUsersAlreadyLinksNobodyInTheLedger() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            int links = stage.ledgerLines("L").size();
            stage.changePolicy("mode: Preview");
            stage.person("bert");
            stage.disable("anna");
            stage.compareAgain();
            assertThat(stage.ledgerLines("L")).hasSize(links);
            assertThat(stage.ledgerLines("H")).isEmpty();
            assertThat(stage.isActive("anna")).isTrue();
            SyncPolicyStatus.Plan plan = stage.policyStatus().findPlan().orElseThrow();
            assertThat(plan.findCreates()).contains(1);
            assertThat(plan.findDeactivations()).contains(1);
        }
    }

    @Test
    void approveWaitsForTheHashAndReleasesExactlyThatOnce() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.play("mode: Approve");
            Condition told = stage.awaitNotReady("PlanHeld");
            assertThat(stage.writeCalls()).isZero();
            String first = onlyHeld(stage);
            assertThat(told.getMessage()).contains(first, "spec.safety.approve");

            // Who comes later waits for an approval of his own.
            stage.person("bert");
            stage.awaitThat("second batch", () -> stage.policyStatus().held().size() == 2);
            stage.changePolicy("safety: {approve: [\"" + first + "\"]}");
            stage.awaitThat("anna came", () -> stage.user("anna").isPresent());
            stage.compareAgain();
            assertThat(stage.user("bert")).isEmpty();
            String second = onlyHeld(stage);
            assertThat(second).isNotEqualTo(first);
            assertThat(stage.ledgerLines("R")).hasSize(1);

            // The same wish once more: the old approval, though still there, is used up.
            stage.disable("anna");
            stage.awaitThat(
                    "deactivation held", () -> stage.policyStatus().held().size() == 2);
            assertThat(stage.isActive("anna")).isTrue();
        }
    }

    @Test
    void anApprovedBatchDoesNotComeOutTwice() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            stage.changePolicy("mode: Approve");
            stage.set("anna", "department", "Marketing");
            stage.awaitNotReady("PlanHeld");
            String hash = onlyHeld(stage);
            stage.changePolicy("safety: {approve: [\"" + hash + "\"]}");
            stage.awaitReady();
            assertThat(stage.user("anna").orElseThrow().text("Department")).isEqualTo("Marketing");

            stage.editAsHuman("anna", "Department", "Sales");
            stage.compareAgain();
            Condition told = stage.awaitNotReady("PlanHeld");
            assertThat(told.getMessage()).doesNotContain(hash);
            assertThat(stage.user("anna").orElseThrow().text("Department")).isEqualTo("Sales");
        }
    }

    @Test
    void tooManyLeaversWaitWhileEverythingElseGoesOn() {
        try (Stage stage = scene.stage()) {
            IntStream.range(0, 8).forEach(i -> stage.person("p" + i));
            stage.converged();
            stage.changePolicy("suspend: true");
            stage.awaitNotReady("Suspended");
            IntStream.range(0, 6).forEach(i -> stage.disable("p" + i));
            stage.set("p6", "department", "Marketing");
            stage.person("newcomer");
            stage.changePolicy("suspend: false");

            Condition told = stage.awaitNotReady("PlanHeld");
            assertThat(stage.user("newcomer")).isPresent();
            assertThat(stage.user("p6").orElseThrow().text("Department")).isEqualTo("Marketing");
            IntStream.range(0, 6).forEach(i -> {
                assertThat(stage.isActive("p" + i)).isTrue();
                assertThat(stage.isFrozen("p" + i)).isFalse();
            });
            SyncPolicyStatus.HeldPlan held = stage.policyStatus().held().get(0);
            assertThat(held.counts()).containsEntry("deactivate", 6);
            assertThat(told.getMessage()).contains(held.hash());

            stage.changePolicy("safety: {approve: [\"" + held.hash() + "\"]}");
            stage.awaitReady();
            IntStream.range(0, 6)
                    .forEach(i -> assertThat(stage.isActive("p" + i)).isFalse());
            assertThat(stage.policyStatus().held()).isEmpty();
        }
    }

    @Test
    void whoFailsAgainAndAgainDoesNotUseUpWhatTheGuardAllows() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.converged();
            stage.changePolicy("safety: {floor: 2}");
            stage.awaitReady();
            stage.org()
                    .org()
                    .deactivationBlockers()
                    .block(stage.user("anna").orElseThrow().id(), "a reason");
            stage.changePolicy("{lifecycle: {whenDisabled: Deactivate}, safety: {maxFailing: {percent: 100}}}");
            stage.disable("anna");
            for (int again = 0; again < 4; again++) {
                assertThat(stage.compareAgain().getReason()).isNotEqualTo("PlanHeld");
            }
            assertThat(stage.isActive("anna")).isTrue();
            stage.disable("bert");
            stage.awaitThat("bert left", () -> !stage.isActive("bert"));
        }
    }

    @Test
    void aSuspendedPolicyDoesNothing() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.play("suspend: true");
            stage.awaitNotReady("Suspended");
            assertThat(stage.writeCalls()).isZero();
            assertThat(Stage.condition(stage.policyStatus().conditions(), "Stalled"))
                    .isEmpty();
        }
    }

    @Test
    void theSwitchStopsEveryWriteAndLetsThemGoOn() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.play("safety: {floor: 1000}");
            stage.awaitReady();
            turnSwitch("stop");
            try {
                // the switch is looked at again once its last look is older than a second
                stage.awaitThat("stop is known", () -> {
                    stage.set("anna", "department", "Marketing" + System.nanoTime());
                    return "WritesStopped".equals(stage.compareAgain().getReason());
                });
                int before = stage.writeCalls();
                stage.person("bert");
                stage.compareAgain();
                assertThat(stage.writeCalls()).isEqualTo(before);
                assertThat(stage.user("bert")).isEmpty();
            } finally {
                turnSwitch("go");
            }
            stage.awaitReady();
            assertThat(stage.user("bert")).isPresent();
        }
    }

    private static void turnSwitch(String writes) {
        scene.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("salesforcesync-switch")
                        .withNamespace(Scene.OPERATOR_NAMESPACE)
                        .endMetadata()
                        .withData(Map.of("writes", writes))
                        .build())
                .createOr(existing -> existing.update());
    }

    private static String onlyHeld(Stage stage) {
        List<SyncPolicyStatus.HeldPlan> held = stage.policyStatus().held();
        assertThat(held).hasSize(1);
        return held.get(0).hash();
    }
}
