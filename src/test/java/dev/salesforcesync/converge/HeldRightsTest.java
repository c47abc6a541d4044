package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.policy.SmallWorld;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeldRightsTest {
    private final HeldRights rights = new HeldRights();
    private final Random random = new Random(6);

    private static Assignment right(int row, int user, EntitlementKind kind, int entitlement) {
        return new Assignment(
                SmallWorld.id("0Pa", row), SmallWorld.user(user), kind, SmallWorld.id("0PS", entitlement));
    }

    private Assignment any(int row, int user) {
        EntitlementKind[] kinds = EntitlementKind.values();
        return right(row, user, kinds[random.nextInt(kinds.length)], random.nextInt(9));
    }

    @Test
    void holdsAfterEveryHistoryWhatASetHoldsAndTellsWhetherItChanged() {
        Set<Assignment> model = new HashSet<>();
        for (int round = 0; round < 2_000; round++) {
            Set<SalesforceId> users = new HashSet<>();
            Set<Assignment> next = new HashSet<>(model);
            for (int i = random.nextInt(4); i > 0; i--) {
                int user = random.nextInt(10);
                users.add(SmallWorld.user(user));
                next.removeIf(one -> one.user().equals(SmallWorld.user(user)) && random.nextInt(3) == 0);
                if (random.nextInt(3) == 0) {
                    next.add(any(10 * round + i, user));
                }
            }
            List<Assignment> found = new ArrayList<>(next);
            Collections.shuffle(found, random);
            Set<SalesforceId> changed = random.nextBoolean() ? rights.replaceAll(found) : rights.replace(users, found);

            Set<Assignment> others = new HashSet<>(next);
            others.addAll(model);
            others.removeAll(model.stream().filter(next::contains).toList());
            assertThat(changed).isEqualTo(others.stream().map(Assignment::user).collect(Collectors.toSet()));
            Set<SalesforceId> some = Set.copyOf(changed);
            assertThat(rights.of(some))
                    .containsExactlyInAnyOrderElementsOf(next.stream()
                            .filter(one -> some.contains(one.user()))
                            .toList());
            assertThat(rights.all()).containsExactlyInAnyOrderElementsOf(next);
            model = next;
        }
    }

    @Test
    void seesThatARowIsOfAnotherRightNow() {
        rights.replaceAll(List.of(right(1, 1, EntitlementKind.QUEUE, 1)));

        assertThat(rights.replaceAll(List.of(right(1, 1, EntitlementKind.QUEUE, 1))))
                .isEmpty();
        assertThat(rights.replaceAll(List.of(right(1, 1, EntitlementKind.PUBLIC_GROUP, 1))))
                .isNotEmpty();
        assertThat(rights.replaceAll(List.of(right(1, 1, EntitlementKind.PUBLIC_GROUP, 2))))
                .isNotEmpty();
        assertThat(rights.all()).containsExactly(right(1, 1, EntitlementKind.PUBLIC_GROUP, 2));
    }
}
