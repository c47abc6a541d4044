package dev.salesforcesync.benchmark;

import org.junit.jupiter.api.Test;

/** Whenever the operator is killed, the next one goes on where it stood: nobody twice, nothing twice, nothing missing. */
class KilledOperatorTest {
    private static final long SEED = Long.getLong("kills.seed", 20_261_123L);

    @Test
    void goesOnWhereItWasKilled() {
        System.out.println("kills: seed " + SEED);
        Kills.play(SEED, 1_000, 20, 1);
    }
}
