package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is wrong with the input: one clear condition that says what to do, nothing written, and no restart needed
 * once it is mended.
 */
class MalformedInputTest {
    private static Scene scene;

    @BeforeAll
    static void open() {
        scene = new Scene();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    /** One thing that can be wrong: how it comes about, what people are told, and how they mend it. */
    private record Mistake(
            String name,
            Consumer<Stage> make,
            boolean ofConnection,
            String reason,
            List<String> told,
            Consumer<Stage> mend) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Mistake inPolicy(String name, String changes, String mend, String reason, String... told) {
        return new Mistake(
                name,
                stage -> stage.changePolicy(changes.replace("$OU", stage.ou()).replace("$ALL", stage.groupDn("all"))),
                false,
                reason,
                List.of(told),
                stage -> stage.changePolicy(mend.replace("$OU", stage.ou()).replace("$ALL", stage.groupDn("all"))));
    }

    private static Mistake inRules(String name, String changes, String mend, String... told) {
        return inPolicy(name, changes, mend, "RulesRefused", told);
    }

    private static Mistake inConnection(String name, String changes, String mend, String reason, String... told) {
        return new Mistake(
                name,
                stage -> stage.changeConnection(changes),
                true,
                reason,
                List.of(told),
                stage -> stage.changeConnection(mend.replace("$URL", stage.org().baseUrl())));
    }

    private static Mistake elsewhere(
            String name,
            Consumer<Stage> make,
            Consumer<Stage> mend,
            boolean ofConnection,
            String reason,
            String... told) {
        return new Mistake(name, make, ofConnection, reason, List.of(told), mend);
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(rules(), directories(), orgs()).flatMap(some -> some);
    }

    private static final String RIGHT_PROFILE = "entitlements: {profiles: [{group: \"$ALL\", name: Standard User}]}";
    private static final String RIGHT_SCOPE = "scope: {searches: [{baseDN: \"$OU\"}]}";

    private static Stream<Mistake> rules() {
        return Stream.of(
                inRules(
                        "a profile that the org does not have",
                        "entitlements: {profiles: [{group: any, name: Standart User}]}",
                        RIGHT_PROFILE,
                        "spec.entitlements.profiles[0].name",
                        "no profile Standart User"),
                inRules(
                        "a profile that the connection does not allow",
                        "entitlements: {profiles: [{group: any, name: System Administrator}]}",
                        RIGHT_PROFILE,
                        "spec.entitlements.profiles[0].name",
                        "spec.grantable.profiles"),
                inRules(
                        "a syntax error in CEL",
                        "variables: {short: \"user.sAMAccountName.left(\"}",
                        "variables: null",
                        "spec.variables",
                        "short: line 1, column 26"),
                inRules(
                        "an unknown variable in CEL",
                        "attributes: [{field: LastName, expression: \"user.sn\"}, {field: Title, expression: \"person.title\"}]",
                        "attributes: null",
                        "spec.attributes[1].expression",
                        "person",
                        "line 1, column 1"),
                inRules(
                        "a wrong type in CEL",
                        "scope: {where: \"user.sn\"}",
                        "scope: {where: null}",
                        "spec.scope.where"),
                inRules(
                        "a Salesforce field that does not exist",
                        "attributes: [{field: LastNaem, expression: \"user.sn\"}]",
                        "attributes: null",
                        "spec.attributes[0].field",
                        "no field LastNaem"),
                inRules(
                        "an example that does not come out right",
                        "tests: [{name: umlauts, user: {sAMAccountName: zmueller, sn: Müller, userPrincipalName: z@example.com}, groups: [\"$ALL\"], expect: {LastName: Mueller}}]",
                        "tests: null",
                        "spec.tests[0]",
                        "LastName"),
                inPolicy(
                        "drift that is to be reported, which is not built",
                        "drift: Report",
                        "drift: Heal",
                        "NotImplemented",
                        "spec.drift",
                        "remove it"));
    }

    private static Stream<Mistake> directories() {
        return Stream.of(
                inPolicy(
                        "a bad LDAP filter",
                        "scope: {searches: [{baseDN: \"$OU\", filter: \"(&(objectClass=user)\"}]}",
                        RIGHT_SCOPE,
                        "DirectoryFilterInvalid",
                        "scope.searches",
                        "search 1"),
                inPolicy(
                        "a base DN that does not exist",
                        "scope: {searches: [{baseDN: \"OU=Nowhere,$OU\"}]}",
                        RIGHT_SCOPE,
                        "DirectoryBaseNotFound",
                        "scope.searches",
                        "baseDN of search 1"),
                inPolicy(
                        "a base DN that is none",
                        "scope: {searches: [{baseDN: \"people\"}]}",
                        RIGHT_SCOPE,
                        "DirectoryBaseInvalid",
                        "scope.searches"),
                elsewhere(
                        "a directory that can't be reached",
                        stage -> stage.changePolicy("directory: {servers: [\"ldaps://localhost:1\"]}"),
                        MalformedInputTest::rightServer,
                        false,
                        "DirectoryUnreachable",
                        "directory.servers"),
                elsewhere(
                        "a directory host that is not allowed",
                        stage -> stage.changePolicy("directory: {servers: [\"ldaps://dc1.elsewhere.example\"]}"),
                        MalformedInputTest::rightServer,
                        false,
                        "HostNotAllowed",
                        "spec.directory.servers",
                        "ALLOWED_DIRECTORY_HOSTS"),
                elsewhere(
                        "the CA of another directory",
                        stage -> stage.secret(
                                "directory",
                                directorySecret(OTHER_CA, scene.directory().password())),
                        stage -> stage.directorySecret(scene.directory().password()),
                        false,
                        "DirectoryCertificateUntrusted",
                        "directory.tls.caSecretRef"),
                elsewhere(
                        "a wrong bind password",
                        stage -> stage.directorySecret("not-the-password"),
                        stage -> stage.directorySecret(scene.directory().password()),
                        false,
                        "DirectoryCredentialsRejected",
                        "bind Secret"),
                elsewhere(
                        "no bind Secret",
                        stage -> stage.deleteSecret("directory"),
                        stage -> stage.directorySecret(scene.directory().password()),
                        false,
                        "SecretNotFound",
                        "spec.directory.bindSecretRef",
                        "'directory'"),
                elsewhere(
                        "a group that does not exist",
                        stage -> stage.changePolicy("scope: {groups: [\"Nobodys Group\"]}"),
                        stage -> stage.changePolicy("scope: {groups: [\"" + stage.groupDn("all") + "\"]}"),
                        false,
                        "GroupNotFound",
                        "Nobodys Group"),
                inPolicy(
                        "fewer people than declared",
                        "safety: {minimumUsers: 50}",
                        "safety: {minimumUsers: null}",
                        "FewerThanMinimum",
                        "safety.minimumUsers"),
                inPolicy(
                        "a canary that is missing",
                        "safety: {canaries: [\"CN=canary,$OU\"]}",
                        "safety: {canaries: null}",
                        "CanaryMissing",
                        "safety.canaries"));
    }

    private static Stream<Mistake> orgs() {
        return Stream.of(
                elsewhere(
                        "no Secret of the org",
                        stage -> stage.deleteSecret("org"),
                        stage -> stage.orgSecret("clientSecret", "first-secret"),
                        true,
                        "SecretNotFound",
                        "spec.authentication.clientCredentials.clientIdSecretRef",
                        "'org'"),
                elsewhere(
                        "a Secret with another key",
                        stage -> stage.orgSecret("client_secret", "first-secret"),
                        stage -> stage.orgSecret("clientSecret", "first-secret"),
                        true,
                        "SecretKeyMissing",
                        "spec.authentication.clientCredentials.clientSecretSecretRef",
                        "client_secret"),
                elsewhere(
                        "a wrong client secret",
                        stage -> stage.orgSecret("clientSecret", "second-secret"),
                        stage -> stage.orgSecret("clientSecret", "first-secret"),
                        true,
                        "SalesforceCredentialsRejected",
                        "ecret"),
                inConnection(
                        "an org that can't be reached",
                        "instanceUrl: http://127.0.0.1:1",
                        "instanceUrl: $URL",
                        "SalesforceUnreachable",
                        "instanceUrl"),
                inConnection(
                        "an org host that is not allowed",
                        "instanceUrl: https://salesforce.elsewhere.example",
                        "instanceUrl: $URL",
                        "HostNotAllowed",
                        "spec.instanceUrl",
                        "ALLOWED_SALESFORCE_HOSTS"),
                inConnection(
                        "a feature of connections that is not built",
                        "recoverWith: {connectionRef: {name: other}}",
                        "recoverWith: null",
                        "NotImplemented",
                        "spec.recoverWith"));
    }

    private static final String OTHER_CA = otherCa();

    private static String otherCa() {
        try (SandboxDirectory other =
                SandboxDirectory.startEmpty(0, 0, dev.salesforcesync.sandbox.directory.DirectoryLimits.DEFAULT)) {
            return other.caPem();
        }
    }

    private static java.util.Map<String, String> directorySecret(String ca, String password) {
        return java.util.Map.of("bindDN", scene.directory().bindDn(), "password", password, "ca.crt", ca);
    }

    private static void rightServer(Stage stage) {
        stage.changePolicy("directory: {servers: [\"" + scene.directory().ldapsUrl() + "\"]}");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isToldClearlyAndNothingIsWrittenUntilItIsMended(Mistake mistake) {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.play("suspend: true");
            mistake.make().accept(stage);
            stage.changePolicy("suspend: false");

            Condition told = mistake.ofConnection()
                    ? stage.awaitConnection(
                            Stage.CONNECTION,
                            ready -> "False".equals(ready.getStatus())
                                    && mistake.reason().equals(ready.getReason()))
                    : stage.awaitNotReady(mistake.reason());
            assertThat(told.getMessage()).contains(mistake.told());
            assertThat(told.getReason()).matches("[A-Z][A-Za-z]+");
            List<Condition> all = mistake.ofConnection()
                    ? stage.connectionConditions(Stage.CONNECTION)
                    : stage.policyStatus().conditions();
            assertThat(all).filteredOn(c -> "Ready".equals(c.getType())).hasSize(1);
            if (mistake.ofConnection()) {
                Condition waiting = stage.awaitNotReady("DependencyNotReady");
                assertThat(waiting.getMessage()).contains("'org'");
            }
            stage.awaitThat(
                    "event " + mistake.reason(),
                    () -> stage.events().stream()
                            .anyMatch(event ->
                                    mistake.reason().equals(event.getReason()) && "Warning".equals(event.getType())));
            // An incomplete read keeps nobody from coming, it only keeps everybody from leaving.
            boolean incomplete = Stage.condition(all, "DirectoryComplete")
                    .filter(c -> "False".equals(c.getStatus()))
                    .isPresent();
            if (!incomplete) {
                assertThat(stage.writeCalls()).isZero();
            }

            mistake.mend().accept(stage);
            stage.awaitReady();
            assertThat(stage.isActive("anna")).isTrue();
            stage.assertNothingLeaks();
        }
    }

    @Test
    void aPolicyWithoutItsConnectionWaitsForIt() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.orgSecret("clientSecret", "first-secret");
            stage.directorySecret(scene.directory().password());
            stage.policy("");
            assertThat(stage.awaitNotReady("DependencyNotReady").getMessage())
                    .contains("spec.connectionRef", "'org'", "create it");
            stage.connection(Stage.CONNECTION, "");
            stage.awaitReady();
            assertThat(stage.isActive("anna")).isTrue();
        }
    }

    @Test
    void rulesThatAreRefusedLeaveTheEarlierOnesRunning() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            // Broken, and were its scope in force, anna would leave.
            scene.directory().add("OU=Empty," + stage.ou(), new Attribute("objectClass", "organizationalUnit"));
            stage.changePolicy("""
                    lifecycle: {whenOutOfScope: Deactivate}
                    scope: {searches: [{baseDN: "OU=Empty,%s"}]}
                    safety: {minimumUsers: 0}
                    variables: {broken: "1 +"}
                    """.formatted(stage.ou()));
            assertThat(stage.awaitNotReady("RulesRefused").getMessage()).contains("stay in force");

            stage.set("anna", "department", "Marketing");
            stage.awaitThat(
                    "change by the earlier rules",
                    () -> "Marketing".equals(stage.user("anna").orElseThrow().text("Department")));
            assertThat(stage.isActive("anna")).isTrue();
        }
    }

    @Test
    void andTheyGoOnRunningAfterARestart() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            stage.changePolicy("variables: {broken: \"1 +\"}");
            assertThat(stage.awaitNotReady("RulesRefused").getMessage()).contains("stay in force");

            scene.restartOperator();
            stage.set("anna", "department", "Marketing");
            stage.awaitThat(
                    "change by the earlier rules",
                    () -> "Marketing".equals(stage.user("anna").orElseThrow().text("Department")));
            assertThat(stage.awaitNotReady("RulesRefused").getMessage()).contains("stay in force");

            // Another policy of the same name has nothing to go on with.
            stage.delete(stage.policy());
            stage.policy("variables: {broken: \"1 +\"}");
            stage.awaitNotReady("RulesRefused");
            stage.set("anna", "department", "Research");
            scene.restartOperator();
            assertThat(stage.awaitNotReady("RulesRefused").getMessage()).doesNotContain("stay in force");
            assertThat(stage.user("anna").orElseThrow().text("Department")).isEqualTo("Marketing");
        }
    }
}
