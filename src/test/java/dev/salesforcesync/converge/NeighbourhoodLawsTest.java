package dev.salesforcesync.converge;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.converge.Standings.Decided;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Plan;
import dev.salesforcesync.plan.RandomWorld;
import dev.salesforcesync.plan.RandomWorld.Run;
import dev.salesforcesync.policy.Neighbourhood;
import dev.salesforcesync.policy.Neighbourhood.Surroundings;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is decided about those who changed is what is decided about them among all, whatever the world looks like. */
class NeighbourhoodLawsTest {
    private static final int TRIES = 2_000;

    private static Decided decided(RandomWorld world, Run run) {
        return new Decided(
                run.desires(), run.linking(), run.sightings(), run.users(), run.plan(), world.picture.completeness());
    }

    /** Who is otherwise than before, or whose user is; empty when a user of nobody's is and somebody may want him. */
    private static Optional<Set<ObjectGuid>> concerned(RandomWorld before, RandomWorld now, Standings standings) {
        Set<ObjectGuid> people = new HashSet<>();
        Set<ObjectGuid> all = new HashSet<>(before.picture.people().keySet());
        all.addAll(now.picture.people().keySet());
        // Where somebody is who is in no search is looked up each time, unless there is nothing left to be taken.
        Stream.of(before, now)
                .flatMap(world -> world.elsewhere.keySet().stream())
                .filter(guid -> !Objects.equals(before.elsewhere.get(guid), now.elsewhere.get(guid)))
                .filter(guid -> !standings.lingering().contains(guid))
                .forEach(people::add);
        for (ObjectGuid guid : all) {
            boolean same = Objects.equals(
                            before.picture.people().get(guid),
                            now.picture.people().get(guid))
                    && now.picture.memberships().keySet().stream()
                            .allMatch(group -> now.in(group, guid) == before.in(group, guid));
            if (!same) {
                people.add(guid);
            }
        }
        for (SalesforceUser user : now.observed()) {
            if (!now.hasSame(user.id(), before)) {
                List<ObjectGuid> theirs = now.known.values().stream()
                        .filter(link -> link.user().equals(user.id()))
                        .map(PersonLink::person)
                        .toList();
                if (theirs.isEmpty() && standings.anybodyIsWithoutUser()) {
                    return Optional.empty();
                }
                people.addAll(theirs);
            }
        }
        return Optional.of(people);
    }

    /** The same plan, and the same of everybody, as by deciding about all. */
    private static void assertSame(RandomWorld before, RandomWorld now, Plan remaining, Standings standings) {
        Optional<Set<ObjectGuid>> changed = concerned(before, now, standings);
        Assume.that(changed.isPresent());
        Attention attention = new Attention();
        attention.heeded(remaining, standings, Set.of());
        attention.to(changed.orElseThrow());
        Set<SalesforceId> nobodys = now.observed().stream()
                .map(SalesforceUser::id)
                .filter(user -> !now.hasSame(user, before))
                .collect(Collectors.toSet());
        Set<ObjectGuid> people = attention.people();
        Neighbourhood some = around(now, people, nobodys, standings);
        Run narrow = now.run(some);
        Standings merged = standings.ofSome(some.people(), decided(now, narrow));
        while (people.addAll(now.policy.referringTo(merged.moved(), now.picture))) {
            some = around(now, people, nobodys, standings);
            narrow = now.run(some);
            merged = standings.ofSome(some.people(), decided(now, narrow));
        }
        Run whole = now.run(new Random(1));
        assertEqual(narrow, merged, whole, standings.ofAll(decided(now, whole)));
    }

    private static Neighbourhood around(
            RandomWorld now, Set<ObjectGuid> people, Collection<SalesforceId> nobodys, Standings standings) {
        return Neighbourhood.of(
                        now.policy,
                        people,
                        nobodys,
                        1_000,
                        new Surroundings(
                                now.picture,
                                now.observed().stream()
                                        .collect(Collectors.toMap(SalesforceUser::id, Function.identity())),
                                now.known.values().stream()
                                        .collect(Collectors.toMap(
                                                PersonLink::person, Function.identity(), (one, other) -> other)),
                                standings.problems(),
                                NOW))
                .orElseThrow();
    }

    private static void assertEqual(Run narrow, Standings merged, Run whole, Standings all) {
        assertThat(narrow.plan().actions()).isEqualTo(whole.plan().actions());
        assertThat(Set.copyOf(narrow.linking().found()))
                .isEqualTo(Set.copyOf(whole.linking().found()));
        assertThat(Set.copyOf(merged.leftAlone())).isEqualTo(Set.copyOf(all.leftAlone()));
        assertThat(Set.copyOf(merged.problems())).isEqualTo(Set.copyOf(all.problems()));
        assertThat(Set.copyOf(merged.orphans())).isEqualTo(Set.copyOf(all.orphans()));
        assertThat(merged.census()).isEqualTo(all.census());
    }

    @Property(tries = TRIES)
    void whoChangedIsDecidedAboutAsAmongAll(@ForAll long seed, @ForAll long other) {
        RandomWorld world = RandomWorld.of(new Random(seed));
        world.apply(world.run(new Random(1)));
        Run quiet = world.run(new Random(1));
        Standings standings = Standings.NONE.ofAll(decided(world, quiet));
        RandomWorld next = world.mixedWith(RandomWorld.of(new Random(other)), new Random(seed + other));

        assertSame(world, next, quiet.plan(), standings);
    }

    @Property(tries = TRIES)
    void soIsWhoeverWasNotDoneWithBefore(@ForAll long seed, @ForAll long other) {
        RandomWorld world = RandomWorld.of(new Random(seed));
        world.remember(world.run(new Random(1)));
        Run undone = world.run(new Random(1));
        Standings standings = Standings.NONE.ofAll(decided(world, undone));
        RandomWorld next = world.mixedWith(RandomWorld.of(new Random(other)), new Random(seed + other));

        assertSame(world, next, undone.plan(), standings);
    }
}
