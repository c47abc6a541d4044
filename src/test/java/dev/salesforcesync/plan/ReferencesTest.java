package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;
import static dev.salesforcesync.policy.SmallWorld.compiled;
import static dev.salesforcesync.policy.SmallWorld.guid;
import static dev.salesforcesync.policy.SmallWorld.person;
import static dev.salesforcesync.policy.SmallWorld.user;
import static dev.salesforcesync.policy.SmallWorld.userOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Plan.LeftAlone;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.Linking.LinkProblem;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.AttributeRule;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.Rules;
import dev.salesforcesync.policy.Sighting;
import dev.salesforcesync.policy.SmallWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Person 1 works for whomever the directory says; person 2 is his manager unless it is said otherwise. */
class ReferencesTest {
    private final List<Person> people = new ArrayList<>();
    private final Map<Integer, SalesforceUser> users = new HashMap<>();
    private final Map<ObjectGuid, Sighting> sightings = new HashMap<>();
    private final List<LinkProblem> problems = new ArrayList<>();
    private final Set<ObjectGuid> elsewhere = new HashSet<>();
    private AttributeRule rule = new AttributeRule("ManagerId", "ref(user.manager)", Apply.ALWAYS, OnNull.CLEAR, false);
    private boolean complete = true;

    private void person1(String manager, String inSalesforce) {
        add(1, manager, Map.of("ManagerId", inSalesforce));
    }

    private void add(int number, String manager, Map<String, String> user) {
        join(number, manager);
        users.put(number, userOf(number, user));
    }

    private void join(int number, String manager) {
        people.add(person(number, attributes -> {
            if (!manager.isEmpty()) {
                attributes.put("manager", manager);
            }
            return attributes;
        }));
        sightings.put(guid(number), new Sighting.Present());
    }

    private static String dn(int number) {
        return "CN=Person " + number + ",DC=example";
    }

    private Plan plan() {
        CompiledPolicy policy =
                compiled(new Rules(SmallWorld.rules()).attributes(rule).build());
        Set<ObjectGuid> all = new HashSet<>();
        people.forEach(one -> all.add(one.guid()));
        DirectoryPicture picture = SmallWorld.picture(people, Map.of("SF-Users", all), complete);
        Map<ObjectGuid, Desire> desires = policy.desires(picture, NOW);
        List<PersonLink> links = new ArrayList<>();
        users.forEach((number, user) -> {
            if (!elsewhere.contains(guid(number))) {
                links.add(new PersonLink(guid(number), user.id(), POLICY));
            }
        });
        all.removeIf(guid -> links.stream().anyMatch(link -> link.person().equals(guid)) || elsewhere.contains(guid));
        return Planner.plan(
                policy,
                new PlanInput(
                        desires,
                        new Linking(links, List.of(), all, problems, List.of()),
                        sightings,
                        users.values(),
                        Set.of(),
                        List.of(),
                        Set.of(),
                        Map.of(),
                        Set.of(),
                        List.of(),
                        Map.of(),
                        Set.of(),
                        SmallWorld.org()));
    }

