package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import org.junit.jupiter.api.Test;

/** An org that was kept by hand for years is taken over: first comes the report, and only then a write. */
class BrownfieldTest {
    private static final int PEOPLE = 1_000;
    private static final int MATCHED = 500;
    private static final int AMBIGUOUS = 20;
    private static final int ORPHANS = 100;

    @Test
    void aThousandPeopleOfWhomHalfHaveUsersAreReportedExactlyBeforeTheFirstWrite() {
        try (Scene scene = new Scene();
                Stage stage = scene.stage()) {
            int before = activeUsers(stage);
            for (int i = 0; i < PEOPLE; i++) {
                stage.person("p" + i);
                if (i < MATCHED) {
                    stage.createAsIntegrationUser("p" + i);
                } else if (i < MATCHED + AMBIGUOUS) {
                    stage.set("p" + i, "employeeID", "E" + i);
                    for (String twin : new String[] {"a" + i, "b" + i}) {
                        stage.createAsIntegrationUser(twin);
                        stage.editAsHuman(twin, "EmployeeNumber", "E" + i);
                    }
                }
            }
            for (int i = 0; i < ORPHANS; i++) {
                stage.createAsIntegrationUser("gone" + i);
            }
            String matching = """
                    matching:
                    - {field: Username, expression: user.userPrincipalName}
                    - {field: EmployeeNumber, expression: "user.?employeeID.orValue('')"}
                    """;

            stage.play(matching + "mode: Preview");
            stage.awaitThat("the report", () -> stage.policyStatus().findPlan().isPresent());

            SyncPolicyStatus.Users users = stage.policyStatus().findUsers().orElseThrow();
            assertThat(users.findInScope()).contains(PEOPLE);
            assertThat(users.findLinked()).contains(MATCHED);
            assertThat(users.findAmbiguous()).contains(AMBIGUOUS);
            assertThat(users.findUnmatched()).contains(PEOPLE - MATCHED - AMBIGUOUS);
            // All but ourselves who were there before, both users of each ambiguous person, and those who have left.
            assertThat(users.findOrphaned()).contains(before - 1 + 2 * AMBIGUOUS + ORPHANS);
            assertThat(stage.writeCalls()).isZero();
            assertThat(stage.ledgerLines("L"))
                    .as("nothing is decided before it is looked at")
                    .isEmpty();

            stage.changePolicy("mode: Enforce");
            stage.awaitThat("the first joiner", () -> stage.user("p999").isPresent());
            for (int i = 0; i < ORPHANS; i++) {
                assertThat(stage.isActive("gone" + i)).isTrue();
            }
            assertThat(stage.user("p" + MATCHED))
                    .as("who is ambiguous is not created")
                    .isEmpty();
        }
    }

    private static int activeUsers(Stage stage) {
        return (int) stage.org().org().records("User").stream()
                .filter(user -> user.flag("IsActive"))
                .count();
    }
}
