package dev.salesforcesync.salesforce;

import static dev.salesforcesync.salesforce.ScriptedSalesforce.envelope;
import static dev.salesforcesync.salesforce.ScriptedSalesforce.refusedRow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.SalesforceOrg.NewAssignment;
import dev.salesforcesync.salesforce.SalesforceOrg.UserUpdate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent again, and what never is, when rows are refused for a lock. */
class LockedRowsTest {
    private static final String LOCKED = refusedRow(
            "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record or 1 records: 005D2000005smGPIA");
    private static final String WRITTEN =
            "<result><id>" + ScriptedSalesforce.id(7) + "</id><success>true</success></result>";
    private static final Pattern NAMES = Pattern.compile("LastName[^>/]*>([^<]+)</");

    private final ScriptedSalesforce server = new ScriptedSalesforce();
    private final List<Integer> pauses = new ArrayList<>();
    private final List<List<String>> calls = new ArrayList<>();
    private final SalesforceOrg org =
            SalesforceGateway.open(server.settings(), new ManualClock(), CallObserver.NONE, round -> {
                pauses.add(round);
                return true;
            });

    @AfterEach
    void close() {
        org.close();
        server.close();
    }

    /** Answers each row of each call by its name and the number of the call, from 1. */
    private void answer(Function<String, String> byName) {
        server.soap = request -> {
            List<String> names = NAMES.matcher(request.body())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            synchronized (calls) {
                calls.add(names);
            }
            StringBuilder rows = new StringBuilder();
            names.forEach(name -> rows.append(byName.apply(name)));
            return server.plain(200, "text/xml", envelope("", "create", rows.toString()));
        };
    }

