package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.fabric8.kubernetes.api.model.Condition;
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

    @Test
    void whoIsDisabledIsFrozenAndDeactivatedAndGetsAllBackWhenEnabledAgain() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();

            stage.disable("anna");
            stage.awaitThat("deactivated", () -> !stage.isActive("anna"));
            assertThat(stage.isFrozen("anna")).isTrue();
            stage.awaitThat("hold", () -> stage.ledgerLines("H").size() == 1);
            assertThat(stage.ledgerLines("H").get(0)).contains(" Disabled froze deactivated ");

            stage.enable("anna");
            stage.awaitThat("active again", () -> stage.isActive("anna") && !stage.isFrozen("anna"));
            stage.awaitThat("no hold", () -> stage.ledgerLines("H").isEmpty());
            stage.awaitReady();
        }
    }

    @Test
    void whoIsDeletedIsDeactivated() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.converged();
            scene.directory().delete(stage.dn("bert"));
            stage.awaitThat("deactivated", () -> !stage.isActive("bert"));
            stage.awaitThat("hold", () -> !stage.ledgerLines("H").isEmpty());
            assertThat(stage.ledgerLines("H").get(0)).contains(" Deleted - deactivated ");
            assertThat(stage.isActive("anna")).isTrue();
        }
    }

    @Test
    void whomAHumanDeactivatedStaysSo() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.converged();
            stage.editAsHuman("bert", "IsActive", false);
            int before = stage.writeCalls();
            assertThat(stage.compareAgain().getStatus()).isEqualTo("True");
            assertThat(stage.isActive("bert")).isFalse();
            assertThat(stage.writeCalls()).isEqualTo(before);
            assertThat(stage.ledgerLines("H")).isEmpty();
        }
    }

    @Test
    void whomAHumanDeactivatedIsNotBroughtBackByDisablingAndEnabling() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.converged();
            stage.editAsHuman("bert", "IsActive", false);
            stage.disable("bert");
            stage.compareAgain();
            stage.enable("bert");
            stage.compareAgain();
            assertThat(stage.isActive("bert")).isFalse();
            assertThat(stage.isFrozen("bert")).isFalse();
        }
    }

    @Test
    void nothingHappensToWhoIsOutOfScope() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.converged();
            int before = stage.writeCalls();
            stage.leave("all", "bert");
            assertThat(stage.compareAgain().getStatus()).isEqualTo("True");
            assertThat(stage.isActive("bert")).isTrue();
            assertThat(stage.writeCalls()).isEqualTo(before);
        }
    }

    @Test
    void whoIsOutOfScopeLeavesWhenThePolicySaysSo() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.converged();
            stage.changePolicy("lifecycle: {whenOutOfScope: Freeze}");
            stage.leave("all", "bert");
            stage.awaitThat("frozen", () -> stage.isFrozen("bert"));
            assertThat(stage.isActive("bert")).isTrue();
            assertThat(stage.isFrozen("anna")).isFalse();
        }
    }

    @Test
    void aProtectedUserIsNeverTouched() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.converged();
            stage.changeConnection("protectedUsers: {usernames: [\"" + stage.username("bert") + "\"]}");
            stage.awaitConnection(
                    Stage.CONNECTION, ready -> "True".equals(ready.getStatus()) && ready.getObservedGeneration() == 2);
            stage.awaitReady();
            int before = stage.writeCalls();
            stage.disable("bert");
            stage.set("bert", "sn", "Another");
            stage.compareAgain();
            assertThat(stage.isActive("bert")).isTrue();
            assertThat(stage.isFrozen("bert")).isFalse();
            assertThat(stage.writeCalls()).isEqualTo(before);
        }
    }

    @Test
    void anIncompleteReadTakesOnlyFromThoseItShowsAsDisabled() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.person("carl");
            stage.converged();
            stage.changePolicy("lifecycle: {whenOutOfScope: Deactivate}");
            stage.awaitReady();
            stage.changePolicy("suspend: true");
            stage.awaitNotReady("Suspended");
            stage.disable("carl");
            scene.directory().faults().hide(stage.dn("bert"));
            try {
                stage.changePolicy("suspend: false");
                Condition told = stage.awaitNotReady("MemberHidden");
                assertThat(told.getMessage()).contains("may not see");
                assertThat(stage.isActive("bert")).isTrue();
                assertThat(stage.isFrozen("bert")).isFalse();
                assertThat(stage.isActive("carl")).isFalse();
                assertThat(stage.isFrozen("carl")).isTrue();
                assertThat(Stage.condition(stage.policyStatus().conditions(), "DirectoryComplete"))
                        .hasValueSatisfying(c -> assertThat(c.getStatus()).isEqualTo("False"));
            } finally {
                scene.directory().faults().clear();
            }
            stage.compareAgain();
            assertThat(stage.isActive("bert")).isTrue();
        }
    }

    @Test
    void anUnreadableGroupTakesNobodysProfile() {
        try (Stage stage = scene.stage()) {
            stage.group("readers");
            stage.person("anna");
            stage.join("readers", "anna");
            stage.play("""
                    entitlements:
                      profiles:
                        - {group: "%s", name: Read Only}
                        - {group: "%s", name: Standard User}
                    """.formatted(stage.groupDn("readers"), stage.groupDn("all")));
            stage.awaitReady();
            String profile = stage.user("anna").orElseThrow().text("ProfileId");
            scene.directory().faults().hide(stage.groupDn("readers"));
            try {
                stage.set("anna", "department", "Marketing");
                // A right that is lost changes nothing in the directory: the next full read notices.
                stage.compareAgain();
                stage.awaitNotReady("GroupNotFound");
                stage.awaitThat(
                        "what was seen is written",
                        () -> "Marketing"
                                .equals(stage.user("anna").orElseThrow().text("Department")));
                stage.compareAgain();
                assertThat(stage.user("anna").orElseThrow().text("ProfileId")).isEqualTo(profile);
            } finally {
                scene.directory().faults().clear();
            }
        }
    }

    @Test
    void whatSomebodyElseChangedIsWrittenBack() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            stage.editAsHuman("anna", "Department", "Drift");
            int before = stage.writeCalls();
            stage.compareAgain();
            assertThat(stage.user("anna").orElseThrow().text("Department")).isEqualTo("Sales");
            assertThat(stage.writeCalls()).isEqualTo(before + 1);
        }
    }

    @Test
    void aChangedPersonIsUpdatedInTheSameUserEvenUnderANewName() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            String id = stage.user("anna").orElseThrow().id();
            scene.directory().move(stage.dn("anna"), "CN=anna-renamed", stage.ou());
            scene.directory()
                    .modify(
                            "CN=anna-renamed," + stage.ou(),
                            new Modification(ModificationType.REPLACE, "sn", "Personlike-new"));
            stage.awaitThat(
                    "new name",
                    () -> "Personlike-new"
                            .equals(stage.org()
                                    .org()
                                    .record("User", id)
                                    .orElseThrow()
                                    .text("LastName")));
            assertThat(stage.org()
                            .journal()
                            .count(call -> call.call().operation().equals("create")))
                    .isEqualTo(1);
        }
    }

    /** As {@code kubectl replace --force} does it, while the one before is being looked at. */
    @Test
    void aPolicyThatIsReplacedIsLookedAtEachTime() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            for (int round = 1; round <= 15; round++) {
                stage.changePolicy("variables: {round: \"'%d'\"}".formatted(round));
                stage.delete(stage.policy());
                stage.policy("variables: {round: \"'%d'\"}".formatted(round));
                stage.awaitReady();
            }
            assertThat(stage.isActive("anna")).isTrue();
        }
    }
}
