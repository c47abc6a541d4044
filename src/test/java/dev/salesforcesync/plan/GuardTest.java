package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.guid;
import static dev.salesforcesync.policy.SmallWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Guard.GuardInput;
import dev.salesforcesync.plan.Guard.HeldBatch;
import dev.salesforcesync.plan.Guard.Limit;
import dev.salesforcesync.plan.Guard.Mode;
import dev.salesforcesync.plan.Guard.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {
    private static final Map<Kind, Limit> FIVE_PERCENT = Map.of(Kind.DEACTIVATE, new Limit(5, 50));

    @ParameterizedTest
    @CsvSource({
        // base, percent, count, floor, released before, leavers, go ahead
        "1000, 5, 50, 5, 0, 50, true",
        "1000, 5, 50, 5, 0, 51, false",
        "1000, 5, 60, 5, 0, 51, false",
        "1000, 6, 50, 5, 0, 51, false",
        "999, 5, 50, 5, 0, 49, true",
        "999, 5, 50, 5, 0, 50, false",
        "10, 5, 50, 5, 0, 5, true",
        "10, 5, 50, 5, 0, 6, false",
        "0, 5, 50, 0, 0, 1, false",
        "1000, 5, 50, 5, 49, 1, true",
        "1000, 5, 50, 5, 50, 1, false",
        "1000, 100, 3, 5, 0, 5, true"
    })
    void holdsWhatIsOverTheLowerOfPercentAndNumber(
            int base, int percent, int count, int floor, int before, int leavers, boolean goesAhead) {
        Verdict verdict = Guard.judge(
                plan(leavers(leavers)),
                new GuardInput(
                        Mode.ENFORCE,
                        base,
                        Map.of(Kind.DEACTIVATE, new Limit(percent, count)),
                        floor,
                        Map.of(Kind.DEACTIVATE, before),
                        List.of(),
                        Set.of(),
                        Set.of(),
                        NOW));

        assertThat(verdict.released()).hasSize(goesAhead ? 2 * leavers : 0);
        assertThat(verdict.held()).hasSize(goesAhead ? 0 : 1);
        assertThat(verdict.counted()).isEqualTo(goesAhead ? Map.of(Kind.DEACTIVATE, leavers) : Map.of());
    }

    @Test
    void letsTheOtherKindsProceed() {
        List<Action> actions = leavers(20);
        actions.add(new Action.Create(guid(100), new TreeMap<>(), false, "InScope"));

        Verdict verdict = enforce(plan(actions));

        assertThat(verdict.released()).hasSize(1);
        assertThat(verdict.waiting()).isEqualTo(Map.of(Kind.DEACTIVATE, 20));
        assertThat(verdict.held().get(0).counts()).isEqualTo(Map.of(Kind.DEACTIVATE, 20));
    }

    @Test
    void holdsOnlyTheRiskyFieldsOfAnUpdate() {
        TreeMap<String, Change> changes = new TreeMap<>(
                Map.of("Email", change("a@b", "c@d"), "Title", change("x", "y"), "Department", change("p", "q")));
        List<Action> actions = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            actions.add(new Action.Update(guid(i), user(i), changes, false, "DiffersFromPolicy"));
        }
        GuardInput input = input(
                Mode.ENFORCE, Map.of(Kind.CHANGE_USERNAME_OR_EMAIL, new Limit(5, 50)), List.of(), Set.of(), Set.of());

        Verdict verdict = Guard.judge(plan(actions), input);

        assertThat(verdict.released()).hasSize(6);
        assertThat(verdict.released())
                .allSatisfy(action -> assertThat(action.changes()).containsOnlyKeys("Title", "Department"));
        assertThat(verdict.held().get(0).keys()).hasSize(6);
    }

    @Test
    void givesBackAnUpdateWholeWhenNothingOfItIsHeld() {
        Action update = new Action.Update(
                guid(1),
                user(1),
                new TreeMap<>(Map.of(
                        "Email", change("a@b", "c@d"), "ProfileId", change("p", "q"), "Title", change("x", "y"))),
                true,
                "DiffersFromPolicy");

        assertThat(enforce(plan(List.of(update))).released()).containsExactly(update);
    }

    @Test
    void releasesExactlyTheApprovedBatchAndOnlyOnce() {
        Verdict first = enforce(plan(leavers(20)));
        HeldBatch batch = first.held().get(0);
        List<Action> moved = leavers(25);
        moved.removeIf(action -> action.person().equals(guid(1)));

        Verdict second = Guard.judge(
                plan(moved), input(Mode.ENFORCE, FIVE_PERCENT, List.of(batch), Set.of(batch.hash()), Set.of()));

        assertThat(second.spent()).containsExactly(batch.hash());
        assertThat(second.released()).hasSize(2 * 24);
        assertThat(second.counted()).isEqualTo(Map.of(Kind.DEACTIVATE, 5));

        Verdict third = Guard.judge(
                plan(leavers(20)),
                input(Mode.ENFORCE, FIVE_PERCENT, List.of(), Set.of(batch.hash()), Set.of(batch.hash())));

        assertThat(third.released()).isEmpty();
        assertThat(third.held()).hasSize(1);
        assertThat(third.held().get(0).hash()).isNotEqualTo(batch.hash());
    }

    /** As after a stop between remembering the approval as spent and taking the batch off the list. */
    @Test
    void aBatchThatIsStillListedAfterItsApprovalWasSpentWaits() {
        HeldBatch batch = enforce(plan(leavers(20))).held().get(0);

        Verdict again = Guard.judge(
                plan(leavers(20)),
                input(Mode.ENFORCE, FIVE_PERCENT, List.of(batch), Set.of(batch.hash()), Set.of(batch.hash())));

        assertThat(again.released()).isEmpty();
        assertThat(again.spent()).isEmpty();
        assertThat(again.held()).containsExactly(batch);
    }

    @Test
    void keepsAHeldBatchAsItIsAndPutsLaterArrivalsIntoAnotherOne() {
        HeldBatch batch = enforce(plan(leavers(20))).held().get(0);

        Verdict second =
                Guard.judge(plan(leavers(22)), input(Mode.ENFORCE, FIVE_PERCENT, List.of(batch), Set.of(), Set.of()));

        assertThat(second.released()).isEmpty();
        assertThat(second.held()).hasSize(2).contains(batch);
        assertThat(second.held().get(1).keys()).hasSize(4).doesNotContainAnyElementsOf(batch.keys());
    }

    @Test
    void dropsABatchOfWhichNothingQualifiesAnyLonger() {
        HeldBatch batch = enforce(plan(leavers(20))).held().get(0);

        Verdict second = Guard.judge(
                plan(List.of()), input(Mode.ENFORCE, FIVE_PERCENT, List.of(batch), Set.of(batch.hash()), Set.of()));

        assertThat(second.held()).isEmpty();
        assertThat(second.dropped()).containsExactly(batch.hash());
        assertThat(second.spent()).isEmpty();
    }

    @Test
    void holdsEverythingUntilItIsApprovedWhereThePolicySaysSo() {
        Plan plan = plan(leavers(2));

        Verdict first = Guard.judge(plan, input(Mode.APPROVE, Map.of(), List.of(), Set.of(), Set.of()));
        assertThat(first.released()).isEmpty();
        assertThat(first.held()).hasSize(1);

        Verdict second = Guard.judge(
                plan,
                input(
                        Mode.APPROVE,
                        Map.of(),
                        first.held(),
                        Set.of(first.held().get(0).hash()),
                        Set.of()));
        assertThat(second.released()).isEqualTo(plan.actions());
        assertThat(second.held()).isEmpty();
    }

    @Test
    void releasesNothingInAPreviewButSaysWhatWouldWait() {
        Verdict verdict =
                Guard.judge(plan(leavers(20)), input(Mode.PREVIEW, FIVE_PERCENT, List.of(), Set.of(), Set.of()));

        assertThat(verdict.released()).isEmpty();
        assertThat(verdict.held()).isEmpty();
        assertThat(verdict.waiting()).isEqualTo(Map.of(Kind.DEACTIVATE, 20));
    }

    @Test
    void doesNotTakeAnApprovalForABatchThatNobodyCouldHaveSeen() {
        HeldBatch later = enforce(plan(leavers(20))).held().get(0);

        Verdict verdict = Guard.judge(
                plan(leavers(20)), input(Mode.ENFORCE, FIVE_PERCENT, List.of(), Set.of(later.hash()), Set.of()));

        assertThat(verdict.released()).isEmpty();
    }

    @Test
    void whatFollowsACreationIsPartOfItAndNoMassUpdate() {
        List<Action> actions = new ArrayList<>();
        IntStream.rangeClosed(1, 20).forEach(i -> {
            actions.add(new Action.Create(guid(i), new TreeMap<>(), false, "InScope"));
            actions.add(refers(i, Optional.empty()));
        });

        Verdict verdict = Guard.judge(plan(actions), updates(Set.of()));

        assertThat(verdict.released()).hasSize(40);
        assertThat(verdict.counted()).isEqualTo(Map.of(Kind.CREATE, 20));
    }

    @Test
    void whoIsANewcomerStillGetsTheRestAndNobodyElseDoesUnderThatCover() {
        List<Action> actions = new ArrayList<>();
        IntStream.rangeClosed(1, 40).forEach(i -> actions.add(refers(i, Optional.of(user(i)))));
        Set<ObjectGuid> newcomers =
                IntStream.rangeClosed(1, 20).mapToObj(i -> guid(i)).collect(Collectors.toSet());

        Verdict verdict = Guard.judge(plan(actions), updates(newcomers));

        assertThat(verdict.released()).extracting(Action::person).containsExactlyInAnyOrderElementsOf(newcomers);
        assertThat(verdict.waiting()).isEqualTo(Map.of(Kind.UPDATE, 20));
        assertThat(verdict.counted()).isEmpty();
    }

    private static GuardInput updates(Set<ObjectGuid> newcomers) {
        return new GuardInput(
                Mode.ENFORCE,
                100,
                Map.of(Kind.UPDATE, new Limit(5, 50)),
                5,
                Map.of(),
                List.of(),
                Set.of(),
                Set.of(),
                newcomers,
                NOW);
    }

    private static Action refers(int number, Optional<SalesforceId> user) {
        return new Action.Refer(
                guid(number),
                user,
                "ManagerId",
                new Change(Optional.empty(), Optional.of("somebody"), false),
                Optional.empty(),
                "DiffersFromPolicy");
    }

    private static Change change(String before, String after) {
        return new Change(Optional.of(before), Optional.of(after), false);
    }

    private static Plan plan(List<Action> actions) {
        return new Plan(actions, List.of(), List.of(), List.of(), 0, 0);
    }

    private static Verdict enforce(Plan plan) {
        return Guard.judge(plan, input(Mode.ENFORCE, FIVE_PERCENT, List.of(), Set.of(), Set.of()));
    }

    private static GuardInput input(
            Mode mode, Map<Kind, Limit> limits, List<HeldBatch> held, Set<String> approvals, Set<String> spent) {
        return new GuardInput(mode, 100, limits, 5, Map.of(), held, approvals, spent, NOW);
    }

    private static List<Action> leavers(int count) {
        List<Action> actions = new ArrayList<>();
        IntStream.rangeClosed(1, count).forEach(i -> {
            actions.add(new Action.Freeze(guid(i), user(i), "Disabled"));
            actions.add(new Action.Deactivate(guid(i), user(i), "Disabled"));
        });
        return actions;
    }
}
