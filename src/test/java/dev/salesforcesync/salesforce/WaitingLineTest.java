package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
    /** Longer than this nobody waits, however many more urgent ones come. */
    private static final int LONGEST = WaitingLine.PATIENCE + 2 * Urgency.values().length;

    /** Somebody who waits; told apart by the number. */
    private record Waiter(Urgency urgency, int number) {}

    /** What happened: who joined, and whose turn it was. */
    private sealed interface Step {
        record Joins(Urgency urgency) implements Step {}

        record Turn() implements Step {}
    }

    @Provide
    Arbitrary<List<Step>> days() {
        Arbitrary<Step> joins = Arbitraries.of(Urgency.class).map(Step.Joins::new);
        Arbitrary<Step> turns = Arbitraries.just(new Step.Turn());
        return Arbitraries.frequencyOf(Tuple.of(11, joins), Tuple.of(10, turns))
                .list()
                .ofMaxSize(400);
    }

    @Test
    void whoIsMostUrgentGoesFirstAndAmongEqualsWhoCameFirst() {
        WaitingLine<String> line = new WaitingLine<>();
        line.join(Urgency.COMPARISON, "comparison");
        line.join(Urgency.CHANGE, "change");
        line.join(Urgency.CHANGE, "later change");
        line.join(Urgency.JOINER, "joiner");
        line.join(Urgency.PASSWORD, "password");
        line.join(Urgency.LEAVER, "leaver");
        line.join(Urgency.LEAVER, "later leaver");

        assertThat(turns(line, 8))
                .containsExactly(
                        "leaver", "later leaver", "password", "joiner", "change", "later change", "comparison");
    }

    @Test
    void aComparisonComesToItsTurnAlthoughChangesNeverEnd() {
        WaitingLine<String> line = new WaitingLine<>();
        line.join(Urgency.COMPARISON, "comparison");
        for (int i = 0; i < 100; i++) {
            line.join(Urgency.CHANGE, "change");
        }

        assertThat(turns(line, WaitingLine.PATIENCE + 1).indexOf("comparison")).isEqualTo(WaitingLine.PATIENCE);
    }

    @Test
    void whoGivesUpIsNotCalled() {
        WaitingLine<String> line = new WaitingLine<>();
        line.join(Urgency.LEAVER, "gone");
        line.join(Urgency.CHANGE, "change");

        assertThat(line.leave(Urgency.LEAVER, "gone")).isTrue();
        assertThat(line.leave(Urgency.LEAVER, "gone")).isFalse();
        assertThat(turns(line, 2)).containsExactly("change");
        assertThat(line.leave(Urgency.CHANGE, "change")).isFalse();
    }

    /** The model: everybody who waits, in the order in which they came. */
    @Property
    void everybodyIsCalledOnceAndEqualsInTheOrderInWhichTheyCame(@ForAll("days") List<Step> day) {
        WaitingLine<Waiter> line = new WaitingLine<>();
        List<Waiter> waiting = new ArrayList<>();
        int number = 0;
        for (Step step : day) {
            if (step instanceof Step.Joins joins) {
                Waiter who = new Waiter(joins.urgency(), number++);
                waiting.add(who);
                line.join(who.urgency(), who);
            } else {
                Optional<Waiter> turn = line.next();
                assertThat(turn.isPresent()).isEqualTo(!waiting.isEmpty());
                turn.ifPresent(who -> {
                    assertThat(waiting.stream()
                                    .filter(other -> other.urgency() == who.urgency())
                                    .findFirst())
                            .contains(who);
                    waiting.remove(who);
                });
            }
            assertThat(line.size()).isEqualTo(waiting.size());
        }
    }

    @Property
    void ofTwoTurnsOneIsThatOfTheMostUrgent(@ForAll("days") List<Step> day) {
        boolean anotherLast = false;
        for (Turned turned : carriedOut(day)) {
            boolean another = turned.turn() != turned.mostUrgent();
            assertThat(another && anotherLast).isFalse();
            anotherLast = another;
        }
    }

    @Property
    void nobodyWaitsForEver(@ForAll("days") List<Step> day) {
        List<Step> longDay = new ArrayList<>(day);
        for (int i = 0; i < 3 * LONGEST; i++) {
            longDay.add(new Step.Joins(Urgency.LEAVER));
            longDay.add(new Step.Turn());
        }
        Map<Urgency, Integer> passedOver = new EnumMap<>(Urgency.class);
        for (Turned turned : carriedOut(longDay)) {
            for (Urgency urgency : Urgency.values()) {
                boolean waits = turned.waiting().contains(urgency) && urgency != turned.turn();
                int times = waits ? passedOver.getOrDefault(urgency, 0) + 1 : 0;
                passedOver.put(urgency, times);
                assertThat(times).isLessThanOrEqualTo(LONGEST);
            }
        }
    }

    /** One turn: whose, and who waited when it came. */
    private record Turned(Urgency turn, List<Urgency> waiting) {
        Urgency mostUrgent() {
            return waiting.stream().min(Urgency::compareTo).orElseThrow();
        }
    }

    private static List<Turned> carriedOut(List<Step> day) {
        WaitingLine<Urgency> line = new WaitingLine<>();
        List<Urgency> waiting = new ArrayList<>();
        List<Turned> turned = new ArrayList<>();
        for (Step step : day) {
            if (step instanceof Step.Joins joins) {
                waiting.add(joins.urgency());
                line.join(joins.urgency(), joins.urgency());
            } else {
                List<Urgency> before = List.copyOf(waiting);
                line.next().ifPresent(turn -> {
                    turned.add(new Turned(turn, before));
                    waiting.remove(turn);
                });
            }
        }
        return turned;
    }

    private static List<String> turns(WaitingLine<String> line, int most) {
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            line.next().ifPresent(turns::add);
        }
        return turns;
    }
}
