package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.SalesforceOrg.NewAssignment;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.Usernames;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rights that a user holds any number of, against an org that behaves like a real one. */
class EntitlementsTest {
    private static final Set<EntitlementKind> ALL = EnumSet.allOf(EntitlementKind.class);

    private final SalesforceOrgServer server = SalesforceOrgServer.start(
            OrgSettings.builder("Acme")
                    .usernames(new Usernames())
                    .permissionSet(new OrgSettings.PermissionSetSeed(
                            "Console", "Console", Optional.of("SalesConsoleUser"), false))
                    .permissionSetGroup("Power_Bundle", "Report_Reader", "Full_Access")
                    .permissionSetLicence("Scarce", 1)
                    .lockWait(Duration.ZERO)
                    .build(),
            0);
    private final SalesforceOrg org =
            SalesforceGateway.open(settings(), InstantSource.system(), CallObserver.NONE, pause -> true);
    private final OrgDescription description = value(org.describe());
    private int people;

    @AfterEach
    void close() {
        org.close();
        server.close();
    }

    private SalesforceSettings settings() {
        return new SalesforceSettings(
                URI.create(server.baseUrl()),
                "65.0",
                new SalesforceSettings.Authentication.ClientCredentials(
                        server.org().settings().clientId(),
                        server.org().settings().clientSecret()),
                Optional.empty(),
                Optional.empty(),
                SalesforceSettings.Budget.DEFAULT,
                Duration.ofSeconds(30));
    }

