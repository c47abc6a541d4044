package dev.salesforcesync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.plan.MarkdownTable.Row;
import dev.salesforcesync.policy.Lifecycle;
import dev.salesforcesync.policy.Lifecycle.Leave;
import dev.salesforcesync.policy.Lifecycle.Return;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tables that people read say what the code does: every cell is tried. */
class DecisionTableTest {
    private static final Path PAGE = Path.of("src/docs/decisions.md");
    private static final String LEFT = "Somebody who has left";
    private static final String UNPROVEN = "Somebody who would count as having left, but the read was not complete";
    private static final String MEANT = "Somebody who is meant";
    private static final String THEIRS = "Somebody whose user another living policy answers for";

    /** A way of having left. */
    private record Departure(String seen, String decidedBy, boolean needsProof, String word) {}

    @TestFactory
    Stream<DynamicTest> decidesAboutSomebodyWhoHasLeft() throws IOException {
        MarkdownTable table = MarkdownTable.under(PAGE, LEFT);
        List<Departure> departures = departures();
        return table.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    for (Departure departure : departures) {
                        for (int column = 0; column < table.columns().size(); column++) {
                            Leave rule = leave(table.columns().get(column));
                            String expected = row.cells().get(column).replace("(word)", "(" + departure.word() + ")");
                            for (boolean complete :
                                    departure.needsProof() ? new boolean[] {true} : new boolean[] {true, false}) {
                                assertThat(new OnePerson(departure.seen(), row.name())
                                                .read(complete)
                                                .lifecycle(only(departure, rule))
                                                .outcome())
                                        .as("%s, %s, %s, complete=%s", departure.seen(), row.name(), rule, complete)
                                        .isEqualTo(expected);
                            }
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> takesNothingOnAnAbsenceThatIsNotProven() throws IOException {
        List<Departure> unproven =
                departures().stream().filter(Departure::needsProof).toList();
        return MarkdownTable.under(PAGE, UNPROVEN).rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    for (Departure departure : unproven) {
                        for (Leave rule : Leave.values()) {
                            assertThat(new OnePerson(departure.seen(), row.name())
                                            .read(false)
                                            .lifecycle(only(departure, rule))
                                            .outcome())
                                    .as("%s, %s, %s", departure.seen(), row.name(), rule)
                                    .isEqualTo(row.cells().get(0));
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> decidesAboutSomebodyWhoIsMeant() throws IOException {
        MarkdownTable table = MarkdownTable.under(PAGE, MEANT);
        return table.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    for (int column = 0; column < table.columns().size(); column++) {
                        String heading = table.columns().get(column);
                        String seen = heading.equals("a rule has no answer") ? heading : OnePerson.IN_SCOPE;
                        for (boolean complete : new boolean[] {true, false}) {
                            assertThat(new OnePerson(seen, row.name())
                                            .read(complete)
                                            .lifecycle(switched(heading))
                                            .outcome())
                                    .as("%s, %s, complete=%s", row.name(), heading, complete)
                                    .isEqualTo(row.cells().get(column));
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> decidesAboutSomebodyWhomAnotherPolicyAnswersFor() throws IOException {
        return MarkdownTable.under(PAGE, THEIRS).rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    for (int column = 0; column < 3; column++) {
                        assertThat(new OnePerson(row.name(), "active and different")
                                        .read(true)
                                        .lifecycle(new Lifecycle(
                                                true,
                                                true,
                                                Leave.FREEZE_THEN_DEACTIVATE,
                                                Leave.FREEZE_THEN_DEACTIVATE,
                                                Leave.FREEZE_THEN_DEACTIVATE,
                                                Return.REACTIVATE))
                                        .answeredForByAnotherOfPriority(1 - column)
                                        .outcome())
                                .as("%s, priority %s", row.name(), 1 - column)
                                .isEqualTo(row.cells().get(column));
                    }
                }));
    }

    /** A row or a column that somebody takes out of the page is missed. */
    @Test
    void thePageLeavesOutNothing() throws IOException {
        assertThat(departures()).extracting(Departure::seen).containsExactlyInAnyOrderElementsOf(OnePerson.DEPARTURES);
        for (String heading : List.of(LEFT, UNPROVEN, MEANT)) {
            assertThat(MarkdownTable.under(PAGE, heading).rows())
                    .as(heading)
                    .extracting(Row::name)
                    .containsExactlyInAnyOrderElementsOf(OnePerson.USERS);
        }
        assertThat(MarkdownTable.under(PAGE, LEFT).columns())
                .containsExactly("None", "Freeze", "Deactivate", "FreezeThenDeactivate");
        assertThat(MarkdownTable.under(PAGE, MEANT).columns())
                .containsExactly(
                        "defaults", "create: false", "update: false", "whenBack: None", "a rule has no answer");
        List<String> alone = new ArrayList<>(OnePerson.DEPARTURES);
        alone.removeIf(seen -> seen.contains(" and "));
        alone.add(OnePerson.IN_SCOPE);
        assertThat(MarkdownTable.under(PAGE, THEIRS).rows())
                .extracting(Row::name)
                .containsExactlyInAnyOrderElementsOf(alone);
    }

    private static List<Departure> departures() throws IOException {
        return MarkdownTable.under(PAGE, "Who counts as having left").rows().stream()
                .map(row -> new Departure(
                        row.name(),
                        row.cells().get(0),
                        row.cells().get(1).equals("yes"),
                        row.cells().get(2)))
                .toList();
    }

    /** Rules of which only the one that decides says this; the others say something else. */
    private static Lifecycle only(Departure departure, Leave rule) {
        Leave other = rule == Leave.NONE ? Leave.FREEZE_THEN_DEACTIVATE : Leave.NONE;
        return switch (departure.decidedBy()) {
            case "whenDisabled" -> new Lifecycle(true, true, rule, other, other, Return.REACTIVATE);
            case "whenDeleted" -> new Lifecycle(true, true, other, rule, other, Return.REACTIVATE);
            case "whenOutOfScope" -> new Lifecycle(true, true, other, other, rule, Return.REACTIVATE);
            default -> throw new IllegalArgumentException(departure.decidedBy());
        };
    }

    private static Lifecycle switched(String heading) {
        Leave leave = Leave.FREEZE_THEN_DEACTIVATE;
        return new Lifecycle(
                !heading.equals("create: false"),
                !heading.equals("update: false"),
                leave,
                leave,
                leave,
                heading.equals("whenBack: None") ? Return.NONE : Return.REACTIVATE);
    }

    private static Leave leave(String word) {
        return Leave.valueOf(word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }
}
