package dev.salesforcesync.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever fails on the way: nobody is created twice, nobody is lost, nobody loses anything without a reason, both
 * sides agree in the end, and no write is repeated blindly. {@code -Dsoak.seed=N} takes another seed.
 */
class SoakTest {
    private static final long SEED = Long.getLong("soak.seed", 20_261_122L);

    @Test
    void convergesWhateverFails() throws LDAPException {
        run(10, 120, false);
    }

    @Test
    void convergesByFollowingWhateverFails() throws LDAPException {
        run(10, 120, true);
    }

    @Test
    @Tag("full")
    void converges200TimesByFollowingWhateverFails() throws LDAPException {
        run(Integer.getInteger("soak.rounds", 200), Integer.getInteger("soak.people", 500), true);
    }

    @Test
    @Tag("full")
    void converges200TimesWith2000PeopleWhateverFails() throws LDAPException {
        run(Integer.getInteger("soak.rounds", 200), Integer.getInteger("soak.people", 2_000), false);
    }

    private static void run(int rounds, int people, boolean following) throws LDAPException {
        System.out.println("soak: seed " + SEED + ", " + people + " people");
        try (Soak soak = new Soak(rounds, people, SEED, following)) {
            Figures figures = soak.run();
            System.out.println("soak: " + figures);
            assertThat(figures.blind).isZero();
            assertThat(figures.lost).isPositive();
        }
    }
}
