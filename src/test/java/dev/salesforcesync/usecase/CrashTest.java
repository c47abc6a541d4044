package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.salesforcesync.api.v1alpha1.SalesforceConnectionStatus;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.ConfigMapLedger;
import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.CreateIntent;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lost answers, killed operators and lost memory: nobody is created twice, nobody is taken by mistake. */
class CrashTest {
    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aLostAnswerToACreateMakesNoSecondUser() {
        try (Stage stage = scene.stage()) {
            IntStream.range(0, 5).forEach(i -> stage.person("p" + i));
            stage.org().faults().nextWrites(1, new Fault.CloseAfterCommit());
            stage.converged();
            assertThat(creates(stage)).isEqualTo(1);
            assertThat(users(stage)).isEqualTo(5);
            assertThat(stage.ledgerLines("L")).hasSize(5);
            assertThat(stage.ledgerLines("I")).isEmpty();
        }
    }

    @Test
    void anOperatorThatIsStartedAgainAndAgainDoesNotLockTheIntegrationUserOut() {
        try (Stage stage = scene.stage()) {
            stage.orgSecret("clientSecret", "second-secret");
            stage.connection(Stage.CONNECTION, "");
            for (int start = 0; start < 4; start++) {
                awaitAllKnown(stage);
                scene.restartOperator();
                stage.changeConnection("apiBudget: {maxConcurrentRequests: " + (start + 1) + "}");
                long generation =
                        stage.connection(Stage.CONNECTION).getMetadata().getGeneration();
                stage.awaitConnection(
                        Stage.CONNECTION,
                        ready -> "SalesforceCredentialsRejected".equals(ready.getReason())
                                && ready.getObservedGeneration() == generation);
            }
            assertThat(signIns(stage)).isEqualTo(3);

            stage.orgSecret("clientSecret", "first-secret");
            stage.awaitConnection(Stage.CONNECTION, ready -> "True".equals(ready.getStatus()));
            assertThat(known(stage)).isZero();
        }
    }

    private static int signIns(Stage stage) {
        return stage.org().journal().count(call -> call.call().protocol().equals("OAUTH"));
    }

    private static void awaitAllKnown(Stage stage) {
        await().atMost(Stage.PATIENCE).until(() -> known(stage) > 0 && known(stage) == signIns(stage));
    }

    /** How many refusals the status tells of. */
    private static int known(Stage stage) {
        return Optional.ofNullable(stage.connection(Stage.CONNECTION).getStatus())
                .flatMap(SalesforceConnectionStatus::findRefusedCredentials)
                .map(refused -> refused.times().size())
                .orElse(0);
    }

    @Test
    void aCreateThatNeverArrivedIsSentAgain() {
        try (Stage stage = scene.stage()) {
            IntStream.range(0, 5).forEach(i -> stage.person("p" + i));
            stage.org().faults().nextWrites(1, new Fault.CloseBeforeCommit());
            stage.play();
            stage.awaitThat("all came", () -> users(stage) == 5);
            stage.awaitReady();
            assertThat(stage.ledgerLines("L")).hasSize(5);
            assertThat(stage.ledgerLines("I")).isEmpty();
        }
    }

