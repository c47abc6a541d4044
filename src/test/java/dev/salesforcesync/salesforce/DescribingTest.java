package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.OrgDescription.License;
import dev.salesforcesync.model.OrgDescription.Organization;
import dev.salesforcesync.model.OrgDescription.Profile;
import dev.salesforcesync.model.OrgDescription.RunningUser;
import dev.salesforcesync.model.OrgDescription.UserField;
import dev.salesforcesync.model.SalesforceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DescribingTest {
    private static final SalesforceId ADMIN = new SalesforceId("00e000000000001AAA");
    private final ScriptedSalesforce server = new ScriptedSalesforce();
    private final ManualClock clock = new ManualClock();
    private final SalesforceOrg org = SalesforceGateway.open(server.settings(), clock, CallObserver.NONE);

    DescribingTest() {
        server.rest = this::answer;
    }

    @AfterEach
    void close() {
        org.close();
        server.close();
    }

    private ScriptedSalesforce.Reply answer(ScriptedSalesforce.Seen request) {
        if (request.path().endsWith("/limits")) {
            return server.json(200, "{\"DailyApiRequests\":{\"Max\":15000,\"Remaining\":14000}}");
        }
        if (request.path().endsWith("/userinfo")) {
            return server.json(200, "{\"user_id\":\"" + ScriptedSalesforce.USER_ID + "\"}");
        }
        return server.composite(request, this::answer);
    }

    private ScriptedSalesforce.Answer answer(String query) {
        String object = query.replaceAll("(?s).* FROM (\\w+).*", "$1");
        return switch (object) {
            case "Organization" ->
                rows("{\"Id\":\"00D000000000001\",\"Name\":\"Example\",\"OrganizationType\":"
                        + "\"Enterprise Edition\",\"IsSandbox\":false,\"InstanceName\":\"DEU42\"}");
            case "User" -> rows("{\"Id\":\"005\",\"Username\":\"sync@example.com\",\"Profile\":{\"Name\":\"Sync\"}}");
            case "Profile" ->
                rows("{\"Id\":\"" + ADMIN + "\",\"Name\":\"Admin\",\"UserLicense\":{\"Name\":\"Salesforce\"},"
                        + "\"PermissionsManageUsers\":true,\"PermissionsModifyAllData\":false}");
            case "UserRole" -> rows("{\"Id\":\"00E000000000001AAA\",\"DeveloperName\":\"CEO\"}");
            case "UserLicense" ->
                rows("{\"Id\":\"100000000000001AAA\",\"Name\":\"Salesforce\",\"TotalLicenses\":10,\"UsedLicenses\":4}");
            case "PermissionSetLicense" ->
                rows(
                        "{\"Id\":\"0PL000000000001AAA\",\"DeveloperName\":\"SalesCloud\",\"MasterLabel\":\"Sales Cloud\",\"TotalLicenses\":5,\"UsedLicenses\":7}");
            case "PermissionSet" ->
                rows("{\"Id\":\"0PS000000000001AAA\",\"Name\":\"Own\",\"NamespacePrefix\":\"acme\",\"LicenseId\":"
                        + "\"100000000000001AAA\",\"PermissionsModifyAllData\":true}");
            case "Group" -> rows("{\"Id\":\"00G000000000001AAA\",\"DeveloperName\":\"Staff\",\"Type\":\"Regular\"}");
            default ->
                new ScriptedSalesforce.Answer(400, "[{\"errorCode\":\"INVALID_TYPE\",\"message\":\"" + object + "\"}]");
        };
    }

    private ScriptedSalesforce.Reply page(String row) {
        return server.json(200, rows(row).body());
    }

    private static ScriptedSalesforce.Answer rows(String row) {
        return new ScriptedSalesforce.Answer(200, "{\"totalSize\":1,\"done\":true,\"records\":[" + row + "]}");
    }

    private static ScriptedSalesforce.Answer unsupported() {
        return new ScriptedSalesforce.Answer(
                400, "[{\"errorCode\":\"INVALID_TYPE\",\"message\":\"sObject type not supported\"}]");
    }

    @Test
    void costsFourCallsAndOneForTheSession() {
        org.describe();
        assertThat(org.callsSent().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(1 + 4 + 1);
        org.describe();
        assertThat(org.callsSent())
                .isEqualTo(Map.of("signIn", 1L, "limits", 2L, "describe", 2L, "composite", 4L, "getUserInfo", 1L));
    }

    @Test
    void readsTheFurtherPagesOfWhatWasAskedTogether() {
        server.rest = request -> {
            if (request.path().contains("01g")) {
                return page("{\"Id\":\"00E000000000002AAA\",\"DeveloperName\":\"CFO\"}");
            }
            return !request.path().endsWith("/composite")
                    ? answer(request)
                    : server.composite(
                            request,
                            query -> query.contains("FROM UserRole")
                                    ? new ScriptedSalesforce.Answer(
                                            200,
                                            "{\"totalSize\":2,\"done\":false,\"nextRecordsUrl\":"
                                                    + "\"/services/data/v65.0/query/01gX-2000\",\"records\":["
                                                    + "{\"Id\":\"00E000000000001AAA\",\"DeveloperName\":\"CEO\"}]}")
                                    : answer(query));
        };

        assertThat(((Result.Ok<OrgDescription>) org.describe()).value().roles()).containsOnlyKeys("CEO", "CFO");
    }

    @Test
    void anAnswerThatLeavesAQueryOutIsNoAnswer() {
        for (String broken : List.of(
                "{\"compositeResponse\":[]}",
                "{}",
                "hello",
                "{\"compositeResponse\":[{\"body\":[{\"errorCode\":\"LIMIT_EXCEEDED\",\"message\":\"\"}],"
                        + "\"httpStatusCode\":400,\"referenceId\":null}]}")) {
            server.rest = request -> request.path().endsWith("/composite") ? server.json(200, broken) : answer(request);

            assertThat(((Result.Failed<?>) org.describe()).failure().reason())
                    .as(broken)
                    .isEqualTo("SalesforceAnswerUnreadable");
        }
    }

    @Test
    void saysWhoWeAreWhichOrgThisIsAndWhatItOffers() {
        OrgDescription told = ((Result.Ok<OrgDescription>) org.describe()).value();

        assertThat(told.organization())
                .isEqualTo(new Organization(
                        new SalesforceId("00D000000000001"), "Example", "Enterprise Edition", false, "DEU42"));
        assertThat(told.runningUser())
                .isEqualTo(new RunningUser(new SalesforceId(ScriptedSalesforce.USER_ID), "sync@example.com", "Sync"));
        assertThat(told.profiles()).isEqualTo(Map.of("Admin", new Profile(ADMIN, "Admin", "Salesforce", true)));
        assertThat(told.roles()).isEqualTo(Map.of("CEO", new SalesforceId("00E000000000001AAA")));
        assertThat(told.licenses())
                .containsExactly(new License("Salesforce", false, 10, 4), new License("Sales Cloud", true, 5, 7));
        assertThat(told.entitlement(EntitlementKind.PERMISSION_SET, "acme__Own"))
                .contains(new Entitlement(
                        EntitlementKind.PERMISSION_SET,
                        new SalesforceId("0PS000000000001AAA"),
                        "acme__Own",
                        Optional.of("Salesforce"),
                        true));
        assertThat(told.entitlement(EntitlementKind.PUBLIC_GROUP, "Staff")).isPresent();
        assertThat(told.userFields())
                .containsEntry("AD_Guid__c", new UserField("AD_Guid__c", "string", 36, true, true, true, List.of()))
                .containsEntry(
                        "LanguageLocaleKey",
                        new UserField("LanguageLocaleKey", "picklist", 40, true, true, false, List.of("de")));
        assertThat(told.apiUsage().used()).isEqualTo(25);
        assertThat(told.apiUsage().limit()).isEqualTo(15_000);
    }

    @Test
    void anOrgThatDoesNotKnowGroupsOfPermissionSetsOffersNone() {
        OrgDescription told = ((Result.Ok<OrgDescription>) org.describe()).value();

        assertThat(told.entitlements().getOrDefault(EntitlementKind.PERMISSION_SET_GROUP, Map.of()))
                .isEmpty();
        assertThat(told.entitlements().get(EntitlementKind.PERMISSION_SET)).hasSize(1);
    }

    @Test
    void anOrgThatDoesNotKnowGroupsOfPermissionSetsIsAskedForTheSetsAlone() {
        server.rest = request -> request.body().contains("PermissionSetGroupId")
                ? server.json(400, "[{\"errorCode\":\"INVALID_FIELD\",\"message\":\"No such column\"}]")
                : page("{\"Id\":\"0Pa000000000001AAA\",\"AssigneeId\":\"" + ScriptedSalesforce.id(1)
                        + "\",\"PermissionSetId\":\"0PS000000000001AAA\"}");

        assertThat(org.assignments(Set.of(EntitlementKind.PERMISSION_SET, EntitlementKind.PERMISSION_SET_GROUP)))
                .isEqualTo(Result.ok(List.of(new Assignment(
                        new SalesforceId("0Pa000000000001AAA"),
                        new SalesforceId(ScriptedSalesforce.id(1)),
                        EntitlementKind.PERMISSION_SET,
                        new SalesforceId("0PS000000000001AAA")))));
        assertThat(org.assignments(Set.of(EntitlementKind.PERMISSION_SET_GROUP)))
                .isEqualTo(Result.ok(List.of()));

        server.rest = request -> server.json(403, "[{\"errorCode\":\"INSUFFICIENT_ACCESS\",\"message\":\"\"}]");
        assertThat(org.assignments(Set.of(EntitlementKind.PERMISSION_SET_GROUP)))
                .isInstanceOf(Result.Failed.class);
    }

    @Test
    void theOrgsOwnSessionTimeoutSaysWhenTheNextSessionIsAskedFor() {
        server.soap = request -> server.plain(
                200,
                "text/xml",
                ScriptedSalesforce.envelope(
                        "", "getUserInfo", "<result><sessionSecondsValid>900</sessionSecondsValid></result>"));
        org.describe();
        org.describe();
        assertThat(server.writes()).containsExactly("getUserInfo");

        clock.pass(Duration.ofSeconds(809));
        org.readUsers(Set.of());
        assertThat(server.signIns).hasValue(1);
        clock.pass(Duration.ofSeconds(1));
        org.readUsers(Set.of());
        assertThat(server.signIns).hasValue(2);

        // The new session is asked about too.
        org.describe();
        assertThat(server.writes()).containsExactly("getUserInfo", "getUserInfo");
    }

    @Test
    void anOrgThatDoesNotTellItsSessionTimeoutIsDescribedAllTheSame() {
        server.soap = request -> server.fault(500, "sf:UNKNOWN_EXCEPTION", "oops");

        assertThat(org.describe()).isInstanceOf(Result.Ok.class);
        assertThat(org.describe()).isInstanceOf(Result.Ok.class);
        assertThat(server.writes()).containsExactly("getUserInfo");
    }

    @Test
    void asksUserinfoWhereTheSignInDoesNotTellWhoWeAre() {
        server.token = request -> server.json(200, "{\"access_token\":\"T\"}");

        assertThat(((Result.Ok<OrgDescription>) org.describe())
                        .value()
                        .runningUser()
                        .id())
                .isEqualTo(new SalesforceId(ScriptedSalesforce.USER_ID));
    }

    @Test
    void userinfosOwnWordForAnEndedSessionRenewsIt() {
        server.token = request -> server.json(200, "{\"access_token\":\"T" + server.signIns + "\"}");
        server.rest = request -> request.path().endsWith("/userinfo") && server.signIns.get() == 1
                ? server.plain(403, "text/html", "Bad_OAuth_Token")
                : answer(request);

        assertThat(org.describe()).isInstanceOf(Result.Ok.class);
        assertThat(server.signIns).hasValue(2);
    }

    @Test
    void takesTheFiguresOfLimitsWhereNoHeaderCarriesThem() {
        server.usage = "";

        assertThat(((Result.Ok<OrgDescription>) org.describe())
                        .value()
                        .apiUsage()
                        .limit())
                .isEqualTo(15_000);
    }

    @Test
    void namesWhatToGrantWhenSomethingCanNotBeSeen() {
        server.rest = request -> request.path().endsWith("/composite")
                ? server.composite(request, query -> query.contains("FROM Profile") ? unsupported() : answer(query))
                : answer(request);

        Failure failure = ((Result.Failed<?>) org.describe()).failure();

        assertThat(failure).isInstanceOf(Failure.Terminal.class);
        assertThat(failure.reason()).isEqualTo("SalesforcePermissionsInsufficient");
    }

    @Test
    void thePreviousDescribeSavesTheWritersOwn() {
        org.describe();
        org.createUsers(List.of(Map.of("LastName", "A")), Optional.empty());
        org.createUsers(List.of(Map.of("LastName", "A")), Optional.empty());

        assertThat(org.callsSent()).containsEntry("describe", 1L).containsEntry("create", 2L);
    }

    @Test
    void asksForAssigneesDirectlyAndThroughGroups() {
        server.rest = request -> request.body().contains("PermissionSetGroupId IN (SELECT")
                ? page("{\"AssigneeId\":\"" + ScriptedSalesforce.id(2) + "\"}")
                : page("{\"AssigneeId\":\"" + ScriptedSalesforce.id(1) + "\"}");

        assertThat(org.assigneesOf(Set.of("Admin_Set")))
                .isEqualTo(Result.ok(Set.of(
                        new SalesforceId(ScriptedSalesforce.id(1)), new SalesforceId(ScriptedSalesforce.id(2)))));
    }

    @Test
    void asksForAssigneesOfAManagedPackagesSetByItsPrefixAndName() {
        String managed = "PermissionSet.NamespacePrefix = 'acme' AND PermissionSet.Name IN ('Admin_Set')";
        server.rest = request -> request.body().contains(managed)
                ? page("{\"AssigneeId\":\"" + ScriptedSalesforce.id(2) + "\"}")
                : request.body().contains("WHERE PermissionSet.Name IN ('Own')")
                        ? page("{\"AssigneeId\":\"" + ScriptedSalesforce.id(1) + "\"}")
                        : page("");

        assertThat(org.assigneesOf(Set.of("acme__Admin_Set", "Own")))
                .isEqualTo(Result.ok(Set.of(
                        new SalesforceId(ScriptedSalesforce.id(1)), new SalesforceId(ScriptedSalesforce.id(2)))));
    }

    @Test
    void aSlowDescribeEndsInTime() {
        server.rest = request -> server.never();
        try (SalesforceOrg hasty = SalesforceGateway.open(
                server.settings(Duration.ofSeconds(2), new SalesforceSettings.Budget(100, 0, 4)))) {
            assertThat(((Result.Failed<?>) hasty.describe()).failure().reason()).isEqualTo("SalesforceTimeout");
        }
    }
}
