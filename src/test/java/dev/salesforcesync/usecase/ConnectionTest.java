package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections come, change and go; people are not touched by that. */
class ConnectionTest {
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
    void aRotatedSecretIsPickedUpAtOnce() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            stage.orgSecret("clientSecret", "second-secret");
            stage.awaitConnection(Stage.CONNECTION, ready -> "SalesforceCredentialsRejected".equals(ready.getReason()));
            stage.awaitNotReady("DependencyNotReady");
            stage.orgSecret("clientSecret", "first-secret");
            stage.awaitConnection(Stage.CONNECTION, ready -> "True".equals(ready.getStatus()));
            stage.person("bert");
            stage.awaitThat("bert came", () -> stage.user("bert").isPresent());
            stage.assertNothingLeaks();
        }
    }

    @Test
    void aRefusedSecretIsSentThreeTimesWhateverElseOfTheConnectionChanges() {
        try (Stage stage = scene.stage()) {
            stage.orgSecret("clientSecret", "second-secret");
            for (int places = 1; places < 7; places++) {
                stage.connection(Stage.CONNECTION, "apiBudget: {maxConcurrentRequests: " + places + "}");
                long generation =
                        stage.connection(Stage.CONNECTION).getMetadata().getGeneration();
                stage.awaitConnection(
                        Stage.CONNECTION,
                        ready -> "SalesforceCredentialsRejected".equals(ready.getReason())
                                && ready.getObservedGeneration() == generation);
            }
            assertThat(stage.org()
                            .journal()
                            .count(call -> call.call().protocol().equals("OAUTH")))
                    .isEqualTo(3);

            stage.orgSecret("clientSecret", "first-secret");
            stage.awaitConnection(Stage.CONNECTION, ready -> "True".equals(ready.getStatus()));
        }
    }

    @Test
    void aRotatedBindPasswordIsPickedUpAtOnce() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            stage.directorySecret("not-the-password");
            stage.awaitNotReady("DirectoryCredentialsRejected");
            stage.directorySecret(scene.directory().password());
            stage.awaitReady();
        }
    }

    @Test
    void anOrgBelongsToOneConnectionOnly() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            stage.connection("second", "");
            Condition told = stage.awaitConnection("second", ready -> "OrganizationClaimed".equals(ready.getReason()));
            assertThat(told.getStatus()).isEqualTo("False");
            assertThat(told.getMessage()).contains(stage.namespace() + "/org", "delete it");
            assertThat(Stage.condition(stage.connectionConditions(Stage.CONNECTION), "Ready"))
                    .hasValueSatisfying(ready -> assertThat(ready.getStatus()).isEqualTo("True"));

            // Once the first is gone, the org is free.
            stage.delete(stage.connection(Stage.CONNECTION));
            stage.awaitConnection("second", ready -> "True".equals(ready.getStatus()));
        }
    }

    @Test
    void deletingAPolicyNeverHangsTouchesNobodyAndEndsItsWork() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            int before = stage.writeCalls();
            stage.delete(stage.policy());
            assertThat(scene.client()
                            .genericKubernetesResources("salesforcesync.dev/v1alpha1", "SyncPolicy")
                            .inNamespace(stage.namespace())
                            .list()
                            .getItems())
                    .isEmpty();
            stage.awaitThat("engine ended", () -> threads("policy-" + stage.namespace()) == 0);
            stage.disable("anna");
            stage.set("anna", "department", "Marketing");
            assertThat(stage.isActive("anna")).isTrue();
            assertThat(stage.writeCalls()).isEqualTo(before);

            // Who comes back with the same policy is known.
            stage.enable("anna");
            stage.policy("");
            stage.awaitReady();
            assertThat(stage.org()
                            .journal()
                            .count(call -> call.call().operation().equals("create")))
                    .isEqualTo(1);
        }
    }

    @Test
    void deletingAConnectionNeverHangsTouchesNobodyAndItsPolicyWaits() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            int before = stage.writeCalls();
            stage.delete(stage.connection(Stage.CONNECTION));
            stage.awaitThat("engine ended", () -> threads("connection-" + stage.namespace()) == 0);
            stage.awaitNotReady("DependencyNotReady");
            assertThat(stage.isActive("anna")).isTrue();
            assertThat(stage.writeCalls()).isEqualTo(before);

            stage.connection(Stage.CONNECTION, "");
            stage.awaitReady();
            assertThat(stage.writeCalls()).isEqualTo(before);
        }
    }

    @Test
    void aSecretThatComesLaterIsNoticed() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.connection(Stage.CONNECTION, "");
            stage.policy("");
            stage.awaitConnection(Stage.CONNECTION, ready -> "SecretNotFound".equals(ready.getReason()));
            stage.orgSecret("clientSecret", "first-secret");
            stage.awaitConnection(Stage.CONNECTION, ready -> "True".equals(ready.getStatus()));
            stage.awaitNotReady("SecretNotFound");
            stage.secret("directory", Map.of("bindDN", scene.directory().bindDn()));
            stage.awaitNotReady("SecretKeyMissing");
            stage.directorySecret(scene.directory().password());
            stage.awaitReady();
        }
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }
}
