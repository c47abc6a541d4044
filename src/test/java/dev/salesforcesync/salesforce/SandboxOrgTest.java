package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import dev.salesforcesync.salesforce.SalesforceOrg.NewAssignment;
import dev.salesforcesync.salesforce.SalesforceOrg.UserUpdate;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.Usernames;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole promise of {@link SalesforceOrg}, against an org that behaves like a real one. */
class SandboxOrgTest {
    private final SalesforceOrgServer server = SalesforceOrgServer.start(
            OrgSettings.builder("Acme").usernames(new Usernames()).build(), 0);
    private final SalesforceOrg org = SalesforceGateway.open(settings(server, SalesforceSettings.Budget.DEFAULT));
    private final String standardUser = profile("Standard User");

    @AfterEach
    void close() {
        org.close();
        server.close();
    }

    private static SalesforceSettings settings(SalesforceOrgServer server, SalesforceSettings.Budget budget) {
        return settings(server, budget, Duration.ofSeconds(30));
    }

    private static SalesforceSettings settings(
            SalesforceOrgServer server, SalesforceSettings.Budget budget, Duration timeout) {
        return new SalesforceSettings(
                URI.create(server.baseUrl()),
                "65.0",
                new SalesforceSettings.Authentication.ClientCredentials(
                        server.org().settings().clientId(),
                        server.org().settings().clientSecret()),
                Optional.empty(),
                Optional.empty(),
                budget,
                timeout);
    }

    private String profile(String name) {
        return server.org().recordsBy("Profile", "Name", name).get(0).id();
    }

    private Map<String, String> person(int number) {
        Map<String, String> row = new HashMap<>();
        row.put("Username", "o'brien" + number + "@people.example");
        row.put("LastName", "Müller \"" + number + "\" <&> 张");
        row.put("Email", "p" + number + "@mail.example");
        row.put("Alias", "p" + number);
        row.put("TimeZoneSidKey", "Europe/Berlin");
        row.put("LocaleSidKey", "de_DE");
        row.put("EmailEncodingKey", "UTF-8");
        row.put("LanguageLocaleKey", "de");
        row.put("ProfileId", standardUser);
        row.put("AD_ObjectGuid__c", "guid-" + number);
        return row;
    }

