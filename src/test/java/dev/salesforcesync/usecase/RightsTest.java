package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.InputRow;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import dev.salesforcesync.sandbox.salesforce.org.RowResult;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Permission sets, their groups and licences, public groups and queues, by directory group. */
class RightsTest {
    /** Prefixes of ids. */
    private static final String USER = "005";

    private static final String ASSIGNED_SET = "0Pa";
    private static final String ASSIGNED_LICENCE = "2LA";

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
    void everybodyGetsWhatAllHisGroupsGiveInTheRunThatCreatesHim() {
        try (Stage stage = stage()) {
            stage.group("sales");
            stage.group("console");
            stage.person("anna");
            stage.person("bert");
            stage.join("sales", "anna");
            stage.join("console", "anna");
            stage.play("""
                    entitlements:
                      permissionSets:
                        rules:
                          - {group: "%2$s", names: [Sales_Cloud, Report_Reader]}
                          - {group: "%3$s", names: [Console, Report_Reader]}
                          - {group: "%1$s", names: [Report_Reader]}
                      permissionSetGroups: {rules: [{group: "%2$s", names: [Field_Sales]}]}
                      permissionSetLicenses: {rules: [{group: "%3$s", names: [SalesConsoleUser]}]}
                      publicGroups: {rules: [{group: "%2$s", names: [North]}]}
                      queues: {rules: [{group: "%2$s", names: [Leads]}]}
                    """.formatted(stage.groupDn("all"), stage.groupDn("sales"), stage.groupDn("console")));
            stage.awaitReady();

            assertThat(sets(stage, "anna")).containsExactlyInAnyOrder("Console", "Report_Reader", "Sales_Cloud");
            assertThat(setGroups(stage, "anna")).containsExactly("Field_Sales");
            assertThat(licences(stage, "anna")).containsExactly("SalesConsoleUser");
            assertThat(groups(stage, "anna")).containsExactlyInAnyOrder("Leads", "North");
            assertThat(sets(stage, "bert")).containsExactly("Report_Reader");
            assertThat(stage.ledgerLines("G")).hasSize(2);

            int writes = stage.writeCalls();
            stage.compareAgain();
            assertThat(stage.writeCalls()).isEqualTo(writes);
            stage.assertNothingLeaks();
        }
    }

    @Test
    void underMergeWhoLeavesAGroupLosesWhatWeGaveAndKeepsWhatHandsGave() {
        try (Stage stage = stage()) {
            stage.group("sales");
            stage.person("anna");
            stage.join("sales", "anna");
            stage.converged();
            byHand(stage, "anna", "Report_Reader");
            byHand(stage, "anna", "Sales_Cloud");
            stage.changePolicy(sets(stage, "Merge", "[Sales_Cloud, Report_Reader, Extra]"));
            stage.awaitReady();
            assertThat(sets(stage, "anna")).containsExactlyInAnyOrder("Extra", "Report_Reader", "Sales_Cloud");

            stage.leave("sales", "anna");
            stage.awaitThat(
                    "the right we gave is taken", () -> !sets(stage, "anna").contains("Extra"));
            stage.awaitReady();
            assertThat(sets(stage, "anna")).containsExactlyInAnyOrder("Report_Reader", "Sales_Cloud");
            stage.awaitThat(
                    "nothing is ours any longer", () -> stage.ledgerLines("G").isEmpty());
        }
    }

    @Test
    void whatSomebodyElseTookAndGaveAgainIsNoLongerOurs() {
        try (Stage stage = stage()) {
            stage.group("sales");
            stage.person("anna");
            stage.join("sales", "anna");
            stage.play(sets(stage, "Merge", "[Extra]"));
            stage.awaitReady();
            assertThat(stage.ledgerLines("G")).hasSize(1);

            stage.changePolicy("suspend: true");
            stage.awaitNotReady("Suspended");
            stage.leave("sales", "anna");
            takeByHand(stage, "anna", "Extra");
            stage.changePolicy("suspend: false");
            stage.awaitReady();
            stage.awaitThat("the memory is gone", () -> stage.ledgerLines("G").isEmpty());
            byHand(stage, "anna", "Extra");
            stage.compareAgain();
            assertThat(sets(stage, "anna")).containsExactly("Extra");
        }
    }

