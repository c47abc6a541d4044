package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;
import static dev.salesforcesync.policy.SmallWorld.compiled;
import static dev.salesforcesync.policy.SmallWorld.guid;
import static dev.salesforcesync.policy.SmallWorld.person;
import static dev.salesforcesync.policy.SmallWorld.rules;
import static dev.salesforcesync.policy.SmallWorld.user;
import static dev.salesforcesync.policy.SmallWorld.userOf;
import static dev.salesforcesync.policy.SmallWorld.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.policy.PolicyRules;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.AttributeRule;
import dev.salesforcesync.policy.PolicyRules.ConnectionTerms;
import dev.salesforcesync.policy.PolicyRules.GroupRights;
import dev.salesforcesync.policy.PolicyRules.MatchingKey;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.PolicyRules.Ownership;
import dev.salesforcesync.policy.PolicyRules.RightsRules;
import dev.salesforcesync.policy.Rules;
import dev.salesforcesync.policy.SmallWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whole explanations, word for word, as people read them. */
class ExplainerTest {
    private final Deliberations world = new Deliberations();
    private final List<Person> people = new ArrayList<>(List.of(person(1)));
    private final Map<String, Set<ObjectGuid>> groups =
            new HashMap<>(Map.of("SF-Users", new HashSet<>(Set.of(guid(1), guid(2)))));
    private PolicyRules rules = rules();
    private boolean complete = true;

    @Test
    void ofAJoinerShowWhatHeGetsAndFromWhichGroup() {
        rules = new Rules(rules)
                .attributes(
                        new AttributeRule("Email", "user.mail", Apply.ALWAYS, OnNull.KEEP, false),
                        new AttributeRule("EmployeeNumber", "user.employeeID", Apply.ALWAYS, OnNull.KEEP, true))
                .build();

        assertThat(explained()).isEqualTo("""
                directory    Seen: 12340000-0000-0001-0000-000000000001, "CN=Person 1,DC=example", account enabled; the read was complete
                               member of SF-Users
                scope        InScope: the policy means this person
                link         Unmatched: no Salesforce user stands for this person
                sighting     Present: there and meant
                entitlements Profile: "Standard User" by SF-Users
                fields       Wanted: the policy answers for 9 fields
                               Alias: (empty), wanted "person1" (OnCreate)
                               Email: (empty), wanted "person1@example.com" (Always)
                               EmailEncodingKey: (empty), wanted "UTF-8" (OnCreate)
                               EmployeeNumber: (empty), wanted (sensitive) (Always)
                               LanguageLocaleKey: (empty), wanted "en_US" (OnCreate)
                               LastName: (empty), wanted "Family1" (OnCreate)
                               LocaleSidKey: (empty), wanted "en_US" (OnCreate)
                               TimeZoneSidKey: (empty), wanted "America/Los_Angeles" (OnCreate)
                               Username: (empty), wanted "person1@corp.example.com" (OnCreate)
                plan         Create: InScope
                               Alias: (empty) -> "person1"
                               Email: (empty) -> "person1@example.com"
                               EmailEncodingKey: (empty) -> "UTF-8"
                               EmployeeNumber: (empty) -> (sensitive)
                               LanguageLocaleKey: (empty) -> "en_US"
                               LastName: (empty) -> "Family1"
                               LocaleSidKey: (empty) -> "en_US"
                               ProfileId: (empty) -> "00e000000000001AAA"
                               TimeZoneSidKey: (empty) -> "America/Los_Angeles"
                               Username: (empty) -> "person1@corp.example.com"
                outcome      Released: the guard lets it through; it is carried out by the next comparison
                """);
    }

    @Test
    void ofALeaverWhomTheGuardHoldsNameTheBatch() {
        people.set(0, with(person(1), new AccountState(false, Optional.empty(), false)));
        link(1);
        world.limits.put(Kind.DEACTIVATE, new Guard.Limit(100, 0));

        Deliberation run = run();

        assertThat(withoutFields(run))
                .isEqualTo("""
                directory    Seen: 12340000-0000-0001-0000-000000000001, "CN=Person 1,DC=example", account disabled; the read was complete
                               member of SF-Users
                scope        InScope: the policy means this person
                link         Linked: stands for Salesforce user %1$s, "person1@corp.example.com", active; found by Ledger
                sighting     Disabled: counts as Disabled; the policy's answer to that is FreezeThenDeactivate
                entitlements Profile: "Standard User" by SF-Users
                plan         Freeze: Disabled
                outcome      Held: held by the guard in batch %2$s since 2026-11-22T12:00:00Z; spec.safety.approve with that hash releases it
                plan         Deactivate: Disabled
                               IsActive: "true" -> "false"
                outcome      Held: held by the guard in batch %2$s since 2026-11-22T12:00:00Z; spec.safety.approve with that hash releases it
                """.formatted(user(1), run.verdict().held().get(0).hash()));
    }

