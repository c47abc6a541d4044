package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.LoginResult;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.InvalidOldPasswordFault;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.DeactivationBlockers;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.Usernames;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules for objects that would spoil a real org: each test has a sandbox org of its own. */
@Against(Against.Kind.SANDBOX)
class SandboxRulesContractTest {
    private static final String ROW = "FIELD_INTEGRITY_EXCEPTION: ";

    private final Usernames usernames = new Usernames();
    private SalesforceOrgServer server;
    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        server = SalesforceOrgServer.start(
                OrgSettings.builder("Rules")
                        .usernames(usernames)
                        .seats("Salesforce", 3)
                        .featureSeats("UserPermissionsSFContentUser", 0)
                        .lockWait(Duration.ofMillis(20))
                        .build(),
                0);
        scene = Scene.open(SandboxOrgContractTest.contractOrg(server));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @Tries(Fact.FREEZE_KEEPS_SEAT)
    void countsAFrozenUserAndNotADeactivatedOne() throws Exception {
        int active = used();
        String login = scene.one("SELECT Id FROM UserLogin WHERE UserId = '" + scene.user() + "'")
                .path("Id")
                .asText();
        update("UserLogin", Map.of("Id", login, "IsFrozen", true));
        int frozen = used();
        scene.update(Map.of("IsActive", false));

        assertThat(frozen).isEqualTo(active);
        assertThat(used()).isEqualTo(active - 1);
    }

    @Test
    @Tries(Fact.SEATS_USED_UP)
    void refusesAUserWithoutASeat() throws Exception {
        assertThat(Scene.said(scene.create(scene.person("last")))).isEqualTo("ok");

        assertThat(Scene.said(scene.create(scene.person("late"))))
                .startsWith("LICENSE_LIMIT_EXCEEDED: License Limit Exceeded");
    }

    @Test
    @Tries(Fact.FEATURE_SEATS_USED_UP)
    void refusesAFeatureWithoutASeat() throws Exception {
        assertThat(Scene.said(scene.update(Map.of("UserPermissionsSFContentUser", true))))
                .startsWith("LICENSE_LIMIT_EXCEEDED: content feature license limit exceeded");
    }

    @Test
    @Tries(Fact.EMAIL_PENDING)
    void keepsTheAddressUntilItsOwnerHasConfirmedTheNewOne() throws Exception {
        String before = email();
        SaveResult result = scene.update(Map.of("Email", "new@contract.invalid"));
        String pending = email();
        server.org().confirmEmail(scene.user());

        assertThat(Scene.said(result)).isEqualTo("ok");
        assertThat(pending).isEqualTo(before);
        assertThat(email()).isEqualTo("new@contract.invalid");
    }

    @Test
    @Tries(Fact.USERNAME_TAKEN_IN_ANOTHER_ORG)
    void refusesAUsernameOfAnotherOrg() throws Exception {
        try (SalesforceOrgServer other = SalesforceOrgServer.start(
                OrgSettings.builder("Other").usernames(usernames).build(), 0)) {
            Scene there = Scene.open(SandboxOrgContractTest.contractOrg(other));

            assertThat(Scene.said(scene.update(Map.of("Username", there.username()))))
                    .startsWith("DUPLICATE_USERNAME: Duplicate Username.<br>");
        }
    }

    @Test
    @Tries(Fact.LICENCE_COUPLING)
    void refusesAProfileOfAnotherKindOfLicence() throws Exception {
        assertThat(Scene.said(scene.update(Map.of("ProfileId", idOf("Profile", "Customer Community User")))))
                .startsWith(ROW + "You can only assign profiles that are compatible with the user's license");
    }

