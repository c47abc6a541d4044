package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.guid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Explanation.Stage;
import dev.salesforcesync.policy.Linking.LinkProblem;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the world looks like, an explanation tells what is done, and nothing else. */
class ExplanationLawsTest {
    private static final int TRIES = 1_000;

    @Property(tries = TRIES)
    void anExplanationNamesExactlyTheActionsOfThePlan(@ForAll long seed) {
        Deliberation run = run(seed);

        for (ObjectGuid person : everybody()) {
            List<String> planned = run.plan().actions().stream()
                    .filter(action -> action.person().equals(person))
                    .flatMap(action -> Parts.of(List.of(action)).stream())
                    .map(part -> part.getClass().getSimpleName())
                    .toList();
            List<String> left = run.plan().leftAlone().stream()
                    .filter(one -> one.person().equals(person))
                    .map(Plan.LeftAlone::code)
                    .toList();
            Explanation explanation = Explainer.explain(run, person);

            assertThat(explanation.words(Stage.PLAN)).isEqualTo(planned);
            assertThat(explanation.words(Stage.LEFT_ALONE)).isEqualTo(left);
            assertThat(explanation.words(Stage.OUTCOME).size())
                    .isEqualTo(planned.isEmpty() ? (left.isEmpty() ? 1 : 0) : planned.size());
        }
    }

    @Property(tries = TRIES)
    void whatItCallsReleasedIsReleasedAndWhatItCallsHeldIsHeld(@ForAll long seed) {
        Deliberation run = run(seed);
        Set<String> released =
                Parts.of(run.verdict().released()).stream().map(Action::key).collect(Collectors.toSet());
        Set<String> held = run.verdict().held().stream()
                .flatMap(batch -> batch.keys().stream())
                .collect(Collectors.toSet());
        Deliberation.Fates fates = run.fates();

        for (Action action : run.plan().actions()) {
            fates.of(action).forEach(one -> {
                String key = one.getKey().key();
                switch (one.getValue().word()) {
                    case "Released" -> assertThat(released).contains(key);
                    case "Held" -> {
                        assertThat(held).contains(key);
                        assertThat(released).doesNotContain(key);
                    }
                    default -> assertThat(run.mode()).isEqualTo(Guard.Mode.PREVIEW);
                }
            });
        }
    }

    @Property(tries = TRIES)
    void whyNothingIsDoneIsNeverContradictedByTheWorld(@ForAll long seed) {
        Deliberation run = run(seed);

        for (ObjectGuid person : everybody()) {
            Explanation explanation = Explainer.explain(run, person);
            if (!explanation.words(Stage.PLAN).isEmpty()
                    || !explanation.words(Stage.LEFT_ALONE).isEmpty()) {
                continue;
            }
            Optional<SalesforceUser> user = userOf(run, person);
            boolean problem = run.input().linking().problems().stream()
                    .map(LinkProblem::person)
                    .anyMatch(Optional.of(person)::equals);
            switch (explanation.words(Stage.OUTCOME).get(0)) {
                case "AsWanted" -> {
                    assertThat(user).isPresent();
                    assertThat(user.get().active()).isTrue();
                    assertThat(explanation.words(Stage.SIGHTING)).containsExactly("Present");
                    assertThat(explanation.words(Stage.SCOPE)).containsExactly("InScope");
                }
                case "NothingToTake" ->
                    assertThat(explanation.words(Stage.SIGHTING)).doesNotContain("Present");
                case "NotCreated" ->
                    assertThat(run.policy().rules().lifecycle().create()
                                    && explanation.words(Stage.SIGHTING).contains("Present"))
                            .isFalse();
                case "NotLinked" -> assertThat(problem).isTrue();
                case "NotMeant" -> {
                    assertThat(problem).isFalse();
                    assertThat(explanation.words(Stage.SCOPE)).containsAnyOf("OutOfScope", "NotJudged");
                }
                default -> throw new AssertionError(explanation.words(Stage.OUTCOME));
            }
        }
    }

    @Property(tries = TRIES)
    void aWholePlanHasALineForEachPartOfEachAction(@ForAll long seed) {
        Deliberation run = run(seed);

        List<String> lines = PlanText.of(run);

        assertThat(lines).noneMatch(line -> line.contains("\n"));
        long parts = Parts.of(run.plan().actions()).size();
        assertThat(lines.stream().filter(line -> line.contains(" state=")).count())
                .isEqualTo(parts);
        assertThat(lines.stream().filter(line -> line.startsWith("Orphan ")).count())
                .isEqualTo(run.input().linking().orphans().size());
    }

    private static Optional<SalesforceUser> userOf(Deliberation run, ObjectGuid person) {
        return run.input().linking().links().stream()
                .filter(link -> link.person().equals(person))
                .map(PersonLink::user)
                .flatMap(id ->
                        run.input().users().stream().filter(user -> user.id().equals(id)))
                .findFirst();
    }

    private static List<ObjectGuid> everybody() {
        return Stream.iterate(1, number -> number + 1)
                .limit(9)
                .map(number -> guid(number))
                .toList();
    }

    private static Deliberation run(long seed) {
        Random random = new Random(seed);
        RandomWorld world = RandomWorld.of(random);
        Deliberations all = Deliberations.of(world);
        all.mode = List.of(Guard.Mode.PREVIEW, Guard.Mode.APPROVE, Guard.Mode.ENFORCE)
                .get(random.nextInt(3));
        all.limits.put(Kind.DEACTIVATE, new Guard.Limit(100, random.nextInt(3)));
        all.limits.put(Kind.CHANGE_USERNAME_OR_EMAIL, new Guard.Limit(100, random.nextInt(3)));
        return all.run(world.policy, world.picture);
    }
}
