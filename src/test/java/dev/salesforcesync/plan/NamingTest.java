package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;
import static dev.salesforcesync.policy.SmallWorld.compiled;
import static dev.salesforcesync.policy.SmallWorld.guid;
import static dev.salesforcesync.policy.SmallWorld.person;
import static dev.salesforcesync.policy.SmallWorld.user;
import static dev.salesforcesync.policy.SmallWorld.userOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Plan.LeftAlone;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.PolicyRules.Usernames;
import dev.salesforcesync.policy.Rules;
import dev.salesforcesync.policy.Sighting;
import dev.salesforcesync.policy.SmallWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Everybody's candidates are his first and second wish, in this order. */
class NamingTest {
    private static final List<String> WISHES = List.of("user.first + '@example.com'", "user.second + '@example.com'");

    private final List<Person> people = new ArrayList<>();
    private final List<SalesforceUser> users = new ArrayList<>();
    private final List<PersonLink> links = new ArrayList<>();
    private final Set<ObjectGuid> joiners = new HashSet<>();
    private final Set<SalesforceId> frozen = new HashSet<>();
    private final List<Hold> holds = new ArrayList<>();
    private Set<String> refused = Set.of();

    private void joins(int number, String first, String second) {
        people.add(wishing(number, first, second));
        joiners.add(guid(number));
    }

    private void has(int number, String name, String first, String second) {
        people.add(wishing(number, first, second));
        users.add(userOf(number, Map.of("Username", name + "@example.com")));
        links.add(new PersonLink(guid(number), user(number), POLICY));
    }

    private static Person wishing(int number, String first, String second) {
        return person(number, attributes -> {
            attributes.put("first", first);
            if (!second.isEmpty()) {
                attributes.put("second", second);
            }
            return attributes;
        });
    }

    private Plan plan(boolean rename) {
        CompiledPolicy policy = compiled(new Rules(SmallWorld.rules())
                .usernames(new Usernames(WISHES, rename))
                .build());
        Set<ObjectGuid> all = new HashSet<>();
        Map<ObjectGuid, Sighting> sightings = new HashMap<>();
        people.forEach(one -> {
            all.add(one.guid());
            sightings.put(one.guid(), new Sighting.Present());
        });
        return Planner.plan(
                policy,
                new PlanInput(
                        policy.desires(SmallWorld.picture(people, Map.of("SF-Users", all), true), NOW),
                        new Linking(links, List.of(), joiners, List.of(), List.of()),
                        sightings,
                        users,
                        frozen,
                        holds,
                        Set.of(),
                        Map.of(),
                        Set.of(),
                        List.of(),
                        Map.of(),
                        refused,
                        SmallWorld.org()));
    }

    /** The first part of the name that each person gets. */
    private static Map<ObjectGuid, String> names(Plan plan) {
        Map<ObjectGuid, String> names = new TreeMap<>();
        for (Action action : plan.actions()) {
            Change change = action.changes().get("Username");
            if (change != null) {
                names.put(action.person(), change.after().orElseThrow().replace("@example.com", ""));
            }
        }
        return names;
    }

    private static List<String> codes(Plan plan) {
        return plan.leftAlone().stream().map(LeftAlone::code).toList();
    }

    @Test
    void severalWhoWantOneNameGetOneEachAndTheLastNone() {
        joins(1, "a", "a2");
        joins(2, "A", "a2");
        joins(3, "a", "a2");

        Plan plan = plan(false);

        assertThat(names(plan)).isEqualTo(Map.of(guid(1), "a", guid(2), "a2"));
        assertThat(codes(plan)).containsExactly("SalesforceDuplicateUserName");
        assertThat(plan.leftAlone()).allMatch(LeftAlone::problem);
    }

    @Test
    void aNameThatAnotherUserHasIsSkipped() {
        has(1, "a", "a", "");
        joins(2, "A", "b");

        assertThat(names(plan(false))).isEqualTo(Map.of(guid(2), "b"));
    }

    @Test
    void aNameThatWasRefusedLatelyIsNotAskedForAgain() {
        refused = Set.of("a@example.com");
        joins(1, "A", "b");
        joins(2, "a", "");

        assertThat(names(plan(false))).isEqualTo(Map.of(guid(1), "b"));
        assertThat(codes(plan(false))).containsExactly("SalesforceDuplicateUserName");
    }

    @Test
    void aCandidateWithoutAValueIsNone() {
        joins(1, "a", "");
        has(9, "a", "a", "");

        assertThat(names(plan(false))).isEmpty();
    }

    @Test
    void aNameThatSomebodyElseGetsIsNoWayOut() {
        joins(1, "a", "b");
        joins(2, "b", "c");

        assertThat(plan(false).actions().stream().map(action -> ((Action.Create) action).otherUsernames()))
                .containsExactly(List.of(), List.of("c@example.com"));
    }

    @Test
    void whoHasOneOfHisCandidatesKeepsItWhenABetterOneIsFree() {
        has(1, "A2", "a", "a2");

        assertThat(plan(true).actions()).isEmpty();
    }

    @Test
    void nobodyIsRenamedUnlessThatIsAskedFor() {
        has(1, "old", "a", "a2");

        assertThat(plan(false).actions()).isEmpty();
        assertThat(names(plan(true))).isEqualTo(Map.of(guid(1), "a"));
    }

    @Test
    void twoPeopleSwapAndAThirdGetsWhatTheyLeave() {
        has(1, "a", "b", "");
        has(2, "b", "c", "");
        has(3, "c", "a", "");
        has(4, "d", "e", "");
        joins(5, "d", "");

        assertThat(names(plan(true)))
                .isEqualTo(Map.of(guid(1), "b", guid(2), "c", guid(3), "a", guid(4), "e", guid(5), "d"));
    }

    @Test
    void whoCannotBeRenamedKeepsHisNameAndNobodyElseGetsIt() {
        has(1, "a", "x", "");
        has(2, "x", "x", "");
        has(3, "c", "a", "c2");
        joins(4, "a", "");

        Plan plan = plan(true);

        assertThat(names(plan)).isEqualTo(Map.of(guid(3), "c2"));
        assertThat(codes(plan)).containsExactly("SalesforceDuplicateUserName", "SalesforceDuplicateUserName");
    }

    @Test
    void whoIsNotBroughtBackGivesUpNoName() {
        has(1, "a", "b", "");
        people.add(wishing(2, "c", ""));
        users.add(userOf(2, Map.of("Username", "b@example.com", "IsActive", "false")));
        links.add(new PersonLink(guid(2), user(2), POLICY));
        holds.add(new Hold(user(2), guid(2), POLICY, "Deleted", false, true, NOW));
        assertThat(names(plan(true))).isEqualTo(Map.of(guid(1), "b", guid(2), "c"));

        // Somebody else froze him: he stays as he is, and so does his name.
        frozen.add(user(2));
        Plan plan = plan(true);
        assertThat(plan.actions()).isEmpty();
        assertThat(codes(plan)).contains("SalesforceDuplicateUserName", "FrozenByOthers");
    }
}