    private List<Map<String, String>> people(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::person).toList();
    }

    private List<RowOutcome> create(int from, int to) {
        return org.createUsers(people(from, to), Optional.empty());
    }

    private List<SalesforceId> created(int from, int to) {
        return create(from, to).stream()
                .map(outcome -> ((RowOutcome.Written) outcome).id())
                .toList();
    }

    private static <T> T value(Result<T> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<T>) result).value();
    }

    private static Failure failure(RowOutcome outcome) {
        if (outcome instanceof RowOutcome.Refused refused) {
            return refused.failure();
        }
        return outcome instanceof RowOutcome.Unknown unknown
                ? unknown.failure()
                : ((RowOutcome.NotSent) outcome).failure();
    }

    private int calls(String operation) {
        return server.journal().count(entry -> entry.call().operation().equals(operation));
    }

    @Test
    void describesTheOrg() {
        OrgDescription told = value(org.describe());

        assertThat(told.organization().name()).isEqualTo("Acme");
        assertThat(told.organization().id().value())
                .isEqualTo(server.org().settings().id());
        assertThat(told.organization().sandbox()).isTrue();
        assertThat(told.runningUser().username()).isEqualTo("integration@acme.example");
        assertThat(told.runningUser().profile()).isEqualTo(OrgSettings.INTEGRATION_PROFILE);
        assertThat(told.profile("System Administrator").orElseThrow().privileged())
                .isTrue();
        assertThat(told.profile("Standard User").orElseThrow().privileged()).isFalse();
        assertThat(told.profile("Standard User").orElseThrow().license()).isEqualTo("Salesforce");
        assertThat(told.roles()).containsKey("CEO");
        assertThat(told.licenses())
                .anySatisfy(license -> assertThat(license.name()).isEqualTo("Salesforce Platform"));
        assertThat(told.userFields())
                .hasEntrySatisfying(
                        "AD_ObjectGuid__c",
                        field -> assertThat(field.externalId()).isTrue());
        assertThat(told.apiUsage().limit()).isEqualTo(1_000_000);
        assertThat(told.apiUsage().used()).isPositive();
    }

    @Test
    void createsAndUpdatesFourHundredAndFiftyPeopleInThreeCallsEach() {
        List<RowOutcome> outcomes = new ArrayList<>();
        for (int from = 0; from < 450; from += SalesforceOrg.MAX_ROWS) {
            outcomes.addAll(create(from, Math.min(450, from + SalesforceOrg.MAX_ROWS)));
        }
        assertThat(outcomes).hasSize(450).hasOnlyElementsOfType(RowOutcome.Written.class);
        assertThat(calls("create")).isEqualTo(3);

        List<UserUpdate> updates = outcomes.stream()
                .map(outcome -> new UserUpdate(
                        ((RowOutcome.Written) outcome).id(),
                        Map.of("Title", Optional.of("Chief"), "AD_ObjectGuid__c", Optional.empty())))
                .toList();
        for (int from = 0; from < 450; from += SalesforceOrg.MAX_ROWS) {
            assertThat(org.updateUsers(updates.subList(from, Math.min(450, from + SalesforceOrg.MAX_ROWS))))
                    .hasOnlyElementsOfType(RowOutcome.Written.class);
        }
        assertThat(calls("update")).isEqualTo(3);

        List<SalesforceUser> users = value(org.readUsers(Set.of("LastName", "Title", "AD_ObjectGuid__c")));
        assertThat(users.stream().filter(user -> user.username().startsWith("o'brien")))
                .hasSize(450)
                .allSatisfy(user -> {
                    assertThat(user.field("Title")).contains("Chief");
                    assertThat(user.field("AD_ObjectGuid__c")).isEmpty();
                    assertThat(user.field("LastName").orElseThrow())
                            .startsWith("Müller \"")
                            .endsWith("\" <&> 张");
                    assertThat(user.active()).isTrue();
                });
        assertThat(server.journal().entries())
                .filteredOn(
                        entry -> entry.call().write() && entry.call().protocol().equals("SOAP"))
                .allSatisfy(entry ->
                        assertThat(entry.call().headers()).containsEntry("EmailHeader.triggerUserEmail", "false"));
    }

    @Test
    void readsBackExactlyTheRowsAskedFor() {
        created(0, 50);

        List<SalesforceUser> found = value(org.readUsersBy(
                "Username", List.of("o'brien7@people.example", "o'brien9@people.example", "nobody"), Set.of()));

        assertThat(found)
                .extracting(SalesforceUser::username)
                .containsExactlyInAnyOrder("o'brien7@people.example", "o'brien9@people.example");
    }

    @Test
    void upsertsTheSamePersonOnce() {
        Optional<String> anchor = Optional.of("AD_ObjectGuid__c");

        List<RowOutcome> first = org.createUsers(people(0, 2), anchor);
        List<RowOutcome> second = org.createUsers(people(0, 2), anchor);

        assertThat(first).hasOnlyElementsOfType(RowOutcome.Written.class).isEqualTo(second);
    }

    @Test
    void freezesAndThaws() {
        List<SalesforceId> users = created(0, 3);

        Map<SalesforceId, LoginRecord> records = value(org.loginRecords(users));
        assertThat(records.keySet()).containsExactlyInAnyOrderElementsOf(users);
        assertThat(org.setFrozen(List.copyOf(records.values()), true)).hasOnlyElementsOfType(RowOutcome.Written.class);
        assertThat(value(org.loginRecords(users)).values()).allMatch(LoginRecord::frozen);
        org.setFrozen(List.copyOf(records.values()), false);
        assertThat(value(org.loginRecords(users)).values()).noneMatch(LoginRecord::frozen);
    }

    @Test
    void deactivatesAndReactivates() {
        SalesforceId user = created(0, 1).get(0);
        for (boolean active : new boolean[] {false, true}) {
            assertThat(org.updateUsers(
                            List.of(new UserUpdate(user, Map.of("IsActive", Optional.of(String.valueOf(active)))))))
                    .containsExactly(new RowOutcome.Written(user));
            assertThat(value(org.readUsersBy("Id", List.of(user.value()), Set.of())))
                    .singleElement()
                    .satisfies(read -> assertThat(read.active()).isEqualTo(active));
        }
    }

    @Test
    void refusesRowByRowWithReasonAndFields() {
        created(0, 1);
        Map<String, String> taken = person(0);
        taken.remove("AD_ObjectGuid__c");
        Map<String, String> nameless = person(2);
        nameless.remove("LastName");
        Map<String, String> longAlias = person(3);
        longAlias.put("Alias", "muchtoolong");
        Map<String, String> noEmail = person(4);
        noEmail.put("Username", "nomail");
        Map<String, String> badZone = person(5);
        badZone.put("TimeZoneSidKey", "Berlin");

        List<RowOutcome> outcomes =
                org.createUsers(List.of(taken, nameless, longAlias, noEmail, badZone, person(6)), Optional.empty());

        assertThat(outcomes.subList(0, 5))
                .extracting(outcome -> failure(outcome).reason())
                .containsExactly(
                        "SalesforceDuplicateUserName",
                        "SalesforceRequiredFieldMissing",
                        "SalesforceValueTooLong",
                        "SalesforceUsernameInvalid",
                        "SalesforcePicklistValueInvalid");
        assertThat(((RowOutcome.Refused) outcomes.get(1)).fields()).containsExactly("LastName");
        assertThat(((RowOutcome.Refused) outcomes.get(2)).fields()).containsExactly("Alias");
        assertThat(outcomes.get(5)).isInstanceOf(RowOutcome.Written.class);
        assertThat(outcomes.toString()).doesNotContain("brien").doesNotContain("muchtoolong");
    }

    @Test
    void saysThatNoSeatIsFree() {
        server.org().setSeats("Salesforce", server.org().seatsTaken("Salesforce") + 1);

        List<RowOutcome> outcomes = create(0, 2);

        assertThat(outcomes.get(0)).isInstanceOf(RowOutcome.Written.class);
        assertThat(failure(outcomes.get(1)).reason()).isEqualTo("SalesforceLicenseLimitExceeded");
        assertThat(failure(outcomes.get(1))).isInstanceOf(Failure.Transient.class);
    }

    @Test
    void aSessionThatEndsInTheMiddleIsRenewedOnceForAllWorkers() {
        value(org.describe());
        int before = calls("token");
        server.faults().nextWrites(1, new Fault.SessionExpired());

        List<RowOutcome> outcomes = IntStream.range(0, 8)
                .parallel()
                .mapToObj(part -> create(part * 20, part * 20 + 20))
                .flatMap(List::stream)
                .toList();

        assertThat(outcomes).hasSize(160).hasOnlyElementsOfType(RowOutcome.Written.class);
        assertThat(calls("token")).isEqualTo(before + 1);
        assertThat(org.callsSent()).containsEntry("signIn", 2L);
    }

    @Test
    void aSessionThatEndsBetweenReadsIsRenewed() {
        value(org.describe());
        server.faults().next(1, new Fault.SessionExpired());

        assertThat(value(org.readUsers(Set.of()))).isNotEmpty();
        assertThat(org.callsSent()).containsEntry("signIn", 2L);
    }

    static List<Fault> doubtful() {
        return List.of(
                new Fault.Html503(),
                new Fault.Empty503(),
                new Fault.ServerUnavailable(),
                new Fault.CloseBeforeCommit(),
                new Fault.CloseAfterCommit(),
                new Fault.TruncatedAnswer(),
                new Fault.UnknownStatusCode(1),
                new Fault.SlowAfterCommit(Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void aLostAnswerIsUnknownIsNeverRepeatedAndCanBeReadBack(Fault fault) {
        try (SalesforceOrg hasty =
                SalesforceGateway.open(settings(server, SalesforceSettings.Budget.DEFAULT, Duration.ofSeconds(3)))) {
            value(hasty.describe());
            server.faults().nextWrites(1, fault);

            List<RowOutcome> outcomes = hasty.createUsers(people(0, 3), Optional.empty());

            assertThat(outcomes).hasSize(3).hasOnlyElementsOfType(RowOutcome.Unknown.class);
            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(failure(outcome)).isInstanceOf(Failure.Transient.class));
            assertThat(hasty.callsSent()).containsEntry("create", 1L);
            assertThat(calls("create")).isEqualTo(1);
            int stored = value(hasty.readUsersBy(
                            "AD_ObjectGuid__c", List.of("guid-0", "guid-1", "guid-2"), Set.of("AD_ObjectGuid__c")))
                    .size();
            assertThat(stored).isEqualTo((int) IntStream.range(0, 3)
                    .filter(number -> server.org()
                            .user("o'brien" + number + "@people.example")
                            .isPresent())
                    .count());
        }
    }

    @Test
    void aLockedRowIsTriedAgainAndTheOthersAreWrittenOnce() {
        server.faults().nextWrites(1, new Fault.RowLocked(1));

        assertThat(create(0, 3)).hasOnlyElementsOfType(RowOutcome.Written.class);
        assertThat(org.callsSent()).containsEntry("create", 2L);
    }

    @Test
    void limitsOfTheOrgMeanThatNothingWasWritten() {
        value(org.describe());
        server.faults().nextWrites(1, new Fault.DailyLimitReached());
        assertThat(create(0, 2)).allSatisfy(outcome -> {
            assertThat(outcome).isInstanceOf(RowOutcome.NotSent.class);
            assertThat(failure(outcome).reason()).isEqualTo("SalesforceRequestLimitExceeded");
        });
        server.faults().nextWrites(1, new Fault.ConcurrentLimitReached());
        assertThat(create(0, 2))
                .allSatisfy(outcome ->
                        assertThat(failure(outcome).reason()).isEqualTo("SalesforceConcurrentLimitExceeded"));
        assertThat(server.org().user("o'brien0@people.example")).isEmpty();
        assertThat(create(0, 2)).hasOnlyElementsOfType(RowOutcome.Written.class);
    }

    @Test
    void theReserveOfASmallOrgIsNeverTouched() {
        try (SalesforceOrgServer small = SalesforceOrgServer.start(
                        OrgSettings.builder("Small")
                                .dailyApiLimit(50)
                                .usernames(new Usernames())
                                .build(),
                        0);
                SalesforceOrg thrifty =
                        SalesforceGateway.open(settings(small, new SalesforceSettings.Budget(100, 20, 2)))) {
            value(thrifty.describe());
            Optional<Failure> stopped = Optional.empty();
            for (int call = 0; call < 60; call++) {
                if (thrifty.readUsersBy("Alias", List.of("nobody"), Set.of())
                        instanceof Result.Failed<List<SalesforceUser>> failed) {
                    stopped = Optional.of(failed.failure());
                }
            }
            assertThat(stopped.orElseThrow().reason()).isEqualTo("SalesforceApiBudgetExhausted");
            int used = small.journal().count(entry -> !entry.call().protocol().equals("OAUTH"));
            assertThat(used).isBetween(23, 25);
        }
    }

    @Test
    void wrongCredentialsAreSaidAndTriedThreeTimes() {
        SalesforceSettings right = settings(server, SalesforceSettings.Budget.DEFAULT);
        try (SalesforceOrg wrong = SalesforceGateway.open(new SalesforceSettings(
                right.instanceUrl(),
                right.apiVersion(),
                new SalesforceSettings.Authentication.ClientCredentials("sandbox-client", "wrong"),
                Optional.empty(),
                Optional.empty(),
                right.budget(),
                right.requestTimeout()))) {
            for (int call = 0; call < 5; call++) {
                Failure failure = ((Result.Failed<?>) wrong.describe()).failure();
                assertThat(failure).isInstanceOf(Failure.Terminal.class);
                assertThat(failure.reason()).isEqualTo("SalesforceCredentialsRejected");
            }
            assertThat(wrong.callsSent()).isEqualTo(Map.of("signIn", 3L));
        }
    }

    @Test
    void closingEndsTheSessionInTheOrg() {
        List<String> heard = new ArrayList<>();
        SalesforceOrg closing = SalesforceGateway.open(
                settings(server, SalesforceSettings.Budget.DEFAULT),
                InstantSource.system(),
                (operation, ending, took) -> heard.add(operation + " " + ending));
        value(closing.readUsers(Set.of()));
        closing.close();

        assertThat(heard).containsExactly("signIn ANSWERED", "query ANSWERED", "revoke ANSWERED");
    }

    @Test
    void tellsInOneCallWhatWasWrittenSince() {
        ManualClock clock = new ManualClock();
        try (SalesforceOrgServer timed = SalesforceOrgServer.start(
                        OrgSettings.builder("Timed")
                                .clock(clock.withZone(ZoneOffset.UTC))
                                .usernames(new Usernames())
                                .build(),
                        0);
                SalesforceOrg ours = SalesforceGateway.open(settings(timed, SalesforceSettings.Budget.DEFAULT))) {
            value(ours.describe());
            SalesforceId user = created(timed, ours, 0);
            SalesforceId other = created(timed, ours, 1);
            clock.pass(Duration.ofMinutes(1));
            Instant start = clock.instant();
            assertThat(value(ours.newsSince(start, Set.of("Title"), Set.of(EntitlementKind.values()))))
                    .isEqualTo(new OrgNews(List.of(), List.of(), Map.of()));

            timed.org().editAsHuman("User", user.value(), Map.of("Title", "Changed"));
            LoginRecord login = Objects.requireNonNull(
                    value(ours.loginRecords(List.of(other))).get(other));
            timed.org().editAsHuman("UserLogin", login.id().value(), Map.of("IsFrozen", true));
            SalesforceId set = new SalesforceId(timed.org()
                    .recordsBy("PermissionSet", "Name", "Report_Reader")
                    .get(0)
                    .id());
            RowOutcome.Written given = (RowOutcome.Written)
                    ours.grant(EntitlementKind.PERMISSION_SET, List.of(new NewAssignment(other, set)))
                            .get(0);
            long calls = calls(ours);

            OrgNews news = value(ours.newsSince(start, Set.of("Title"), Set.of(EntitlementKind.values())));

            assertThat(calls(ours)).isEqualTo(calls + 1);
            assertThat(news.users()).hasSize(1);
            assertThat(news.users().get(0).id()).isEqualTo(user);
            assertThat(news.users().get(0).field("Title")).contains("Changed");
            assertThat(news.users().get(0).modified()).isAfterOrEqualTo(start.truncatedTo(ChronoUnit.SECONDS));
            assertThat(news.logins()).containsExactly(new LoginRecord(login.id(), other, true));
            assertThat(news.rights()).isEqualTo(Map.of(given.id(), other));
        }
    }

    private static long calls(SalesforceOrg org) {
        return org.callsSent().values().stream().mapToLong(Long::longValue).sum();
    }

    private SalesforceId created(SalesforceOrgServer server, SalesforceOrg ours, int number) {
        Map<String, String> row = person(number);
        row.put(
                "ProfileId",
                server.org()
                        .recordsBy("Profile", "Name", "Standard User")
                        .get(0)
                        .id());
        return ((RowOutcome.Written)
                        ours.createUsers(List.of(row), Optional.empty()).get(0))
                .id();
    }

    @Test
    void knowsWhoHoldsAPermissionSet() {
        assertThat(value(org.assigneesOf(Set.of("Full_Access", "acme__Full_Access"))))
                .isNotNull();
    }
}
