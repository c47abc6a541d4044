package dev.salesforcesync.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.converge.PolicySnapshot.Phase;
import dev.salesforcesync.converge.PolicySnapshot.Progress;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LongWorkTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    private static Progress writing(Optional<Instant> expectedEnd) {
        return new Progress(Phase.WRITING, "creating", 4_000, 10_000, BEGIN, expectedEnd);
    }

    @Test
    void workIsShownAfterTenSeconds() {
        assertThat(LongWork.isLong(writing(Optional.empty()), BEGIN.plusMillis(9_999)))
                .isFalse();
        assertThat(LongWork.isLong(writing(Optional.empty()), BEGIN.plusSeconds(10)))
                .isTrue();
    }

    @Test
    void workIsWorthAnEventAsSoonAsItIsKnownToTakeMoreThanHalfAMinute() {
        Instant now = BEGIN.plusSeconds(12);

        assertThat(LongWork.isWorthAnEvent(writing(Optional.of(BEGIN.plusSeconds(31))), now))
                .isTrue();
        assertThat(LongWork.isWorthAnEvent(writing(Optional.of(BEGIN.plusSeconds(30))), now))
                .isFalse();
        assertThat(LongWork.isWorthAnEvent(writing(Optional.empty()), now)).isFalse();
        assertThat(LongWork.isWorthAnEvent(writing(Optional.empty()), BEGIN.plusSeconds(31)))
                .isTrue();
        assertThat(LongWork.isWorthAnEvent(writing(Optional.of(BEGIN.plusSeconds(20))), BEGIN.plusSeconds(31)))
                .isTrue();
    }

    @Test
    void aColumnTellsThePhaseAndTheRows() {
        assertThat(LongWork.summary(writing(Optional.empty()))).isEqualTo("Writing 4000/10000");
        assertThat(LongWork.summary(new Progress(Phase.READING, "", 0, 0, BEGIN, Optional.empty())))
                .isEqualTo("Reading");
    }
}
