package dev.salesforcesync.policy;

import static dev.salesforcesync.policy.SmallWorld.compiled;
import static dev.salesforcesync.policy.SmallWorld.refused;
import static dev.salesforcesync.policy.SmallWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.AttributeRule;
import dev.salesforcesync.policy.PolicyRules.ConnectionTerms;
import dev.salesforcesync.policy.PolicyRules.GroupGrant;
import dev.salesforcesync.policy.PolicyRules.GroupRights;
import dev.salesforcesync.policy.PolicyRules.LinkByHand;
import dev.salesforcesync.policy.PolicyRules.MatchingKey;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.PolicyRules.Ownership;
import dev.salesforcesync.policy.PolicyRules.RightsRules;
import dev.salesforcesync.policy.PolicyRules.Scope;
import dev.salesforcesync.policy.PolicyRules.TestCase;
import dev.salesforcesync.policy.PolicyRules.Usernames;
import dev.salesforcesync.policy.PolicyRules.Variable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCompilerTest {

    @Test
    void acceptsRulesThatSayNothing() {
        CompiledPolicy policy = compiled(rules());

        assertThat(policy.attributesRead())
                .containsExactlyInAnyOrder(
                        "sAMAccountName",
                        "userPrincipalName",
                        "mail",
                        "givenName",
                        "sn",
                        "preferredLanguage",
                        "l",
                        "department",
                        "employeeID");
        assertThat(policy.groupsRead()).containsExactly("SF-Users");
        assertThat(policy.fieldsRead()).contains("Username", "IsActive", "ProfileId", "Alias", "LastName");
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        PolicyRules broken = new Rules(rules())
                .scope(new Scope(List.of(""), Optional.of("user.sn.startsWith(")))
                .anchor("Short__c")
                .links(new LinkByHand(SmallWorld.guid(1), "a@b"), new LinkByHand(SmallWorld.guid(1), "A@B"))
                .matching(new MatchingKey("Nothing__c", "user.sn"), new MatchingKey("Email", "1"))
                .variables(
                        new Variable("a", "variables.nothing"),
                        new Variable("b", "'x'"),
                        new Variable("b", "'y'"),
                        new Variable("egg", "variables.hen"),
                        new Variable("hen", "variables.egg"))
                .attributes(
                        rule("Tittle", "user.title"),
                        rule("title", "user.title"),
                        rule("Title", "user.nothing + 1"),
                        rule("LastLoginDate", "'x'"),
                        rule("ContactId", "'x'"),
                        rule("ProfileId", "'x'"),
                        rule("UserPermissionsMarketingUser", "'true'"),
                        rule("Department", "variables.c"),
                        rule("Department", "'x'"))
                .profiles(
                        new GroupGrant("G", "standard user"),
                        new GroupGrant("G", "System Administrator"),
                        new GroupGrant("G", "Nobody"))
                .roles(new GroupGrant("G", "CEO"))
                .build();

        assertThat(refused(broken).stream().map(RuleProblem::toString))
                .anySatisfy(p -> assertThat(p).startsWith("spec.scope.groups[0]: "))
                .anySatisfy(p -> assertThat(p).startsWith("spec.scope.where: line 1, column "))
                .anySatisfy(p -> assertThat(p).startsWith("spec.anchor.field: Short__c cannot hold identities"))
                .anySatisfy(p -> assertThat(p).startsWith("spec.links[1].objectGUID: "))
                .anySatisfy(p -> assertThat(p).startsWith("spec.links[1].username: "))
                .anySatisfy(p -> assertThat(p).startsWith("spec.matching[0].field: User has no field Nothing__c"))
                .anySatisfy(p -> assertThat(p).startsWith("spec.matching[1].expression: the result is of type int"))
                .anySatisfy(p -> assertThat(p).startsWith("spec.variables.a: there is no variable nothing;"))
                .anySatisfy(p -> assertThat(p).startsWith("spec.variables: egg, hen refer to each other"))
                .anySatisfy(p -> assertThat(p).startsWith("spec.variables.b: there is another variable"))
                .anySatisfy(p -> assertThat(p).startsWith("spec.attributes[0].field: User has no field Tittle"))
                .anySatisfy(p -> assertThat(p).endsWith("did you mean Title?"))
                .anySatisfy(p -> assertThat(p).startsWith("spec.attributes[2].expression: line 1, column 14"))
                .anySatisfy(p -> assertThat(p).startsWith("spec.attributes[3].field: LastLoginDate cannot be written"))
                .anySatisfy(p -> assertThat(p).startsWith("spec.attributes[4].field: ContactId cannot be updated"))
                .anySatisfy(p -> assertThat(p).startsWith("spec.attributes[5].field: ProfileId has rules of its own"))
                .anySatisfy(
                        p -> assertThat(p).startsWith("spec.attributes[6].expression: the result is of type string"))
                .anySatisfy(p -> assertThat(p).startsWith("spec.attributes[7].expression: there is no variable c"))
                .anySatisfy(p -> assertThat(p).startsWith("spec.attributes[8].field: there is another rule"))
                .anySatisfy(p -> assertThat(p).contains("profiles[0].name: the org has no profile standard user; did"))
                .anySatisfy(p -> assertThat(p).contains("profiles[1].name: the connection does not allow the profile"))
                .anySatisfy(p -> assertThat(p).contains("profiles[2].name: the org has no profile Nobody"))
                .anySatisfy(p -> assertThat(p).contains("roles[0].name: the org has no role"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ManagerId           | user.manager                          | line 1, column 5: the field refers to a user
            DelegatedApproverId | '005000000000001'                     | line 1, column 1: the field refers to a user
            Title               | enabled ? ref(user.manager) : skip()  | line 1, column 14: ref() fits only a field
            ContactId           | ref(user.manager)                     | line 1, column 4: ref() fits only a field
            """)
    void saysWhereAReferenceIsMissingOrDoesNotFit(String field, String expression, String message) {
        PolicyRules wrong = new Rules(rules())
                .attributes(new AttributeRule(field, expression, Apply.ON_CREATE, OnNull.KEEP, false))
                .build();

        assertThat(refused(wrong))
                .extracting(RuleProblem::message)
                .singleElement(STRING)
                .startsWith(message);
    }

    @Test
    void readsTheAttributesOfEveryCandidateForAUsername() {
        PolicyRules rules = new Rules(rules())
                .usernames(new Usernames(List.of("user.mail", "user.extensionAttribute1 + '@example.com'"), false))
                .build();

        assertThat(compiled(rules).attributesRead()).contains("mail", "extensionAttribute1");
    }

    @Test
    void letsVariablesUseEachOtherInWhateverOrderTheyCome() {
        PolicyRules rules = new Rules(rules())
                .variables(new Variable("a", "variables.z + '1'"), new Variable("z", "user.sAMAccountName"))
                .attributes(rule("Title", "variables.a"))
                .build();

        assertThat(compiled(rules)).isNotNull();
    }

    @Test
    void grantsPrivilegedProfilesOnlyWhereTheConnectionNamesThem() {
        List<GroupGrant> admins = List.of(new GroupGrant("G", "System Administrator"));

        assertThat(refused(new Rules(PolicyRules.defaults("a/b", admins)).build()))
                .hasSize(1);
        assertThat(compiled(new Rules(PolicyRules.defaults("a/b", admins))
                        .terms(new ConnectionTerms(
                                "", Set.of("System Administrator"), Set.of(), Set.of(), Set.of(), Set.of()))
                        .build()))
                .isNotNull();
        assertThat(refused(new Rules(rules())
                        .terms(new ConnectionTerms(
                                "", Set.of("System Administrator"), Set.of(), Set.of(), Set.of(), Set.of()))
                        .build()))
                .extracting(RuleProblem::path)
                .containsExactly("spec.entitlements.profiles[0].name");
    }

    @Test
    void saysWhichRightsTheOrgDoesNotOffer() {
        assertThat(refused(new Rules(rules())
                        .rights(Map.of(
                                EntitlementKind.PERMISSION_SET,
                                new RightsRules(
                                        Ownership.MERGE,
                                        List.of(new GroupRights("G", List.of("Report_Reader", "sales_cloud"))),
                                        List.of(new GroupRights("G", List.of("Nobody")))),
                                EntitlementKind.QUEUE,
                                new RightsRules(
                                        Ownership.OWN,
                                        List.of(new GroupRights("G", List.of("Everyone_North"))),
                                        List.of())))
                        .build()))
                .containsExactly(
                        new RuleProblem(
                                "spec.entitlements.permissionSets.deny[0].names[0]",
                                "the org has no permission set Nobody; correct the name, or create it in Salesforce first"),
                        new RuleProblem(
                                "spec.entitlements.permissionSets.rules[0].names[1]",
                                "the org has no permission set sales_cloud; did you mean Sales_Cloud?"),
                        new RuleProblem(
                                "spec.entitlements.queues.rules[0].names[0]",
                                "the org has no queue Everyone_North; correct the name, or create it in Salesforce first"));
    }

    @Test
    void grantsPermissionSetsAndTheirGroupsOnlyWhereTheConnectionAllowsIt() {
        Rules privileged = granting(
                EntitlementKind.PERMISSION_SET, "Full_Access", EntitlementKind.PERMISSION_SET_GROUP, "Super_Users");
        assertThat(refused(privileged.build()))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.message())
                        .contains("which may manage users or all data", "spec.grantable.permissionSets"));
        ConnectionTerms named =
                new ConnectionTerms("", Set.of(), Set.of("Full_Access", "Super_Users"), Set.of(), Set.of(), Set.of());
        assertThat(compiled(privileged.terms(named).build())).isNotNull();

        Rules harmless = granting(
                EntitlementKind.PERMISSION_SET,
                "Report_Reader",
                EntitlementKind.PERMISSION_SET_LICENSE,
                "SalesConsoleUser");
        assertThat(compiled(harmless.build())).isNotNull();
        assertThat(refused(harmless.terms(named).build()))
                .extracting(RuleProblem::path)
                .containsExactly("spec.entitlements.permissionSets.rules[0].names[0]");
    }

    @Test
    void refusesASetThatNoProfileOfThePolicyCanHold() {
        assertThat(refused(
                        granting(EntitlementKind.PERMISSION_SET, "Platform_Only", EntitlementKind.QUEUE, "Leads_North")
                                .build()))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("Salesforce Platform", "(they have Salesforce)"));
    }

    @Test
    void refusesToGiveWhatWouldMakeItsHoldersUntouchable() {
        assertThat(refused(granting(
                                EntitlementKind.PERMISSION_SET, "Report_Reader", EntitlementKind.QUEUE, "Leads_North")
                        .terms(new ConnectionTerms("", Set.of(), Set.of(), Set.of(), Set.of(), Set.of("Report_Reader")))
                        .build()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("spec.protectedUsers.permissionSets"));
    }

    @Test
    void readsTheGroupsOfRightsAndDenials() {
        Rules rules = new Rules(rules())
                .rights(Map.of(
                        EntitlementKind.QUEUE,
                        new RightsRules(
                                Ownership.MERGE,
                                List.of(new GroupRights("R", List.of("Leads_North"))),
                                List.of(new GroupRights("D", List.of("Leads_North"))))));

        assertThat(compiled(rules.build()).groupsRead()).containsExactlyInAnyOrder("D", "R", "SF-Users");
    }

    private static Rules granting(EntitlementKind kind, String name, EntitlementKind other, String otherName) {
        return new Rules(rules())
                .rights(Map.of(
                        kind,
                        new RightsRules(Ownership.MERGE, List.of(new GroupRights("G", List.of(name))), List.of()),
                        other,
                        new RightsRules(
                                Ownership.MERGE, List.of(new GroupRights("G", List.of(otherName))), List.of())));
    }

    @Test
    void examplesMayNameTheRightsThatSomebodyGets() {
        Map<String, List<String>> zoe =
                Map.of("sAMAccountName", List.of("zoe"), "userPrincipalName", List.of("zoe@x.org"));
        Rules rules = new Rules(rules())
                .rights(Map.of(
                        EntitlementKind.PERMISSION_SET,
                        new RightsRules(
                                Ownership.MERGE,
                                List.of(new GroupRights("G", List.of("Sales_Cloud", "Report_Reader"))),
                                List.of(new GroupRights("D", List.of("Sales_Cloud"))))));

        assertThat(compiled(rules.tests(new TestCase(
                                "both",
                                zoe,
                                List.of("G"),
                                Map.of("PermissionSets", "Report_Reader, Sales_Cloud", "Queues", "")))
                        .build()))
                .isNotNull();
        assertThat(refused(rules.tests(
                                new TestCase("denied", zoe, List.of("G", "D"), Map.of("PermissionSets", "Sales_Cloud")))
                        .build()))
                .extracting(RuleProblem::message)
                .containsExactly("denied: expected 'Sales_Cloud' and got 'Report_Reader'");
    }

    @Test
    void runsTheExamplesThatThePolicyBrings() {
        Map<String, List<String>> zoe =
                Map.of("sAMAccountName", List.of("zoë.müller"), "userPrincipalName", List.of("zoe@corp.example.com"));

        assertThat(compiled(new Rules(rules())
                        .tests(new TestCase(
                                "zoe",
                                zoe,
                                List.of("SF-Users"),
                                Map.of("Alias", "zoe.mull", "Profile", "Standard User", "FirstName", "")))
                        .build()))
                .isNotNull();
        assertThat(refused(new Rules(rules())
                        .tests(new TestCase("zoe", zoe, List.of(), Map.of("Alias", "zmueller")))
                        .build()))
                .containsExactly(
                        new RuleProblem("spec.tests[0].expect.Alias", "zoe: expected 'zmueller' and got 'zoe.mull'"));
        assertThat(refused(new Rules(rules())
                        .scope(new Scope(List.of("SF-Users"), Optional.empty()))
                        .tests(new TestCase("zoe", zoe, List.of(), Map.of()))
                        .build()))
                .containsExactly(new RuleProblem("spec.tests[0]", "zoe: out of scope, in none of the groups"));
    }

    private static AttributeRule rule(String field, String expression) {
        return new AttributeRule(field, expression, Apply.ALWAYS, OnNull.CLEAR, false);
    }
}
