package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.sandbox.salesforce.org.Row;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom somebody works for is a person in the directory and a user in Salesforce. */
class ManagersTest {
    private static final String RULES = """
            attributes:
              - {field: ManagerId, expression: "ref(user.manager)", onNull: Clear}
            lifecycle: {whenDisabled: Deactivate}
            """;

    private static Scene scene;
    private Stage stage;

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
        stage.person("bert");
    }

    @AfterEach
    void end() {
        stage.close();
    }

    private void worksFor(String account, String manager) {
        stage.set(account, "manager", stage.dn(manager));
    }

    private Optional<String> managerOf(String account) {
        return Optional.ofNullable(stage.user(account).orElseThrow().value("ManagerId"))
                .map(Object::toString);
    }

    private Optional<String> id(String account) {
        return stage.user(account).map(Row::id);
    }

    @Test
    void twoPeopleWhoWorkForEachOtherAreCreatedAndLinkedInOneRun() {
        worksFor("anna", "bert");
        worksFor("bert", "anna");

        stage.play(RULES);
        stage.awaitReady();

        assertThat(managerOf("anna")).isEqualTo(id("bert"));
        assertThat(managerOf("bert")).isEqualTo(id("anna"));
        int writes = stage.writeCalls();
        stage.compareAgain();
        assertThat(stage.writeCalls()).isEqualTo(writes);
    }

    @Test
    void aManagerWhoComesLaterIsFilledInAndOneWhoLeavesIsCleared() {
        stage.person("carla");
        stage.leave("all", "carla");
        worksFor("anna", "carla");
        stage.play(RULES);
        stage.awaitReady();
        assertThat(managerOf("anna")).isEmpty();
        assertThat(stage.policyStatus().failures()).isEmpty();

        stage.join("all", "carla");
        stage.awaitThat(
                "anna works for carla",
                () -> id("carla").isPresent() && managerOf("anna").equals(id("carla")));

        stage.disable("carla");
        stage.awaitThat("carla left", () -> !stage.isActive("carla"));
        stage.awaitThat("anna works for nobody", () -> managerOf("anna").isEmpty());
    }
}
