package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;
import static dev.salesforcesync.policy.SmallWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.model.Whereabouts;
import dev.salesforcesync.plan.Guard.GuardInput;
import dev.salesforcesync.plan.Guard.HeldBatch;
import dev.salesforcesync.plan.Guard.Limit;
import dev.salesforcesync.plan.Guard.Mode;
import dev.salesforcesync.plan.Guard.Verdict;
import dev.salesforcesync.plan.RandomWorld.Run;
import dev.salesforcesync.policy.PolicyRules.Ownership;
import dev.salesforcesync.policy.PolicyRules.RightsRules;
import dev.salesforcesync.policy.Protection;
import dev.salesforcesync.policy.SmallWorld;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds of every plan, whatever the directory, the org, the ledger and the rules look like. */
class PlanLawsTest {
    private static final int TRIES = 1_200;

    @Property(tries = TRIES)
    void planningAfterApplyingIsEmpty(@ForAll long seed) {
        RandomWorld world = RandomWorld.of(new Random(seed));
        world.apply(world.run(new Random(1)));

        Run second = world.run(new Random(2));

        assertThat(second.plan().actions()).isEmpty();
        assertThat(second.linking().found()).isEmpty();
    }

    @Property(tries = TRIES)
    void theOrderInWhichThingsComeInDoesNotMatter(@ForAll long seed, @ForAll long order) {
        RandomWorld world = RandomWorld.of(new Random(seed));

        Run one = world.run(new Random(1));
        Run other = world.run(new Random(order));

        assertThat(other.linking()).isEqualTo(one.linking());
        assertThat(other.plan().actions()).isEqualTo(one.plan().actions());
        assertThat(other.plan().hash()).isEqualTo(one.plan().hash());
    }

    @Property(tries = TRIES)
    void protectedUsersAndFieldsOfOthersAreNeverTouched(@ForAll long seed) {
        RandomWorld world = RandomWorld.of(new Random(seed));
        Protection protection = new Protection(world.policy.rules().connection(), SmallWorld.org(), Set.of());
        Set<SalesforceId> untouchable = world.observed().stream()
                .filter(user -> protection.of(user).isPresent())
                .map(SalesforceUser::id)
                .collect(Collectors.toSet());
        Set<String> owned = new HashSet<>(world.policy.fieldsRead());

        for (Action action : world.run(new Random(1)).plan().actions()) {
            assertThat(action.existingUser().filter(untouchable::contains)).isEmpty();
            assertThat(action.changes().keySet()).isSubsetOf(owned);
        }
    }

    @Property(tries = TRIES)
    void nothingIsTakenWithoutEvidence(@ForAll long seed) {
        RandomWorld world = RandomWorld.of(new Random(seed));

        for (Action action : world.run(new Random(1)).plan().actions()) {
            if (action.kinds().contains(Kind.DEACTIVATE)) {
                assertThat(world.picture.completeness().isProven() || leftByHisOwnEntry(world, action.person()))
                        .isTrue();
            }
        }
    }

    @Property(tries = TRIES)
    void aRightIsTakenOnlyWhereThePolicyMayTakeIt(@ForAll long seed) {
        RandomWorld world = RandomWorld.of(new Random(seed));
        Map<EntitlementKind, RightsRules> rules = world.policy.rules().rights();

        for (Action action : world.run(new Random(1)).plan().actions()) {
            if (action instanceof Action.Withdraw withdrawal) {
                GivenRight right = withdrawal.right().orElseThrow();
                boolean ours = world.given
                        .getOrDefault(withdrawal.row().user(), Set.of())
                        .contains(right);
                RightsRules ruling = Objects.requireNonNull(rules.get(right.kind()));
                boolean deniable = ruling.denials().stream()
                        .flatMap(denial -> denial.names().stream())
                        .anyMatch(withdrawal.name()::equals);
                assertThat(world.picture.completeness().isProven()).isTrue();
                assertThat(ours || deniable || ruling.ownership() == Ownership.OWN)
                        .isTrue();
                assertThat(right.entitlement()).isNotEqualTo(RandomWorld.OF_PROFILE);
                assertThat(withdrawal.name()).isNotEqualTo("Break_Glass");
            }
        }
    }

