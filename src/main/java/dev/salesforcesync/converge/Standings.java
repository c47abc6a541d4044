package dev.salesforcesync.converge;

import dev.salesforcesync.model.Completeness;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersistentMap;
import dev.salesforcesync.model.PersistentSet;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Plan;
import dev.salesforcesync.plan.Plan.LeftAlone;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.Linking.LinkProblem;
import dev.salesforcesync.policy.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How everybody stood when it was last decided about him, so that what is decided about a few can be told together with
 * what still holds of the others. Never changes.
 */
final class Standings {
    static final Standings NONE = new Standings(
            PersistentMap.empty(),
            PersistentSet.empty(),
            Census.NOBODY,
            false,
            List.of(),
            List.of(),
            List.of(),
            Set.of());

    private final PersistentMap<ObjectGuid, Standing> people;
    private final PersistentSet<ObjectGuid> lingering;
    private final Census census;
    private final boolean proven;
    private final List<LeftAlone> leftAlone;
    private final List<LinkProblem> problems;
    private final List<SalesforceId> orphans;

    private final Set<ObjectGuid> moved;

    private Standings(
            PersistentMap<ObjectGuid, Standing> people,
            PersistentSet<ObjectGuid> lingering,
            Census census,
            boolean proven,
            List<LeftAlone> leftAlone,
            List<LinkProblem> problems,
            List<SalesforceId> orphans,
            Set<ObjectGuid> moved) {
        this.people = people;
        this.lingering = lingering;
        this.census = census;
        this.proven = proven;
        this.leftAlone = List.copyOf(leftAlone);
        this.problems = List.copyOf(problems);
        this.orphans = List.copyOf(orphans);
        this.moved = Set.copyOf(moved);
    }

    /** What was decided about some people, or about everybody. */
    record Decided(
            Map<ObjectGuid, Desire> desires,
            Linking linking,
            Map<ObjectGuid, Sighting> sightings,
            Collection<SalesforceUser> users,
            Plan plan,
            Completeness completeness) {
        private Map<ObjectGuid, Standing> standings() {
            Map<SalesforceId, SalesforceUser> byId = users.stream()
                    .collect(Collectors.toMap(SalesforceUser::id, Function.identity(), (one, other) -> other));
            Map<ObjectGuid, Boolean> linked = new HashMap<>();
            linking.links().forEach(link -> {
                SalesforceUser user = byId.get(link.user());
                linked.put(link.person(), user != null && user.active());
            });
            Set<ObjectGuid> usable = linking.problems().stream()
                    .filter(problem -> problem.user()
                            .map(byId::get)
                            .filter(SalesforceUser::active)
                            .isPresent())
                    .flatMap(problem -> problem.person().stream())
                    .collect(Collectors.toSet());
            Set<ObjectGuid> arriving = plan.actions().stream()
                    .filter(action -> action instanceof Action.Create || action instanceof Action.Reactivate)
                    .map(Action::person)
                    .collect(Collectors.toSet());
            Set<ObjectGuid> all = new HashSet<>(desires.keySet());
            all.addAll(linked.keySet());
            Map<ObjectGuid, Standing> standings = new HashMap<>();
            for (ObjectGuid person : all) {
                Desire desire = desires.get(person);
                Boolean active = linked.get(person);
                Standing standing = new Standing(
                                desire != null && !(desire instanceof Desire.OutOfScope),
                                linking.unmatched().contains(person),
                                active != null,
                                Boolean.TRUE.equals(active),
                                sightings.get(person) instanceof Sighting.Present,
                                desire != null,
                                arriving.contains(person),
                                Boolean.TRUE.equals(active) || usable.contains(person))
                        .shared();
                standings.put(person, standing);
            }
            return standings;
        }
    }

    /** After it was decided about everybody. */
    Standings ofAll(Decided decided) {
        Changing changing = new Changing(this);
        Map<ObjectGuid, Standing> now = decided.standings();
        people.keySet().stream().filter(person -> !now.containsKey(person)).forEach(changing::forget);
        now.forEach(changing::put);
        return changing.with(
                decided.completeness().isProven(),
                decided.plan().leftAlone(),
                decided.linking().problems(),
                decided.linking().orphans());
    }

