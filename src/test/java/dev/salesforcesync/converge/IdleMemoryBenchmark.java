package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.SmallWorld;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many bytes an engine keeps of each of {@code benchmark.people} (100,000) people while nothing happens, by holder
 * in the order in which they come to be: what two of them share counts for the first. Asserts that each holds everybody,
 * never a size.
 */
@Tag("benchmark")
class IdleMemoryBenchmark {
    private static final Logger LOG = LoggerFactory.getLogger(IdleMemoryBenchmark.class);
    private static final int PEOPLE = Integer.getInteger("benchmark.people", 100_000);

    private final IdlePeople idle = new IdlePeople(PEOPLE);
    private long whole;

    @Test
    void keepsOfEachIdlePersonThisMuch() {
        assertThat(new IdlePeople(1).ledger().links())
                .as("classes that are loaded for the first")
                .hasSize(1);
        OrgLedger ledger = kept("ledger: links and given rights", idle::ledger);
        DirectoryPicture picture = kept("directory: people and memberships", idle::picture);
        kept("rules: what was wanted of whom, and from what", () -> {
            assertThat(idle.policy().desires(picture, SmallWorld.NOW)).hasSize(PEOPLE);
            return idle;
        });
        FollowedOrg followed = kept("org: users and rights", () -> followed(picture));
        PeopleMeant meant = kept("people meant, for other policies", () -> meant(picture));
        LOG.info("{} people, all together: {} bytes each", PEOPLE, whole / PEOPLE);

        assertThat(ledger.links()).hasSize(PEOPLE);
        assertThat(ledger.given()).hasSize(PEOPLE);
        assertThat(picture.people()).hasSize(PEOPLE);
        OrgPicture org = IdlePeople.value(followed.look(
                idle.question(idle.org(idle.policy().desires(picture, SmallWorld.NOW))), true));
        assertThat(org.users()).hasSize(PEOPLE);
        assertThat(org.assignments()).hasSize(PEOPLE);
        assertThat(meant.besides(new ResourceName("apps", "other"), SmallWorld.id("00D", 1)))
                .hasSize(1)
                .allSatisfy((policy, people) -> assertThat(people).hasSize(PEOPLE));
    }

    private FollowedOrg followed(DirectoryPicture picture) {
        Map<ObjectGuid, Desire> desires = idle.policy().desires(picture, SmallWorld.NOW);
        FollowedOrg followed = new FollowedOrg(() -> 0);
        IdlePeople.value(followed.look(idle.question(idle.org(desires)), true));
        followed.heed();
        return followed;
    }

    private PeopleMeant meant(DirectoryPicture picture) {
        PeopleMeant meant = new PeopleMeant(policy -> {}, policy -> Set.of());
        meant.says(
                new ResourceName("apps", "people"),
                SmallWorld.id("00D", 1),
                idle.policy().desires(picture, SmallWorld.NOW).values(),
                true);
        return meant;
    }

    private <T> T kept(String what, Supplier<T> holder) {
        long before = used();
        T made = holder.get();
        long bytes = used() - before;
        whole += bytes;
        LOG.info("{} people, {}: {} bytes each", PEOPLE, what, bytes / PEOPLE);
        return made;
    }

    @SuppressWarnings("DoNotCall") // the only way to see what is held and what is merely not swept yet
    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