    @Test
    void underOwnWhatNoRuleGivesIsTakenFromEverybodyButTheProtected() {
        try (Stage stage = stage()) {
            stage.group("sales");
            stage.person("anna");
            stage.person("bert");
            stage.person("boss");
            stage.join("sales", "anna");
            stage.converged();
            byHand(stage, "anna", "Report_Reader");
            byHand(stage, "bert", "Report_Reader");
            byHand(stage, "boss", "Report_Reader");
            byHand(stage, "boss", "Extra");
            stage.changeConnection("protectedUsers: {permissionSets: [Extra]}");
            stage.changePolicy(sets(stage, "Own", "[Sales_Cloud]"));
            stage.awaitReady();
            stage.awaitThat(
                    "anna has what the rules give", () -> sets(stage, "anna").equals(List.of("Sales_Cloud")));

            assertThat(sets(stage, "bert")).isEmpty();
            assertThat(sets(stage, "boss")).containsExactlyInAnyOrder("Extra", "Report_Reader");
            assertThat(stage.org().org().recordsBy("PermissionSetAssignment", "AssigneeId", id(stage, "anna")))
                    .hasSizeGreaterThan(1);
        }
    }

    @Test
    void aDenialWinsOverRulesAndHands() {
        try (Stage stage = stage()) {
            stage.group("sales");
            stage.group("interns");
            stage.person("anna");
            stage.person("bert");
            stage.join("sales", "anna");
            stage.join("sales", "bert");
            stage.join("interns", "bert");
            stage.converged();
            byHand(stage, "bert", "Report_Reader");
            stage.changePolicy("""
                    entitlements:
                      permissionSets:
                        rules: [{group: "%s", names: [Sales_Cloud, Extra]}]
                        deny: [{group: "%s", names: [Sales_Cloud, Report_Reader]}]
                    """.formatted(stage.groupDn("sales"), stage.groupDn("interns")));
            stage.awaitReady();

            assertThat(sets(stage, "anna")).containsExactlyInAnyOrder("Extra", "Sales_Cloud");
            assertThat(sets(stage, "bert")).containsExactly("Extra");
        }
    }

    @Test
    void aLicenceSwapGoesFromSetsOverLicencesAndProfileBackToSets() {
        try (Stage stage = stage()) {
            stage.group("sales");
            stage.group("platform");
            stage.person("anna");
            stage.join("sales", "anna");
            stage.play("""
                    entitlements:
                      profiles:
                        - {group: "%2$s", name: Standard Platform User}
                        - {group: "%1$s", name: Standard User}
                      permissionSets:
                        rules:
                          - {group: "%1$s", names: [Sales_Cloud, Console]}
                          - {group: "%2$s", names: [Platform_Desk]}
                      permissionSetLicenses:
                        rules:
                          - {group: "%1$s", names: [SalesConsoleUser]}
                          - {group: "%2$s", names: [PlatformDeskUser]}
                    """.formatted(stage.groupDn("sales"), stage.groupDn("platform")));
            stage.awaitReady();
            assertThat(sets(stage, "anna")).containsExactlyInAnyOrder("Console", "Sales_Cloud");
            stage.changePolicy("suspend: true");
            stage.awaitNotReady("Suspended");
            long before = stage.org().journal().last();

            stage.leave("sales", "anna");
            stage.join("platform", "anna");
            stage.changePolicy("suspend: false");
            stage.awaitReady();

            assertThat(sets(stage, "anna")).containsExactly("Platform_Desk");
            assertThat(licences(stage, "anna")).containsExactly("PlatformDeskUser");
            assertThat(writesSince(stage, before))
                    .containsExactly(
                            "delete " + ASSIGNED_SET,
                            "delete " + ASSIGNED_LICENCE,
                            "update " + USER,
                            "create " + ASSIGNED_LICENCE,
                            "create " + ASSIGNED_SET);
        }
    }