    /**
     * After it was decided about some.
     *
     * @param some all of them, those included of whom nothing is known any more
     */
    Standings ofSome(Set<ObjectGuid> some, Decided decided) {
        Changing changing = new Changing(this);
        Map<ObjectGuid, Standing> now = decided.standings();
        some.stream().filter(person -> !now.containsKey(person)).forEach(changing::forget);
        now.forEach(changing::put);
        List<LeftAlone> left = new ArrayList<>(decided.plan().leftAlone());
        leftAlone.stream().filter(one -> !some.contains(one.person())).forEach(left::add);
        List<LinkProblem> troubles = new ArrayList<>(decided.linking().problems());
        problems.stream()
                .filter(problem -> problem.person()
                        .filter(person -> !some.contains(person))
                        .isPresent())
                .forEach(troubles::add);
        Set<SalesforceId> looked =
                decided.users().stream().map(SalesforceUser::id).collect(Collectors.toSet());
        List<SalesforceId> lonely = new ArrayList<>(decided.linking().orphans());
        orphans.stream().filter(user -> !looked.contains(user)).forEach(lonely::add);
        changing.moved.addAll(otherwise(some, decided.linking().problems()));
        return changing.with(proven, left, troubles, lonely);
    }

    /** Those among some who have other problems than before. */
    private Set<ObjectGuid> otherwise(Set<ObjectGuid> some, List<LinkProblem> now) {
        Set<LinkProblem> changed = new HashSet<>(now);
        problems.stream()
                .filter(problem -> problem.person().filter(some::contains).isPresent())
                .filter(problem -> !changed.remove(problem))
                .toList()
                .forEach(changed::add);
        return changed.stream().flatMap(problem -> problem.person().stream()).collect(Collectors.toSet());
    }

    /** Whether absence counted as much as it does by this read. */
    boolean isFrom(Completeness completeness) {
        return proven == completeness.isProven();
    }

    /** Whether somebody may be meant to have a user who appears. */
    boolean anybodyIsWithoutUser() {
        return census.unmatched() > 0 || !problems.isEmpty();
    }

    Census census() {
        return census;
    }

    List<LeftAlone> leftAlone() {
        return leftAlone;
    }

    List<LinkProblem> problems() {
        return problems;
    }

    List<SalesforceId> orphans() {
        return orphans;
    }

    /** People who are gone and whose users are not. */
    Set<ObjectGuid> lingering() {
        return lingering;
    }

    /** People who stand otherwise than before: what others make of a reference to them may have changed. */
    Set<ObjectGuid> moved() {
        return moved;
    }

    /** One person after the other. */
    private static final class Changing {
        private final Set<ObjectGuid> moved = new HashSet<>();
        private PersistentMap<ObjectGuid, Standing> people;
        private PersistentSet<ObjectGuid> lingering;
        private Census census;

        Changing(Standings before) {
            this.people = before.people;
            this.lingering = before.lingering;
            this.census = before.census;
        }

        void forget(ObjectGuid person) {
            change(person, Standing.STRANGER);
            people = people.without(person);
        }

        void put(ObjectGuid person, Standing standing) {
            change(person, standing);
            people = people.with(person, standing);
        }

        private void change(ObjectGuid person, Standing now) {
            Standing before = Optional.ofNullable(people.get(person)).orElse(Standing.STRANGER);
            if (!before.equals(now)) {
                census = census.without(before).with(now);
                lingering = now.lingers() ? lingering.with(person) : lingering.without(person);
                moved.add(person);
            }
        }

        Standings with(
                boolean proven, List<LeftAlone> leftAlone, List<LinkProblem> problems, List<SalesforceId> orphans) {
            return new Standings(people, lingering, census, proven, leftAlone, problems, orphans, moved);
        }
    }
}
