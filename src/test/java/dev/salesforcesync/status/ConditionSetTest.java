package dev.salesforcesync.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Failure;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionSetTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.5Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    @Test
    void aTransientFailureIsReconcilingAndATerminalOneIsStalledNeverBoth() {
        assertThat(types(Readiness.of(new Failure.Transient("Busy", "wait"))))
                .containsExactly("Ready=False", "Reconciling=True");
        assertThat(types(Readiness.of(new Failure.Waiting("Missing", "create it"))))
                .containsExactly("Ready=False", "Reconciling=True");
        assertThat(types(Readiness.of(new Failure.Terminal("Wrong", "correct it"))))
                .containsExactly("Ready=False", "Stalled=True");
        assertThat(types(new Readiness.Ready("Succeeded", "good"))).containsExactly("Ready=True");
        assertThat(types(new Readiness.Suspended("told to"))).containsExactly("Ready=False");
    }

    @Test
    void theTimeMovesOnlyWhenTheStatusFlips() {
        List<Condition> first = set(List.of(), NOON, false, "Wrong");
        List<Condition> otherReason = set(first, LATER, false, "WrongToo");
        assertThat(otherReason.get(0).getLastTransitionTime()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(set(otherReason, LATER, true, "Succeeded").get(0).getLastTransitionTime())
                .isEqualTo("2026-03-01T12:01:00Z");
    }

    @Test
    void everyConditionCarriesTheGenerationItIsAbout() {
        assertThat(new ConditionSet(List.of(), 7, NOON)
                        .summary(new Readiness.Stalled("Wrong", "correct it"))
                        .unknown("Other", "Progressing", "not yet")
                        .build())
                .extracting(Condition::getObservedGeneration)
                .containsExactly(7L, 7L, 7L);
    }

    @Test
    void aMessageIsCutToItsLongest() {
        Condition condition = new ConditionSet(List.of(), 1, NOON)
                .set("Ready", false, "Wrong", "x".repeat(5_000))
                .build()
                .get(0);
        assertThat(condition.getMessage()).hasSize(1024).endsWith("…");
    }

    private static List<Condition> set(List<Condition> before, Instant now, boolean status, String reason) {
        return new ConditionSet(before, 1, now)
                .set("Ready", status, reason, "text")
                .build();
    }

    private static List<String> types(Readiness readiness) {
        return new ConditionSet(List.of(), 1, NOON)
                .summary(readiness).build().stream()
                        .map(c -> c.getType() + "=" + c.getStatus())
                        .toList();
    }
}
