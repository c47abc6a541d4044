package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;
import static dev.salesforcesync.policy.SmallWorld.compiled;
import static dev.salesforcesync.policy.SmallWorld.person;
import static dev.salesforcesync.policy.SmallWorld.right;
import static dev.salesforcesync.policy.SmallWorld.rules;
import static dev.salesforcesync.policy.SmallWorld.user;
import static dev.salesforcesync.policy.SmallWorld.userOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Plan.LostRight;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.Lifecycle;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.PolicyRules.ConnectionTerms;
import dev.salesforcesync.policy.PolicyRules.GroupRights;
import dev.salesforcesync.policy.PolicyRules.Ownership;
import dev.salesforcesync.policy.PolicyRules.RightsRules;
import dev.salesforcesync.policy.Rules;
import dev.salesforcesync.policy.Sighting;
import dev.salesforcesync.policy.SmallWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people get and lose beside profile and role. */
class RightsTest {
    private static final EntitlementKind SETS = EntitlementKind.PERMISSION_SET;

    private final Map<EntitlementKind, RightsRules> rights = new HashMap<>();
    private final List<Assignment> held = new ArrayList<>();
    private final Map<SalesforceId, Set<GivenRight>> given = new HashMap<>();
    private final Set<SalesforceId> frozen = new HashSet<>();
    private final List<Hold> holds = new ArrayList<>();
    private final Set<String> groups = new HashSet<>(Set.of("SF-Users"));
    private Lifecycle lifecycle = Lifecycle.DEFAULT;
    private Sighting sighting = new Sighting.Present();
    private boolean complete = true;

    @Test
    void givesWhatAllGroupsGiveAndKnowsWhichOnesDid() {
        give(
                SETS,
                Ownership.MERGE,
                new GroupRights("A", List.of("Report_Reader")),
                new GroupRights("B", List.of("Sales_Cloud", "Report_Reader")),
                new GroupRights("C", List.of("Full_Access")));
        groups.addAll(Set.of("A", "B"));

        Plan plan = plan(userOf(1, Map.of()));

        assertThat(plan.actions())
                .extracting(Action::subjects, Action::reason)
                .containsExactlyInAnyOrder(
                        tuple(List.of("Sales_Cloud"), "GivenBy B"), tuple(List.of("Report_Reader"), "GivenBy A; B"));
        assertThat(plan.counts()).containsOnly(Map.entry(Kind.GRANT_ENTITLEMENT, 2));
        assertThat(plan.sample())
                .allSatisfy(sample -> assertThat(sample.action()).isEqualTo("Assign"));
    }

    @Test
    void countsAGrantThatMayManageUsersAsPrivileged() {
        give(SETS, Ownership.MERGE, new GroupRights("A", List.of("Full_Access")));
        groups.add("A");

        assertThat(plan(userOf(1, Map.of())).counts())
                .containsOnly(Map.entry(Kind.GRANT_ENTITLEMENT, 1), Map.entry(Kind.GRANT_PRIVILEGED, 1));
    }

    @Test
    void takesUnderMergeOnlyWhatItOnceGave() {
        give(SETS, Ownership.MERGE, new GroupRights("A", List.of("Sales_Cloud")));
        hold(SETS, "Sales_Cloud");
        hold(SETS, "Report_Reader");
        hold(EntitlementKind.QUEUE, "Leads_North");
        ours(SETS, "Sales_Cloud");

        Plan plan = plan(userOf(1, Map.of()));

        assertThat(withdrawn(plan)).containsExactly("Sales_Cloud");
        assertThat(plan.actions().get(0).reason()).isEqualTo("NoLongerGiven");
        assertThat(plan.counts()).containsOnly(Map.entry(Kind.REMOVE_ENTITLEMENT, 1));
    }

    @Test
    void takesUnderOwnWhatNoRuleGivesExceptTheProfilesOwnAndProtectedSets() {
        give(SETS, Ownership.OWN, new GroupRights("A", List.of("Sales_Cloud")));
        groups.add("A");
        hold(SETS, "Sales_Cloud");
        hold(SETS, "Report_Reader");
        hold(SETS, "Break_Glass");
        hold(EntitlementKind.QUEUE, "Leads_North");
        held.add(new Assignment(SmallWorld.id("0Pa", 99), user(1), SETS, SmallWorld.id("0PS", 99)));

        assertThat(withdrawn(plan(userOf(1, Map.of())))).containsExactly("Report_Reader");
    }

