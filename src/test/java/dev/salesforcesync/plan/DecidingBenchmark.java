package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;
import static dev.salesforcesync.policy.SmallWorld.guid;
import static dev.salesforcesync.policy.SmallWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
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
import dev.salesforcesync.policy.expression.Facts;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What deciding about {@code benchmark.people} (100,000) converged people costs, beside evaluating the same programs on
 * the same inputs and nothing else: for the first time, when a policy knows nobody yet, and when nobody changed since.
 * Rounds alternate, the first ones only warm up, and the middle one of the rest counts. What is compared is the
 * processor time of the whole process, the collector's included: busy neighbours do not count. Asserts that nothing is to do
 * and that nobody is evaluated again, never a time.
 */
@Tag("benchmark")
class DecidingBenchmark {
    private static final Logger LOG = LoggerFactory.getLogger(DecidingBenchmark.class);
    private static final int PEOPLE = Integer.getInteger("benchmark.people", 100_000);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 7);
    private static final int WARM_UP = 3;
    private static final double LIMIT = 1.2;
    private static final Comparator<Cost> BY_PROCESSOR = Comparator.comparing(Cost::processor);
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Instant later = NOW.plusSeconds(60);
    private final Map<String, Set<ObjectGuid>> groups = new HashMap<>();
    private final List<SalesforceUser> users = new ArrayList<>();
    private final List<PersonLink> links = new ArrayList<>();
    private final Map<String, List<Cost>> costs = new LinkedHashMap<>();

    private record Cost(Duration processor, Duration wall) {}

    @Test
    void decidesAboutPeopleWhoDidNotChange() {
        Set<ObjectGuid> everybody = new HashSet<>();
        for (int i = 1; i <= PEOPLE; i++) {
            everybody.add(guid(i));
            users.add(SmallWorld.userOf(i, Map.of()));
            links.add(new PersonLink(guid(i), user(i), POLICY));
        }
        groups.put("SF-Users", everybody);
        DirectoryPicture picture = SmallWorld.picture(people(), groups, true);
        DirectoryPicture readAgain = SmallWorld.picture(people(), groups, true);
        ProgramsAlone programs = new ProgramsAlone(SmallWorld.compiled(SmallWorld.rules()));
        List<Facts> inputs = programs.inputs(picture, NOW);

        for (int round = 1; round <= WARM_UP + ROUNDS; round++) {
            if (round == WARM_UP + 1) {
                costs.clear();
            }
            CompiledPolicy policy = SmallWorld.compiled(SmallWorld.rules());
            if (round % 2 == 0) {
                alone(programs, inputs, picture);
            }
            measure("desire and plan, first time", () -> decide(policy, picture, NOW));
            assertThat(ProgramsAlone.evaluated(policy)).isEqualTo(PEOPLE);
            if (round % 2 == 1) {
                alone(programs, inputs, picture);
            }
            measure("desire and plan, unchanged", () -> decide(policy, picture, later));
            int evaluatedAgain = ProgramsAlone.evaluated(policy);
            measure("desire and plan, read again and unchanged", () -> decide(policy, readAgain, later));
            evaluatedAgain += ProgramsAlone.evaluated(policy);
            assertThat(evaluatedAgain).isZero();
        }
        report();
        LOG.info("evaluated again of {} people who did not change: 0", PEOPLE);
        LOG.info("kept of each person, beside the picture: {} bytes", kept(picture) / PEOPLE);
    }

    private void alone(ProgramsAlone programs, List<Facts> inputs, DirectoryPicture picture) {
        measure("programs alone", () -> programs.evaluate(inputs));
        measure("programs alone, inputs read from the picture", () -> programs.readAndEvaluate(picture, NOW));
    }

    private void report() {
        Duration alone = middle("programs alone").processor();
        costs.forEach((what, all) -> LOG.info(
                "{} people, {}: median of {} rounds {} ms of processor time, from {} to {} ({} ms by the clock);"
                        + " {} times the programs alone, limit {}",
                PEOPLE,
                what,
                all.size(),
                middle(what).processor().toMillis(),
                Collections.min(all, BY_PROCESSOR).processor().toMillis(),
                Collections.max(all, BY_PROCESSOR).processor().toMillis(),
                middle(what).wall().toMillis(),
                String.format(
                        Locale.ROOT, "%.2f", (double) middle(what).processor().toNanos() / alone.toNanos()),
                LIMIT));
    }

    private Cost middle(String what) {
        List<Cost> sorted = costs.getOrDefault(what, List.of()).stream()
                .sorted(BY_PROCESSOR)
                .toList();
        return sorted.get(sorted.size() / 2);
    }

    /** Bytes that a policy holds once it has decided, beyond what it was given. */
    private static long kept(DirectoryPicture picture) {
        CompiledPolicy policy = SmallWorld.compiled(SmallWorld.rules());
        long before = used();
        assertThat(policy.desires(picture, NOW)).hasSize(PEOPLE);
        long after = used();
        assertThat(ProgramsAlone.evaluated(policy)).isEqualTo(PEOPLE);
        return after - before;
    }

    @SuppressWarnings("DoNotCall") // the only way to see what is held and what is merely not swept yet
    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void decide(CompiledPolicy policy, DirectoryPicture picture, Instant now) {
        Linking linking = new Linking(links, List.of(), Set.of(), List.of(), List.of());
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

    private void measure(String what, Runnable work) {
        long begin = System.nanoTime();
        long busy = PROCESS.getProcessCpuTime();
        work.run();
        costs.computeIfAbsent(what, any -> new ArrayList<>())
                .add(new Cost(
                        Duration.ofNanos(PROCESS.getProcessCpuTime() - busy),
                        Duration.ofNanos(System.nanoTime() - begin)));
    }
}