    @Test
    void aPrivilegedSetIsRefusedUnlessTheConnectionNamesIt() {
        try (Stage stage = stage()) {
            stage.group("sales");
            stage.person("anna");
            stage.join("sales", "anna");
            stage.play(sets(stage, "Merge", "[Full_Access]"));
            Condition told = stage.awaitNotReady("RulesRefused");
            assertThat(told.getMessage())
                    .contains("permissionSets.rules[0].names[0]", "spec.grantable.permissionSets of the connection");
            assertThat(stage.writeCalls()).isZero();

            stage.changeConnection("grantable: {permissionSets: [Full_Access]}");
            stage.awaitReady();
            assertThat(sets(stage, "anna")).containsExactly("Full_Access");
        }
    }

    @Test
    void tooManyPrivilegedGrantsAndTooManyLossesWaitForAWord() {
        try (Stage stage = stage()) {
            stage.group("sales");
            IntStream.range(0, 4).forEach(i -> {
                stage.person("p" + i);
                stage.join("sales", "p" + i);
            });
            stage.play(sets(stage, "Merge", "[Sales_Cloud, Extra]"));
            stage.awaitReady();
            stage.changeConnection("grantable: {permissionSets: [Full_Access, Sales_Cloud, Report_Reader, Extra]}");
            stage.changePolicy("safety: {floor: 2}");
            stage.awaitReady();

            stage.changePolicy(sets(stage, "Merge", "[Full_Access, Report_Reader]"));
            stage.awaitNotReady("PlanHeld");
            SyncPolicyStatus.HeldPlan held = stage.policyStatus().held().get(0);
            assertThat(held.counts()).containsEntry("grantPrivileged", 4).containsEntry("removeEntitlement", 4);
            SyncPolicyStatus.Plan plan = stage.policyStatus().findPlan().orElseThrow();
            assertThat(plan.findGrants()).contains(4);
            assertThat(plan.findRemovals()).contains(8);
            assertThat(plan.sample())
                    .hasSize(10)
                    .allMatch(line -> line.matches("(Withdraw|Assign) [0-9a-f]{8} [A-Z][A-Za-z_]+"))
                    .first()
                    .asString()
                    .startsWith("Withdraw ");
            assertThat(sets(stage, "p0")).containsExactlyInAnyOrder("Extra", "Report_Reader", "Sales_Cloud");

            stage.changePolicy("safety: {approve: [\"" + held.hash() + "\"]}");
            stage.awaitReady();
            assertThat(sets(stage, "p0")).containsExactlyInAnyOrder("Full_Access", "Report_Reader");
        }
    }

    @Test
    void anIncompleteReadTakesNothingAndGivesNothingThatMayBeDenied() {
        try (Stage stage = stage()) {
            stage.group("sales");
            stage.group("interns");
            stage.person("anna");
            stage.person("bert");
            stage.join("sales", "anna");
            stage.play(sets(stage, "Own", "[Sales_Cloud, Extra]"));
            stage.awaitReady();
            stage.changePolicy("suspend: true");
            stage.awaitNotReady("Suspended");
            stage.leave("sales", "anna");
            stage.join("sales", "bert");
            stage.changePolicy("""
                    suspend: false
                    safety: {canaries: ["CN=nobody,%s"]}
                    entitlements: {permissionSets: {deny: [{group: "%s", names: [Extra]}]}}
                    """.formatted(stage.ou(), stage.groupDn("interns")));
            stage.awaitNotReady("CanaryMissing");

            assertThat(sets(stage, "anna")).containsExactly("Extra", "Sales_Cloud");
            assertThat(sets(stage, "bert")).containsExactly("Sales_Cloud");
            stage.changePolicy("safety: {canaries: []}");
            stage.awaitReady();
            assertThat(sets(stage, "anna")).isEmpty();
            assertThat(sets(stage, "bert")).containsExactly("Extra", "Sales_Cloud");
        }
    }