    @ParameterizedTest
    @EnumSource
    void takesWhatIsDeniedWhoeverGaveIt(Ownership ownership) {
        rights.put(
                SETS,
                new RightsRules(
                        ownership,
                        List.of(new GroupRights("A", List.of("Sales_Cloud", "Report_Reader"))),
                        List.of(new GroupRights("D", List.of("Sales_Cloud")))));
        groups.addAll(Set.of("A", "D"));
        hold(SETS, "Sales_Cloud");

        Plan plan = plan(userOf(1, Map.of()));

        assertThat(withdrawn(plan)).containsExactly("Sales_Cloud");
        assertThat(plan.actions().get(0).reason()).isEqualTo("DeniedBy D");
        assertThat(granted(plan)).containsExactly("Report_Reader");
    }

    @ParameterizedTest
    @EnumSource
    void takesNothingAfterAnIncompleteReadAndGivesNothingThatMayBeDenied(Ownership ownership) {
        rights.put(
                SETS,
                new RightsRules(
                        ownership,
                        List.of(new GroupRights("A", List.of("Sales_Cloud", "Full_Access"))),
                        List.of(
                                new GroupRights("D", List.of("Full_Access")),
                                new GroupRights("A", List.of("Report_Reader")))));
        groups.add("A");
        hold(SETS, "Report_Reader");
        ours(SETS, "Report_Reader");
        complete = false;

        Plan plan = plan(userOf(1, Map.of()));

        assertThat(withdrawn(plan)).isEmpty();
        assertThat(granted(plan)).containsExactly("Sales_Cloud");
        complete = true;
        assertThat(granted(plan(userOf(1, Map.of())))).containsExactly("Full_Access", "Sales_Cloud");
    }

    @Test
    void takesSetsBeforeLicencesAndGivesLicencesBeforeSetsWithTheProfileInBetween() {
        give(SETS, Ownership.OWN, new GroupRights("A", List.of("Sales_Cloud")));
        give(EntitlementKind.PERMISSION_SET_GROUP, Ownership.OWN, new GroupRights("A", List.of("Field_Sales")));
        give(EntitlementKind.PERMISSION_SET_LICENSE, Ownership.OWN, new GroupRights("A", List.of("SalesConsoleUser")));
        groups.add("A");
        SalesforceUser other = userOf(1, Map.of("ProfileId", SmallWorld.ADMIN.value()));

        assertThat(plan(other).actions())
                .extracting(RightsTest::inShort)
                .containsExactly(
                        "Update ProfileId", "Assign SalesConsoleUser", "Assign Sales_Cloud", "Assign Field_Sales");

        groups.remove("A");
        hold(SETS, "Sales_Cloud");
        hold(EntitlementKind.PERMISSION_SET_GROUP, "Field_Sales");
        hold(EntitlementKind.PERMISSION_SET_LICENSE, "SalesConsoleUser");
        assertThat(plan(other).actions())
                .extracting(RightsTest::inShort)
                .containsExactly(
                        "Withdraw Field_Sales",
                        "Withdraw Sales_Cloud",
                        "Withdraw SalesConsoleUser",
                        "Update ProfileId");
    }

    @Test
    void leavesTheRightsOfLeaversAndOfTheFrozenAsTheyAre() {
        give(SETS, Ownership.OWN, new GroupRights("SF-Users", List.of("Sales_Cloud")));
        hold(SETS, "Report_Reader");

        sighting = new Sighting.Disabled();
        assertThat(plan(userOf(1, Map.of())).actions())
                .noneMatch(action -> action.right().isPresent());
        sighting = new Sighting.Present();
        assertThat(plan(userOf(1, Map.of("IsActive", "false"))).actions()).isEmpty();
        frozen.add(user(1));
        assertThat(plan(userOf(1, Map.of())).actions()).isEmpty();
        frozen.clear();
        assertThat(plan(userOf(1, Map.of())).actions()).hasSize(2);
    }

    @Test
    void givesWhoeverComesBackTheRightsOfToday() {
        give(SETS, Ownership.OWN, new GroupRights("SF-Users", List.of("Sales_Cloud")));
        hold(SETS, "Report_Reader");
        holds.add(new Hold(user(1), person(1).guid(), POLICY, "Disabled", false, true, NOW));

        assertThat(plan(userOf(1, Map.of("IsActive", "false"))).actions())
                .extracting(RightsTest::inShort)
                .containsExactly("Withdraw Report_Reader", "Reactivate IsActive", "Assign Sales_Cloud");
    }

    @Test
    void leavesRightsAloneWhereUsersAreNotUpdated() {
        give(SETS, Ownership.OWN, new GroupRights("SF-Users", List.of("Sales_Cloud")));
        hold(SETS, "Report_Reader");
        lifecycle = new Lifecycle(
                true,
                false,
                lifecycle.whenDisabled(),
                lifecycle.whenDeleted(),
                lifecycle.whenOutOfScope(),
                lifecycle.whenBack());

        assertThat(plan(userOf(1, Map.of())).actions()).isEmpty();
    }