    private static Optional<Change> change(Plan plan, int number) {
        return plan.actions().stream()
                .filter(action -> action.person().equals(guid(number)))
                .map(action -> action.changes().get("ManagerId"))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static List<String> codes(Plan plan) {
        return plan.leftAlone().stream().map(LeftAlone::code).toList();
    }

    private void isCleared(String why) {
        Plan plan = plan();
        assertThat(change(plan, 1))
                .hasValueSatisfying(change -> assertThat(change.after()).isEmpty());
        assertThat(codes(plan)).containsExactly(why);
        assertThat(plan.leftAlone()).noneMatch(LeftAlone::problem);
        rule = new AttributeRule("ManagerId", "ref(user.manager)", Apply.ALWAYS, OnNull.KEEP, false);
        assertThat(plan().actions()).isEmpty();
        assertThat(codes(plan())).containsExactly(why);
    }

    @Test
    void findsTheManagerByHisNameHoweverItIsWritten() {
        person1("cn=PERSON 2, dc=Example", "");
        add(2, "", Map.of());

        assertThat(change(plan(), 1).flatMap(Change::after)).contains(user(2).value());
        assertThat(plan().actions()).hasSize(1);
    }

    @Test
    void comparesIdsOfFifteenAndEighteenCharacters() {
        person1(dn(2), user(2).value().substring(0, 15));
        add(2, "", Map.of());

        assertThat(plan().actions()).isEmpty();
    }

    @Test
    void waitsForAManagerWhomTheSamePlanCreates() {
        person1(dn(2), "");
        join(2, dn(1));

        Plan plan = plan();

        assertThat(plan.actions()).hasSize(3);
        assertThat(plan.actions().get(0)).isInstanceOf(Action.Create.class);
        assertThat(plan.actions().get(0).changes()).doesNotContainKey("ManagerId");
        Action.Refer boss = (Action.Refer) plan.actions().get(1);
        assertThat(boss.target()).contains(guid(2));
        assertThat(boss.awaits()).isTrue();
        Action.Refer back = (Action.Refer) plan.actions().get(2);
        assertThat(back.user()).isEmpty();
        assertThat(back.change().after()).contains(user(1).value());
    }

    @Test
    void anApprovalOutlastsTheCreationOfTheManager() {
        person1(dn(2), "");
        join(2, "");
        String before = plan().actions().get(1).key();
        users.put(2, userOf(2, Map.of()));

        assertThat(plan().actions()).extracting(Action::key).containsExactly(before);
    }

    @Test
    void whoHasNoManagerHasNone() {
        person1("", user(2).value());
        add(2, "", Map.of());

        assertThat(change(plan(), 1))
                .hasValueSatisfying(change -> assertThat(change.after()).isEmpty());
        assertThat(codes(plan())).isEmpty();
    }

    @Test
    void aManagerWhomNoSearchFindsIsNone() {
        person1("CN=Somebody,DC=elsewhere", user(2).value());
        isCleared("ReferenceNotFound");
    }

    @Test
    void whoWasNotFoundByAnIncompleteReadIsLeftOpen() {
        complete = false;
        person1("CN=Somebody,DC=elsewhere", user(2).value());

        assertThat(plan().actions()).isEmpty();
        assertThat(codes(plan())).containsExactly("ReadIncomplete");
    }

    @Test
    void nobodyIsHisOwnManager() {
        person1(dn(1), user(2).value());
        isCleared("ReferenceToSelf");
    }

    @Test
    void aManagerWithoutAUserIsNone() {
        person1(dn(2), user(3).value());
        join(2, "");
        sightings.put(guid(2), new Sighting.Disabled());
        isCleared("ReferenceNotLinked");
    }

    @Test
    void aManagerWhoHasLeftIsNone() {
        person1(dn(2), user(2).value());
        add(2, "", Map.of("IsActive", "false"));
        sightings.put(guid(2), new Sighting.Disabled());
        isCleared("ReferenceGone");
    }

    @Test
    void whetherAManagerLeftIsLeftOpenByAnIncompleteRead() {
        person1(dn(2), user(3).value());
        add(2, "", Map.of("IsActive", "false"));
        sightings.put(guid(2), new Sighting.OutOfScope("in none of the groups", false));

        assertThat(change(plan(), 1)).isEmpty();
        assertThat(codes(plan())).contains("ReadIncomplete");
    }

    @Test
    void aManagerWhoseUserIsInactiveIsNone() {
        person1(dn(2), user(2).value());
        add(2, "", Map.of("IsActive", "false"));

        assertThat(change(plan(), 1))
                .hasValueSatisfying(change -> assertThat(change.after()).isEmpty());
        assertThat(codes(plan())).containsExactlyInAnyOrder("DeactivatedByOthers", "ReferenceInactive");
    }

    @Test
    void aManagerWhomWeMustNotTouchCanBeReferredTo() {
        person1(dn(2), "");
        add(2, "", Map.of());
        elsewhere.add(guid(2));
        problems.add(new LinkProblem(
                Linking.Code.ProtectedUser, Optional.of(guid(2)), Optional.of(user(2)), "hands off", List.of()));

        assertThat(change(plan(), 1).flatMap(Change::after)).contains(user(2).value());
    }

    @Test
    void anUnclearManagerIsLeftOpen() {
        person1(dn(2), user(3).value());
        add(2, "", Map.of());
        elsewhere.add(guid(2));
        problems.add(new LinkProblem(
                Linking.Code.AmbiguousMatch, Optional.of(guid(2)), Optional.of(user(2)), "two", List.of()));

        assertThat(plan().actions()).isEmpty();
        assertThat(codes(plan())).containsExactly("ReferenceUnclear");
    }

    @Test
    void fillsAnEmptyFieldOnlyWhereThatIsAskedFor() {
        rule = new AttributeRule("ManagerId", "ref(user.manager)", Apply.IF_EMPTY, OnNull.KEEP, false);
        person1(dn(2), user(3).value());
        add(2, dn(1), Map.of());

        assertThat(change(plan(), 1)).isEmpty();
        assertThat(change(plan(), 2).flatMap(Change::after)).contains(user(1).value());
    }

    @Test
    void aChainOfTwoThousandManagersIsPlannedAtOnce() {
        for (int i = 1; i <= 2_000; i++) {
            join(i, dn(i + 1));
        }

        Plan plan = plan();

        assertThat(plan.actions()).filteredOn(Action.Create.class::isInstance).hasSize(2_000);
        assertThat(plan.actions())
                .filteredOn(Action.Refer.class::isInstance)
                .hasSize(1_999)
                .allSatisfy(
                        action -> assertThat(((Action.Refer) action).awaits()).isTrue());
        assertThat(codes(plan)).containsExactly("ReferenceNotFound");
    }
}
