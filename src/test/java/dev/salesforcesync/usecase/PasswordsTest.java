package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.salesforcesync.api.v1alpha1.PasswordsStatus;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.password.Agent;
import dev.salesforcesync.password.PasswordChange;
import dev.salesforcesync.password.Receipt;
import dev.salesforcesync.password.TargetId;
import dev.salesforcesync.password.Whom;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.Mails;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of a password that an agent caught, from the desk to the login. */
class PasswordsTest {
    private static final String CAPTURE = "passwords: {mode: Capture, agents: {json: {tokenSecretRef: {name: agent}}}}";
    private static final String FIRST = "First-Passw0rd!";
    private static final String SECOND = "S\u00e9cond-\"Passw0rd\\!";

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
    void aCaughtPasswordLogsInAtTheOrgAndNothingOfItIsKept() {
        try (Stage stage = scene.stage()) {
            ObjectGuid anna = stage.person("anna");
            capturing(stage);

            assertThat(hand(stage, new Whom.ByGuid(anna), FIRST, 1)).isInstanceOf(Receipt.Stored.class);
            awaitLogin(stage, "anna", FIRST);
            assertThat(hand(stage, new Whom.ByAccountName("anna" + stage.namespace()), SECOND, 2))
                    .isInstanceOf(Receipt.Stored.class);
            awaitLogin(stage, "anna", SECOND);

            await().atMost(Stage.PATIENCE).until(() -> kept(stage).size() == 1 && pending(stage) == 0);
            assertThat(kept(stage).get(0).getData()).doesNotContainKey("sealed");
            await().atMost(Stage.PATIENCE)
                    .until(() -> passwords(stage)
                            .flatMap(PasswordsStatus::findDelivered)
                            .filter(count -> count == 2)
                            .isPresent());
            assertThat(condition(stage)).isEqualTo("True Succeeded");
        }
    }

    @Test
    void whoIsNotMeantLeavesNothingBehind() {
        try (Stage stage = scene.stage()) {
            ObjectGuid anna = stage.person("anna");
            stage.person("bert");
            capturing(stage);
            stage.leave("all", "anna");

            assertThat(hand(stage, new Whom.ByGuid(anna), FIRST, 1)).isInstanceOf(Receipt.NotConcerned.class);
            assertThat(hand(stage, new Whom.ByAccountName("nobody"), FIRST, 2))
                    .isInstanceOf(Receipt.NotConcerned.class);
            assertThat(kept(stage)).isEmpty();
        }
    }

    @Test
    void anOlderChangeNeverReplacesANewer() {
        try (Stage stage = scene.stage()) {
            Whom anna = new Whom.ByGuid(stage.person("anna"));
            capturing(stage);
            Instant now = Instant.now();

            assertThat(hand(stage, anna, SECOND, Optional.of(now), OptionalLong.of(2)))
                    .isInstanceOf(Receipt.Stored.class);
            awaitLogin(stage, "anna", SECOND);
            assertThat(hand(stage, anna, FIRST, Optional.of(now.minusSeconds(60)), OptionalLong.of(1)))
                    .isInstanceOf(Receipt.Superseded.class);
            assertThat(hand(stage, anna, SECOND, Optional.of(now), OptionalLong.of(2)))
                    .isInstanceOf(Receipt.Superseded.class);
            assertThat(stage.org().org().signIn(stage.username("anna"), SECOND)).isPresent();
        }
    }

    @Test
    void aJoinersFirstPasswordWaitsForHisUser() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            capturing(stage);
            stage.changePolicy("lifecycle: {create: false}");
            stage.awaitReady();
            Whom bert = new Whom.ByGuid(stage.person("bert"));

            assertThat(hand(stage, bert, FIRST, 1)).isInstanceOf(Receipt.Stored.class);
            await().atMost(Stage.PATIENCE)
                    .until(() -> passwords(stage)
                            .map(PasswordsStatus::withoutUser)
                            .filter(count -> count == 1)
                            .isPresent());
            assertThat(condition(stage)).isEqualTo("True Succeeded");
            stage.changePolicy("lifecycle: {create: true}");