    @Test
    void ofSomebodyWithSeveralUsersNameThem() {
        rules = new Rules(rules)
                .matching(new MatchingKey("EmployeeNumber", "user.employeeID"))
                .build();
        world.users.add(userOf(5, Map.of("EmployeeNumber", "E1")));
        world.users.add(userOf(6, Map.of("EmployeeNumber", "E1")));

        assertThat(withoutFields(run()))
                .contains("""
                link         AmbiguousMatch: several users match this person; link one by hand in spec.links
                               candidate: user %s
                               candidate: user %s
                """.formatted(user(5), user(6)))
                .endsWith("""
                outcome      NotLinked: nothing is done until the link is certain
                """);
    }

    @Test
    void ofSeveralWithOneUserNameTheOthers() {
        people.add(person(2, attributes -> {
            attributes.put("employeeID", "E1");
            return attributes;
        }));
        rules = new Rules(rules)
                .matching(new MatchingKey("EmployeeNumber", "user.employeeID"))
                .build();
        world.users.add(userOf(5, Map.of("EmployeeNumber", "E1")));

        assertThat(withoutFields(run())).contains("""
                link         AmbiguousMatch: several people match this user; link one by hand in spec.links; user %s
                               the same user matches: person %s
                """.formatted(user(5), guid(2)));
    }

    @Test
    void ofSomebodyWithAProtectedUserSaySo() {
        rules = new Rules(rules)
                .terms(new ConnectionTerms(
                        "", Set.of(), Set.of(), Set.of("person1@corp.example.com"), Set.of(), Set.of()))
                .build();
        world.users.add(userOf(1, Map.of("LastName", "Different")));

        assertThat(withoutFields(run())).contains("""
                link         ProtectedUser: the connection protects this user; user %s
                """.formatted(user(1))).endsWith("""
                outcome      NotLinked: nothing is done until the link is certain
                """);
    }

    @Test
    void ofADeniedRightNameTheGroupThatDenies() {
        groups.put("Auditors", Set.of(guid(1)));
        rules = new Rules(rules)
                .rights(Map.of(
                        EntitlementKind.PERMISSION_SET,
                        new RightsRules(
                                Ownership.MERGE,
                                List.of(new GroupRights("SF-Users", List.of("Report_Reader"))),
                                List.of(new GroupRights("Auditors", List.of("Report_Reader"))))))
                .build();
        link(1);
        world.assignments.add(new Assignment(
                SmallWorld.id("0Pa", 1),
                user(1),
                EntitlementKind.PERMISSION_SET,
                SmallWorld.right(EntitlementKind.PERMISSION_SET, "Report_Reader")
                        .id()));

        assertThat(withoutFields(run())).contains("""
                entitlements Denied: PERMISSION_SET "Report_Reader" by Auditors, whoever gives it
                plan         Withdraw: DeniedBy Auditors Report_Reader
                outcome      Released""");
    }

    @Test
    void ofSomebodyTheRulesFailForNameTheFieldAndNoValue() {
        rules = new Rules(rules)
                .attributes(new AttributeRule(
                        "FederationIdentifier",
                        "user.sn + string(1 / (size(user.sn) - 7))",
                        Apply.ALWAYS,
                        OnNull.KEEP,
                        false))
                .build();

        assertThat(withoutFields(run()))
                .contains(
                        "scope        InvalidArgument: the rules have no answer for this person, FederationIdentifier")
                .contains("left-alone   InvalidArgument: FederationIdentifier")
                .doesNotContain("Family1");
    }

    @Test
    void ofSomebodyHeldByOthersNameWhoHoldsHim() {
        link(1, Map.of("IsActive", "false"));
        world.holds.add(new Hold(user(1), guid(1), POLICY, "Disabled", true, true, NOW));
        world.holds.add(new Hold(user(1), guid(1), "apps/schedule", "Inactive", false, true, NOW));

        assertThat(withoutFields(run())).endsWith("""
                holds        Disabled: apps/people has taken since 2026-11-22T12:00:00Z: sign-in and the seat
                holds        Inactive: apps/schedule has taken since 2026-11-22T12:00:00Z: the seat
                left-alone   HeldByOthers: another policy or schedule holds this user
                """);
    }