    private static <T> T value(Result<T> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<T>) result).value();
    }

    private SalesforceId user() {
        return user("Standard User");
    }

    private SalesforceId user(String profile) {
        return written(
                org.createUsers(List.of(person(profile)), Optional.empty()).get(0));
    }

    private List<SalesforceId> users(int number) {
        List<SalesforceId> users = new ArrayList<>();
        for (int from = 0; from < number; from += SalesforceOrg.MAX_ROWS) {
            org.createUsers(
                            Stream.generate(() -> person("Standard User"))
                                    .limit(Math.min(SalesforceOrg.MAX_ROWS, number - from))
                                    .toList(),
                            Optional.empty())
                    .forEach(outcome -> users.add(written(outcome)));
        }
        return users;
    }

    private Map<String, String> person(String profile) {
        people++;
        Map<String, String> row = new HashMap<>();
        row.put("Username", "p" + people + "@people.example");
        row.put("LastName", "P" + people);
        row.put("Email", "p" + people + "@mail.example");
        row.put("Alias", "p" + people);
        row.put("TimeZoneSidKey", "Europe/Berlin");
        row.put("LocaleSidKey", "de_DE");
        row.put("EmailEncodingKey", "UTF-8");
        row.put("LanguageLocaleKey", "de");
        row.put("ProfileId", description.profile(profile).orElseThrow().id().value());
        return row;
    }

    private static SalesforceId written(RowOutcome outcome) {
        assertThat(outcome).isInstanceOf(RowOutcome.Written.class);
        return ((RowOutcome.Written) outcome).id();
    }

    private static String reason(RowOutcome outcome) {
        assertThat(outcome).isInstanceOf(RowOutcome.Refused.class);
        return ((RowOutcome.Refused) outcome).failure().reason();
    }

    private SalesforceId id(EntitlementKind kind, String name) {
        return description.entitlement(kind, name).orElseThrow().id();
    }

    private Optional<String> userLicense(String set) {
        return description
                .entitlement(EntitlementKind.PERMISSION_SET, set)
                .orElseThrow()
                .userLicense();
    }

    private RowOutcome grant(EntitlementKind kind, SalesforceId user, String name) {
        return org.grant(kind, List.of(new NewAssignment(user, id(kind, name)))).get(0);
    }

    private static String anyOf(EntitlementKind kind) {
        return switch (kind) {
            case PERMISSION_SET -> "Report_Reader";
            case PERMISSION_SET_GROUP -> "Sales_Bundle";
            case PERMISSION_SET_LICENSE -> "SalesConsoleUser";
            case PUBLIC_GROUP -> "Sales_Team";
            case QUEUE -> "Support";
        };
    }

    private int calls(String operation) {
        return server.journal().count(entry -> entry.call().operation().equals(operation));
    }

    @Test
    void theDescriptionNamesWhatCanBeGivenAndNothingThatStandsForSomethingElse() {
        assertThat(description.entitlements().get(EntitlementKind.PERMISSION_SET))
                .containsOnlyKeys("Sales_Cloud", "Report_Reader", "Full_Access", "Console");
        assertThat(description.entitlements().get(EntitlementKind.PERMISSION_SET_GROUP))
                .containsOnlyKeys("Sales_Bundle", "Power_Bundle");
        assertThat(description.entitlements().get(EntitlementKind.PERMISSION_SET_LICENSE))
                .containsOnlyKeys("SalesConsoleUser", "Scarce");
        assertThat(description.entitlements().get(EntitlementKind.PUBLIC_GROUP)).containsOnlyKeys("Sales_Team");
        assertThat(description.entitlements().get(EntitlementKind.QUEUE)).containsOnlyKeys("Support");
    }

    @Test
    void theDescriptionKnowsWhatIsPrivilegedAndWhichLicenceASetNeeds() {
        assertThat(description.entitlements().values().stream()
                        .flatMap(byName -> byName.values().stream())
                        .filter(Entitlement::privileged)
                        .map(Entitlement::name))
                .containsExactlyInAnyOrder("Full_Access", "Power_Bundle");
        assertThat(userLicense("Sales_Cloud")).contains("Salesforce");
        assertThat(userLicense("Report_Reader")).isEmpty();
        assertThat(userLicense("Console")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsGivenIsReadBackAndTakenAgain(EntitlementKind kind) {
        SalesforceId anna = user();
        SalesforceId bob = user();
        SalesforceId right = id(kind, anyOf(kind));

        List<RowOutcome> outcomes =
                org.grant(kind, List.of(new NewAssignment(anna, right), new NewAssignment(bob, right)));

        Assignment annas = new Assignment(written(outcomes.get(0)), anna, kind, right);
        Assignment bobs = new Assignment(written(outcomes.get(1)), bob, kind, right);
        assertThat(value(org.assignments(ALL))).containsExactlyInAnyOrder(annas, bobs);
        assertThat(value(org.assignments(Set.of(kind)))).containsExactlyInAnyOrder(annas, bobs);
        assertThat(value(org.assignments(EnumSet.complementOf(EnumSet.of(kind)))))
                .isEmpty();
        assertThat(value(org.assignmentsOf(Set.of(kind), List.of(bob)))).containsExactly(bobs);

        assertThat(org.withdraw(kind, List.of(annas.id()))).containsExactly(new RowOutcome.Written(annas.id()));
        assertThat(value(org.assignments(ALL))).containsExactly(bobs);
    }

    @ParameterizedTest
    @EnumSource
    void aRightHeldAlreadyIsWrittenByTheRowThatIsThere(EntitlementKind kind) {
        SalesforceId anna = user();
        SalesforceId bob = user();
        SalesforceId right = id(kind, anyOf(kind));
        SalesforceId before = written(grant(kind, anna, anyOf(kind)));

        List<RowOutcome> outcomes = org.grant(
                kind,
                List.of(new NewAssignment(bob, right), new NewAssignment(anna, right), new NewAssignment(bob, right)));

        assertThat(written(outcomes.get(1))).isEqualTo(before);
        assertThat(written(outcomes.get(2))).isEqualTo(written(outcomes.get(0))).isNotEqualTo(before);
        assertThat(value(org.assignments(ALL))).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatSomebodyElseTookCountsAsTaken(EntitlementKind kind) {
        SalesforceId annas = written(grant(kind, user(), anyOf(kind)));
        SalesforceId bobs = written(grant(kind, user(), anyOf(kind)));
        org.withdraw(kind, List.of(annas));

        assertThat(org.withdraw(kind, List.of(annas, bobs)))
                .containsExactly(new RowOutcome.Written(annas), new RowOutcome.Written(bobs));
        assertThat(value(org.assignments(ALL))).isEmpty();
    }

    @Test
    void profilesOwnSetsOutsidersAndGroupsInGroupsAreNobodysGrant() {
        SalesforceId anna = user();
        SalesforceId outsider = user("Customer Community User");
        SalesforceId team = id(EntitlementKind.PUBLIC_GROUP, "Sales_Team");
        SalesforceId support = id(EntitlementKind.QUEUE, "Support");
        grant(EntitlementKind.PUBLIC_GROUP, outsider, "Sales_Team");
        grant(EntitlementKind.PERMISSION_SET, outsider, "Report_Reader");
        written(org.grant(EntitlementKind.QUEUE, List.of(new NewAssignment(team, support)))
                .get(0));
        SalesforceId annas = written(grant(EntitlementKind.PUBLIC_GROUP, anna, "Sales_Team"));

        assertThat(value(org.assignments(ALL)))
                .containsExactly(new Assignment(annas, anna, EntitlementKind.PUBLIC_GROUP, team));
        assertThat(value(org.assignmentsOf(ALL, List.of(team)))).isEmpty();
        assertThat(value(org.assignmentsOf(ALL, List.of(outsider)))).hasSize(2);
    }

    @Test
    void aSetThatTheLicenceDoesNotAllowIsRefusedForItsRowOnly() {
        SalesforceId anna = user();
        SalesforceId chatter = user("Chatter Free User");
        SalesforceId sales = id(EntitlementKind.PERMISSION_SET, "Sales_Cloud");

        List<RowOutcome> outcomes = org.grant(
                EntitlementKind.PERMISSION_SET,
                List.of(new NewAssignment(chatter, sales), new NewAssignment(anna, sales)));

        assertThat(reason(outcomes.get(0))).isEqualTo("SalesforcePermissionSetLicenseMismatch");
        assertThat(outcomes.get(1)).isInstanceOf(RowOutcome.Written.class);
        assertThat(reason(grant(EntitlementKind.PERMISSION_SET_GROUP, chatter, "Sales_Bundle")))
                .isEqualTo("SalesforcePermissionSetLicenseMismatch");
    }

    @Test
    void aLicenceWithoutAFreeSeatIsToldApartFromAUserLicence() {
        grant(EntitlementKind.PERMISSION_SET_LICENSE, user(), "Scarce");

        RowOutcome.Refused refused =
                (RowOutcome.Refused) grant(EntitlementKind.PERMISSION_SET_LICENSE, user(), "Scarce");

        assertThat(refused.failure()).isInstanceOf(Failure.Transient.class);
        assertThat(refused.failure().reason()).isEqualTo("SalesforcePermissionSetLicenseLimitExceeded");
    }

    @Test
    void aLicenceComesBeforeTheSetThatNeedsItAndGoesAfterIt() {
        SalesforceId anna = user();
        assertThat(reason(grant(EntitlementKind.PERMISSION_SET, anna, "Console")))
                .isEqualTo("SalesforcePermissionSetLicenseMismatch");

        SalesforceId license = written(grant(EntitlementKind.PERMISSION_SET_LICENSE, anna, "SalesConsoleUser"));
        SalesforceId set = written(grant(EntitlementKind.PERMISSION_SET, anna, "Console"));

        assertThat(reason(org.withdraw(EntitlementKind.PERMISSION_SET_LICENSE, List.of(license))
                        .get(0)))
                .isEqualTo("SalesforcePermissionSetLicenseInUse");
        written(org.withdraw(EntitlementKind.PERMISSION_SET, List.of(set)).get(0));
        written(org.withdraw(EntitlementKind.PERMISSION_SET_LICENSE, List.of(license))
                .get(0));
    }

    @Test
    void whatDoesNotExistIsRefused() {
        SalesforceId anna = user();
        for (EntitlementKind kind : EntitlementKind.values()) {
            String prefix = id(kind, anyOf(kind)).value().substring(0, 3);
            SalesforceId nothing = new SalesforceId(prefix + "00000000ZZZZ");

            assertThat(reason(org.grant(kind, List.of(new NewAssignment(anna, nothing)))
                            .get(0)))
                    .as(kind.name())
                    .isEqualTo("SalesforceReferenceInvalid");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerLostAfterTheWriteIsUnknownAndNotRepeated(EntitlementKind kind) {
        SalesforceId anna = user();
        int before = calls("create");
        server.faults().nextLike(1, call -> call.operation().equals("create"), new Fault.CloseAfterCommit());

        assertThat(grant(kind, anna, anyOf(kind))).isInstanceOf(RowOutcome.Unknown.class);

        assertThat(calls("create")).isEqualTo(before + 1);
        List<Assignment> held = value(org.assignments(Set.of(kind)));
        assertThat(held).hasSize(1);
        server.faults().nextLike(1, call -> call.operation().equals("delete"), new Fault.CloseAfterCommit());
        assertThat(org.withdraw(kind, List.of(held.get(0).id()))).hasOnlyElementsOfType(RowOutcome.Unknown.class);
        assertThat(calls("delete")).isEqualTo(1);
        assertThat(value(org.assignments(Set.of(kind)))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aLockedRowIsSentAgainAlone(EntitlementKind kind) {
        SalesforceId right = id(kind, anyOf(kind));
        List<SalesforceId> users = users(3);
        int before = calls("create");
        server.faults().nextLike(1, call -> call.operation().equals("create"), new Fault.RowLocked(1));

        List<SalesforceId> rows =
                org
                        .grant(
                                kind,
                                users.stream()
                                        .map(user -> new NewAssignment(user, right))
                                        .toList())
                        .stream()
                        .map(EntitlementsTest::written)
                        .toList();
        assertThat(calls("create")).isEqualTo(before + 2);

        server.faults().nextLike(1, call -> call.operation().equals("delete"), new Fault.RowLocked(2));
        assertThat(org.withdraw(kind, rows))
                .containsExactlyElementsOf(
                        rows.stream().<RowOutcome>map(RowOutcome.Written::new).toList());
        assertThat(calls("delete")).isEqualTo(2);
        assertThat(value(org.assignments(ALL))).isEmpty();
    }

    @Test
    void manyRowsGoInOneCallAndMoreThanTwoHundredAreAnErrorOfTheCaller() {
        List<SalesforceId> users = users(30);
        int before = calls("create");
        SalesforceId right = id(EntitlementKind.PERMISSION_SET, "Report_Reader");

        List<SalesforceId> rows = org
                .grant(
                        EntitlementKind.PERMISSION_SET,
                        users.stream()
                                .map(user -> new NewAssignment(user, right))
                                .toList())
                .stream()
                .map(EntitlementsTest::written)
                .toList();
        assertThat(calls("create")).isEqualTo(before + 1);
        org.withdraw(EntitlementKind.PERMISSION_SET, rows);
        assertThat(calls("delete")).isEqualTo(1);

        List<NewAssignment> tooMany = Collections.nCopies(201, new NewAssignment(users.get(0), right));
        assertThatThrownBy(() -> org.grant(EntitlementKind.PERMISSION_SET, tooMany))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> org.withdraw(EntitlementKind.PERMISSION_SET, Collections.nCopies(201, right)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingToDoMakesNoCall() {
        Map<String, Long> before = org.callsSent();

        assertThat(org.grant(EntitlementKind.QUEUE, List.of())).isEmpty();
        assertThat(org.withdraw(EntitlementKind.QUEUE, List.of())).isEmpty();
        assertThat(value(org.assignments(Set.of()))).isEmpty();
        assertThat(value(org.assignmentsOf(ALL, List.of()))).isEmpty();
        assertThat(org.callsSent()).isEqualTo(before);
    }

    @Test
    void everyRightOfTheOrgIsReadWithOneQueryAnObjectAndItsFurtherPages() {
        SalesforceId right = id(EntitlementKind.PERMISSION_SET, "Report_Reader");
        int number = 2_050;
        List<SalesforceId> users = users(number);
        for (int from = 0; from < number; from += SalesforceOrg.MAX_ROWS) {
            org.grant(
                    EntitlementKind.PERMISSION_SET,
                    users.subList(from, Math.min(number, from + SalesforceOrg.MAX_ROWS)).stream()
                            .map(user -> new NewAssignment(user, right))
                            .toList());
        }
        long before = org.callsSent().getOrDefault("query", 0L);

        assertThat(value(org.assignments(ALL)))
                .hasSize(number)
                .extracting(Assignment::user)
                .containsExactlyInAnyOrderElementsOf(users);

        assertThat(org.callsSent()).containsEntry("query", before + 3).containsEntry("queryMore", 1L);
        assertThat(value(org.assignmentsOf(ALL, users))).hasSize(number);
    }
}
