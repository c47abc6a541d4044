package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.ServerDiscovery.Server;
import dev.salesforcesync.directory.ServiceRecords.Srv;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is remembered of servers, and when DNS is asked again. */
class ServerRosterTest {
    private static final Server DC1 = new Server("dc1", 636);
    private static final Server DC2 = new Server("dc2", 636);
    private static final Server DC3 = new Server("dc3", 636);

    private final SettableClock clock = new SettableClock();
    private final List<Srv> published = new ArrayList<>(List.of(srv("dc1", 0), srv("dc2", 1)));
    private boolean silent;
    private int questions;

    private final ServerRoster roster = new ServerRoster(
            new ServerDiscovery(
                    new DirectorySettings(
                            Optional.of("example.com"), List.of(), "CN=any", "any", TlsMode.LDAPS, Optional.empty()),
                    name -> {
                        questions++;
                        if (silent) {
                            throw new IOException("silent");
                        }
                        return List.copyOf(published);
                    },
                    new Random(1)),
            clock);

    private static Srv srv(String host, int priority) {
        return new Srv(priority, 100, 389, host);
    }

    private List<Server> order() {
        return DirectoryReaderContract.value(roster.inOrder());
    }

    @Test
    void passesOverWhoFailedForAShortWhile() {
        assertThat(order()).containsExactly(DC1, DC2);
        roster.failed(DC1);

        assertThat(order()).containsExactly(DC2);
        assertThat(roster.hasBetterThan(DC2)).isFalse();

        clock.advance(ServerRoster.PASSED_OVER);
        assertThat(order()).containsExactly(DC1, DC2);
        assertThat(roster.hasBetterThan(DC2)).isTrue();
        assertThat(roster.hasBetterThan(DC1)).isFalse();
    }

    @Test
    void asksAllWhenAllFailed() {
        order();
        roster.failed(DC1);
        roster.failed(DC2);

        assertThat(order()).containsExactly(DC1, DC2);
    }

    @Test
    void takesBackWhoAnswers() {
        order();
        roster.failed(DC1);
        roster.answered(DC1);

        assertThat(order()).containsExactly(DC1, DC2);
    }

    @Test
    void asksDnsAgainAfterAWhileAndLeavesWhoIsNoLongerPublished() {
        order();
        published.set(0, srv("dc3", 0));
        clock.advance(ServerRoster.DNS_AGE.minusSeconds(1));
        assertThat(order()).containsExactly(DC1, DC2);
        assertThat(questions).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(order()).containsExactly(DC3, DC2);
        assertThat(roster.hasBetterThan(DC1)).as("it is gone").isTrue();
    }

    @Test
    void asksDnsOnceMoreWhenAllServersFailButNotTooOften() {
        order();
        published.add(srv("dc3", 2));
        assertThat(roster.newcomers()).as("asked just now").isEmpty();
        assertThat(questions).isEqualTo(1);

        clock.advance(ServerRoster.DNS_PAUSE);
        assertThat(roster.newcomers()).containsExactly(DC3);
    }

    @Test
    void keepsWhatItKnowsWhileDnsIsSilent() {
        silent = true;
        assertThat(DirectoryReaderContract.failure(roster.inOrder()).reason()).isEqualTo("DirectoryNotInDns");

        silent = false;
        order();
        silent = true;
        clock.advance(ServerRoster.DNS_AGE);
        assertThat(order()).containsExactly(DC1, DC2);
    }

    @Test
    void keepsItsOrderWhileDnsSaysTheSame() {
        published.clear();
        for (int i = 0; i < 8; i++) {
            published.add(srv("dc" + i, 0));
        }
        List<Server> first = order();
        for (int i = 0; i < 5; i++) {
            clock.advance(ServerRoster.DNS_AGE);
            assertThat(order()).isEqualTo(first);
        }
        assertThat(questions).isEqualTo(6);
    }
}
