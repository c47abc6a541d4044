package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Salesforce shows a changed e-mail address once the user has confirmed it; until then the operator asks once. */
class EmailTest {
    private static Scene scene;
    private Stage stage;
    private String anna;

    @BeforeAll
    static void open() {
        scene = new Scene();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void begin() {
        stage = scene.stage();
        stage.person("anna");
        stage.converged();
        anna = stage.user("anna").orElseThrow().id();
        stage.set("anna", "mail", "new@example.com");
        stage.awaitThat("asked", () -> stage.org().org().pendingEmail(anna).isPresent());
        stage.compareAgain();
    }

    @AfterEach
    void end() {
        stage.close();
    }

    private String email() {
        return stage.user("anna").orElseThrow().text("Email");
    }

    private boolean asksFor(String address) {
        return stage.org().org().pendingEmail(anna).filter(address::equals).isPresent();
    }

    private void confirm() {
        assertThat(stage.org().org().confirmEmail(anna)).isTrue();
        stage.compareAgain();
    }

    @Test
    void asksOnceWhileTheUserHasNotConfirmed() {
        int before = stage.writeCalls();

        stage.compareAgain();
        stage.compareAgain();

        assertThat(stage.writeCalls()).isEqualTo(before);
        assertThat(stage.ledgerLines("E")).hasSize(1);
    }

    @Test
    void writesBackWhatAPersonChangedAfterTheUserHadConfirmed() {
        confirm();
        assertThat(stage.ledgerLines("E")).isEmpty();

        stage.editAsHuman("anna", "Email", "other@example.com");
        confirm();

        assertThat(email()).isEqualTo("other@example.com");
        assertThat(asksFor("new@example.com")).isTrue();
        confirm();
        assertThat(email()).isEqualTo("new@example.com");
    }

    @Test
    void writesBackWhatAPersonChangedWhileTheUserHadNotConfirmed() {
        stage.editAsHuman("anna", "Email", "other@example.com");

        confirm();

        assertThat(email()).isEqualTo("other@example.com");
        assertThat(asksFor("new@example.com")).isTrue();
    }
}