    @Test
    @Tries({Fact.SWAP_ORDER, Fact.SET_WITHOUT_LICENCE})
    void givesSetsOnlyToThoseWhoseLicenceAllowsThem() throws Exception {
        String platform = idOf("Profile", "Standard Platform User");
        SObject sales = Scene.row(
                "PermissionSetAssignment",
                Map.of("AssigneeId", scene.user(), "PermissionSetId", idOf("PermissionSet", "Sales_Cloud")));
        SaveResult given = scene.soap().create(new SObject[] {sales})[0];
        String early = Scene.said(scene.update(Map.of("ProfileId", platform)));
        scene.soap().delete(new String[] {given.getId()});
        String late = Scene.said(scene.update(Map.of("ProfileId", platform)));

        String refused = Scene.said(scene.soap().create(new SObject[] {sales})[0]);

        assertThat(early).startsWith(ROW + "Can't assign permission set Sales Cloud to user Test Contract. The user");
        assertThat(late).isEqualTo("ok");
        assertThat(refused).startsWith(ROW + "Can't assign permission set Sales Cloud to user Test Contract. The user");
    }

    @Test
    @Tries(Fact.DEACTIVATION_BLOCKERS)
    void keepsUsersThatTheOrgNeeds() throws Exception {
        server.org().deactivationBlockers().block(scene.user(), DeactivationBlockers.DEFAULT_WORKFLOW_USER);

        assertThat(Scene.said(scene.update(Map.of("IsActive", false))))
                .startsWith(ROW + "You cannot deactivate the Default Workflow User");
    }

    @Test
    @Tries(Fact.MIXED_OBJECTS)
    void mixesNoObjectsOfSetUpWithOthers() throws Exception {
        SaveResult[] results = scene.soap().create(new SObject[] {
            Scene.row("User", scene.person("mixed")), Scene.row("Account", Map.of("Name", "Mixed"))
        });

        assertThat(results[0].isSuccess()).isTrue();
        assertThat(Scene.said(results[1])).startsWith("MIXED_DML_OPERATION: DML operation on setup object is not");
    }

    @Test
    @Tries(Fact.ROLE_IN_USE)
    void deletesNoRoleThatSomebodyHolds() throws Exception {
        String role = idOf("UserRole", "CEO");
        scene.update(Map.of("UserRoleId", role));

        assertThat(scene.soap().delete(new String[] {role})[0].isSuccess()).isFalse();
    }

    @Test
    @Tries(Fact.ROW_LOCKED)
    void tellsALockedRow() throws Exception {
        server.faults().nextWrites(1, new Fault.RowLocked(0));

        assertThat(Scene.said(scene.update(Map.of("Title", "Locked"))))
                .matches("UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record or 1 records: "
                        + scene.user() + ".*");
    }

    @Test
    @Tries(Fact.GROUP_LOCK)
    void waitsForTheLockOfRolesAndGivesUp() throws Exception {
        try (var held = server.org().locks().holdMembership()) {
            assertThat(held).isNotNull();
            assertThat(Scene.said(scene.update(Map.of("UserRoleId", idOf("UserRole", "CEO")))))
                    .startsWith("UNABLE_TO_LOCK_ROW: could not acquire lock");
        }
    }

