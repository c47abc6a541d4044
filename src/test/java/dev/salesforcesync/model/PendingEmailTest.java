package dev.salesforcesync.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PendingEmailTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final SalesforceId USER = new SalesforceId("005000000000001AAA");

    private final PendingEmail pending = new PendingEmail(USER, "asked", "shown", NOON);

    @Test
    void waitsWhileSalesforceShowsTheOldAddress() {
        assertThat(pending.isOpen("shown", NOON.plusSeconds(1))).isTrue();
    }

    @Test
    void endsWithTheConfirmation() {
        assertThat(pending.isOpen("asked", NOON.plusSeconds(1))).isFalse();
    }

    @Test
    void endsWhenAnotherAddressCameInstead() {
        assertThat(pending.isOpen("another", NOON.plusSeconds(1))).isFalse();
        assertThat(pending.isOpen(PendingEmail.NONE, NOON.plusSeconds(1))).isFalse();
    }

    @Test
    void endsWithTheLinkInTheMail() {
        assertThat(pending.isOpen("shown", NOON.plus(Duration.ofDays(3)).minusSeconds(1)))
                .isTrue();
        assertThat(pending.isOpen("shown", NOON.plus(Duration.ofDays(3)))).isFalse();
    }

    @Test
    void whatWasShownWhenAnEarlierVersionAskedDoesNotMatter() {
        assertThat(new PendingEmail(USER, "asked", "", NOON).isOpen("any", NOON))
                .isTrue();
    }
}