    @Property(tries = TRIES)
    void aRightIsGivenOnlyToWhomARuleGivesItAndNoRuleCanDenyIt(@ForAll long seed) {
        RandomWorld world = RandomWorld.of(new Random(seed));

        for (Action action : world.run(new Random(1)).plan().actions()) {
            if (action instanceof Action.Assign assign) {
                RightsRules ruling = Objects.requireNonNull(
                        world.policy.rules().rights().get(assign.entitlement().kind()));
                String name = assign.entitlement().name();
                assertThat(ruling.rules())
                        .anyMatch(rule -> rule.names().contains(name) && world.in(rule.group(), assign.person()));
                assertThat(ruling.denials())
                        .noneMatch(denial -> denial.names().contains(name)
                                && (world.in(denial.group(), assign.person())
                                        || !world.picture.completeness().isProven()));
            }
        }
    }

    @Property(tries = TRIES)
    void onlyWhatWeTookIsGivenBack(@ForAll long seed) {
        RandomWorld world = RandomWorld.of(new Random(seed));

        for (Action action : world.run(new Random(1)).plan().actions()) {
            if (action instanceof Action.Reactivate back) {
                List<Hold> holds = world.holds.stream()
                        .filter(hold -> hold.user().equals(back.user()))
                        .toList();
                assertThat(holds).isNotEmpty().allMatch(hold -> hold.policy().equals(POLICY));
                assertThat(back.activate())
                        .isEqualTo(holds.stream().anyMatch(Hold::deactivated)
                                && world.observed().stream()
                                        .anyMatch(user -> user.id().equals(back.user()) && !user.active()));
                assertThat(!back.unfreeze() || holds.stream().anyMatch(Hold::froze))
                        .isTrue();
            }
        }
    }

    @Property(tries = TRIES)
    void theGuardLosesNothingAndAHigherLimitNeverReleasesLess(
            @ForAll long seed,
            @ForAll @IntRange(max = 4) int low,
            @ForAll @IntRange(max = 4) int more,
            @ForAll @IntRange(max = 3) int before) {
        Plan plan = RandomWorld.of(new Random(seed)).run(new Random(1)).plan();

        Verdict strict = judge(plan, low, before, List.of(), Set.of());
        Verdict lax = judge(plan, low + more, before, List.of(), Set.of());
        Verdict busier = judge(plan, low, before + more, List.of(), Set.of());

        assertThat(keys(lax.released())).containsAll(keys(strict.released()));
        assertThat(keys(strict.released())).containsAll(keys(busier.released()));
        Set<String> accounted = keys(strict.released());
        strict.held().forEach(batch -> accounted.addAll(batch.keys()));
        assertThat(accounted).isEqualTo(keys(plan.actions()));
    }

    @Property(tries = TRIES)
    void whatStandsOnTheEntryItselfCountsInAnIncompleteReadToo(@ForAll long seed) {
        RandomWorld world = RandomWorld.of(new Random(seed));
        Run complete = world.read(true).run(new Random(1));
        Run incomplete = world.read(false).run(new Random(1));

        assertThat(takings(incomplete.plan()))
                .isEqualTo(takings(complete.plan()).stream()
                        .filter(taking -> leftByHisOwnEntry(world, taking.person()))
                        .collect(Collectors.toSet()));
        assertThat(incomplete.plan().actions()).noneMatch(Action.Withdraw.class::isInstance);
    }

    @Property(tries = TRIES)
    void plansAreEqualExactlyWhenTheirHashesAre(@ForAll long seed, @ForAll long other) {
        Plan plan = RandomWorld.of(new Random(seed)).run(new Random(1)).plan();
        Plan unrelated = RandomWorld.of(new Random(other)).run(new Random(1)).plan();
        Plan again = RandomWorld.of(new Random(seed)).run(new Random(2)).plan();

        assertThat(again.actions()).isEqualTo(plan.actions());
        assertThat(again.hash()).isEqualTo(plan.hash());
        assertThat(unrelated.hash().equals(plan.hash()))
                .isEqualTo(unrelated.actions().equals(plan.actions()));
        for (int i = 0; i < plan.actions().size(); i++) {
            List<Action> fewer = new ArrayList<>(plan.actions());
            fewer.remove(i);
            assertThat(with(fewer).hash()).isNotEqualTo(plan.hash());
            Action changed = changed(plan.actions().get(i));
            List<Action> different = new ArrayList<>(fewer);
            different.add(changed);
            assertThat(with(different).hash()).isNotEqualTo(plan.hash());
        }
    }

