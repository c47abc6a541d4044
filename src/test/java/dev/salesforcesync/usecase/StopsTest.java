package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An initial load that is interrupted, and goes on. Everybody has a role, a permission set and a manager, all of which
 * come after the call that creates him: nobody may be left without them.
 */
class StopsTest {
    private static final int PEOPLE = 700;
    private static final int BATCHES = 4;

    private static Scene scene;

    @BeforeAll
    static void open() {
        scene = new Scene();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    /** What happens in mid-run, and what makes it go on. */
    private enum Interruption {
        SUSPENSION {
            @Override
            void happens(Stage stage, String rules) {
                stage.changePolicy("suspend: true");
                stage.awaitNotReady("Suspended");
                assertItStands(stage);
                stage.changePolicy("suspend: false");
            }
        },
        SUSPENSION_AND_RESUME_AT_ONCE {
            @Override
            void happens(Stage stage, String rules) {
                stage.changePolicy("suspend: true");
                stage.changePolicy("suspend: false");
            }
        },
        POLICY_CHANGE {
            @Override
            void happens(Stage stage, String rules) {
                stage.changePolicy("intervals: {fullComparison: 7h}");
            }
        },
        CONNECTION_CHANGE {
            @Override
            void happens(Stage stage, String rules) {
                stage.changeConnection("apiBudget: {maxConcurrentRequests: 3}");
            }
        },
        CONNECTION_DELETED {
            @Override
            void happens(Stage stage, String rules) {
                stage.delete(stage.connection(Stage.CONNECTION));
                stage.awaitNotReady("DependencyNotReady");
                assertItStands(stage);
                stage.connection(Stage.CONNECTION, "");
            }
        },
        POLICY_DELETED {
            @Override
            void happens(Stage stage, String rules) {
                stage.delete(stage.policy());
                stage.policy(rules);
            }
        },
        SECRET_GONE {
            @Override
            void happens(Stage stage, String rules) {
                stage.deleteSecret("directory");
                stage.directorySecret(scene.directory().password());
            }
        },
        RESTART {
            @Override
            void happens(Stage stage, String rules) {
                scene.restartOperator();
            }
        };

        abstract void happens(Stage stage, String rules);
    }

    /** The calls under way come to their end, and nothing follows. */
    private static void assertItStands(Stage stage) {
        AtomicInteger before = new AtomicInteger(-1);
        await().atMost(Stage.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> before.get() == before.accumulateAndGet(stage.writeCalls(), (one, now) -> now));
        assertThat(calls(stage, "update")).isLessThan(2 * BATCHES);
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void whileUsersAreCreated(Interruption interruption) {
        interrupted(interruption, "create", 2, "");
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void whileRolesAndManagersAreGiven(Interruption interruption) {
        interrupted(interruption, "update", 3, "");
    }

    /** Existing users are not touched by these rules, so only memory can tell that somebody is not finished. */
    @ParameterizedTest
    @EnumSource(names = {"SUSPENSION", "RESTART"})
    void whatComesOnlyWithTheCreationComesAllTheSame(Interruption interruption) {
        interrupted(interruption, "update", 2, "lifecycle: {update: false}");
    }

    private static void interrupted(Interruption interruption, String operation, int calls, String more) {
        try (Stage stage = stage()) {
            populate(stage);
            stage.org()
                    .faults()
                    .nextLike(
                            40, call -> call.operation().equals(operation), new Fault.Latency(Duration.ofMillis(150)));
            String rules = rules(stage, more);
            stage.orgSecret("clientSecret", stage.org().org().settings().clientSecret());
            stage.directorySecret(scene.directory().password());
            stage.connection(Stage.CONNECTION, "apiBudget: {maxConcurrentRequests: 2}");
            stage.policy(rules);
            stage.awaitThat("it writes", () -> calls(stage, operation) >= calls);

            interruption.happens(stage, rules);

            stage.awaitReady();
            assertThat(stage.policyStatus().findUsers().orElseThrow().pending()).isZero();
            assertComplete(stage);
            assertThat(stage.ledgerLines("I")).isEmpty();
            assertThat(stage.ledgerLines("L")).hasSize(PEOPLE);
            int writes = stage.writeCalls();
            stage.compareAgain();
            assertThat(stage.writeCalls()).isEqualTo(writes);
        }
    }

    private static Stage stage() {
        return scene.stage(namespace -> SalesforceOrgServer.start(
                OrgSettings.builder(namespace)
                        .client("client-of-" + namespace, "first-secret")
                        .seats("Salesforce", 2 * PEOPLE)
                        .role("Seller")
                        .permissionSet(new OrgSettings.PermissionSetSeed("Reader", "Reader", Optional.empty(), false))
                        .build(),
                0));
    }

    private static String rules(Stage stage, String more) {
        return """
                attributes: [{field: ManagerId, expression: "ref(user.manager)", apply: %3$s}]
                entitlements:
                  roles: [{group: "%1$s", name: Seller}]
                  permissionSets: {rules: [{group: "%1$s", names: [Reader]}]}
                %2$s
                """.formatted(stage.groupDn("all"), more, more.isEmpty() ? "Always" : "OnCreate");
    }

    private static void populate(Stage stage) {
        IntStream.range(0, PEOPLE).forEach(i -> stage.person("p" + i));
        IntStream.range(0, PEOPLE).forEach(i -> stage.set("p" + i, "manager", stage.dn("p" + (i + 1) % PEOPLE)));
    }

    private static int calls(Stage stage, String operation) {
        return stage.org().journal().count(entry -> entry.call().operation().equals(operation));
    }

    /** What an undisturbed load comes to. */
    private static void assertComplete(Stage stage) {
        Map<String, String> ids = new TreeMap<>();
        Map<String, Row> users = new TreeMap<>();
        for (Row user : stage.org().org().records("User")) {
            String name = user.text("Username");
            if (name.endsWith("." + stage.namespace() + "@example.com")) {
                assertThat(users.put(name, user)).as("two users of one name").isNull();
                ids.put(name, user.id());
            }
        }
        assertThat(users).hasSize(PEOPLE);
        String role = stage.org()
                .org()
                .recordsBy("UserRole", "DeveloperName", "Seller")
                .get(0)
                .id();
        String set = stage.org()
                .org()
                .recordsBy("PermissionSet", "Name", "Reader")
                .get(0)
                .id();
        List<String> holders = stage.org().org().recordsBy("PermissionSetAssignment", "PermissionSetId", set).stream()
                .map(row -> row.text("AssigneeId"))
                .sorted()
                .toList();
        assertThat(holders).isEqualTo(ids.values().stream().sorted().toList());
        for (int i = 0; i < PEOPLE; i++) {
            Row user = Objects.requireNonNull(users.get(stage.username("p" + i)));
            assertThat(user.text("UserRoleId")).as("role of p" + i).isEqualTo(role);
            assertThat(user.text("ManagerId"))
                    .as("manager of p" + i)
                    .isEqualTo(ids.get(stage.username("p" + (i + 1) % PEOPLE)));
        }
    }
}
