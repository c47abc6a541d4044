package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.converge.PolicyOrder.Times;
import dev.salesforcesync.converge.RunReport.People;
import dev.salesforcesync.directory.Following;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.Completeness;
import dev.salesforcesync.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Times TIMES =
            new Times(Following.Mode.AUTO, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(6));

    private final Agenda agenda = new Agenda();

    private void ran(Optional<Failure> stoppedBy) {
        agenda.ran(NOW, Duration.ofSeconds(1), report(stoppedBy), TIMES);
    }

    @Test
    void aRunThatCameToItsEndIsNotDueAgainAtOnce() {
        ran(Optional.empty());

        assertThat(agenda.isDueForAll(NOW)).isFalse();
    }

    @Test
    void aRunThatWasInterruptedIsDueAgainAlthoughTheOrderIsTheSameAsBefore() {
        ran(Optional.of(new Failure.Waiting("Superseded", "the policy changed")));

        assertThat(agenda.isDueForAll(NOW)).isTrue();
    }

    private static RunReport report(Optional<Failure> stoppedBy) {
        return new RunReport(
                1,
                NOW,
                NOW,
                new Completeness.Proven("read"),
                List.of(),
                new People(0, 0, 0, 0, 0, 0, 0, 0, 0),
                0,
                new Plan(List.of(), List.of(), List.of(), List.of(), 0, 0),
                Map.of(),
                List.of(),
                List.of(),
                stoppedBy,
                Map.of(),
                false,
                Optional.empty());
    }
}