    @Test
    void aLostAnswerToADeactivationIsReadBack() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.converged();
            stage.org()
                    .faults()
                    .nextLike(
                            1, call -> call.write() && call.objectType().equals("User"), new Fault.CloseAfterCommit());
            stage.disable("bert");
            stage.awaitThat("left", () -> !stage.isActive("bert"));
            stage.awaitReady();
            // The hold is there, so that he comes back as he went.
            stage.enable("bert");
            stage.awaitThat("back", () -> stage.isActive("bert") && !stage.isFrozen("bert"));
        }
    }

    @Test
    void aRestartWritesNothing() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.converged();
            stage.disable("bert");
            stage.awaitThat("left", () -> !stage.isActive("bert"));
            stage.awaitReady();
            int before = stage.writeCalls();
            long calls = stage.org().journal().last();
            scene.restartOperator();
            stage.awaitThat("new operator reads", () -> stage.org().journal().last() > calls);
            stage.compareAgain();
            assertThat(stage.writeCalls()).isEqualTo(before);

            stage.enable("bert");
            stage.awaitThat("back", () -> stage.isActive("bert"));
        }
    }

    @Test
    void anOperatorKilledBetweenIntentAndOutcomeLinksWhomItHadCreated() {
        try (Stage stage = scene.stage()) {
            ObjectGuid anna = stage.person("anna");
            ObjectGuid bert = stage.person("bert");
            // What the killed one left: both intents, and of both creates only anna's had arrived.
            Instant since = Instant.now();
            OrgLedger left = ledger(stage);
            assertThat(left.record(List.of(intent(stage, anna, "anna", since), intent(stage, bert, "bert", since))))
                    .isInstanceOf(Result.Ok.class);
            stage.createAsIntegrationUser("anna");

            stage.converged();
            assertThat(users(stage)).isEqualTo(2);
            assertThat(stage.ledgerLines("L")).hasSize(2);
            assertThat(stage.ledgerLines("I")).isEmpty();
        }
    }

    @Test
    void aLostShardStopsCreatingAndTakingUntilAPersonAcceptsTheLoss() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            stage.converged();
            scene.stopOperator();
            stage.ledger().forEach(stage::delete);
            stage.disable("bert");
            stage.person("carl");
            int before = stage.writeCalls();
            scene.restartOperator();

            Condition told = stage.awaitConnection(Stage.CONNECTION, ready -> "LedgerLost".equals(ready.getReason()));
            assertThat(told.getMessage()).contains("spec.acceptLedgerLoss");
            stage.awaitNotReady("LedgerLost");
            assertThat(stage.isActive("bert")).isTrue();
            assertThat(stage.user("carl")).isEmpty();
            assertThat(stage.writeCalls()).isEqualTo(before);

            String epoch = told.getMessage().replaceAll(".*'([^']+)'.*", "$1");
            stage.changeConnection("acceptLedgerLoss: " + epoch);
            stage.awaitThat("carl came", () -> stage.user("carl").isPresent());
            stage.awaitThat("bert left", () -> !stage.isActive("bert"));
            stage.awaitReady();
            assertThat(users(stage)).isEqualTo(3);
        }
    }

    @Test
    void somebodyHiredAnewGetsTheUserThoughTheWriteOfTheNewIdentityFailed() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.play("anchor: {field: " + OrgSettings.ANCHOR_FIELD + "}");
            stage.awaitReady();
            String user = stage.user("anna").orElseThrow().id();
            scene.directory().delete(stage.dn("anna"));
            stage.awaitThat("anna left", () -> !stage.isActive("anna"));
            stage.org().faults().nextWrites(1, new Fault.CloseBeforeCommit());

            ObjectGuid again = stage.person("anna");

            stage.awaitThat("anna is back", () -> stage.isActive("anna"));
            stage.awaitReady();
            assertThat(users(stage)).isEqualTo(1);
            assertThat(stage.user("anna").orElseThrow().id()).isEqualTo(user);
            assertThat(stage.user("anna").orElseThrow().text(OrgSettings.ANCHOR_FIELD))
                    .isEqualTo(again.toString());
        }
    }

    @Test
    void anotherWritersLedgerIsReadAgainBeforeAnythingIsWritten() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            OrgLedger other = ledger(stage);
            ObjectGuid nobody = ObjectGuid.parse("00000000-0000-0000-0000-000000000001");
            assertThat(other.record(List.of(intent(stage, nobody, "nobody", Instant.now()))))
                    .isInstanceOf(Result.Ok.class);
            stage.person("bert");
            stage.awaitThat("bert came", () -> stage.user("bert").isPresent());
            stage.awaitReady();
            assertThat(users(stage)).isEqualTo(2);
            assertThat(stage.ledgerLines("L")).hasSize(2);
        }
    }

    private OrgLedger ledger(Stage stage) {
        Result<OrgLedger> opened = ConfigMapLedger.open(
                scene.client(),
                Scene.OPERATOR_NAMESPACE,
                new SalesforceId(stage.org().org().settings().id()));
        return ((Result.Ok<OrgLedger>) opened).value();
    }

    private static LedgerChange intent(Stage stage, ObjectGuid person, String account, Instant since) {
        return new LedgerChange.Put(new Entry.Intent(
                new CreateIntent(person, stage.username(account), stage.namespace() + "/" + Stage.POLICY, since)));
    }

    private static int creates(Stage stage) {
        return stage.org().journal().count(call -> call.call().operation().equals("create"));
    }

    private static int users(Stage stage) {
        return (int) stage.org().org().records("User").stream()
                .filter(user -> user.text("Username").endsWith("." + stage.namespace() + "@example.com"))
                .count();
    }
}
