package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.salesforcesync.api.v1alpha1.PasswordsStatus;
import dev.salesforcesync.sandbox.salesforce.org.Mails;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reset mails in place of captured passwords, and users let in again when the directory lets their people in. */
class ResetMailTest {
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
    void aNewUserGetsOneMailAndOnlyOne() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.play("passwords: {mode: ResetEmail}");
            stage.awaitReady();
            awaitMails(stage, "anna", 1);

            stage.person("bert");
            awaitMails(stage, "bert", 1);
            scene.restartOperator();
            stage.set("bert", "department", "Else");
            await().atMost(Stage.PATIENCE)
                    .until(() -> "Else".equals(stage.user("bert").orElseThrow().text("Department")));

            assertThat(mails(stage, "anna")).isEqualTo(1);
            assertThat(mails(stage, "bert")).isEqualTo(1);
        }
    }

    @Test
    void whoHadAUserBeforeGetsNoMailUntilHisPasswordChanges() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.set("anna", "pwdLastSet", fileTime(Instant.now().minus(Duration.ofDays(3))));
            stage.converged();
            String admin = stage.org()
                    .org()
                    .user(stage.org().org().settings().adminUsername())
                    .orElseThrow()
                    .id();
            stage.org()
                    .org()
                    .setPassword(admin, stage.user("anna").orElseThrow().id(), "Old-Passw0rd");
            stage.changePolicy("passwords: {mode: ResetEmail}");
            stage.awaitReady();
            stage.set("anna", "department", "Else");
            await().atMost(Stage.PATIENCE)
                    .until(() -> "Else".equals(stage.user("anna").orElseThrow().text("Department")));
            assertThat(mails(stage, "anna")).isZero();

            // later than what clocks may differ by
            stage.set("anna", "pwdLastSet", fileTime(Instant.now().plus(Duration.ofMinutes(6))));
            awaitMails(stage, "anna", 1);
            await().atMost(Stage.PATIENCE)
                    .until(() -> stage.policyStatus()
                            .findPasswords()
                            .map(PasswordsStatus::resetMails)
                            .filter(count -> count == 1)
                            .isPresent());
        }
    }

    @Test
    void aLockoutThatEndsInTheDirectoryEndsInSalesforceToo() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.play("passwords: {mode: ResetEmail}");
            stage.awaitReady();
            awaitMails(stage, "anna", 1);
            lockInSalesforce(stage, "anna");
            stage.set("anna", "lockoutTime", fileTime(Instant.now()));
            stage.set("anna", "department", "Locked");
            await().atMost(Stage.PATIENCE)
                    .until(() ->
                            "Locked".equals(stage.user("anna").orElseThrow().text("Department")));
            assertThat(isLocked(stage, "anna")).isTrue();

            stage.set("anna", "lockoutTime", "0");

            await().atMost(Stage.PATIENCE).until(() -> !isLocked(stage, "anna"));
        }
    }

    private static void lockInSalesforce(Stage stage, String account) {
        for (int i = 0; i < 20 && !isLocked(stage, account); i++) {
            stage.org().org().attemptSignIn(stage.username(account), "wrong");
        }
        assertThat(isLocked(stage, account)).isTrue();
    }

    private static boolean isLocked(Stage stage, String account) {
        return stage
                .org()
                .org()
                .recordsBy(
                        "UserLogin", "UserId", stage.user(account).orElseThrow().id())
                .stream()
                .anyMatch((Row login) -> login.flag("IsPasswordLocked"));
    }

    private static void awaitMails(Stage stage, String account, long count) {
        await().atMost(Stage.PATIENCE).until(() -> mails(stage, account) == count);
    }

    private static long mails(Stage stage, String account) {
        String user = stage.user(account).map(Row::id).orElse("");
        return stage.org().org().mails().sent().stream()
                .filter(mail -> mail.userId().equals(user) && mail.kind() == Mails.Kind.PASSWORD_RESET)
                .count();
    }

    private static String fileTime(Instant moment) {
        return Long.toString((moment.getEpochSecond() + 11_644_473_600L) * 10_000_000L);
    }
}
