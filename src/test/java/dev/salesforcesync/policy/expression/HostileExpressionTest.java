package dev.salesforcesync.policy.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that try to take the process down, or to tell what they see, are refused or stopped. */
class HostileExpressionTest {
    private static final String SECRET = "Hunter2Müller";

    private static final Facts FACTS = new Facts(
            Map.of(
                    "a", List.of("a".repeat(8_000)),
                    "b", List.of("a".repeat(4_000) + "b"),
                    "w", List.of("ü".repeat(8_000)),
                    "w2", List.of("ü".repeat(7_999) + "u"),
                    "s", List.of(SECRET),
                    "huge", List.of("x".repeat(1_000_000)),
                    "many", Collections.nCopies(5_000, "value")),
            List.of("G"),
            Map.of("usernameSuffix", "", "name", "n", "id", "i"),
            Map.of(),
            Map.of(),
            true,
            false,
            false,
            Instant.EPOCH);

    /** Within every bound, and still enough work to be looked at. */
    private static final Facts FEWER = new Facts(
            Map.of("many", Collections.nCopies(1_500, "value")),
            List.of(),
            Map.of("usernameSuffix", "", "name", "n", "id", "i"),
            Map.of(),
            Map.of(),
            true,
            false,
            false,
            Instant.EPOCH);

    static Stream<String> hostile() {
        String doubling = IntStream.range(0, 12)
                .mapToObj(i -> ".replace('x', 'xxxxxxxx')")
                .reduce("'x'", String::concat);
        String binds = IntStream.range(0, 20)
                        .mapToObj(i -> ".optMap(v, v + v)")
                        .reduce("optional.of('xxxxxxxx')", String::concat)
                + ".value()";
        String listBinds = IntStream.range(0, 15)
                        .mapToObj(i -> ".optMap(v, v + v)")
                        .reduce("optional.of(['x','x','x','x'])", String::concat)
                + ".value().join('')";
        String nestedLists = IntStream.range(0, 12)
                        .mapToObj(i -> ".map(v, [v, v, v, v, v, v, v, v])")
                        .reduce("['x']", String::concat)
                + " == [] ? 'a' : 'b'";
        String deep = "(".repeat(200) + "'x'" + ")".repeat(200);
        String quantified = "multi.many.exists(a, multi.many.exists(b, multi.many.exists(c, multi.many.exists(d,"
                + " a + b + c + d == 'x')))) ? 'a' : 'b'";
        String chain = "user.s" + ".trim()".repeat(250);
        String conditions = "true ? ".repeat(100) + "'a'" + " : 'b'".repeat(100);
        String folds =
                "user.a" + ".foldDiacritics()".repeat(20) + ".split('').map(x, user.w.foldDiacritics()).join('')";
        String sizes = "string(user.a.split('').filter(c, "
                + String.join(" && ", Collections.nCopies(100, "size(user.w) > 1")) + ").size())";
        String compares = "string(user.a.split('').filter(c, "
                + String.join(" || ", Collections.nCopies(60, "user.w == user.w2")) + ").size())";
        return Stream.of(
                doubling,
                binds,
                listBinds,
                nestedLists,
                deep,
                sizes,
                compares,
                "cel.bind(x, 'a', x + x)",
                "lists.range(50000000).size() > 0 ? 'a' : 'b'",
                "user.huge.rdn()",
                "user.huge.parent()",
                "user.a.under(user.huge) ? 'a' : 'b'",
                "user.w.under(user.w2) ? 'a' : 'b'",
                "('CN=' + user.w + user.w2).rdnValue()",
                "user.a.split('').map(c, ('CN=' + user.w).parent()).join('')",
                "multi.many.map(v, ('CN=' + user.a).rdnValue()).join('')",
                "fileTime(user.huge)",
                "fileTime(user.s)",
                "user.s.rdn()",
                "user.a + user.a",
                "user.a.replace('a', user.a)",
                "user.a.replace('a', user.a).replace('a', user.a)",
                "user.a.replace('', user.a)",
                "user.huge",
                "user.huge + ''",
                "user.huge.lower()",
                "user.huge.foldDiacritics()",
                "user.huge.split('').join('-')",
                "multi.many.map(x, multi.many.map(y, y).join('')).join('')",
                "user.a.split('').map(x, user.a.split('').map(y, y).join('')).join('')",
                "user.a.split('').filter(x, user.a.split('').exists(y, y == 'z')).join('')",
                "user.a.split('').map(x, user.a + x).size() > 0 ? 'a' : 'b'",
                "user.a.split('').exists(x, user.a.contains(user.b)) ? 'a' : 'b'",
                "user.a.split('').all(x, user.a.matches('^(a+)+$')) ? 'a' : 'b'",
                "user.a.matches('((a{100}){100}){100}') ? 'a' : 'b'",
                "user.a.matches(user.a) ? 'a' : 'b'",
                "[[['x']]] == [[['x']]] ? 'a' : 'b'",
                "{'a': user.a}.a",
                "['a', 1, true][0] == 'a' ? 'a' : 'b'",
                "[[]].map(v, [v, v]).map(v, [v, v]) == [] ? 'a' : 'b'",
                "user.all(k, true) ? 'a' : 'b'",
                quantified,
                chain,
                conditions,
                folds,
                "user.a.matches('(a{1000}){1000}') ? 'a' : 'b'",
                "user.a.split('').exists(x, user.w.matches('(((((((((ü*)*)*)*)*)*)*)*)*)*b')) ? 'a' : 'b'",
                "user.s.matches('(?=H)H') ? 'a' : 'b'",
                "user.s.matches('(H)\\\\1') ? 'a' : 'b'",
                "{'a': {'b': {'c': user.s}}}.a.b.c",
                "multi.many.map(x, {x: x}).size() > 0 ? 'a' : 'b'",
                "multi.map(k, k).join(user.a)",
                "lookups.all(t, lookups[t].all(k, k == user.s)) ? 'a' : 'b'",
                "user.a.split('').map(x, user.w.upper().lower().title()).join('')",
                "multi.many.join(user.a)",
                "(multi.many + multi.many + multi.many).join('')",
                "string(9223372036854775807 * size(user.a))",
                "string(1 / (size(user.s) - size(user.s)))",
                "multi.many[9223372036854775807]",
                "user.s.substring(9223372036854775807)",
                "user.s.charAt(-1)",
                "string(timestamp('9999-12-31T23:59:59Z') + duration('315576000000s'))",
                "'x".concat("x".repeat(3_000)).concat("'"),
                "user.s.nothing()",
                "user.s.matches('[') ? 'a' : 'b'",
                "string(int(user.s))",
                "string(timestamp(user.s))",
                "duration(user.s) > duration('1s') ? 'a' : 'b'",
                "string(b'x' + bytes(user.a))",
                "type(user.s) == string ? 'a' : 'b'",
                "'%s'.format([user.s])",
                "google.protobuf.Struct{fields: {}} == null ? 'a' : 'b'",
                "string(9223372036854775807 + size(user.s))");
    }

