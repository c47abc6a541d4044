package dev.salesforcesync.policy;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.DesiredRights.Right;
import dev.salesforcesync.policy.DesiredUser.DesiredReference;
import dev.salesforcesync.policy.DesiredUser.Grant;
import dev.salesforcesync.policy.PolicyRules.TestCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the examples that a policy brings with it. */
final class RuleTests {
    /** Examples must not change their minds with time. */
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private RuleTests() {}

    static List<RuleProblem> run(CompiledPolicy policy) {
        List<RuleProblem> problems = new ArrayList<>();
        List<TestCase> tests = policy.rules().tests();
        for (int i = 0; i < tests.size(); i++) {
            problems.addAll(run(policy, "spec.tests[" + i + "]", tests.get(i)));
        }
        return problems;
    }

    private static List<RuleProblem> run(CompiledPolicy policy, String path, TestCase test) {
        Person person = new Person(new ObjectGuid(new UUID(0, 0)), "CN=Example", test.user(), AccountState.ACTIVE);
        Desire desire = policy.desire(person, Set.copyOf(test.groups()), NOW);
        if (desire instanceof Desire.OutOfScope out) {
            return List.of(new RuleProblem(path, test.name() + ": out of scope, " + out.reason()));
        }
        if (desire instanceof Desire.Problem problem) {
            return List.of(new RuleProblem(path, test.name() + ": " + problem.field() + ": " + problem.message()));
        }
        return compare(path, test, ((Desire.Wanted) desire).user());
    }

    private static List<RuleProblem> compare(String path, TestCase test, DesiredUser user) {
        List<RuleProblem> problems = new ArrayList<>();
        user.obstacle()
                .filter(obstacle -> test.expect().containsKey(obstacle.field()))
                .ifPresent(obstacle -> problems.add(
                        new RuleProblem(path, test.name() + ": " + obstacle.field() + ": " + obstacle.message())));
        for (Map.Entry<String, String> expected : new TreeMap<>(test.expect()).entrySet()) {
            String actual = switch (expected.getKey()) {
                case "Profile" -> user.profile().map(Grant::name).orElse("");
                case "Role" -> user.role().map(Grant::name).orElse("");
                default ->
                    rights(expected.getKey(), user.rights())
                            .or(() -> reference(expected.getKey(), user))
                            .orElseGet(() -> user.value(expected.getKey()).orElse(""));
            };
            if (!actual.equals(expected.getValue())) {
                problems.add(new RuleProblem(
                        path + ".expect." + expected.getKey(),
                        test.name() + ": expected '" + expected.getValue() + "' and got '" + actual + "'"));
            }
        }
        return problems;
    }

    /** The name that the field refers to; empty if it refers to nobody. */
    private static Optional<String> reference(String field, DesiredUser user) {
        return user.references().stream()
                .filter(reference -> reference.field().equals(field))
                .findFirst()
                .map(DesiredReference::dn);
    }

    /** The names of all rights of the kind that the field stands for; empty if it stands for none. */
    private static Optional<String> rights(String field, DesiredRights rights) {
        return Stream.of(EntitlementKind.values())
                .filter(kind -> RightsCheck.field(kind).equalsIgnoreCase(field))
                .findFirst()
                .map(kind -> rights.given().stream()
                        .map(Right::entitlement)
                        .filter(entitlement -> entitlement.kind() == kind)
                        .map(Entitlement::name)
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }
}