    @Test
    @Tries(Fact.DAILY_LIMIT)
    void tellsWhenTheCallsOfTheDayAreUsedUp() {
        server.faults().next(2, new Fault.DailyLimitReached());

        ApiFault fault = catchThrowableOfType(ApiFault.class, () -> scene.soap().query("SELECT Id FROM User"));
        Wire.Answer rest = scene.wire().query("SELECT Id FROM User");

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.REQUEST_LIMIT_EXCEEDED);
        assertThat(fault.getExceptionMessage()).isEqualTo("TotalRequests Limit exceeded.");
        assertThat(rest.refusal()).isEqualTo("403 REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.");
        assertThat(rest.header("Retry-After")).isEmpty();
    }

    @Test
    @Tries(Fact.SERVER_UNAVAILABLE)
    void tellsThatItIsNotThere() {
        server.faults().next(1, new Fault.ServerUnavailable());

        assertThat(scene.wire().query("SELECT Id FROM User").refusal()).startsWith("503 SERVER_UNAVAILABLE: ");
    }

    @Test
    @Tries(Fact.UNKNOWN_CODE)
    void losesAWholeAnswerToACodeOfALaterRelease() {
        server.faults().nextWrites(1, new Fault.UnknownStatusCode(0));

        ConnectionException lost =
                catchThrowableOfType(ConnectionException.class, () -> scene.update(Map.of("Title", "Unknown")));

        assertThat(lost).isNotInstanceOf(ApiFault.class).hasMessageContaining("Not a valid enumeration");
    }

    @Test
    @Tries(Fact.PASSWORD_OF_ONESELF)
    void letsNobodySetTheirOwnPassword() {
        ApiFault fault =
                catchThrowableOfType(ApiFault.class, () -> scene.soap().setPassword(scene.me(), "Contract-2026"));

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INSUFFICIENT_ACCESS);
        assertThat(fault.getExceptionMessage()).isEqualTo("Cannot set password for self");
    }

    @Test
    @Tries({Fact.PASSWORD_RESET, Fact.EXPIRED_PASSWORD})
    void letsAResetPasswordDoNothingButBeChanged() throws Exception {
        String path = Wire.DATA + "/sobjects/User/" + scene.user() + "/password";
        Wire.Answer reset = scene.wire().delete(path);
        String made = reset.json().path("NewPassword").asText();
        PartnerConnection old = Scene.partner(scene.org(), "none", "64.0");
        LoginResult login = old.login(scene.username(), made);
        PartnerConnection own = Scene.partner(scene.org(), login.getSessionId(), "64.0");

        ApiFault fault = catchThrowableOfType(ApiFault.class, own::getUserInfo);

        assertThat(reset.status()).isEqualTo(200);
        assertThat(scene.wire().get(path).json().path("isExpired").asBoolean()).isTrue();
        assertThat(login.isPasswordExpired()).isTrue();
        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_OPERATION_WITH_EXPIRED_PASSWORD);
        assertThat(fault.getExceptionMessage())
                .isEqualTo("The users password has expired you must call SetPassword before attempting any other API"
                        + " operations");
    }

    @Test
    @Tries(Fact.PASSWORD_CHANGED_BY_OWNER)
    void changesAPasswordOnlyForTheOldOne() throws Exception {
        scene.soap().setPassword(scene.user(), "Contract-2026");
        PartnerConnection old = Scene.partner(scene.org(), "none", "64.0");
        String session = old.login(scene.username(), "Contract-2026").getSessionId();
        PartnerConnection own = Scene.partner(scene.org(), session, Wire.VERSION);

        InvalidOldPasswordFault fault = catchThrowableOfType(
                InvalidOldPasswordFault.class, () -> own.changeOwnPassword("wrong", "Contract-2027"));
        own.changeOwnPassword("Contract-2026", "Contract-2027");

        assertThat(fault).isNotNull();
        assertThat(old.login(scene.username(), "Contract-2027").getUserId()).isEqualTo(scene.user());
    }

    @Test
    @Tries(Fact.LOGIN_RESULT_ORDER)
    void ordersALoginResult() throws Exception {
        scene.soap().setPassword(scene.user(), "Contract-2026");

        Xml result = Wire.to(scene.org().url())
                .soap(
                        "64.0",
                        "<login><username>" + scene.username()
                                + "</username><password>Contract-2026</password></login>")
                .xml()
                .operation()
                .at("result");

        assertThat(String.join(" ", result.names()))
                .isEqualTo("metadataServerUrl passwordExpired sandbox serverUrl sessionId userId userInfo");
    }

    private String email() {
        return scene.one("SELECT Email FROM User WHERE Id = '" + scene.user() + "'")
                .path("Email")
                .asText();
    }

    private int used() {
        return scene.one("SELECT UsedLicenses FROM UserLicense WHERE Name = 'Salesforce'")
                .path("UsedLicenses")
                .asInt();
    }

    private String idOf(String object, String name) {
        return scene.one("SELECT Id FROM " + object + " WHERE Name = '" + name + "'")
                .path("Id")
                .asText();
    }

    private void update(String object, Map<String, Object> fields) throws ConnectionException {
        SaveResult result = scene.soap().update(new SObject[] {Scene.row(object, new LinkedHashMap<>(fields))})[0];
        assertThat(Scene.said(result)).isEqualTo("ok");
    }
}
