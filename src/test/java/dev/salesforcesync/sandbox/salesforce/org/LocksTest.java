package dev.salesforcesync.sandbox.salesforce.org;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What waits for whom (Designing Record Access for Enterprise Scale, "Group Membership Locking"; the text of a
 * locked row is from a SOAP answer recorded in a real org).
 */
class LocksTest {
    private static final String NO_LOCK = "UNABLE_TO_LOCK_ROW: could not acquire lock";

    private final Org org = new Org(OrgSettings.builder("Acme")
            .usernames(new Usernames())
            .publicGroup("All Sales")
            .lockWait(Duration.ofMillis(20))
            .build());
    private final Actor actor = new Actor(org);

    @AfterEach
    void close() {
        org.close();
    }

    @Test
    void letsNothingChangeMembershipWhileSomebodyElseDoes() {
        String anna = actor.user("anna", "Standard User");
        Map<String, @Nullable Object> withRole = new HashMap<>(actor.person("bob", "Standard User"));
        withRole.put("UserRoleId", role("CEO"));
        Map<String, String> member = Map.of("GroupId", group(), "UserOrGroupId", anna);

        try (Locks.Hold sharing = org.locks().holdMembership()) {
            assertThat(sharing).isNotNull();
            assertThat(Actor.error(actor.create("User", withRole))).isEqualTo(NO_LOCK);
            assertThat(Actor.error(actor.update("User", anna, Map.of("UserRoleId", role("CEO")))))
                    .isEqualTo(NO_LOCK);
            assertThat(Actor.error(actor.create("GroupMember", member))).isEqualTo(NO_LOCK);
            assertThat(Actor.error(actor.create("UserRole", Map.of("Name", "Trainee"))))
                    .isEqualTo(NO_LOCK);
        }

        assertThat(actor.create("User", withRole).success()).isTrue();
        assertThat(actor.create("GroupMember", member).success()).isTrue();
    }

    @Test
    void letsAllElseGoOnWhileMembershipIsLocked() {
        Map<String, @Nullable Object> withRole = new HashMap<>(actor.person("anna", "Standard User"));
        withRole.put("UserRoleId", role("CEO"));
        String anna = actor.made("User", withRole);

        try (Locks.Hold sharing = org.locks().holdMembership()) {
            assertThat(sharing).isNotNull();
            assertThat(actor.create("User", actor.person("bob", "Standard User"))
                            .success())
                    .isTrue();
            assertThat(actor.update("User", anna, Map.of("Title", "Queen", "UserRoleId", role("CEO")))
                            .success())
                    .isTrue();
        }
    }

    @Test
    void failsTheLockedRowAloneAndNamesIt() {
        String anna = actor.user("anna", "Standard User");
        String bob = actor.user("bob", "Standard User");
        var rows = List.of(
                new InputRow("User", Optional.of(anna), Map.of("Title", "Queen")),
                new InputRow("User", Optional.of(bob), Map.of("Title", "King")));

        List<RowResult> results;
        try (Locks.Hold other = org.locks().holdRow(anna)) {
            assertThat(other).isNotNull();
            results = actor.write(WriteRequest.Kind.UPDATE, rows);
        }

        assertThat(Actor.error(results.get(0)))
                .isEqualTo(
                        "UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record or 1 records: " + anna);
        assertThat(results.get(1).success()).isTrue();
    }

    @Test
    void locksTheAccountOfANewContact() {
        String account = actor.made("Account", Map.of("Name", "Acme"));

        try (Locks.Hold other = org.locks().holdRow(account)) {
            assertThat(other).isNotNull();
            assertThat(Actor.error(actor.create("Contact", Map.of("LastName", "Bolika", "AccountId", account))))
                    .startsWith("UNABLE_TO_LOCK_ROW");
        }
    }

    @Test
    void letsASecondCallFailThatWaitsTooLongForTheFirst() {
        try (var slow = new Org(OrgSettings.builder("Slow")
                .usernames(new Usernames())
                .lockWait(Duration.ofMillis(1))
                .lockHold(Duration.ofMinutes(1))
                .build())) {
            var worker = new Actor(slow);
            var first = new Thread(() -> worker.create("UserRole", Map.of("Name", "First")));
            first.start();
            try {
                await().atMost(10, SECONDS)
                        .until(() ->
                                !slow.recordsBy("UserRole", "Name", "First").isEmpty());

                assertThat(Actor.error(worker.create("UserRole", Map.of("Name", "Second"))))
                        .isEqualTo(NO_LOCK);
            } finally {
                first.interrupt();
            }
        }
    }

    private String role(String name) {
        return actor.id("UserRole", "Name", name);
    }

    private String group() {
        return actor.id("Group", "DeveloperName", "All_Sales");
    }
}
