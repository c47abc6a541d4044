package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;
import static dev.salesforcesync.policy.SmallWorld.guid;
import static dev.salesforcesync.policy.SmallWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.ProgramsAlone;
import dev.salesforcesync.policy.Sightings;
import dev.salesforcesync.policy.SmallWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What deciding about {@code benchmark.people} (100,000) converged people costs, beside evaluating the same expressions
 * for them and nothing else. Asserts that nothing is to do and that nobody is evaluated twice, never a time.
 */
@Tag("benchmark")
class DecidingBenchmark {
    private static final Logger LOG = LoggerFactory.getLogger(DecidingBenchmark.class);
    private static final int PEOPLE = Integer.getInteger("benchmark.people", 100_000);
    private static final int ROUNDS = 3;
    private static final double BAR = 1.2;

    private final CompiledPolicy policy = SmallWorld.compiled(SmallWorld.rules());

    @Test
    void decidesAboutPeopleWhoDidNotChange() {
        Set<ObjectGuid> everybody = new HashSet<>();
        List<SalesforceUser> users = new ArrayList<>();
        List<PersonLink> links = new ArrayList<>();
        for (int i = 1; i <= PEOPLE; i++) {
            everybody.add(guid(i));
            users.add(SmallWorld.userOf(i, Map.of()));
            links.add(new PersonLink(guid(i), user(i), POLICY));
        }
        Map<String, Set<ObjectGuid>> groups = Map.of("SF-Users", everybody);
        Linking linking = new Linking(links, List.of(), Set.of(), List.of(), List.of());
        ProgramsAlone programs = new ProgramsAlone(policy);
        DirectoryPicture picture = SmallWorld.picture(people(), groups, true);

        for (int round = 1; round <= ROUNDS; round++) {
            Duration alone = timed(() -> programs.evaluate(picture, NOW));
            CompiledPolicy unknown = SmallWorld.compiled(SmallWorld.rules());
            Duration first = timed(() -> decide(unknown, picture, linking, users, NOW));
            Map<ObjectGuid, Desire> before = unknown.desires(picture, NOW);
            Instant later = NOW.plusSeconds(60);
            Duration same = timed(() -> decide(unknown, picture, linking, users, later));
            DirectoryPicture readAgain = SmallWorld.picture(people(), groups, true);
            Duration again = timed(() -> decide(unknown, readAgain, linking, users, later));
            Map<ObjectGuid, Desire> after = unknown.desires(readAgain, later);

            assertThat(after)
                    .hasSize(PEOPLE)
                    .allSatisfy((person, desire) -> assertThat(desire).isSameAs(before.get(person)));
            LOG.info(
                    "round {}: {} people: expressions alone {} ms; desire and plan for the first time {} ms (x {});"
                            + " unchanged {} ms (x {}); read again and unchanged {} ms (x {}); bar x {}",
                    round,
                    PEOPLE,
                    alone.toMillis(),
                    first.toMillis(),
                    ratio(first, alone),
                    same.toMillis(),
                    ratio(same, alone),
                    again.toMillis(),
                    ratio(again, alone),
                    BAR);
        }
    }

    private static void decide(
            CompiledPolicy policy,
            DirectoryPicture picture,
            Linking linking,
            Collection<SalesforceUser> users,
            Instant now) {
        Map<ObjectGuid, Desire> desires = policy.desires(picture, now);
        Plan plan = Planner.plan(
                policy,
                new PlanInput(
                        desires,
                        linking,
                        Sightings.of(picture, desires, Map.of(), linking, now),
                        users,
                        Set.of(),
                        List.of(),
                        Set.of(),
                        Map.of(),
                        Set.of(),
                        List.of(),
                        Map.of(),
                        Set.of(),
                        SmallWorld.org()));
        assertThat(plan.isEmpty()).isTrue();
    }

    private static List<Person> people() {
        List<Person> people = new ArrayList<>(PEOPLE);
        for (int i = 1; i <= PEOPLE; i++) {
            people.add(SmallWorld.person(i));
        }
        return people;
    }

    private static Duration timed(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static String ratio(Duration one, Duration other) {
        return String.format("%.2f", (double) one.toNanos() / other.toNanos());
    }
}
