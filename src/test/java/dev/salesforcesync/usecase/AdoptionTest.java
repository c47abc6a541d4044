package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An org that has users already is taken over without changing who they are. */
class AdoptionTest {
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
    void whoHasTheNameAPersonWouldGetIsThatPerson() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.createAsIntegrationUser("anna");
            String id = stage.user("anna").orElseThrow().id();
            stage.converged();
            assertThat(stage.user("anna").orElseThrow().id()).isEqualTo(id);
            assertThat(stage.user("anna").orElseThrow().text("FirstName")).isEqualTo("ANNA");
            assertThat(stage.org()
                            .journal()
                            .count(call -> call.call().operation().equals("create")))
                    .isZero();
            assertThat(stage.ledgerLines("L")).singleElement().asString().contains(id);
        }
    }

    @Test
    void aUserKnownByAnotherKeyKeepsTheNameHeHas() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.createAsIntegrationUser("old");
            String id = stage.user("old").orElseThrow().id();
            stage.editAsHuman("old", "EmployeeNumber", "4711");
            stage.set("anna", "employeeID", "4711");
            stage.play("matching: [{field: EmployeeNumber, expression: user.employeeID}]");
            stage.awaitReady();
            assertThat(stage.user("anna")).isEmpty();
            assertThat(stage.org().org().record("User", id).orElseThrow().text("LastName"))
                    .isEqualTo("Personlike-anna");
        }
    }
}