    @Property(tries = TRIES)
    void nobodyIsTouchedForWhomThePolicyDoesNotAnswer(@ForAll long seed) {
        RandomWorld world = RandomWorld.of(new Random(seed));
        Run run = world.run(new Random(1));
        Map<SalesforceId, ObjectGuid> pairs =
                run.linking().links().stream().collect(Collectors.toMap(PersonLink::user, PersonLink::person));

        for (Action action : run.plan().actions()) {
            action.existingUser().ifPresent(user -> {
                assertThat(pairs).containsEntry(user, action.person());
                PersonLink known = world.known.get(user);
                assertThat(known == null
                                || known.policy().equals(POLICY)
                                || !known.person().equals(action.person()))
                        .isTrue();
            });
        }
    }

    @Property(tries = TRIES)
    void moreToDoNeverReleasesMoreOfALimitedKind(@ForAll long seed, @ForAll @IntRange(max = 4) int limit) {
        Plan all = RandomWorld.of(new Random(seed)).run(new Random(1)).plan();
        List<Action> fewer = new ArrayList<>();
        for (Action action : all.actions()) {
            if (new Random(seed ^ action.person().hashCode()).nextBoolean()) {
                fewer.add(action);
            }
        }

        Verdict ofAll = judge(all, limit, 0, List.of(), Set.of());
        Verdict ofFewer = judge(with(fewer), limit, 0, List.of(), Set.of());

        for (Kind kind : List.of(Kind.DEACTIVATE, Kind.REMOVE_ENTITLEMENT, Kind.CHANGE_USERNAME_OR_EMAIL)) {
            assertThat(ofAll.counted().getOrDefault(kind, 0)).isLessThanOrEqualTo(limit);
        }
        Set<String> stillGoing = keys(ofAll.released());
        stillGoing.retainAll(keys(fewer));
        assertThat(keys(ofFewer.released())).containsAll(stillGoing);
    }

    private static Plan with(List<Action> actions) {
        return new Plan(actions, List.of(), List.of(), List.of(), 0, 0);
    }

    /** Something else for the same person. */
    private static Action changed(Action action) {
        return new Action.Deactivate(action.person(), user(4_711), "Disabled");
    }

    /** Of one person, what takes sign-in or seat. */
    private record Taking(ObjectGuid person, String deed) {}

    private static Set<Taking> takings(Plan plan) {
        return plan.actions().stream()
                .filter(action -> action.kinds().contains(Kind.DEACTIVATE))
                .map(action -> new Taking(action.person(), action.getClass().getSimpleName()))
                .collect(Collectors.toSet());
    }

    @Property(tries = TRIES)
    void approvingReleasesThatBatchAndNothingElse(@ForAll long seed, @ForAll @IntRange(max = 2) int limit) {
        Plan plan = RandomWorld.of(new Random(seed)).run(new Random(1)).plan();
        Verdict first = judge(plan, limit, 0, List.of(), Set.of());
        Optional<HeldBatch> batch = first.held().stream().findFirst();
        if (batch.isEmpty()) {
            return;
        }

        Verdict waiting = judge(plan, limit, 0, first.held(), Set.of());
        Verdict approved =
                judge(plan, limit, 0, first.held(), Set.of(batch.get().hash()));

        assertThat(waiting.held()).isEqualTo(first.held());
        assertThat(keys(waiting.released())).isEqualTo(keys(first.released()));
        Set<String> expected = keys(first.released());
        expected.addAll(batch.get().keys());
        assertThat(keys(approved.released())).isEqualTo(expected);
    }

    private static Verdict judge(Plan plan, int limit, int before, List<HeldBatch> held, Set<String> approvals) {
        Map<Kind, Limit> limits = Map.of(
                Kind.DEACTIVATE, new Limit(100, limit),
                Kind.REMOVE_ENTITLEMENT, new Limit(100, limit),
                Kind.GRANT_PRIVILEGED, new Limit(100, limit / 2),
                Kind.CHANGE_USERNAME_OR_EMAIL, new Limit(100, limit),
                Kind.UPDATE, new Limit(100, limit + 1));
        return Guard.judge(
                plan,
                new GuardInput(
                        Mode.ENFORCE,
                        100,
                        limits,
                        0,
                        Map.of(Kind.DEACTIVATE, before, Kind.UPDATE, before),
                        held,
                        approvals,
                        Set.of(),
                        NOW));
    }

    private static Set<String> keys(List<Action> actions) {
        return Parts.of(actions).stream().map(Action::key).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean leftByHisOwnEntry(RandomWorld world, ObjectGuid guid) {
        Person person = world.picture.people().get(guid);
        Whereabouts where = world.elsewhere.get(guid);
        if (where instanceof Whereabouts.Alive alive) {
            person = alive.person();
        }
        boolean left = person != null
                && (!person.account().enabled() || person.account().expired(NOW));
        return left || where instanceof Whereabouts.Deleted;
    }
}
