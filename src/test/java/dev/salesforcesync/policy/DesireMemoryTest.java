package dev.salesforcesync.policy;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.guid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.AttributeRule;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.PolicyRules.Scope;
import dev.salesforcesync.policy.PolicyRules.Variable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Who is as he was is not evaluated again, and nobody can tell by the answer. */
class DesireMemoryTest {
    /** Between them they see everything that there is to see. */
    private static final List<CompiledPolicy> POLICIES = List.of(
            SmallWorld.compiled(new Rules(SmallWorld.rules())
                    .variables(new Variable(
                            "state", "(expired ? 'x' : '') + (enabled ? 'e' : '') + (lockedOut ? 'l' : '')"))
                    .attributes(
                            rule("Title", "variables.state + user.?title.orValue('')"),
                            rule("Department", "inGroup(groups, 'A') ? 'a' : 'b'"),
                            rule("FederationIdentifier", "user.distinguishedName"))
                    .build()),
            SmallWorld.compiled(new Rules(SmallWorld.rules())
                    .scope(new Scope(List.of("A", "SF-Users"), Optional.of("user.?title.orValue('') != 'b'")))
                    .attributes(rule("Department", "string(now)"))
                    .build()));

    @Property(tries = 1_000)
    void remembersNothingThatIsNoLongerTrue(@ForAll long seed) {
        Random random = new Random(seed);
        CompiledPolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
        Map<ObjectGuid, Person> people = new HashMap<>();
        Map<String, Set<ObjectGuid>> groups = new HashMap<>(Map.of("A", new HashSet<>(), "SF-Users", new HashSet<>()));
        Instant now = NOW;
        for (int turn = 0; turn < 6; turn++) {
            for (int change = random.nextInt(6); change >= 0; change--) {
                change(random, people, groups);
            }
            now = now.plus(Duration.ofHours(random.nextInt(3)));
            Map<ObjectGuid, Desire> fresh = new HashMap<>();
            for (Person person : people.values()) {
                fresh.put(person.guid(), policy.desire(person, groupsOf(person, groups), now));
            }

            assertThat(policy.desires(SmallWorld.picture(people.values(), groups, true), now))
                    .isEqualTo(fresh);
        }
    }

    @Test
    void doesNotEvaluateAgainWhoIsAsHeWas() {
        CompiledPolicy policy = SmallWorld.compiled(SmallWorld.rules());
        Map<String, Set<ObjectGuid>> groups = Map.of("SF-Users", Set.of(guid(1), guid(2)));
        Map<ObjectGuid, Desire> first = policy.desires(
                SmallWorld.picture(List.of(SmallWorld.person(1), SmallWorld.person(2)), groups, true), NOW);

        Person other = SmallWorld.person(2, attributes -> {
            attributes.put("givenName", "Other");
            return attributes;
        });
        Map<ObjectGuid, Desire> second = policy.desires(
                SmallWorld.picture(List.of(SmallWorld.person(1), other), groups, true), NOW.plusSeconds(60));

        assertThat(second.get(guid(1))).isSameAs(first.get(guid(1)));
        assertThat(second.get(guid(2))).isNotEqualTo(first.get(guid(2)));
    }

    @Test
    void anIncompleteReadIsRememberedAsWhatItShowed() {
        CompiledPolicy policy = SmallWorld.compiled(SmallWorld.rules());
        List<Person> people = List.of(SmallWorld.person(1));
        Map<String, Set<ObjectGuid>> groups = Map.of("SF-Users", Set.of(guid(1)));
        Map<ObjectGuid, Desire> before = policy.desires(SmallWorld.picture(people, groups, true), NOW);

        policy.desires(SmallWorld.picture(people, groups, false), NOW);

        assertThat(policy.desires(SmallWorld.picture(people, groups, true), NOW))
                .isEqualTo(before);
    }

    private static void change(Random random, Map<ObjectGuid, Person> people, Map<String, Set<ObjectGuid>> groups) {
        int number = 1 + random.nextInt(4);
        ObjectGuid guid = guid(number);
        Person before = people.getOrDefault(guid, SmallWorld.person(number));
        switch (random.nextInt(7)) {
            case 0 -> people.remove(guid);
            case 1 ->
                people.put(
                        guid,
                        new Person(
                                guid,
                                "CN=" + random.nextInt(3) + ",DC=example",
                                before.attributes(),
                                before.account()));
            case 2, 3 ->
                people.put(
                        guid,
                        SmallWorld.with(
                                before,
                                new AccountState(
                                        random.nextBoolean(),
                                        Optional.of(NOW.plus(Duration.ofHours(random.nextInt(6)))),
                                        random.nextBoolean())));
            case 4 -> {
                Map<String, List<String>> attributes = new HashMap<>(before.attributes());
                attributes.put("title", List.of(List.of("a", "b", "c").get(random.nextInt(3))));
                people.put(guid, new Person(guid, before.dn(), attributes, before.account()));
            }
            default -> {
                Set<ObjectGuid> members = groups.get(random.nextBoolean() ? "A" : "SF-Users");
                if (members != null && !members.remove(guid)) {
                    members.add(guid);
                }
            }
        }
    }

    private static Set<String> groupsOf(Person person, Map<String, Set<ObjectGuid>> groups) {
        Set<String> his = new HashSet<>();
        groups.forEach((group, members) -> {
            if (members.contains(person.guid())) {
                his.add(group);
            }
        });
        return his;
    }

    private static AttributeRule rule(String field, String expression) {
        return new AttributeRule(field, expression, Apply.ALWAYS, OnNull.CLEAR, false);
    }
}
