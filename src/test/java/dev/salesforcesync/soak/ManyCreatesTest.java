package dev.salesforcesync.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.salesforcesync.sandbox.salesforce.org.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls are counted by Salesforce, so joiners go two hundred at a time. */
class ManyCreatesTest {
    @Test
    void sixHundredJoinersTakeAtMostThreeCreateCalls() {
        createCalls(600, 3);
    }

    @Test
    @Tag("full")
    void tenThousandJoinersTakeAtMostFiftyCreateCalls() {
        createCalls(10_000, 50);
    }

    private static void createCalls(int people, int most) {
        try (Site site = new Site("many")) {
            new Town(site, new Memory(), new Random(1)).settle(people);
            int before = site.org().org().count("User");

            site.play(100, "6h");
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> site.told().converged());

            List<Journal.Entry> creates = site.org().journal().entries().stream()
                    .filter(entry -> entry.call().operation().equals("create")
                            && entry.call().objectType().equals("User"))
                    .toList();
            assertThat(site.org().org().count("User") - before).isEqualTo(people);
            assertThat(creates.stream().mapToInt(Journal.Entry::okRows).sum()).isEqualTo(people);
            assertThat(creates).hasSizeLessThanOrEqualTo(most);
            assertThat(site.org().journal().writeCalls()).isEqualTo(creates.size());
        }
    }
}
