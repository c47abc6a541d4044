package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Failure;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts are those real orgs give. */
class SalesforceErrorsTest {
    private static final boolean WAIT = true;
    private static final boolean FIX = false;

    static Stream<Arguments> rows() {
        String integrity = "FIELD_INTEGRITY_EXCEPTION";
        return Stream.of(
                row(
                        "DUPLICATE_USERNAME",
                        "Duplicate Username.<br>The username already exists in this or another Salesforce organization.",
                        FIX,
                        "SalesforceDuplicateUserName",
                        "Username"),
                row("LICENSE_LIMIT_EXCEEDED", "License Limit Exceeded", WAIT, "SalesforceLicenseLimitExceeded"),
                row(
                        "LICENSE_LIMIT_EXCEEDED",
                        "License Limit Exceeded - Customer Community: []",
                        WAIT,
                        "SalesforceLicenseLimitExceeded"),
                row(
                        "LICENSE_LIMIT_EXCEEDED",
                        "content feature license limit exceeded",
                        WAIT,
                        "SalesforceFeatureLicenseLimitExceeded"),
                row(
                        integrity,
                        "Username must be in the form of an email address (for example, john@acme.com): Username",
                        FIX,
                        "SalesforceUsernameInvalid",
                        "Username"),
                row(
                        integrity,
                        "You can only assign profiles that are compatible with the user's license: Profile ID",
                        FIX,
                        "SalesforceProfileLicenseMismatch",
                        "ProfileId"),
                row(
                        integrity,
                        "You can only reassign this user to a profile of the current license.",
                        FIX,
                        "SalesforceProfileLicenseMismatch",
                        "ProfileId"),
                row(
                        integrity,
                        "User's Profile can't be set to 'Identity User' because it differs from the license",
                        FIX,
                        "SalesforceProfileLicenseMismatch",
                        "ProfileId"),
                row(
                        integrity,
                        "To create or update users for this profile, go to Setup > Digital Experiences > Settings and "
                                + "select Allow using standard external profiles for self-registration: Profile ID",
                        FIX,
                        "SalesforceProfileNotAssignable",
                        "ProfileId"),
                row(
                        integrity,
                        "This Federation ID is already in use. Use a different Federation ID.: SAML Federation ID",
                        FIX,
                        "SalesforceDuplicateFederationId",
                        "FederationIdentifier"),
                row(
                        integrity,
                        "Can't assign permission set X to user Y. The user license doesn't allow the permission: Z",
                        FIX,
                        "SalesforcePermissionSetLicenseMismatch"),
                row(
                        integrity,
                        "You cannot disable the Web to Lead Default Creator.",
                        FIX,
                        "SalesforceDeactivationBlocked",
                        "IsActive"),
                row(
                        integrity,
                        "You cannot deactivate this user. You cannot deactivate a user who is the default owner of cases",
                        FIX,
                        "SalesforceDeactivationBlocked",
                        "IsActive"),
                row(
                        integrity,
                        "You cannot deactivate the Default Workflow User",
                        FIX,
                        "SalesforceDeactivationBlocked",
                        "IsActive"),
                row(
                        integrity,
                        "Cannot inactivate user that is the value of a hierarchy field:Mentor__c",
                        FIX,
                        "SalesforceDeactivationBlocked",
                        "IsActive"),
                row(integrity, "Something else", FIX, "SalesforceFieldIntegrity"),
                row("DEPENDENCY_EXISTS", "", FIX, "SalesforceDeactivationBlocked"),
                row("CANNOT_DISABLE_LAST_ADMIN", "", FIX, "SalesforceLastAdministrator"),
                row("CANNOT_FREEZE_SELF", "", FIX, "SalesforceCannotFreezeSelf"),
                row(
                        "DUPLICATE_COMM_NICKNAME",
                        "Duplicate Nickname.<br>Another user has already selected this nickname.",
                        FIX,
                        "SalesforceDuplicateNickname",
                        "CommunityNickname"),
                row(
                        "DUPLICATE_VALUE",
                        "Duplicate PermissionSetAssignment. Assignee: 005; Permission Set: 0PS",
                        FIX,
                        "SalesforceDuplicateValue"),
                row(
                        "REQUIRED_FIELD_MISSING",
                        "Required fields are missing: [LastName, Alias]",
                        FIX,
                        "SalesforceRequiredFieldMissing",
                        "LastName",
                        "Alias"),
                row(
                        "STRING_TOO_LONG",
                        "Alias: data value too large: zofiamueller (max length=8)",
                        FIX,
                        "SalesforceValueTooLong"),
                row("INVALID_EMAIL_ADDRESS", "Email: invalid email address: x", FIX, "SalesforceEmailInvalid", "Email"),
                row("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", FIX, "SalesforceReferenceInvalid"),
                row(
                        "INVALID_FIELD_FOR_INSERT_UPDATE",
                        "Unable to create/update fields: X. Please check the security settings",
                        FIX,
                        "SalesforceFieldNotWritable"),
                row(
                        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                        "Time Zone: bad value for restricted picklist field: Berlin",
                        FIX,
                        "SalesforcePicklistValueInvalid"),
                row(
                        "UNABLE_TO_LOCK_ROW",
                        "unable to obtain exclusive access to this record or 1 records: 005D2000005smGPIA",
                        WAIT,
                        "SalesforceRecordLocked"),
                row("UNKNOWN_EXCEPTION", "could not acquire lock", WAIT, "SalesforceRecordLocked"),
                row(
                        "GROUP_MEMBERSHIP_OPERATION_IN_PROGRESS",
                        "Group membership operation already in progress",
                        WAIT,
                        "SalesforceRecordLocked"),
                row("MIXED_DML_OPERATION", "DML operation on setup object", FIX, "SalesforceMixedOperation"),
                row("ALL_OR_NONE_OPERATION_ROLLED_BACK", "", WAIT, "SalesforceRolledBack"),
                row("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", WAIT, "SalesforceRequestLimitExceeded"),
                row(
                        "REQUEST_LIMIT_EXCEEDED",
                        "ConcurrentRequests (Concurrent API Requests) Limit exceeded.",
                        WAIT,
                        "SalesforceConcurrentLimitExceeded"),
                row(
                        "REQUEST_LIMIT_EXCEEDED",
                        "ConcurrentPerOrgLongTxn Limit exceeded.",
                        WAIT,
                        "SalesforceConcurrentLimitExceeded"),
                row("SERVER_UNAVAILABLE", "Too many requests waiting", WAIT, "SalesforceUnavailable"),
                row("REQUEST_RUNNING_TOO_LONG", "", WAIT, "SalesforceUnavailable"),
                row("QUERY_TIMEOUT", "", WAIT, "SalesforceUnavailable"),
                row(
                        "INVALID_LOGIN",
                        "Invalid username, password, security token",
                        FIX,
                        "SalesforceCredentialsRejected"),
                row("LOGIN_MUST_USE_SECURITY_TOKEN", "new location?", FIX, "SalesforceSecurityTokenRequired"),
                row("INVALID_NEW_PASSWORD", "invalid repeated password", FIX, "SalesforcePasswordRefused"),
                row("INSUFFICIENT_ACCESS", "Cannot set password for self", FIX, "SalesforcePermissionsInsufficient"),
                row(
                        "INVALID_OPERATION",
                        "The SOAP Login operation is not available in the API version specified (65.0).",
                        FIX,
                        "SalesforceLoginUnavailable"),
                row(
                        "INVALID_OPERATION",
                        "SOAP API login() is disabled by default in this org.",
                        FIX,
                        "SalesforceLoginDisabled"),
                row("INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "", FIX, "SalesforcePasswordExpired"),
                row("UNSUPPORTED_API_VERSION", "", FIX, "SalesforceApiVersionUnsupported"),
                row("API_DISABLED_FOR_ORG", "API is not enabled for this Organization", FIX, "SalesforceApiDisabled"),
                row("API_CURRENTLY_DISABLED", "API is disabled for this User", FIX, "SalesforceApiDisabled"),
                row("INVALID_SESSION_ID", "Session expired or invalid", WAIT, "SalesforceSessionRejected"),
                row(
                        "INVALID_SESSION_ID",
                        "This session is not valid for use with the REST API",
                        FIX,
                        "SalesforceScopeMissing"),
                row(
                        "INVALID_SESSION_ID",
                        "Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session "
                                + "key: 00D000000000001!AR8x. This is expected, it can happen if the session has expired",
                        WAIT,
                        "SalesforceSessionRejected"),
                row(
                        "REQUIRED_FIELD_MISSING",
                        "REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --",
                        FIX,
                        "SalesforceRequiredFieldMissing",
                        "Name"),
                row(
                        "INVALID_NEW_PASSWORD",
                        "Your password must include letters and numbers",
                        FIX,
                        "SalesforcePasswordRefused"),
                row(
                        "INSUFFICIENT_ACCESS",
                        "You do not have permission to view this record.",
                        FIX,
                        "SalesforcePermissionsInsufficient"),
                row(
                        integrity,
                        "You cannot deactivate a user who is the default owner of leads",
                        FIX,
                        "SalesforceDeactivationBlocked",
                        "IsActive"),
                row(
                        integrity,
                        "You only can assign profiles. To create or update users for this profile, select Allow using "
                                + "standard external profiles",
                        FIX,
                        "SalesforceProfileNotAssignable",
                        "ProfileId"),
                row("BRAND_NEW_CODE", "whatever", WAIT, "SalesforceErrorUnclassified"));
    }

    private static Arguments row(String code, String text, boolean passes, String reason, String... fields) {
        return Arguments.of(code, text, passes, reason, List.of(fields));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void givesEachErrorItsWordItsEffectAndItsFields(
            String code, String text, boolean passes, String reason, List<String> fields) {
        RowOutcome.Refused refused = SalesforceErrors.row("User", code, text, List.of());

        assertThat(refused.failure().reason()).isEqualTo(reason);
        assertThat(refused.failure()).isInstanceOf(passes ? Failure.Transient.class : Failure.Terminal.class);
        assertThat(refused.fields()).isEqualTo(fields);
        assertThat(SalesforceErrors.call(code, text)).isEqualTo(refused.failure());
    }

    static Stream<Arguments> rowsOfRights() {
        String sets = "PermissionSetAssignment";
        String licenses = "PermissionSetLicenseAssign";
        String members = "GroupMember";
        String integrity = "FIELD_INTEGRITY_EXCEPTION";
        return Stream.of(
                Arguments.of(
                        sets,
                        "DUPLICATE_VALUE",
                        "Duplicate PermissionSetAssignment. Assignee: 005; Permission Set: 0PS",
                        "SalesforceDuplicateValue"),
                Arguments.of(
                        sets,
                        integrity,
                        "Can't assign permission set X to user Y. The user license doesn't allow the permission: Z",
                        "SalesforcePermissionSetLicenseMismatch"),
                Arguments.of(
                        sets,
                        "LICENSE_LIMIT_EXCEEDED",
                        "License Limit Exceeded",
                        "SalesforcePermissionSetLicenseLimitExceeded"),
                Arguments.of(
                        licenses,
                        "LICENSE_LIMIT_EXCEEDED",
                        "License Limit Exceeded - Sales Console: []",
                        "SalesforcePermissionSetLicenseLimitExceeded"),
                Arguments.of(
                        licenses,
                        integrity,
                        "Can't remove the permission set license. The user has a permission set that requires it.",
                        "SalesforcePermissionSetLicenseInUse"),
                Arguments.of(licenses, integrity, "Something else", "SalesforceFieldIntegrity"),
                Arguments.of(
                        members,
                        "INVALID_CROSS_REFERENCE_KEY",
                        "invalid cross reference id",
                        "SalesforceReferenceInvalid"),
                Arguments.of(members, "UNABLE_TO_LOCK_ROW", "could not acquire lock", "SalesforceRecordLocked"),
                Arguments.of(
                        members,
                        "GROUP_MEMBERSHIP_OPERATION_IN_PROGRESS",
                        "Group membership operation already in progress",
                        "SalesforceRecordLocked"),
                Arguments.of(sets, "MIXED_DML_OPERATION", "DML operation on setup object", "SalesforceMixedOperation"));
    }

    @ParameterizedTest
    @MethodSource("rowsOfRights")
    void givesTheErrorsOfRightsTheirWords(String object, String code, String text, String reason) {
        assertThat(SalesforceErrors.row(object, code, text, List.of()).failure().reason())
                .isEqualTo(reason);
    }

    @Test
    void namesThePermissionsThatGivingARightTakesAndNotThoseOfCreatingUsers() {
        for (String code :
                List.of("INSUFFICIENT_ACCESS_OR_READONLY", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY")) {
            Failure right =
                    SalesforceErrors.row("GroupMember", code, "", List.of()).failure();
            Failure user = SalesforceErrors.row("User", code, "", List.of()).failure();

            assertThat(right.reason()).isEqualTo(user.reason()).isEqualTo("SalesforcePermissionsInsufficient");
            assertThat(right.message()).contains("Assign Permission Sets").contains("Manage Users");
            assertThat(user.message()).doesNotContain("Assign Permission Sets");
        }
    }

    @Test
    void takesTheFieldsThatSalesforceNamesAndOnlyThose() {
        assertThat(SalesforceErrors.row("User", "DUPLICATE_USERNAME", "", List.of("My_Field__c", "anna@corp.example"))
                        .fields())
                .containsExactly("My_Field__c");
    }

    @Test
    void neverRepeatsSalesforcesTextWhichHoldsPeople() {
        for (ErrorRule rule : ErrorTable.RULES) {
            String text = "zofia.mueller@corp.example " + String.join(" ", rule.words());

            assertThat(SalesforceErrors.row("User", rule.code(), text, List.of())
                            .toString())
                    .doesNotContain("zofia");
        }
        assertThat(SalesforceErrors.row("User", "zofia@corp.example", "zofia", List.of())
                        .toString())
                .doesNotContain("zofia");
    }

    @Test
    void waitsLongerForTheDayThanForAPlace() {
        Failure day = SalesforceErrors.call("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        Failure place = SalesforceErrors.call("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests Limit exceeded.");

        assertThat(((Failure.Transient) day).atLeast()).isEqualTo(Duration.ofMinutes(15));
        assertThat(((Failure.Transient) place).atLeast()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void everyRuleCanBeReachedAndBearsAPublicReasonAndARemedy() throws IllegalAccessException {
        List<Object> reasons = new ArrayList<>();
        for (Field constant : SalesforceReason.class.getFields()) {
            reasons.add(constant.get(null));
        }
        assertThat(reasons)
                .doesNotHaveDuplicates()
                .allSatisfy(reason -> assertThat((String) reason).matches("Salesforce([A-Z][a-z]+)+"));
        for (ErrorRule rule : ErrorTable.RULES) {
            assertThat(reasons).contains(rule.reason());
            assertThat(rule.message()).endsWith(".").hasSizeLessThan(1024);
            Set<String> objects = rule.objects().isEmpty() ? Set.of("User") : rule.objects();
            assertThat(objects)
                    .allSatisfy(object -> assertThat(
                                    SalesforceErrors.row(object, rule.code(), String.join(" ", rule.words()), List.of())
                                            .failure())
                            .isEqualTo(rule.failure()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "302:SalesforceUnexpectedRedirect",
                "401:SalesforceSessionRejected",
                "403:SalesforcePermissionsInsufficient",
                "404:SalesforceEndpointNotFound",
                "407:SalesforceProxyAuthenticationRequired",
                "410:SalesforceApiVersionUnsupported",
                "414:SalesforceRequestTooLarge",
                "429:SalesforceConcurrentLimitExceeded",
                "431:SalesforceRequestTooLarge",
                "500:SalesforceUnavailable",
                "502:SalesforceUnavailable",
                "503:SalesforceUnavailable",
                "504:SalesforceUnavailable",
                "418:SalesforceAnswerUnreadable"
            })
    void judgesAnAnswerThatIsNoneOfTheApisByItsStatus(String line) {
        List<String> parts = Arrays.asList(line.split(":", -1));

        assertThat(SalesforceErrors.status(Integer.parseInt(parts.get(0))).reason())
                .isEqualTo(parts.get(1));
    }
}
