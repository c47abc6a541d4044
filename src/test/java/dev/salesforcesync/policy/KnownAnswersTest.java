package dev.salesforcesync.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.OrgDescription.UserField;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.expression.Compilation;
import dev.salesforcesync.policy.expression.ExpectedType;
import dev.salesforcesync.policy.expression.Expressions;
import dev.salesforcesync.policy.expression.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownAnswersTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** Many more people than places are remembered, of whom some share values and most do not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'always'",
                "user.?city.orValue('')",
                "user.city",
                "user.?city.orValue('none') + user.?title.orValue('')",
                "user.?city.orValue('') + user.?title.orValue('') + user.?room.orValue('')",
                "user.?city.orValue('x') == 'a' ? skip() : user.?title.orValue('y')",
                "lookups.?cities[?user.?city.orValue('')].orValue('elsewhere')",
                "multi.?city.orValue([]).size() > 1 ? 'two' : 'one'",
                "inGroup(groups, 'A') ? user.?city.orValue('') : 'nowhere'",
                "variables.?v.orValue('') + user.?city.orValue('')",
                "enabled ? 'yes' : 'no'",
                "expired ? 'yes' : 'no'",
                "lockedOut ? user.?city.orValue('') : 'no'",
                "string(now)",
                "user.objectGUID",
                "user.distinguishedName",
                "org.?usernameSuffix.orValue('') + user.?CITY.orValue('')"
            })
    void answersWhatEvaluatingWouldAnswer(String source) {
        CompiledField field = field(source);
        KnownAnswers known = new KnownAnswers(field);
        Random random = new Random(source.hashCode());
        for (int i = 0; i < 6_000; i++) {
            Facts facts = facts(random);
            assertThat(known.evaluate(facts)).isEqualTo(field.evaluate(facts));
        }
    }

    @Test
    void givesAllWhoHaveTheSameValuesOneObject() {
        KnownAnswers known = new KnownAnswers(field("user.?city.orValue('') + '/' + user.?title.orValue('')"));

        assertThat(known.evaluate(facts(person(1, "Vienna", "boss"))))
                .isSameAs(known.evaluate(facts(person(2, "Vienna", "boss"))))
                .isNotEqualTo(known.evaluate(facts(person(3, "Viennaboss", ""))));
    }

    private static Facts facts(Random random) {
        Map<String, List<String>> attributes = new HashMap<>();
        for (String name : List.of("city", "title", "room")) {
            List<String> values = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                values.add(random.nextBoolean() ? "" + (char) ('a' + random.nextInt(3)) : "v" + random.nextInt(5_000));
            }
            attributes.put(random.nextBoolean() ? name : name.toUpperCase(Locale.ROOT), values);
        }
        int number = random.nextInt(9_999);
        return new Facts(
                Facts.attributes(new Person(SmallWorld.guid(number), "CN=" + number, attributes, AccountState.ACTIVE)),
                random.nextBoolean() ? List.of("A") : List.of(),
                Map.of("usernameSuffix", ".uat"),
                Map.of("cities", Map.of("a", "Aachen", "b", "Bonn")),
                random.nextBoolean() ? Map.of("v", "set") : Map.of(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                NOW.plus(Duration.ofHours(random.nextInt(3))));
    }

    private static Facts facts(Person person) {
        return new Facts(Facts.attributes(person), List.of(), Map.of(), Map.of(), Map.of(), true, false, false, NOW);
    }

    private static Person person(int number, String city, String title) {
        return new Person(
                SmallWorld.guid(number),
                "CN=" + number,
                Map.of("city", List.of(city), "title", List.of(title)),
                AccountState.ACTIVE);
    }

    private static CompiledField field(String source) {
        Compilation compilation = Expressions.guarded().compile(source, ExpectedType.STRING);
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        return new CompiledField(
                new UserField("Title", "string", 80, true, true, false, List.of()),
                ((Compilation.Compiled) compilation).expression(),
                Apply.ALWAYS,
                OnNull.CLEAR,
                false,
                false,
                "");
    }
}