    @Test
    void aLeaverKeepsHisRightsAndAReturnerGetsThoseOfToday() {
        try (Stage stage = stage()) {
            stage.group("sales");
            stage.person("anna");
            stage.join("sales", "anna");
            stage.play(sets(stage, "Merge", "[Sales_Cloud]"));
            stage.awaitReady();
            stage.disable("anna");
            stage.awaitThat("anna left", () -> !stage.isActive("anna"));
            stage.awaitReady();
            stage.changePolicy(sets(stage, "Merge", "[Extra]"));
            stage.awaitReady();
            assertThat(sets(stage, "anna")).containsExactly("Sales_Cloud");

            stage.enable("anna");
            stage.awaitThat("anna is back", () -> sets(stage, "anna").equals(List.of("Extra")));
            stage.awaitReady();
            assertThat(stage.isActive("anna")).isTrue();
        }
    }

    @Test
    void aLostAnswerToAGrantIsReadBackAndStaysOurs() {
        try (Stage stage = stage()) {
            stage.group("sales");
            stage.person("anna");
            stage.converged();
            long before = stage.org().journal().last();
            stage.org().faults().nextLike(1, Call::write, new Fault.CloseAfterCommit());
            stage.join("sales", "anna");
            stage.changePolicy(sets(stage, "Merge", "[Sales_Cloud]"));
            stage.awaitThat("anna has it", () -> sets(stage, "anna").equals(List.of("Sales_Cloud")));
            stage.awaitReady();
            assertThat(writesSince(stage, before)).containsExactly("create " + ASSIGNED_SET);
            assertThat(stage.ledgerLines("G")).hasSize(1);

            stage.leave("sales", "anna");
            stage.awaitThat("what we gave is taken", () -> sets(stage, "anna").isEmpty());
        }
    }

    @Test
    void noRightIsTakenWhileTheLedgerHasLostSomething() {
        try (Stage stage = stage()) {
            stage.group("sales");
            stage.person("anna");
            stage.join("sales", "anna");
            stage.play(sets(stage, "Own", "[Sales_Cloud]"));
            stage.awaitReady();
            scene.stopOperator();
            stage.ledger().forEach(stage::delete);
            byHand(stage, "anna", "Extra");
            scene.restartOperator();
            Condition told = stage.awaitConnection(Stage.CONNECTION, ready -> "LedgerLost".equals(ready.getReason()));
            stage.awaitNotReady("LedgerLost");
            assertThat(sets(stage, "anna")).containsExactly("Extra", "Sales_Cloud");

            String epoch = told.getMessage().replaceAll(".*'([^']+)'.*", "$1");
            stage.changeConnection("acceptLedgerLoss: " + epoch);
            stage.awaitThat(
                    "what no rule gives is taken", () -> sets(stage, "anna").equals(List.of("Sales_Cloud")));
        }
    }

    @Test
    void previewSaysWhatPeopleWouldGetAndRemembersNothing() {
        try (Stage stage = stage()) {
            stage.group("sales");
            stage.person("anna");
            stage.join("sales", "anna");
            stage.play(sets(stage, "Own", "[Sales_Cloud, Extra]") + "\nmode: Preview");
            stage.awaitReady();

            SyncPolicyStatus.Plan plan = stage.policyStatus().findPlan().orElseThrow();
            assertThat(plan.findCreates()).contains(1);
            assertThat(plan.findGrants()).contains(2);
            assertThat(stage.writeCalls()).isZero();
            assertThat(stage.ledger()).isEmpty();
        }
    }