    @Test
    void areManyAndDifferent() {
        assertThat(hostile().distinct().count()).isGreaterThanOrEqualTo(32);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void isRefusedOrStopped(String source) {
        // Generous: this is about seconds and gigabytes, not about the speed of the machine.
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            Compilation compiled = Expressions.guarded().compile(source, ExpectedType.STRING);
            if (compiled instanceof Compilation.Refused refused) {
                assertThat(refused.sentence()).doesNotContain(SECRET).isNotBlank();
                return;
            }
            Expression expression = ((Compilation.Compiled) compiled).expression();
            Outcome outcome = expression.evaluate(FACTS);
            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
            assertThat(outcome.toString()).doesNotContain(SECRET);
            assertThat(expression.evaluate(FACTS)).isEqualTo(outcome);
        });
    }

    /** They look dangerous, and are answered in a few steps. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!true ? 'a' : 'b'",
                "user.a.matches('(((((((((a*)*)*)*)*)*)*)*)*)*b') ? 'a' : 'b'"
            })
    void isNoDangerAfterAll(String source) {
        assertThat(compiled(source).evaluate(FACTS)).isInstanceOf(Outcome.Text.class);
    }

    @Test
    void isStoppedWhenItKeptAProcessorBusyForTooLong() {
        Expression expression = compiled("multi.many.filter(x, x == 'value').size() > 10 ? 'a' : 'b'");
        AtomicLong busy = new AtomicLong();

        assertThat(expression.evaluate(FEWER, Allowance.begin(() -> 0))).isEqualTo(new Outcome.Text("a"));
        assertThat(expression.evaluate(FEWER, Allowance.begin(() -> busy.getAndAdd(Allowance.DEADLINE.toNanos() + 1))))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo("ExpressionTooExpensive"));
        assertThat(Allowance.DEADLINE).isEqualTo(Duration.ofMillis(100));
    }

    private static Expression compiled(String source) {
        return ((Compilation.Compiled) Expressions.guarded().compile(source, ExpectedType.STRING)).expression();
    }

    @Test
    void isStoppedByCountingAndNotByTheClock() {
        for (String source : List.of(
                "user.a.contains(user.b) ? 'a' : 'b'",
                "user.a.split('').exists(x, user.a.contains('aaab')) ? 'a' : 'b'")) {
            Expression expression = compiled(source);

            assertThat(expression.evaluate(FACTS)).isInstanceOf(Outcome.Failed.class);
            assertThat(((Outcome.Failed) expression.evaluate(FACTS)).code()).isEqualTo("ExpressionTooExpensive");
        }
    }
}
