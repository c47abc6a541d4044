package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue is whole: what is not confirmed is in it, and what is in it is tried or says why not. */
class FactCatalogueTest {
    private static final Set<Fact> ON_ANY_ORG = tried(SalesforceContract.class);
    private static final Set<Fact> ON_THE_SANDBOX =
            union(tried(SandboxRulesContractTest.class), tried(SandboxSignInContractTest.class));
    private static final Set<Fact> ON_A_REAL_ORG = tried(RealOrgContractTest.class);

    /** A line of the list of what the reference page does not vouch for. */
    private record Unconfirmed(String section, String mark, String fact) {
        static Unconfirmed of(String line) {
            String[] parts = line.split("\\|", 4);
            assertThat(parts).as(line).hasSize(4);
            return new Unconfirmed(parts[0].strip(), parts[1].strip(), parts[2].strip());
        }

        boolean matters() {
            return !fact.startsWith("-");
        }
    }

    @Test
    void hasEveryFactThatNobodyVouchesFor() throws IOException {
        List<String> listed = unconfirmed().stream()
                .filter(Unconfirmed::matters)
                .map(line -> line.section() + " " + line.mark() + " " + line.fact())
                .toList();

        assertThat(Stream.of(Fact.values())
                        .filter(fact -> fact.mark().isUnconfirmed())
                        .map(fact -> fact.section() + " " + fact.mark() + " " + fact.name()))
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void saysWhyAnUnconfirmedFactDoesNotMatter() throws IOException {
        assertThat(unconfirmed())
                .filteredOn(line -> !line.matters())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.fact()).hasSizeGreaterThan("- because".length()));
    }

    @Test
    void triesEveryFactWhereItSays() {
        assertThat(Fact.values()).allSatisfy(fact -> {
            Set<Fact> where = switch (fact.reach()) {
                case ANY_ORG -> ON_ANY_ORG;
                case SANDBOX -> ON_THE_SANDBOX;
                case REAL -> ON_A_REAL_ORG;
                case NOWHERE -> EnumSet.of(fact);
            };
            assertThat(where).contains(fact);
        });
    }

    @Test
    void triesNothingOnARealOrgThatMustNotBeTriedThere() {
        assertThat(union(ON_ANY_ORG, ON_A_REAL_ORG))
                .allMatch(fact -> fact.reach() == Fact.Reach.ANY_ORG || fact.reach() == Fact.Reach.REAL);
        assertThat(union(union(ON_ANY_ORG, ON_A_REAL_ORG), ON_THE_SANDBOX))
                .noneMatch(fact -> fact.reach() == Fact.Reach.NOWHERE);
    }

    @Test
    void saysWhyAFactIsNotTriedEverywhere() {
        assertThat(Fact.values())
                .allSatisfy(fact ->
                        assertThat(fact.whyNotEverywhere().isEmpty()).isEqualTo(fact.reach() == Fact.Reach.ANY_ORG));
    }

    @Test
    void reportsAFailureAboveAllElse() {
        var report = new FactReport();
        report.add(Against.Kind.SANDBOX, Fact.GZIP, new Finding.Holds());
        report.add(Against.Kind.REAL, Fact.NULLS, new Finding.Untried("no time"));
        report.add(Against.Kind.REAL, Fact.NULLS, new Finding.Holds());
        report.add(Against.Kind.REAL, Fact.PARENTS, new Finding.Fails("ordersThem"));
        report.add(Against.Kind.REAL, Fact.PARENTS, new Finding.Holds());
        report.add(Against.Kind.REAL, Fact.UPSERT_BY_ANCHOR, new Finding.Untried("no field"));

        assertThat(line(report, Fact.GZIP)).contains("UNPROVEN, sandbox ok", "none in this run");
        assertThat(line(report, Fact.NULLS)).contains("proven: real org");
        assertThat(line(report, Fact.PARENTS)).contains("FAILS on the real org");
        assertThat(line(report, Fact.UPSERT_BY_ANCHOR)).contains("UNPROVEN", "Real org: no field");
        assertThat(line(report, Fact.GENERIC_HOST)).contains("UNPROVEN", "would send the app's key");
        assertThat(report.figures())
                .isEqualTo(Fact.values().length + " facts; on the sandbox org 1 hold, 0 fail; on a real org 1 hold, 1"
                        + " fail, " + (Fact.values().length - 2) + " are UNPROVEN");
    }

    private static String line(FactReport report, Fact fact) {
        return report.lines().stream()
                .filter(line -> line.contains(" " + fact.name() + " "))
                .findFirst()
                .orElseThrow();
    }

    private static List<Unconfirmed> unconfirmed() throws IOException {
        try (InputStream list =
                Objects.requireNonNull(FactCatalogueTest.class.getResourceAsStream("/contract/unconfirmed.txt"))) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Unconfirmed::of)
                    .toList();
        }
    }

    private static Set<Fact> tried(Class<?> suite) {
        Stream<Method> methods =
                Stream.concat(Arrays.stream(suite.getMethods()), Arrays.stream(suite.getDeclaredMethods()));
        return methods.filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getAnnotation(Tries.class))
                .filter(Objects::nonNull)
                .flatMap(tries -> Stream.of(tries.value()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fact.class)));
    }

    private static Set<Fact> union(Set<Fact> one, Set<Fact> other) {
        return Stream.concat(one.stream(), other.stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fact.class)));
    }
}
