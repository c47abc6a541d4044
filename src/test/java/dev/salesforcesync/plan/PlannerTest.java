package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.ADMIN;
import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;
import static dev.salesforcesync.policy.SmallWorld.STANDARD;
import static dev.salesforcesync.policy.SmallWorld.compiled;
import static dev.salesforcesync.policy.SmallWorld.guid;
import static dev.salesforcesync.policy.SmallWorld.person;
import static dev.salesforcesync.policy.SmallWorld.rules;
import static dev.salesforcesync.policy.SmallWorld.user;
import static dev.salesforcesync.policy.SmallWorld.userOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Planner.PendingEmail;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.Lifecycle;
import dev.salesforcesync.policy.Lifecycle.Leave;
import dev.salesforcesync.policy.Lifecycle.Return;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.PolicyRules;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.AttributeRule;
import dev.salesforcesync.policy.PolicyRules.ConnectionTerms;
import dev.salesforcesync.policy.PolicyRules.Drift;
import dev.salesforcesync.policy.PolicyRules.GroupGrant;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.PolicyRules.Usernames;
import dev.salesforcesync.policy.Rules;
import dev.salesforcesync.policy.Sighting;
import dev.salesforcesync.policy.SmallWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    private static final Sighting PRESENT = new Sighting.Present();

    private final Set<SalesforceId> frozen = new HashSet<>();
    private final List<Hold> holds = new ArrayList<>();
    private final Set<PendingEmail> pending = new HashSet<>();
    private final Map<SalesforceId, Map<String, String>> applied = new HashMap<>();
    private PolicyRules rules = rules();

    @Test
    void hasNothingToDoForSomebodyWhoIsAsWanted() {
        Plan plan = plan(person(1), userOf(1, Map.of()), PRESENT);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.leftAlone()).isEmpty();
    }

    @Test
    void seesNoDifferenceInCaseOfAddressesNorInBlanksAtTheEnd() {
        SalesforceUser same = userOf(
                1, Map.of("Email", "PERSON1@example.com", "LastName", "Family1 ", "Username", "OTHER@example.com"));

        assertThat(plan(person(1), same, PRESENT).actions()).isEmpty();
    }

    @Test
    void writesOwnedFieldsThatDifferAndClearsThoseWithoutAValue() {
        SalesforceUser different =
                userOf(1, Map.of("LastName", "Old", "Department", "Gone", "Title", "Mine", "Alias", "kept"));

        Plan plan = plan(person(1), different, PRESENT);

        assertThat(plan.actions()).hasSize(1);
        assertThat(plan.actions().get(0).changes())
                .containsOnly(
                        Map.entry("LastName", new Change(Optional.of("Old"), Optional.of("Family1"), false)),
                        Map.entry("Department", new Change(Optional.of("Gone"), Optional.empty(), false)));
        assertThat(plan.actions().get(0).kinds()).containsExactly(Kind.UPDATE);
        assertThat(plan.toString()).doesNotContain("Family1");
    }

    @Test
    void fillsWhatIsEmptyAndNoMore() {
        rules = new Rules(rules())
                .attributes(new AttributeRule("Title", "'Clerk'", Apply.IF_EMPTY, OnNull.CLEAR, true))
                .build();

        assertThat(plan(person(1), userOf(1, Map.of("Title", "Boss")), PRESENT).actions())
                .isEmpty();
        assertThat(plan(person(1), userOf(1, Map.of()), PRESENT)
                        .actions()
                        .get(0)
                        .changes())
                .containsOnlyKeys("Title");
    }

    @Test
    void renamesOnlyWhoAsksForIt() {
        SalesforceUser old = userOf(1, Map.of("Username", "old@corp.example.com"));
        assertThat(plan(person(1), old, PRESENT).isEmpty()).isTrue();

        rules = new Rules(rules()).usernames(new Usernames(List.of(), true)).build();
        assertThat(plan(person(1), old, PRESENT).counts()).containsOnly(Map.entry(Kind.CHANGE_USERNAME_OR_EMAIL, 1));
    }

    @Test
    void doesNotAskAgainForAnAddressThatWaitsForItsOwner() {
        pending.add(new PendingEmail(user(1), "Person1@Example.com"));

        Plan plan = plan(person(1), userOf(1, Map.of("Email", "old@example.com")), PRESENT);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.pendingVerification()).isEqualTo(1);
    }

    @Test
    void onlyReportsWhatOthersChangedWhereThePolicySaysSo() {
        rules = new Rules(rules()).drift(Drift.REPORT).build();
        applied.put(user(1), Map.of("LastName", Planner.digestOf("Family1"), "FirstName", Planner.digestOf("Before")));

        Plan plan = plan(person(1), userOf(1, Map.of("LastName", "Drifted", "FirstName", "Before")), PRESENT);

        assertThat(plan.drifted()).isEqualTo(1);
        assertThat(plan.actions().get(0).changes()).containsOnlyKeys("FirstName");
    }

    @Test
    void changesTheProfileToWhatTheGroupGivesAndSaysWhatThatMeans() {
        rules = new Rules(rules())
                .profiles(new GroupGrant("SF-Users", "System Administrator"))
                .terms(new ConnectionTerms("", Set.of("System Administrator"), Set.of(), Set.of(), Set.of(), Set.of()))
                .build();

        Action action = plan(person(1), userOf(1, Map.of()), PRESENT).actions().get(0);

        assertThat(action.changes())
                .containsOnly(Map.entry(
                        "ProfileId", new Change(Optional.of(STANDARD.value()), Optional.of(ADMIN.value()), false)));
        assertThat(action.kinds()).containsExactlyInAnyOrder(Kind.REMOVE_ENTITLEMENT, Kind.GRANT_PRIVILEGED);
    }

    @Test
    void createsWhoIsMeantAndHasNoUser() {
        Plan plan = plan(person(1), List.of(), PRESENT);

        assertThat(plan.counts()).containsOnly(Map.entry(Kind.CREATE, 1));
        assertThat(plan.actions().get(0).changes())
                .containsOnlyKeys(
                        "Alias",
                        "CommunityNickname",
                        "Email",
                        "EmailEncodingKey",
                        "EmployeeNumber",
                        "FirstName",
                        "LanguageLocaleKey",
                        "LastName",
                        "LocaleSidKey",
                        "ProfileId",
                        "TimeZoneSidKey",
                        "Username");
        assertThat(plan.sample())
                .singleElement()
                .extracting(Plan.Sample::person)
                .isEqualTo(guid(1).toString().substring(0, 8));
    }

    @Test
    void writesTheAnchorWhereThereIsOne() {
        rules = new Rules(rules()).anchor("AD_ObjectGuid__c").build();

        assertThat(plan(person(1), List.of(), PRESENT).actions().get(0).changes())
                .containsKey("AD_ObjectGuid__c");
        assertThat(plan(person(1), userOf(1, Map.of()), PRESENT)
                        .actions()
                        .get(0)
                        .changes())
                .containsOnlyKeys("AD_ObjectGuid__c");
    }

    @ParameterizedTest
    @CsvSource({"Disabled", "Expired"})
    void createsNobodyWhoCouldNotSignIn(String how) {
        assertThat(plan(person(1), List.of(), sighting(how)).isEmpty()).isTrue();
    }

    @Test
    void saysWhySomebodyCannotBeCreated() {
        assertThat(codes(plan(person(1), List.of(userOf(5, Map.of("Username", "PERSON1@corp.example.com"))), PRESENT)))
                .containsExactly("SalesforceDuplicateUserName");
        rules = new Rules(rules()).profiles().build();
        assertThat(codes(plan(person(1), List.of(), PRESENT))).containsExactly("NoProfile");
        rules = new Rules(rules())
                .attributes(new AttributeRule("LastName", "''", Apply.ALWAYS, OnNull.CLEAR, false))
                .build();
        assertThat(codes(plan(person(1), List.of(), PRESENT))).containsExactly("SalesforceRequiredFieldMissing");
        rules = rules();
        Person nameless = person(1, attributes -> {
            attributes.remove("userPrincipalName");
            return attributes;
        });
        assertThat(codes(plan(nameless, List.of(), PRESENT))).containsExactly("AttributeMissing");
        assertThat(codes(plan(nameless, userOf(1, Map.of()), PRESENT))).isEmpty();
        rules = new Rules(rules())
                .attributes(new AttributeRule("LastName", "user.nothing", Apply.ALWAYS, OnNull.CLEAR, false))
                .build();
        assertThat(codes(plan(person(1), List.of(), PRESENT))).containsExactly("AttributeMissing");
        assertThat(codes(plan(person(1), userOf(1, Map.of()), PRESENT))).containsExactly("AttributeMissing");
    }

    /** What becomes of a linked user, by how his person was seen and what he is in Salesforce. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # sighting,          lifecycle,              in Salesforce,    hold,        actions
            Disabled,            FREEZE_THEN_DEACTIVATE, active,           none,        Freeze+Deactivate
            Disabled,            FREEZE_THEN_DEACTIVATE, frozen,           none,        Deactivate
            Disabled,            FREEZE_THEN_DEACTIVATE, inactive,         none,        -
            Disabled,            FREEZE_THEN_DEACTIVATE, active,           deactivated, Freeze+Deactivate
            Disabled,            DEACTIVATE,             active,           none,        Deactivate
            Disabled,            FREEZE,                 active,           none,        Freeze
            Disabled,            FREEZE,                 frozen,           froze,       -
            Disabled,            NONE,                   active,           none,        -
            Expired,             DEACTIVATE,             active,           none,        Deactivate
            Deleted,             DEACTIVATE,             active,           none,        Deactivate
            Deleted,             NONE,                   active,           none,        -
            OutOfScopeProven,    DEACTIVATE,             active,           none,        Deactivate
            OutOfScopeProven,    NONE,                   active,           none,        -
            OutOfScopeUnproven,  DEACTIVATE,             active,           none,        ReadIncomplete
            Awaited,             DEACTIVATE,             active,           none,        OtherPolicyUnheard
            AbsentProven,        DEACTIVATE,             active,           none,        Deactivate
            AbsentUnproven,      DEACTIVATE,             active,           none,        ReadIncomplete
            Present,             DEACTIVATE,             active,           none,        -
            Present,             DEACTIVATE,             frozen,           none,        -
            Present,             DEACTIVATE,             inactive,         none,        DeactivatedByOthers
            Present,             DEACTIVATE,             inactive,         deactivated, Reactivate
            Present,             DEACTIVATE,             inactive,         froze,       DeactivatedByOthers
            Present,             DEACTIVATE,             inactive,         theirs,      HeldByOthers
            Present,             DEACTIVATE,             inactive,         both,        HeldByOthers
            Present,             DEACTIVATE,             frozen,           froze,       Reactivate
            Present,             DEACTIVATE,             active,           deactivated, ended
            OutOfScopeProven,    DEACTIVATE,             inactive,         deactivated, -
            """)
    void decidesAboutLinkedUsers(String seen, Leave leave, String state, String hold, String expected) {
        rules = new Rules(rules())
                .lifecycle(new Lifecycle(true, true, leave, leave, leave, Return.REACTIVATE))
                .build();
        hold(hold);
        if (state.equals("frozen")) {
            frozen.add(user(1));
        }

        Plan plan = plan(
                person(1), userOf(1, Map.of("IsActive", String.valueOf(!state.equals("inactive")))), sighting(seen));

        List<String> outcome = new ArrayList<>();
        plan.actions().forEach(action -> outcome.add(action.getClass().getSimpleName()));
        plan.leftAlone().forEach(left -> outcome.add(left.code()));
        plan.ended().forEach(any -> outcome.add("ended"));
        assertThat(outcome.isEmpty() ? "-" : String.join("+", outcome)).isEqualTo(expected);
    }

    @Test
    void givesBackSignInAndTodaysFieldsInOneRow() {
        holds.add(new Hold(user(1), guid(1), POLICY, "Disabled", true, true, NOW));
        frozen.add(user(1));

        Plan plan = plan(person(1), userOf(1, Map.of("IsActive", "false", "LastName", "Old")), PRESENT);

        Action.Reactivate back = (Action.Reactivate) plan.actions().get(0);
        assertThat(plan.actions()).hasSize(1);
        assertThat(back.unfreeze()).isTrue();
        assertThat(back.activate()).isTrue();
        assertThat(back.changes()).containsOnlyKeys("IsActive", "LastName");
        assertThat(back.reason()).isEqualTo("NoLongerDisabled");
    }

    @Test
    void leavesProtectedUsersAloneWhateverHappens() {
        rules = new Rules(rules())
                .terms(new ConnectionTerms(
                        "", Set.of(), Set.of(), Set.of("PERSON1@corp.example.com"), Set.of(), Set.of()))
                .build();

        for (String seen : List.of("Disabled", "Deleted", "AbsentProven", "Present")) {
            Plan plan = plan(person(1), userOf(1, Map.of("LastName", "Old")), sighting(seen));
            assertThat(plan.isEmpty()).isTrue();
            assertThat(codes(plan)).containsExactly("ProtectedUser");
        }
    }

    @Test
    void freesSeatsBeforeItTakesThem() {
        List<Action> actions = new ArrayList<>(List.of(
                new Action.Create(guid(1), new java.util.TreeMap<>(), false, "InScope"),
                new Action.Deactivate(guid(9), user(9), "Disabled"),
                new Action.Reactivate(
                        guid(3), user(3), new java.util.TreeMap<>(), true, false, false, "NoLongerDisabled"),
                new Action.Freeze(guid(9), user(9), "Disabled")));

        assertThat(new Plan(actions, List.of(), List.of(), List.of(), 0, 0)
                        .actions().stream().map(action -> action.getClass().getSimpleName()))
                .containsExactly("Freeze", "Deactivate", "Reactivate", "Create");
    }

    @Test
    void ordersPeopleByIdentity() {
        List<Action> actions = new ArrayList<>();
        for (int i = 20; i > 0; i--) {
            actions.add(new Action.Deactivate(guid(i), user(i), "Disabled"));
        }

        assertThat(new Plan(actions, List.of(), List.of(), List.of(), 0, 0).actions())
                .extracting(Action::person)
                .isSorted();
    }

    @Test
    void hasOneHashForOnePlan() {
        Action one = new Action.Deactivate(guid(1), user(1), "Disabled");
        Action other = new Action.Deactivate(guid(2), user(2), "Disabled");

        assertThat(hash(one, other)).isEqualTo(hash(other, one)).hasSize(16);
        assertThat(hash(one)).isNotEqualTo(hash(other));
        assertThat(hash(one)).isNotEqualTo(hash(new Action.Deactivate(guid(1), user(1), "Deleted")));
        assertThat(hash(one)).isNotEqualTo(hash());
    }

    @Test
    void hasAnotherHashForWhateverDiffers() {
        List<Action> actions = List.of(
                update(1, 1, "Title", "a", "b", "DiffersFromPolicy"),
                update(2, 1, "Title", "a", "b", "DiffersFromPolicy"),
                update(1, 2, "Title", "a", "b", "DiffersFromPolicy"),
                update(1, 1, "Department", "a", "b", "DiffersFromPolicy"),
                update(1, 1, "Title", "", "b", "DiffersFromPolicy"),
                update(1, 1, "Title", "c", "b", "DiffersFromPolicy"),
                update(1, 1, "Title", "a", "", "DiffersFromPolicy"),
                update(1, 1, "Title", "a", "c", "DiffersFromPolicy"),
                update(1, 1, "Title", "a", "b", "Renamed"),
                new Action.Deactivate(guid(1), user(1), "Disabled"),
                new Action.Freeze(guid(1), user(1), "Disabled"),
                back(true, false),
                back(false, true),
                back(true, true));

        assertThat(actions.stream().map(action -> hash(action))).doesNotHaveDuplicates();
    }

    private static Action update(int person, int user, String field, String before, String after, String reason) {
        Change change = new Change(
                Optional.of(before).filter(value -> !value.isEmpty()),
                Optional.of(after).filter(value -> !value.isEmpty()),
                false);
        return new Action.Update(guid(person), user(user), new TreeMap<>(Map.of(field, change)), false, reason);
    }

    private static Action back(boolean activate, boolean unfreeze) {
        return new Action.Reactivate(guid(1), user(1), new TreeMap<>(), activate, unfreeze, false, "NoLongerDisabled");
    }

    private static String hash(Action... actions) {
        return new Plan(List.of(actions), List.of(), List.of(), List.of(), 0, 0).hash();
    }

    private static List<String> codes(Plan plan) {
        return plan.leftAlone().stream().map(Plan.LeftAlone::code).toList();
    }

    private void hold(String which) {
        boolean ours = !which.equals("theirs");
        if (!which.equals("none")) {
            holds.add(new Hold(
                    user(1),
                    guid(1),
                    ours ? POLICY : "apps/schedule",
                    "Disabled",
                    which.equals("froze"),
                    !which.equals("froze"),
                    NOW));
        }
        if (which.equals("both")) {
            holds.add(new Hold(user(1), guid(1), "apps/schedule", "Inactive", false, true, NOW));
        }
    }

    private static Sighting sighting(String name) {
        return switch (name) {
            case "Disabled" -> new Sighting.Disabled();
            case "Expired" -> new Sighting.Expired();
            case "Deleted" -> new Sighting.Deleted();
            case "OutOfScopeProven" -> new Sighting.OutOfScope("in none of the groups", true);
            case "OutOfScopeUnproven" -> new Sighting.OutOfScope("in none of the groups", false);
            case "Awaited" -> new Sighting.Awaited("apps/other");
            case "AbsentProven" -> new Sighting.Absent(true);
            case "AbsentUnproven" -> new Sighting.Absent(false);
            default -> PRESENT;
        };
    }

    private final List<Assignment> assignments = new ArrayList<>();
    private final Map<SalesforceId, Set<GivenRight>> given = new HashMap<>();

    private Plan plan(Person person, SalesforceUser linked, Sighting sighting) {
        Linking linking = new Linking(
                List.of(new PersonLink(person.guid(), linked.id(), POLICY)), List.of(), Set.of(), List.of(), List.of());
        return plan(person, linking, List.of(linked), sighting);
    }

    private Plan plan(Person person, List<SalesforceUser> others, Sighting sighting) {
        return plan(
                person,
                new Linking(List.of(), List.of(), Set.of(person.guid()), List.of(), List.of()),
                others,
                sighting);
    }

    private Plan plan(Person person, Linking linking, List<SalesforceUser> users, Sighting sighting) {
        CompiledPolicy policy = compiled(rules);
        Map<ObjectGuid, Desire> desires = Map.of(person.guid(), policy.desire(person, Set.of("SF-Users"), NOW));
        return Planner.plan(
                policy,
                new PlanInput(
                        desires,
                        linking,
                        Map.of(person.guid(), sighting),
                        users,
                        frozen,
                        holds,
                        pending,
                        applied,
                        Set.of(),
                        assignments,
                        given,
                        Set.of(),
                        SmallWorld.org()));
    }
}
