package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Usernames are unique in all of Salesforce: whoever does not get the one he should have gets his next one. */
class UsernamesTest {
    private static Scene scene;
    private Stage stage;
    private Stage neighbour;

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
        neighbour = scene.stage();
        stage.person("anna");
    }

    @AfterEach
    void end() {
        stage.close();
        neighbour.close();
    }

    private String candidates(String... names) {
        StringBuilder yaml = new StringBuilder("usernames:\n  candidates:\n");
        for (String name : names) {
            yaml.append("    - \"'").append(name).append("'\"\n");
        }
        return yaml.toString();
    }

    private boolean hasUser(String username) {
        return stage.org().org().user(username).isPresent();
    }

    @Test
    void threePeopleWhoWantOneNameGetOneEach() {
        stage.person("bert");
        stage.person("carla");

        stage.play(candidates(stage.username("one"), stage.username("two"), stage.username("three")));
        stage.awaitReady();

        assertThat(hasUser(stage.username("one"))).isTrue();
        assertThat(hasUser(stage.username("two"))).isTrue();
        assertThat(hasUser(stage.username("three"))).isTrue();
        assertThat(stage.policyStatus().failures()).isEmpty();
        int writes = stage.writeCalls();
        stage.compareAgain();
        assertThat(stage.writeCalls()).isEqualTo(writes);
    }

    @Test
    void aNameThatAnotherOrgHasIsPassedOverInTheSameRun() {
        neighbour.createAsIntegrationUser("anna");

        stage.play(candidates(neighbour.username("anna"), stage.username("anna")));
        stage.awaitReady();

        assertThat(stage.user("anna")).isPresent();
        assertThat(stage.policyStatus().failures()).isEmpty();
        assertThat(stage.writeCalls()).isEqualTo(2);
        stage.compareAgain();
        assertThat(stage.writeCalls()).isEqualTo(2);
    }

    @Test
    void whoseNamesAreAllTakenIsNamedAndNotAskedForAgain() {
        neighbour.createAsIntegrationUser("anna");

        stage.play(candidates(neighbour.username("anna")));
        stage.awaitThat(
                "refused",
                () -> stage.policyStatus().failures().stream()
                        .anyMatch(failure -> failure.code().equals("SalesforceDuplicateUserName")));

        stage.compareAgain();
        assertThat(stage.writeCalls()).isEqualTo(1);
        assertThat(stage.policyStatus().failures())
                .anyMatch(failure -> failure.code().equals("SalesforceDuplicateUserName"));
        stage.assertNothingLeaks();
    }
}
