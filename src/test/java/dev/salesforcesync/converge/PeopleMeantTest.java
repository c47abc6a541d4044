package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.policy.Desire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeopleMeantTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final SalesforceId ORG = new SalesforceId("00D000000000001");
    private static final ResourceName OURS = new ResourceName("apps", "ours");
    private static final ResourceName OTHER = new ResourceName("apps", "other");
    private static final ResourceName THIRD = new ResourceName("apps", "third");
    private static final ObjectGuid ANNA = new ObjectGuid(new UUID(1, 1));

    private final List<ResourceName> told = new ArrayList<>();
    private final Set<ResourceName> companions = new HashSet<>(Set.of(OTHER));
    private final PeopleMeant meant = new PeopleMeant(told::add, policy -> companions);

    @Test
    void waitsForAnotherPolicyUntilItSaysWhomItMeans() {
        assertThat(unheard(NOW)).containsExactly("apps/other");

        says(OTHER, ORG, true);

        assertThat(unheard(NOW)).isEmpty();
    }

    @Test
    void waitsForNobodyLongerThanHalfAnHourFromWhenHeWasMissedFirst() {
        assertThat(unheard(NOW)).isNotEmpty();
        assertThat(unheard(NOW.plus(PeopleMeant.PATIENCE).minusMillis(1))).isNotEmpty();
        assertThat(unheard(NOW.plus(PeopleMeant.PATIENCE))).isEmpty();

        companions.add(THIRD);

        assertThat(unheard(NOW.plus(PeopleMeant.PATIENCE))).containsExactly("apps/third");
    }

    @Test
    void anIncompleteReadSaysNothingForTheFirstTime() {
        says(OTHER, ORG, false, ANNA);

        assertThat(unheard(NOW)).containsExactly("apps/other");
    }

    @Test
    void whatWasSaidForAnotherOrgDoesNotCount() {
        says(OTHER, new SalesforceId("00D000000000002"), true, ANNA);

        assertThat(unheard(NOW)).containsExactly("apps/other");
    }

    @Test
    void aPolicyThatWentAwayAndCameAgainIsWaitedForAnew() {
        says(OTHER, ORG, true, ANNA);
        meant.forget(OTHER);

        assertThat(unheard(NOW)).containsExactly("apps/other");
    }

    @Test
    void whoWaitsIsToldEvenIfTheOtherMeansNobody() {
        says(OURS, ORG, true);
        told.clear();

        says(OTHER, ORG, true);
        says(OTHER, ORG, true);

        assertThat(told).containsExactly(OURS);
    }

    private List<String> unheard(Instant now) {
        return meant.unheard(OURS, ORG, now).stream().toList();
    }

    private void says(ResourceName policy, SalesforceId org, boolean complete, ObjectGuid... people) {
        List<Desire> desires = new ArrayList<>();
        for (ObjectGuid person : people) {
            desires.add(new Desire.Problem(person, "ValueTooLong", "LastName", "cut it"));
        }
        meant.says(policy, org, desires, complete);
    }
}