    @Test
    void saysWhatSomebodyGetsBeforeHisUserIsThereAndAnApprovalOfThatLasts() {
        give(SETS, Ownership.MERGE, new GroupRights("SF-Users", List.of("Full_Access")));

        Plan before =
                plan(new Linking(List.of(), List.of(), Set.of(person(1).guid()), List.of(), List.of()), List.of());
        Plan after = plan(userOf(1, Map.of()));

        assertThat(before.actions()).hasSize(2);
        assertThat(before.actions().get(0)).isInstanceOf(Action.Create.class);
        assertThat(before.actions().get(1).existingUser()).isEmpty();
        assertThat(after.actions().get(0).existingUser()).contains(user(1));
        assertThat(after.actions().get(0).key())
                .isEqualTo(before.actions().get(1).key());
    }

    @Test
    void forgetsThatARightWasOursWhenSomebodyElseTookIt() {
        give(SETS, Ownership.MERGE);
        hold(SETS, "Sales_Cloud");
        ours(SETS, "Sales_Cloud");
        ours(SETS, "Report_Reader");
        ours(EntitlementKind.QUEUE, "Leads_North");

        assertThat(plan(userOf(1, Map.of())).lost())
                .containsExactly(new LostRight(user(1), given(SETS, "Report_Reader")));
    }

    @Test
    void holdsTooManyLossesWhileGrantsGoAhead() {
        give(SETS, Ownership.OWN, new GroupRights("SF-Users", List.of("Sales_Cloud")));
        hold(SETS, "Report_Reader");
        Plan plan = plan(userOf(1, Map.of()));

        Guard.Verdict verdict = Guard.judge(
                plan,
                new Guard.GuardInput(
                        Guard.Mode.ENFORCE,
                        100,
                        Map.of(Kind.REMOVE_ENTITLEMENT, new Guard.Limit(100, 0)),
                        0,
                        Map.of(),
                        List.of(),
                        Set.of(),
                        Set.of(),
                        NOW));

        assertThat(verdict.released()).extracting(RightsTest::inShort).containsExactly("Assign Sales_Cloud");
        assertThat(verdict.waiting()).containsOnly(Map.entry(Kind.REMOVE_ENTITLEMENT, 1));
    }

    private void give(EntitlementKind kind, Ownership ownership, GroupRights... rules) {
        rights.put(kind, new RightsRules(ownership, List.of(rules), List.of()));
    }

    private void hold(EntitlementKind kind, String name) {
        held.add(new Assignment(
                SmallWorld.id("0Pa", held.size() + 1),
                user(1),
                kind,
                right(kind, name).id()));
    }

    private void ours(EntitlementKind kind, String name) {
        given.computeIfAbsent(user(1), any -> new HashSet<>()).add(given(kind, name));
    }

    private static GivenRight given(EntitlementKind kind, String name) {
        return new GivenRight(kind, right(kind, name).id());
    }

    private static String inShort(Action action) {
        return action.getClass().getSimpleName() + " " + String.join(",", action.subjects());
    }

    private static List<String> granted(Plan plan) {
        return names(plan, Action.Assign.class);
    }

    private static List<String> withdrawn(Plan plan) {
        return names(plan, Action.Withdraw.class);
    }

    private static List<String> names(Plan plan, Class<? extends Action> kind) {
        return plan.actions().stream()
                .filter(kind::isInstance)
                .flatMap(action -> action.subjects().stream())
                .sorted()
                .toList();
    }

    private Plan plan(SalesforceUser linked) {
        return plan(
                new Linking(
                        List.of(new PersonLink(person(1).guid(), linked.id(), POLICY)),
                        List.of(),
                        Set.of(),
                        List.of(),
                        List.of()),
                List.of(linked));
    }

    private Plan plan(Linking linking, List<SalesforceUser> users) {
        CompiledPolicy policy = compiled(new Rules(rules())
                .rights(rights)
                .lifecycle(lifecycle)
                .terms(new ConnectionTerms(
                        "",
                        Set.of(),
                        Set.of("Sales_Cloud", "Report_Reader", "Full_Access", "Field_Sales"),
                        Set.of(),
                        Set.of(),
                        Set.of("Break_Glass")))
                .build());
        ObjectGuid guid = person(1).guid();
        Map<String, Set<ObjectGuid>> memberships =
                groups.stream().collect(Collectors.toMap(group -> group, group -> Set.of(guid)));
        Map<ObjectGuid, Desire> desires =
                policy.desires(SmallWorld.picture(List.of(person(1)), memberships, complete), NOW);
        return Planner.plan(
                policy,
                new PlanInput(
                        desires,
                        linking,
                        Map.of(guid, sighting),
                        users,
                        frozen,
                        holds,
                        Set.of(),
                        Map.of(),
                        Set.of(),
                        held,
                        given,
                        Set.of(),
                        SmallWorld.org()));
    }
}