    private List<RowOutcome> create(String... names) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String name : names) {
            rows.add(Map.of("LastName", name));
        }
        return org.createUsers(rows, Optional.empty());
    }

    @Test
    void onlyTheLockedRowsAreSentAgainInHalvesAndEachGetsItsOutcome() {
        answer(name -> name.startsWith("locked") && calls.size() == 1 ? LOCKED : WRITTEN);

        assertThat(create("a", "locked1", "b", "locked2", "locked3")).hasOnlyElementsOfType(RowOutcome.Written.class);

        assertThat(calls)
                .containsExactly(
                        List.of("a", "locked1", "b", "locked2", "locked3"),
                        List.of("locked1", "locked2"),
                        List.of("locked3"));
        assertThat(pauses).containsExactly(0);
    }

    @Test
    void aRowThatStaysLockedIsGivenUpAfterThreeRounds() {
        answer(name -> name.equals("locked") ? LOCKED : WRITTEN);

        List<RowOutcome> outcomes = create("a", "locked");

        assertThat(outcomes.get(0)).isInstanceOf(RowOutcome.Written.class);
        assertThat(((RowOutcome.Refused) outcomes.get(1)).failure().reason()).isEqualTo("SalesforceRecordLocked");
        assertThat(calls).hasSize(1 + LockRetry.ROUNDS);
        assertThat(pauses).containsExactly(0, 1, 2);
    }

    @Test
    void manyLockedRowsCostABoundedNumberOfCalls() {
        answer(name -> LOCKED);

        create(IntStream.range(0, 200).mapToObj(i -> "p" + i).toArray(String[]::new));

        assertThat(calls).hasSize(1 + 2 + 4 + 8);
        assertThat(calls).last().satisfies(call -> assertThat(call).hasSize(25));
    }

    @Test
    void aRowWhoseAnswerIsLostDuringARetryIsUnknownAndNotSentAgain() {
        Deque<ScriptedSalesforce.Reply> replies = new ArrayDeque<>(List.of(
                server.plain(200, "text/xml", envelope("", "create", LOCKED + WRITTEN)), ScriptedSalesforce.closed()));
        server.soap = request -> replies.remove();

        List<RowOutcome> outcomes = create("a", "b");

        assertThat(outcomes.get(0)).isInstanceOf(RowOutcome.Unknown.class);
        assertThat(outcomes.get(1)).isInstanceOf(RowOutcome.Written.class);
        assertThat(server.writes()).hasSize(2);
    }

    @Test
    void aCallThatWasRefusedWholeForALockIsSentAgain() {
        AtomicInteger sent = new AtomicInteger();
        server.soap = request -> sent.incrementAndGet() == 1
                ? server.fault(500, "sf:UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access")
                : server.saved(1);

        assertThat(create("a", "b")).hasOnlyElementsOfType(RowOutcome.Written.class);
        assertThat(sent).hasValue(3);
    }

    @Test
    void aFaultThatLeavesDoubtIsNotSentAgainEvenIfItSpeaksOfALock() {
        server.soap = request -> server.fault(500, "sf:UNKNOWN_EXCEPTION", "could not acquire lock");

        assertThat(create("a", "b")).hasOnlyElementsOfType(RowOutcome.Unknown.class);
        assertThat(server.writes()).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void rowsWithARoleAreWrittenOneCallAtATime() throws Exception {
        server.describe = ScriptedSalesforce.USER_DESCRIBE.replace(
                "{\"name\":\"Id\"",
                "{\"name\":\"UserRoleId\",\"type\":\"reference\",\"length\":18,\"createable\":true,"
                        + "\"updateable\":true},{\"name\":\"Id\"");
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch plainInside = new CountDownLatch(1);
        server.soap = request -> exchange -> {
            boolean role = request.body().contains("UserRoleId");
            if (role) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                try {
                    // A row without a role gets through while one with a role is under way.
                    plainInside.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                now.decrementAndGet();
            } else {
                plainInside.countDown();
            }
            server.saved("update", 1).to(exchange);
        };
        SalesforceId anna = new SalesforceId(ScriptedSalesforce.id(7));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<List<RowOutcome>>> results = new ArrayList<>();
        for (Map<String, Optional<String>> values : List.of(
                Map.of("UserRoleId", Optional.of("00E000000000001AAA")),
                Map.of("UserRoleId", Optional.<String>empty()),
                Map.of("userroleid", Optional.<String>empty()),
                Map.of("Title", Optional.of("x")))) {
            results.add(threads.submit(() -> org.updateUsers(List.of(new UserUpdate(anna, values)))));
        }
        for (Future<List<RowOutcome>> result : results) {
            assertThat(result.get(30, TimeUnit.SECONDS)).hasOnlyElementsOfType(RowOutcome.Written.class);
        }
        threads.shutdown();

        assertThat(most).hasValue(1);
        assertThat(server.writes()).hasSize(4);
    }

    @Test
    void membersOfGroupsAreGivenAndTakenOneCallAtATime() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch setInside = new CountDownLatch(1);
        CountDownLatch crowd = new CountDownLatch(1);
        server.soap = request -> exchange -> {
            if (request.body().contains("PermissionSetAssignment")) {
                setInside.countDown();
            } else {
                int inside = now.incrementAndGet();
                most.accumulateAndGet(inside, Math::max);
                if (inside > 1) {
                    crowd.countDown();
                }
                try {
                    // A permission set gets through while a member is under way.
                    setInside.await(20, TimeUnit.SECONDS);
                    // Time for a second member to come in, which none does.
                    crowd.await(300, TimeUnit.MILLISECONDS);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                now.decrementAndGet();
            }
            server.saved(request.operation(), 1).to(exchange);
        };
        SalesforceId anna = new SalesforceId(ScriptedSalesforce.id(7));
        List<NewAssignment> grant = List.of(new NewAssignment(anna, new SalesforceId("00G000000000001AAA")));
        SalesforceId row = new SalesforceId("011000000000001AAA");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<List<RowOutcome>>> results = List.of(
                threads.submit(() -> org.grant(EntitlementKind.QUEUE, grant)),
                threads.submit(() -> org.grant(EntitlementKind.PUBLIC_GROUP, grant)),
                threads.submit(() -> org.withdraw(EntitlementKind.QUEUE, List.of(row))),
                threads.submit(() -> org.grant(EntitlementKind.PERMISSION_SET, grant)));
        for (Future<List<RowOutcome>> result : results) {
            assertThat(result.get(30, TimeUnit.SECONDS)).hasOnlyElementsOfType(RowOutcome.Written.class);
        }
        threads.shutdown();

        assertThat(most).hasValue(1);
        assertThat(server.writes()).hasSize(4);
    }
}
