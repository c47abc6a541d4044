package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.Attribute;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several policies, directories and orgs: who answers for whom, and how a person goes from one to the other. */
class SeveralPoliciesTest {
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
    void whoLeavesOnePolicyForAnotherIsHandedOverWithoutADeactivation() {
        try (Stage stage = scene.stage()) {
            stage.group("sales");
            stage.person("anna");
            stage.person("berta");
            stage.join("sales", "anna");
            stage.join("sales", "berta");
            stage.play("""
                    priority: 10
                    scope: {groups: ["%s"]}
                    lifecycle: {whenOutOfScope: Deactivate}
                    """.formatted(stage.groupDn("sales")));
            stage.awaitReady();
            stage.policy("everybody", """
                    priority: 1
                    lifecycle: {whenOutOfScope: Deactivate}
                    """);
            awaitLinks(stage, "anna", Stage.POLICY);

            stage.leave("sales", "anna");

            awaitLinks(stage, "anna", "everybody");
            stage.set("anna", "department", "Service");
            await().atMost(Stage.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(stage.user("anna").orElseThrow().text("Department"))
                                    .contains("Service"));
            assertThat(stage.isActive("anna")).isTrue();
            assertThat(stage.ledgerLines("H")).isEmpty();
            awaitLinks(stage, "berta", Stage.POLICY);
        }
    }

    @Test
    void whoMovedWhileNobodyLookedIsNotTakenFromBeforeTheOtherPolicySaidWhomItMeans() {
        try (Stage stage = scene.stage()) {
            stage.group("sales");
            stage.group("service");
            stage.person("anna");
            stage.person("berta");
            stage.join("sales", "anna");
            stage.join("sales", "berta");
            stage.play("""
                    scope: {groups: ["%s"]}
                    lifecycle: {whenOutOfScope: Deactivate}
                    """.formatted(stage.groupDn("service")));
            stage.policy("sales", """
                    scope: {groups: ["%s"]}
                    lifecycle: {whenOutOfScope: Deactivate}
                    """.formatted(stage.groupDn("sales")));
            stage.awaitThat("anna has a user", () -> stage.user("anna").isPresent());
            awaitLinks(stage, "anna", "sales");
            stage.awaitReady();
            stage.changePolicy("suspend: true");
            stage.awaitNotReady("Suspended");

            scene.stopOperator();
            stage.leave("sales", "anna");
            stage.join("service", "anna");
            stage.set("berta", "department", "Service");
            scene.restartOperator();

            stage.awaitThat(
                    "the policy that she left has compared and written",
                    () -> "Service".equals(stage.user("berta").orElseThrow().text("Department")));
            assertThat(stage.isActive("anna")).isTrue();
            assertThat(stage.ledgerLines("H")).isEmpty();
            stage.changePolicy("suspend: false");
            awaitLinks(stage, "anna", Stage.POLICY);
            assertThat(stage.isActive("anna")).isTrue();
            assertThat(stage.ledgerLines("H")).isEmpty();
        }
    }

    @Test
    void theHigherPriorityWinsAlthoughItCameLater() {
        try (Stage stage = scene.stage()) {
            stage.person("carla");
            stage.play("priority: 1");
            stage.awaitReady();

            stage.policy("higher", "priority: 5");

            awaitLinks(stage, "carla", "higher");
            assertThat(stage.isActive("carla")).isTrue();
        }
    }

    @Test
    void betweenEqualsWhoCameFirstKeepsThePersonAndTheOtherSaysSo() {
        try (Stage stage = scene.stage()) {
            stage.person("dora");
            stage.converged();
            stage.policy("newcomer", "");
            stage.awaitThat(
                    "the conflict is named",
                    () -> stage.policyStatus("newcomer").failures().stream()
                            .anyMatch(failure -> failure.code().equals("ClaimedByOtherPolicy")));
            awaitLinks(stage, "dora", Stage.POLICY);

            // Whoever is started first then: nothing changes hands.
            scene.restartOperator();
            stage.set("dora", "department", "Service");
            stage.awaitThat(
                    "the incumbent goes on",
                    () -> "Service".equals(stage.user("dora").orElseThrow().text("Department")));
            awaitLinks(stage, "dora", Stage.POLICY);
        }
    }

