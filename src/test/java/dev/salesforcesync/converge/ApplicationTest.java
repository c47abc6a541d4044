package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.ConfigMapLedger;
import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.CreateIntent;
import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Change;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.sandbox.kubernetes.KubernetesApiServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplicationTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final SalesforceId ORG = new SalesforceId("00D000000000001");

    private static final RowOutcome DUPLICATE = new RowOutcome.Refused(
            new Failure.Terminal("SalesforceDuplicateUserName", "choose another"), List.of("Username"));

    private final FakeOrg org = new FakeOrg();
    private final List<RowOutcome> outcomes = new ArrayList<>();
    private final List<String> refusedNames = new ArrayList<>();
    private Optional<Failure> stopSign = Optional.empty();
    private KubernetesApiServer server;
    private KubernetesClient client;
    private OrgLedger ledger;

    @BeforeEach
    void openALedger() {
        server = KubernetesApiServer.start(0, List.of());
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(server.clientConfig())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        ledger = opened(ConfigMapLedger.open(client, "default", ORG));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void remembersTheIntentBeforeItCreatesAndTheLinkAfter() {
        List<Integer> intentsAtTheCall = new ArrayList<>();
        org.answer = row -> {
            intentsAtTheCall.add(opened(ConfigMapLedger.open(client, "default", ORG))
                    .intents()
                    .size());
            return new RowOutcome.Written(FakeOrg.idOf(row));
        };

        assertThat(carryOut(joiners(1))).isEmpty();

        assertThat(intentsAtTheCall).containsExactly(1);
        assertThat(ledger.intents()).isEmpty();
        assertThat(ledger.links()).containsOnlyKeys(guid(0));
    }

    @Test
    void readsBackARowWhoseAnswerWasLost() {
        org.answer = row -> new RowOutcome.Unknown(FakeOrg.LOST);
        org.found = List.of(userCreated("2026-11-22T11:59:58.000+0000"));

        carryOut(joiners(1));

        assertThat(outcomes).singleElement().isInstanceOf(RowOutcome.Written.class);
        assertThat(ledger.links()).containsOnlyKeys(guid(0));
    }

    @Test
    void doesNotTakeAnOlderUserForTheOneWhoseAnswerWasLost() {
        org.answer = row -> new RowOutcome.Unknown(FakeOrg.LOST);
        org.found = List.of(userCreated("2020-01-01T00:00:00.000+0000"));

        carryOut(joiners(1));

        assertThat(outcomes).singleElement().isInstanceOf(RowOutcome.Unknown.class);
        assertThat(ledger.links()).isEmpty();
        assertThat(ledger.intents()).containsOnlyKeys(guid(0));
    }

    @Test
    void forgetsTheIntentOfARefusedRow() {
        org.answer = row -> new RowOutcome.Refused(
                new Failure.Terminal("SalesforceEmailInvalid", "correct the address"), List.of("Email"));

        carryOut(joiners(1));

        assertThat(ledger.links()).isEmpty();
        assertThat(ledger.intents()).isEmpty();
    }

    @Test
    void sendsAtMostTwoHundredRowsACall() {
        carryOut(joiners(401));

        assertThat(org.created.stream().map(List::size)).containsExactlyInAnyOrder(200, 200, 1);
        assertThat(ledger.links()).hasSize(401);
    }

    @Test
    void sendsNothingWhileItIsToldToStop() {
        stopSign = Optional.of(new Failure.Waiting("WritesStopped", "switched off"));

        assertThat(carryOut(joiners(3))).isEqualTo(stopSign);

        assertThat(org.created).isEmpty();
        assertThat(outcomes).hasSize(3).allSatisfy(row -> assertThat(row).isInstanceOf(RowOutcome.NotSent.class));
    }

    @Test
    void sendsNothingThatTheLedgerCannotRemember() {
        server.close();

        assertThat(carryOut(joiners(1)).map(Failure::reason)).contains("LedgerUnavailable");

        assertThat(org.created).isEmpty();
        server = KubernetesApiServer.start(0, List.of());
    }

    @Test
    void stopsWhenSalesforceTakesNothingMore() {
        Failure exhausted = new Failure.Transient("SalesforceApiBudgetExhausted", "wait");
        org.answer = row -> new RowOutcome.NotSent(exhausted);

        assertThat(carryOut(joiners(401))).contains(exhausted);

        assertThat(outcomes).hasSize(401);
        assertThat(ledger.intents()).isEmpty();
    }

    @Test
    void asksForTheNextNamesOfThoseWhoseNameAnotherOrgHas() {
        List<List<String>> intents = new ArrayList<>();
        org.answer = row -> {
            intents.add(ledger.intents().values().stream()
                    .map(CreateIntent::username)
                    .sorted()
                    .toList());
            return Objects.requireNonNull(row.get("Username"))
                            .toLowerCase(Locale.ROOT)
                            .startsWith("taken")
                    ? DUPLICATE
                    : new RowOutcome.Written(FakeOrg.idOf(row));
        };
        List<Action> actions = new ArrayList<>(joiners(3));
        actions.add(named(7, "taken7@x", "Taken77@x", "free@x"));
        actions.add(named(8, "taken8@x", "taken88@x"));

        carryOut(actions);

        assertThat(org.created.stream().map(List::size)).containsExactly(5, 2, 1);
        assertThat(intents.get(7)).contains("free@x").doesNotContain("taken7@x", "Taken77@x");
        assertThat(ledger.links()).containsKeys(guid(7)).doesNotContainKey(guid(8));
        assertThat(ledger.intents()).isEmpty();
        assertThat(outcomes).hasSize(5);
        assertThat(outcomes).filteredOn(DUPLICATE::equals).hasSize(1);
        assertThat(refusedNames).containsExactlyInAnyOrder("taken7@x", "taken77@x", "taken8@x", "taken88@x");
    }

    @Test
    void linksAChainOfTwoThousandManagersInAsManyCallsAsItTakesToCreateThem() {
        List<Action> actions = new ArrayList<>(joiners(2_000));
        for (int i = 0; i < 2_000; i++) {
            // the last one works for the first
            actions.add(refers(i, Optional.empty(), (i + 1) % 2_000));
        }

        carryOut(actions);

        assertThat(org.created).hasSize(10);
        assertThat(org.updated).hasSize(10);
        Map<SalesforceId, Optional<String>> managers = new HashMap<>();
        org.updated.forEach(call -> call.forEach(row ->
                managers.put(row.user(), Objects.requireNonNull(row.values().get("ManagerId")))));
        assertThat(managers).hasSize(2_000);
        for (int i = 0; i < 2_000; i++) {
            assertThat(managers.get(linked(i))).contains(linked((i + 1) % 2_000).value());
        }
    }

    @Test
    void aReferenceWaitsForWhoeverWasNotCreated() {
        org.answer =
                row -> new RowOutcome.Refused(new Failure.Terminal("SalesforceEmailInvalid", "mend it"), List.of());
        List<Action> actions = new ArrayList<>(joiners(1));
        actions.add(refers(5, Optional.of(user(5)), 0));

        carryOut(actions);

        assertThat(org.updated).isEmpty();
        assertThat(outcomes).hasSize(1);
    }

    private SalesforceId linked(int number) {
        return Objects.requireNonNull(ledger.links().get(guid(number))).user();
    }

    private static Action refers(int number, Optional<SalesforceId> user, int manager) {
        return new Action.Refer(
                guid(number),
                user,
                "ManagerId",
                new Change(Optional.empty(), Optional.of("user of " + guid(manager)), false),
                Optional.of(guid(manager)),
                "DiffersFromPolicy");
    }

    private static Action named(int number, String name, String... others) {
        return new Action.Create(
                guid(number),
                new TreeMap<>(Map.of("Username", new Change(Optional.empty(), Optional.of(name), false))),
                List.of(others),
                false,
                "new");
    }

    @Test
    void remembersThatARightIsOursBeforeItGivesItToAUserWhomTheSameRunCreates() {
        List<Map<SalesforceId, Map<GivenRight, String>>> remembered = new ArrayList<>();
        org.refusal = row -> {
            remembered.add(opened(ConfigMapLedger.open(client, "default", ORG)).given());
            return Optional.empty();
        };
        List<Action> actions = new ArrayList<>(joiners(1));
        actions.add(gives(0, Optional.empty(), false));

        carryOut(actions);

        SalesforceId user = Objects.requireNonNull(ledger.links().get(guid(0))).user();
        assertThat(org.held.values())
                .singleElement()
                .satisfies(row -> assertThat(row.user()).isEqualTo(user));
        assertThat(remembered).containsExactly(Map.of(user, Map.of(right(), "default/people")));
        assertThat(ledger.given()).containsOnlyKeys(user);
    }

    @Test
    void givesNothingToWhoeverWasNotCreatedOrDidNotComeBack() {
        ledger.record(
                List.of(new LedgerChange.Put(new Entry.Link(new PersonLink(guid(0), user(7), "default/people")))));
        org.answer =
                row -> new RowOutcome.Refused(new Failure.Terminal("SalesforceEmailInvalid", "mend it"), List.of());
        List<Action> actions = new ArrayList<>(joiners(1));
        actions.add(gives(0, Optional.empty(), false));
        actions.add(gives(1, Optional.of(user(1)), true));

        carryOut(actions);

        assertThat(outcomes).hasSize(1);
        assertThat(org.held).isEmpty();
        assertThat(ledger.given()).isEmpty();
    }

    @Test
    void forgetsARefusedRightAndKeepsInMindWhatALostAnswerLeavesOpen() {
        org.refusal = row -> Optional.of(
                row.user().equals(user(1))
                        ? new RowOutcome.Refused(
                                new Failure.Terminal("SalesforceLicenseLimitExceeded", "buy"), List.of())
                        : new RowOutcome.Unknown(FakeOrg.LOST));

        carryOut(List.of(gives(1, Optional.of(user(1)), false), gives(2, Optional.of(user(2)), false)));

        assertThat(ledger.given()).containsOnlyKeys(user(2));
    }

    @Test
    void givesAndTakesTwoHundredRightsACallAndForgetsWhatIsTaken() {
        carryOut(IntStream.range(0, 401)
                .<Action>mapToObj(number -> gives(number, Optional.of(user(number)), false))
                .toList());
        assertThat(ledger.given()).hasSize(401);
        List<Action> back = org.held.values().stream()
                .<Action>map(row -> new Action.Withdraw(guid(1), row, "Queue", "NoLongerGiven"))
                .toList();

        assertThat(carryOut(back)).isEmpty();

        assertThat(org.grants).containsExactly(200, 200, 1);
        assertThat(org.held).isEmpty();
        assertThat(ledger.given()).isEmpty();
    }

    private static Action gives(int number, Optional<SalesforceId> user, boolean returning) {
        return new Action.Assign(
                guid(number),
                user,
                new Entitlement(EntitlementKind.QUEUE, right().entitlement(), "Queue", Optional.empty(), false),
                returning,
                List.of("group"));
    }

    private static GivenRight right() {
        return new GivenRight(EntitlementKind.QUEUE, new SalesforceId("00G000000000001"));
    }

    private static SalesforceId user(int number) {
        return new SalesforceId(String.format(Locale.ROOT, "005%012d", number));
    }

    private Optional<Failure> carryOut(List<Action> actions) {
        OrgSession session = new OrgSession(org, description(), ledger, Set.of(), 1);
        Application application = new Application(
                session, "default/people", Optional.empty(), Map.of(), () -> stopSign, new Application.Listener() {
                    @Override
                    public void acted(Action action, String pass, RowOutcome outcome) {
                        outcomes.add(outcome);
                    }

                    @Override
                    public void nameRefused(String username) {
                        refusedNames.add(username);
                    }

                    @Override
                    public void progress(String pass, Effort effort) {}
                });
        return application.carryOut(actions, NOW);
    }

    private static List<Action> joiners(int count) {
        return IntStream.range(0, count)
                .<Action>mapToObj(number -> new Action.Create(
                        guid(number),
                        new TreeMap<>(Map.of(
                                "Username",
                                new Change(Optional.empty(), Optional.of("person" + number + "@example.com"), false))),
                        false,
                        "new"))
                .toList();
    }

    private static ObjectGuid guid(int number) {
        return new ObjectGuid(new UUID(1, number));
    }

    private static SalesforceUser userCreated(String when) {
        return new SalesforceUser(
                new SalesforceId("005000000000007"),
                Map.of("Username", "Person0@example.com", "IsActive", "true", "CreatedDate", when),
                NOW);
    }

    private static OrgLedger opened(Result<OrgLedger> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<OrgLedger>) result).value();
    }

    private static OrgDescription description() {
        return new OrgDescription(
                new OrgDescription.Organization(ORG, "Acme", "Enterprise Edition", true, "TEST1"),
                new OrgDescription.RunningUser(new SalesforceId("005000000000001"), "integration@acme.example", "Sync"),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of(),
                new OrgDescription.ApiUsage(0, 1000, NOW));
    }
}
