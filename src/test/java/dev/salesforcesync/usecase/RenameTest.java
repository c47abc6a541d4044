package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Usernames that change hands: Salesforce refuses a name that somebody has at the moment of the write. */
class RenameTest {
    private static Scene scene;
    private Stage stage;
    private String anna;
    private String bert;
    private String carla;

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
        stage.person("carla");
        stage.play("usernames: {rename: true}");
        stage.awaitReady();
        anna = id("anna");
        bert = id("bert");
        carla = id("carla");
        stage.changePolicy("suspend: true");
        stage.awaitNotReady("Suspended");
    }

    @AfterEach
    void end() {
        stage.close();
    }

    private String id(String account) {
        return stage.user(account).orElseThrow().id();
    }

    private String nameOf(String id) {
        return stage.org()
                .org()
                .record("User", id)
                .map(row -> row.text("Username"))
                .orElseThrow();
    }

    private void rename(String account, String to) {
        stage.set(account, "userPrincipalName", stage.username(to));
    }

    private void goOn() {
        stage.changePolicy("suspend: false");
        stage.awaitReady();
    }

    @Test
    void twoPeopleSwapTheirNamesInOneRun() {
        rename("anna", "between");
        rename("bert", "anna");
        rename("anna", "bert");

        goOn();

        assertThat(nameOf(anna)).isEqualTo(stage.username("bert"));
        assertThat(nameOf(bert)).isEqualTo(stage.username("anna"));
        assertThat(stage.policyStatus().failures()).isEmpty();
    }

    @Test
    void threePeoplePassTheirNamesOnInARing() {
        rename("anna", "between");
        rename("carla", "anna");
        rename("bert", "carla");
        rename("anna", "bert");

        goOn();

        assertThat(nameOf(anna)).isEqualTo(stage.username("bert"));
        assertThat(nameOf(bert)).isEqualTo(stage.username("carla"));
        assertThat(nameOf(carla)).isEqualTo(stage.username("anna"));
        assertThat(stage.policyStatus().failures()).isEmpty();
    }

    @Test
    void aNamePassesOnAlongAChain() {
        rename("carla", "new");
        rename("bert", "carla");
        rename("anna", "bert");

        goOn();

        assertThat(nameOf(anna)).isEqualTo(stage.username("bert"));
        assertThat(nameOf(bert)).isEqualTo(stage.username("carla"));
        assertThat(nameOf(carla)).isEqualTo(stage.username("new"));
        assertThat(stage.policyStatus().failures()).isEmpty();
    }

    @Test
    void someoneWhoComesBackGivesUpTheNameThatAnotherGets() {
        stage.changePolicy("suspend: false");
        stage.disable("anna");
        stage.awaitThat("anna left", () -> !stage.isActive("anna"));
        stage.changePolicy("suspend: true");
        stage.awaitNotReady("Suspended");
        rename("anna", "new");
        rename("bert", "anna");
        stage.enable("anna");

        goOn();

        assertThat(nameOf(anna)).isEqualTo(stage.username("new"));
        assertThat(nameOf(bert)).isEqualTo(stage.username("anna"));
        assertThat(stage.policyStatus().failures()).isEmpty();
    }

    @Test
    void whoseReleaseHasNoAnswerIsReadBeforeAnythingIsSentAgain() {
        rename("anna", "between");
        rename("bert", "anna");
        rename("anna", "bert");
        stage.org().faults().nextWrites(1, new Fault.CloseAfterCommit());
        long before = stage.org().journal().last();

        stage.changePolicy("suspend: false");
        stage.awaitThat(
                "swapped",
                () -> nameOf(anna).equals(stage.username("bert"))
                        && nameOf(bert).equals(stage.username("anna")));

        assertThat(stage.org().journal().since(before).stream()
                        .filter(entry -> entry.call().write())
                        .findFirst()
                        .map(Journal.Entry::answered))
                .contains(false);
        assertThat(stage.org().journal().since(before))
                .extracting(entry -> entry.call().operation())
                .containsSubsequence("update", "query", "update");
    }

    @Test
    void nobodyGetsAnotherNameInBetweenWithoutNeed() {
        rename("anna", "new");
        long before = stage.org().journal().last();

        goOn();

        assertThat(nameOf(anna)).isEqualTo(stage.username("new"));
        assertThat(stage.org().journal().since(before).stream()
                        .filter(entry -> entry.call().write())
                        .mapToInt(entry -> entry.call().rows())
                        .sum())
                .isEqualTo(1);
    }
}