    @Test
    void twoDirectoriesFeedOneOrgAndNeitherTouchesTheOthersPeople() {
        try (SandboxDirectory elsewhere = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
                Stage stage = scene.stage()) {
            elsewhere.add(
                    "CN=emil,OU=People," + SandboxDirectory.BASE_DN,
                    new Attribute("objectClass", "user"),
                    // The same account name as in the other forest: only the username tells them apart.
                    new Attribute("sAMAccountName", "emil" + stage.namespace()),
                    new Attribute("userPrincipalName", "emil@elsewhere.example.com"),
                    new Attribute("userAccountControl", "512"),
                    new Attribute("sn", "Elsewhere"),
                    new Attribute("mail", "emil@elsewhere.example.com"));
            String all = "CN=all,OU=Groups," + SandboxDirectory.BASE_DN;
            elsewhere.add(
                    all,
                    new Attribute("objectClass", "group"),
                    new Attribute("member", "CN=emil,OU=People," + SandboxDirectory.BASE_DN));
            stage.person("emil");
            stage.converged();
            stage.secret(
                    "elsewhere",
                    Map.of(
                            "bindDN",
                            elsewhere.bindDn(),
                            "password",
                            elsewhere.password(),
                            "ca.crt",
                            elsewhere.caPem()));
            stage.policy("elsewhere", """
                    directory: {servers: ["%s"], bindSecretRef: {name: elsewhere}, tls: {caSecretRef: {name: elsewhere}}}
                    scope: {searches: [{baseDN: "OU=People,%s"}], groups: ["%s"]}
                    attributes: [{field: CommunityNickname, expression: "user.userPrincipalName.left(40)", apply: OnCreate},
                                 {field: LastName, expression: "user.sn"}]
                    entitlements: {profiles: [{group: "%s", name: Standard User}]}
                    lifecycle: {whenOutOfScope: Deactivate}
                    """.formatted(elsewhere.ldapsUrl(), SandboxDirectory.BASE_DN, all, all));
            stage.awaitThat(
                    "both are there",
                    () -> stage.user("emil").isPresent()
                            && stage.org()
                                    .org()
                                    .user("emil@elsewhere.example.com")
                                    .isPresent());

            stage.disable("emil");
            stage.awaitThat("one left", () -> !stage.isActive("emil"));
            assertThat(stage.org()
                            .org()
                            .user("emil@elsewhere.example.com")
                            .orElseThrow()
                            .flag("IsActive"))
                    .isTrue();
        }
    }

    @Test
    void oneDirectoryFeedsTwoOrgs() {
        try (Stage first = scene.stage();
                Stage second = scene.stage()) {
            first.person("frida");
            first.converged();
            // Usernames are unique in all of Salesforce.
            second.play("""
                    scope: {searches: [{baseDN: "%s"}], groups: ["%s"]}
                    entitlements: {profiles: [{group: "%s", name: Standard User}]}
                    usernames: {candidates: ["user.userPrincipalName.lower() + '.second'"]}
                    """.formatted(first.ou(), first.groupDn("all"), first.groupDn("all")));
            String name = first.username("frida") + ".second";
            second.awaitThat(
                    "she is there, too", () -> second.org().org().user(name).isPresent());

            first.disable("frida");
            first.awaitThat("she left here", () -> !first.isActive("frida"));
            second.awaitThat(
                    "and there",
                    () -> !second.org().org().user(name).orElseThrow().flag("IsActive"));
        }
    }

    private static void awaitLinks(Stage stage, String account, String policy) {
        String user = stage.user(account).orElseThrow().id();
        await("who answers for " + account)
                .atMost(Stage.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    List<String> links = stage.ledgerLines("L").stream()
                            .filter(line -> line.contains(user.substring(0, 15)))
                            .toList();
                    assertThat(links).singleElement().asString().contains(stage.namespace() + "/" + policy);
                });
    }
}