    @Test
    void whoLacksASeatFailsByNameWhileTheOthersGetTheirs() {
        try (Stage stage = stage()) {
            stage.group("console");
            stage.person("anna");
            stage.person("bert");
            stage.person("carl");
            List.of("anna", "bert", "carl").forEach(who -> stage.join("console", who));
            stage.play("""
                    entitlements:
                      permissionSetLicenses: {rules: [{group: "%s", names: [PlatformDeskUser]}]}
                    """.formatted(stage.groupDn("console")));
            Condition told = stage.awaitNotReady("UsersFailing");

            assertThat(told.getMessage()).contains("PlatformDeskUser");
            assertThat(List.of("anna", "bert", "carl").stream()
                            .filter(who -> !licences(stage, who).isEmpty()))
                    .hasSize(2);
            assertThat(stage.ledgerLines("G")).hasSize(2);
            assertThat(stage.policyStatus().failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.count()).isEqualTo(1));
        }
    }

    private static Stage stage() {
        return scene.stage(name -> SalesforceOrgServer.start(
                OrgSettings.builder(name)
                        .client("client-of-" + name, "first-secret")
                        .permissionSetLicence("PlatformDeskUser", 2)
                        .permissionSet(new OrgSettings.PermissionSetSeed(
                                "Console", "Console", Optional.of("SalesConsoleUser"), false))
                        .permissionSet(new OrgSettings.PermissionSetSeed(
                                "Platform_Desk", "Platform Desk", Optional.of("PlatformDeskUser"), false))
                        .permissionSet(new OrgSettings.PermissionSetSeed("Extra", "Extra", Optional.empty(), false))
                        .permissionSetGroup("Field_Sales", "Report_Reader")
                        .publicGroup("North")
                        .queue("Leads")
                        .build(),
                0));
    }

    private static String sets(Stage stage, String ownership, String names) {
        return "entitlements: {permissionSets: {ownership: " + ownership + ", rules: [{group: \""
                + stage.groupDn("sales") + "\", names: " + names + "}]}}";
    }

    private static String id(Stage stage, String account) {
        return stage.user(account).orElseThrow().id();
    }

    /** The API names of the sets that somebody holds himself. */
    private static List<String> sets(Stage stage, String account) {
        Org org = stage.org().org();
        return org.recordsBy("PermissionSetAssignment", "AssigneeId", id(stage, account)).stream()
                .filter(row -> row.text("PermissionSetGroupId").isEmpty())
                .map(row ->
                        org.record("PermissionSet", row.text("PermissionSetId")).orElseThrow())
                .filter(set -> !set.flag("IsOwnedByProfile"))
                .map(set -> set.text("Name"))
                .sorted()
                .toList();
    }

    private static List<String> setGroups(Stage stage, String account) {
        return names(stage, "PermissionSetAssignment", "AssigneeId", account, "PermissionSetGroup");
    }

    private static List<String> licences(Stage stage, String account) {
        return names(stage, "PermissionSetLicenseAssign", "AssigneeId", account, "PermissionSetLicense");
    }

    private static List<String> groups(Stage stage, String account) {
        return names(stage, "GroupMember", "UserOrGroupId", account, "Group");
    }

    private static List<String> names(Stage stage, String type, String holder, String account, String right) {
        Org org = stage.org().org();
        return org.recordsBy(type, holder, id(stage, account)).stream()
                .map(row -> row.text(right + "Id"))
                .filter(given -> !given.isEmpty())
                .map(given -> org.record(right, given).orElseThrow().text("DeveloperName"))
                .sorted()
                .toList();
    }

    private static void byHand(Stage stage, String account, String set) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("AssigneeId", id(stage, account));
        fields.put("PermissionSetId", setId(stage, set));
        asHuman(
                stage,
                WriteRequest.of(
                        WriteRequest.Kind.CREATE,
                        List.of(new InputRow("PermissionSetAssignment", Optional.empty(), fields))));
    }

    private static void takeByHand(Stage stage, String account, String set) {
        Row row = stage.org().org().recordsBy("PermissionSetAssignment", "AssigneeId", id(stage, account)).stream()
                .filter(given -> given.text("PermissionSetId").equals(setId(stage, set)))
                .findFirst()
                .orElseThrow();
        asHuman(
                stage,
                WriteRequest.of(
                        WriteRequest.Kind.DELETE,
                        List.of(new InputRow("PermissionSetAssignment", Optional.of(row.id()), Map.of()))));
    }

    private static String setId(Stage stage, String name) {
        return stage.org().org().recordsBy("PermissionSet", "Name", name).get(0).id();
    }

    private static void asHuman(Stage stage, WriteRequest request) {
        Org org = stage.org().org();
        String admin = org.user(org.settings().adminUsername()).orElseThrow().id();
        List<RowResult> results = org.write(admin, request);
        assertThat(results.get(0).errors()).isEmpty();
    }

    private static List<String> writesSince(Stage stage, long number) {
        return stage.org().journal().since(number).stream()
                .filter(entry -> entry.call().write())
                .map(entry ->
                        entry.call().operation() + " " + entry.ids().get(0).substring(0, 3))
                .toList();
    }
}