    @Test
    void ofSomebodyAsWantedSayThatNothingDiffers() {
        link(1);

        assertThat(withoutFields(run())).endsWith("""
                outcome      AsWanted: nothing differs in what the policy answers for
                """);
    }

    @Test
    void ofSomebodyNotSeenInAnIncompleteReadSayThatNothingIsTaken() {
        people.clear();
        complete = false;
        link(1);

        assertThat(withoutFields(run())).isEqualTo("""
                directory    NotSeen: none of the searches found %s; the read was not complete: SizeLimitExceeded
                scope        NotJudged: the rules judge only those whom the searches find
                link         Linked: stands for Salesforce user %s, "person1@corp.example.com", active; found by Ledger
                sighting     Absent: not seen, but the read of the directory was not complete, so nothing is taken
                left-alone   ReadIncomplete: not seen, but the read of the directory was not complete
                """.formatted(guid(1), user(1)));
    }

    @Test
    void ofAnActionThatWaitsSayWhy() {
        link(1, Map.of("LastName", "Old"));
        Deliberation run = run();
        Deliberation waiting = new Deliberation(
                run.policy(),
                run.picture(),
                run.input(),
                run.plan(),
                run.mode(),
                run.verdict(),
                Map.of(run.plan().actions().get(0).key(), "SalesforceRowLocked"));

        assertThat(withoutFields(waiting)).endsWith("""
                plan         Update: DiffersFromPolicy
                               LastName: "Old" -> "Family1"
                outcome      Waits: the guard lets it through, and yet it waits: SalesforceRowLocked
                """);
    }

    @Test
    void neverShowAPersonWhereTheyArePrinted() {
        link(1, Map.of("LastName", "Old"));

        Explanation explanation = Explainer.explain(run(), guid(1));

        assertThat(explanation.toString() + explanation.steps()).doesNotContain("Family1", "person1");
    }

    @Test
    void areGivenOfWhomeverTheWordsMean() {
        people.add(person(2, attributes -> {
            attributes.put("sAMAccountName", "Person1");
            return attributes;
        }));
        link(3, Map.of());

        Deliberation run = run();

        assertThat(Whom.find(run, " PERSON2@corp.example.com ")).containsExactly(guid(2));
        assertThat(Whom.find(run, "person1")).containsExactly(guid(1), guid(2));
        assertThat(Whom.find(run, guid(7).toString())).containsExactly(guid(7));
        assertThat(Whom.find(run, "Person3@corp.example.com")).containsExactly(guid(3));
        assertThat(Whom.find(run, "nobody")).isEmpty();
    }

    @Test
    void wholePlansStandUnderAReportOfWhoFoundWhom() {
        people.add(person(2));
        world.users.add(userOf(1, Map.of("LastName", "Old \"one\"\nline")));
        world.users.add(userOf(9, Map.of("Username", "left@example.com")));

        Deliberation run = run();

        assertThat(String.join("\n", PlanText.of(run)))
                .startsWith("""
                # report
                linked: 1
                linked by Username: 1
                unmatched: 1
                AmbiguousMatch: 0
                ForeignAnchor: 0
                ProtectedUser: 0
                ClaimedByOtherPolicy: 0
                LinkedUserMissing: 0
                LinkByHandNotFound: 0
                MatchingFailed: 0
                orphans: 1

                # people and users who are not linked, or not acted on
                Unmatched person=%1$s

                # orphans: active users for whom nobody stands
                Orphan user=%2$s username="left@example.com"

                # left alone

                # plan %3$s: 2 actions
                Update person=%4$s user=%5$s reason="DiffersFromPolicy" state=Released LastName: "Old \\"one\\"\\nline" -> "Family1"
                Create person=%1$s reason="InScope" state=Released Alias: (empty) -> "person2"; CommunityNickname""".formatted(guid(2), user(9), run.plan().hash(), guid(1), user(1)));
    }

    private void link(int number) {
        link(number, Map.of());
    }

    private void link(int number, Map<String, String> different) {
        world.users.add(userOf(number, different));
        world.known.add(new PersonLink(guid(number), user(number), POLICY));
    }

    private Deliberation run() {
        return world.run(compiled(rules), SmallWorld.picture(people, groups, complete));
    }

    private String explained() {
        return Explainer.explain(run(), guid(1)).text();
    }

    private static String withoutFields(Deliberation run) {
        Explanation whole = Explainer.explain(run, guid(1));
        return new Explanation(
                        whole.person(),
                        whole.steps().stream()
                                .filter(step -> step.stage() != Explanation.Stage.FIELDS)
                                .toList())
                .text();
    }
}
