package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.converge.PolicySnapshot.Phase;
import dev.salesforcesync.converge.PolicySnapshot.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkUnderWayTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    private Instant now = BEGIN;
    private long calls = 7;
    private final WorkUnderWay work = new WorkUnderWay(
            new ResourceName("default", "people"),
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneId.of("UTC");
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            () -> Duration.between(BEGIN, now).toNanos());

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void nothingIsUnderWayBeforeTheFirstRunAndAfterEach() {
        assertThat(work.progress()).isEmpty();
        work.enters(Phase.PLANNING);
        work.writes("updating", new Effort(1, 2, 1, 2, 4));
        assertThat(work.progress()).isEmpty();

        work.begins(() -> calls);
        assertThat(work.progress()).contains(new Progress(Phase.READING, "", 0, 0, BEGIN, Optional.empty()));
        assertThat(work.ends(Optional.empty())).isFalse();
        assertThat(work.progress()).isEmpty();
    }

    @Test
    void theEndIsToldFromTheTimeOfWritingAndNotOfReading() {
        work.begins(() -> calls);
        pass(100);
        work.enters(Phase.PLANNING);
        pass(20);
        Effort effort = new Effort(0, 10_000, 0, 10_000, 4);
        work.writes("creating", effort);
        pass(30);
        work.writes("creating", effort.after(2_500, false));

        assertThat(work.progress())
                .contains(new Progress(
                        Phase.WRITING,
                        "creating",
                        2_500,
                        10_000,
                        BEGIN,
                        Optional.of(BEGIN.plusSeconds(100 + 20 + 30 + 90))));
    }

    @Test
    void onlyWorkOfTenSecondsAndMoreTookLong() {
        work.begins(() -> calls);
        pass(9);
        assertThat(work.ends(Optional.empty())).isFalse();
        work.begins(() -> calls);
        pass(10);
        assertThat(work.ends(Optional.empty())).isTrue();
        assertThat(work.ends(Optional.empty())).isFalse();
    }

    @Test
    void whatIsSaidOfWorkThatDidNotEndClaimsNothing() {
        assertThat(WorkUnderWay.summary(Duration.ofSeconds(75), 12, Optional.empty()))
                .isEqualTo("75 s at work, 12 calls on the connection, and not finished");
    }

    @Test
    void ratesOfSlowWorkHaveADigitMore() {
        assertThat(WorkUnderWay.rate(10_000, Duration.ofSeconds(40))).isEqualTo("250");
        assertThat(WorkUnderWay.rate(10, Duration.ofSeconds(4))).isEqualTo("2.5");
        assertThat(WorkUnderWay.rate(5, Duration.ZERO)).isEqualTo("0");
    }
}