            awaitLogin(stage, "bert", FIRST);
        }
    }

    @Test
    void whatSalesforceRefusesIsErasedAndCountedByItsClass() {
        try (Stage stage = scene.stage()) {
            Whom anna = new Whom.ByGuid(stage.person("anna"));
            Whom bert = new Whom.ByGuid(stage.person("bert"));
            capturing(stage);
            stage.editAsHuman("bert", "IsActive", false);

            hand(stage, anna, "x1", 1);
            hand(stage, bert, FIRST, 1);

            await().atMost(Stage.PATIENCE)
                    .untilAsserted(() -> assertThat(refused(stage))
                            .contains(Map.entry("PasswordTooShort", 1L), Map.entry("UserInactive", 1L)));
            assertThat(pending(stage)).isZero();
            assertThat(condition(stage)).isEqualTo("True Succeeded");
        }
    }

    @Test
    void aRefusedPasswordIsFollowedByAMailWhereThatIsWanted() {
        try (Stage stage = scene.stage()) {
            Whom anna = new Whom.ByGuid(stage.person("anna"));
            capturing(stage);
            stage.changePolicy("passwords: {fallback: ResetEmail}");
            awaitTaken(stage, anna, "x1");

            await().atMost(Stage.PATIENCE).until(() -> mails(stage, "anna") == 1);
        }
    }

    @Test
    void aLostAnswerIsLookedUpAndNothingIsSetTwice() {
        try (Stage stage = scene.stage()) {
            Whom anna = new Whom.ByGuid(stage.person("anna"));
            capturing(stage);
            stage.org().faults().nextWrites(1, new Fault.CloseAfterCommit());

            hand(stage, anna, FIRST, 1);

            awaitLogin(stage, "anna", FIRST);
            await().atMost(Stage.PATIENCE).until(() -> pending(stage) == 0);
            assertThat(refused(stage)).isEmpty();
        }
    }

    @Test
    void whatCannotBeDecidedIsKeptSealedUntilItCan() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.person("bert");
            capturing(stage);
            stage.leave("all", "bert");
            // Nobody can be asked about a group that is not there.
            stage.changePolicy("scope: {groups: [\"nowhere " + stage.namespace() + "\"]}");
            await().atMost(Stage.PATIENCE)
                    .until(() -> hand(stage, new Whom.ByAccountName("anna" + stage.namespace()), FIRST, 1)
                            instanceof Receipt.Stored);
            assertThat(hand(stage, new Whom.ByAccountName("bert" + stage.namespace()), SECOND, 1))
                    .isInstanceOf(Receipt.Stored.class);
            assertThat(kept(stage))
                    .hasSize(2)
                    .allSatisfy(kept ->
                            assertThat(kept.getData()).containsKey("sealed").doesNotContainKey("person"));

            stage.changePolicy("scope: {groups: [\"" + stage.groupDn("all") + "\"]}");

            awaitLogin(stage, "anna", FIRST);
            await().atMost(Stage.PATIENCE).until(() -> pending(stage) == 0);
            assertThat(kept(stage))
                    .as("of whoever is not meant nothing is kept")
                    .hasSize(1);
            assertThat(stage.org().org().signIn(stage.username("bert"), SECOND)).isEmpty();
        }
    }

    @Test
    void passwordsAloneFollowWhereAccountsAreMadeElsewhere() throws IOException {
        try (Stage stage = scene.stage()) {
            Whom anna = new Whom.ByGuid(stage.person("anna"));
            stage.person("bert");
            stage.createAsIntegrationUser("anna");
            // The sample as it is, but for where directory and people are.
            Map<String, Object> sample =
                    Specs.parsed(Files.readString(Path.of("samples/07-passwords-only/03-policy.yaml")));
            Map<String, Object> spec = Specs.of(sample, "spec");
            String own = "lifecycle: " + Serialization.asJson(spec.get("lifecycle")) + "\npasswords: "
                    + Serialization.asJson(spec.get("passwords")) + "\nmatching: "
                    + Serialization.asJson(spec.get("matching")) + "\nentitlements: null";
            capturing(stage, own);
            int before = stage.writeCalls();

            hand(stage, anna, FIRST, 1);

            awaitLogin(stage, "anna", FIRST);
            stage.set("anna", "department", "Else");
            stage.disable("anna");
            assertThat(hand(stage, anna, SECOND, 2)).isInstanceOf(Receipt.Stored.class);
            awaitLogin(stage, "anna", SECOND);
            assertThat(stage.user("bert")).isEmpty();
            assertThat(stage.isActive("anna")).isTrue();
            assertThat(stage.writeCalls() - before)
                    .as("only passwords were written")
                    .isEqualTo(2);
        }
    }

    private static void capturing(Stage stage) {
        capturing(stage, CAPTURE);
    }

    private static void capturing(Stage stage, String changes) {
        stage.secret("agent", Map.of("token", "t".repeat(40)));
        stage.secret("agent-samba", Map.of("token", "t".repeat(40)));
        stage.play(changes);
        stage.awaitReady();
        await().atMost(Stage.PATIENCE).until(() -> {
            Receipt receipt = hand(stage, new Whom.ByAccountName("nobody-yet"), "nothing", 0);
            return receipt instanceof Receipt.NotConcerned;
        });
    }

    private static void awaitTaken(Stage stage, Whom whom, String password) {
        await().atMost(Stage.PATIENCE).until(() -> hand(stage, whom, password, 1) instanceof Receipt.Stored);
    }

    private static Receipt hand(Stage stage, Whom whom, String password, long sequence) {
        return hand(stage, whom, password, Optional.empty(), OptionalLong.of(sequence));
    }

    private static Receipt hand(
            Stage stage, Whom whom, String password, Optional<Instant> changedAt, OptionalLong sequence) {
        return scene.operator()
                .passwordDesk()
                .orElseThrow()
                .hand(
                        new TargetId(stage.namespace(), Stage.POLICY),
                        new PasswordChange(
                                whom,
                                password.getBytes(StandardCharsets.UTF_8),
                                changedAt,
                                sequence,
                                Instant.now(),
                                Agent.JSON));
    }

    private static void awaitLogin(Stage stage, String account, String password) {
        await().atMost(Stage.PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> stage.org()
                        .org()
                        .signIn(stage.username(account), password)
                        .isPresent());
    }

    private static long mails(Stage stage, String account) {
        String user = stage.user(account).orElseThrow().id();
        return stage.org().org().mails().sent().stream()
                .filter(mail -> mail.userId().equals(user) && mail.kind() == Mails.Kind.PASSWORD_RESET)
                .count();
    }

    private static List<Secret> kept(Stage stage) {
        return scene
                .client()
                .secrets()
                .inNamespace(Scene.OPERATOR_NAMESPACE)
                .withLabel("salesforcesync.dev/password")
                .list()
                .getItems()
                .stream()
                .filter(secret -> new String(
                                java.util.Base64.getDecoder()
                                        .decode(secret.getData().get("policy")),
                                StandardCharsets.UTF_8)
                        .startsWith(stage.namespace() + "/"))
                .toList();
    }

    private static long pending(Stage stage) {
        return kept(stage).stream()
                .filter(secret -> secret.getData().containsKey("sealed"))
                .count();
    }

    private static Optional<PasswordsStatus> passwords(Stage stage) {
        return stage.policyStatus().findPasswords();
    }

    private static Map<String, Long> refused(Stage stage) {
        return passwords(stage).map(PasswordsStatus::refused).orElse(List.of()).stream()
                .collect(java.util.stream.Collectors.toMap(
                        PasswordsStatus.Refused::code, one -> one.findCount().orElse(0L)));
    }

    private static String condition(Stage stage) {
        return stage.policyStatus().conditions().stream()
                .filter(condition -> condition.getType().equals("PasswordsFlowing"))
                .map(condition -> condition.getStatus() + " " + condition.getReason())
                .findFirst()
                .orElse("none");
    }
}
