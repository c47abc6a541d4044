package dev.salesforcesync.salesforce;

import static dev.salesforcesync.salesforce.ErrorRule.fix;
import static dev.salesforcesync.salesforce.ErrorRule.later;

import java.time.Duration;
import java.util.List;

/**
 * Salesforce's status codes (rows) and exception codes (whole calls) and what each means here. The first line that
 * matches counts, so the lines with words stand before the line without.
 *
 * <p>Codes: SOAP API Developer Guide, "Error Handling" (StatusCode, ExceptionCode). The texts are those that
 * administrators meet in real orgs.
 */
final class ErrorTable {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);
    private static final String GRANT =
            "Give the integration user a permission set with API Enabled, Manage Internal Users (or Manage Users), "
                    + "View Setup and Configuration, and View All Users.";

    private static final String RESTRICTED =
            "The integration user may not sign in from here or at this time. Look at the login IP ranges and login hours "
                    + "of its profile.";
    private static final String ORG_INACTIVE = "The org is locked, closed or suspended. Ask Salesforce.";

    static final String PERMISSIONS = "The integration user may not do this. " + GRANT;

    static final List<ErrorRule> RULES = List.of(
            // Values that must be unique
            fix(
                    "DUPLICATE_USERNAME",
                    SalesforceReason.DUPLICATE_USER_NAME,
                    "The username is taken in this or another Salesforce org; usernames are unique over all orgs, "
                            + "inactive users included. Choose another form in usernames.candidates.",
                    "Username"),
            fix(
                    "DUPLICATE_COMM_NICKNAME",
                    SalesforceReason.DUPLICATE_NICKNAME,
                    "The nickname is taken by another user of this org. Choose another expression for it.",
                    "CommunityNickname"),
            duplicateFederation("FIELD_INTEGRITY_EXCEPTION"),
            duplicateFederation("DUPLICATE_VALUE"),
            fix(
                    "DUPLICATE_VALUE",
                    SalesforceReason.DUPLICATE_VALUE,
                    "A value that must be unique is already used by another record."),
            fix(
                    "DUPLICATE_EXTERNAL_ID",
                    SalesforceReason.DUPLICATE_EXTERNAL_ID,
                    "Several users carry the same value in the anchor field. Clear it on all but one."),
            // Seats
            later(
                            "LICENSE_LIMIT_EXCEEDED",
                            QUARTER_HOUR,
                            SalesforceReason.FEATURE_LICENSE_LIMIT_EXCEEDED,
                            "No feature licence is free. Free one, buy more, or take the feature's check box out of "
                                    + "the mapping.")
                    .when("feature license"),
            later(
                            "LICENSE_LIMIT_EXCEEDED",
                            QUARTER_HOUR,
                            SalesforceReason.PERMISSION_SET_LICENSE_LIMIT_EXCEEDED,
                            "No seat of the permission-set licence is free. Take it from others, buy more, or leave the "
                                    + "right out.")
                    .on(EntitlementRows.LICENSE, EntitlementRows.SET),
            later(
                    "LICENSE_LIMIT_EXCEEDED",
                    QUARTER_HOUR,
                    SalesforceReason.LICENSE_LIMIT_EXCEEDED,
                    "No user licence of the profile's kind is free. Deactivate users, buy seats, or give another "
                            + "profile."),
            // What a field may hold
            fix(
                            "FIELD_INTEGRITY_EXCEPTION",
                            SalesforceReason.USERNAME_INVALID,
                            "The username must have the form of an e-mail address. Correct the expression for it.",
                            "Username")
                    .when("username", "form of an email"),
            profileLicense().when("compatible with the user's license"),
            profileLicense().when("profile of the current license"),
            profileLicense().when("user's profile can't be set"),
            fix(
                            "FIELD_INTEGRITY_EXCEPTION",
                            SalesforceReason.PROFILE_NOT_ASSIGNABLE,
                            "The org does not let users of this standard external profile be created. Allow it under "
                                    + "Setup, Digital Experiences, Settings, or give another profile.",
                            "ProfileId")
                    .when("standard external profiles"),
            fix(
                            "FIELD_INTEGRITY_EXCEPTION",
                            SalesforceReason.PERMISSION_SET_LICENSE_MISMATCH,
                            "The user's licences do not allow the permission set. Give the permission-set licence that "
                                    + "it needs, or another profile, or leave the permission set out.")
                    .when("can't assign permission set"),
            fix(
                            "FIELD_INTEGRITY_EXCEPTION",
                            SalesforceReason.PERMISSION_SET_LICENSE_IN_USE,
                            "The user still holds a permission set that needs the permission-set licence. Take the "
                                    + "permission set first.")
                    .when("remove")
                    .on(EntitlementRows.LICENSE),
            mayNotGrant("INSUFFICIENT_ACCESS"),
            mayNotGrant("INSUFFICIENT_ACCESS_OR_READONLY"),
            mayNotGrant("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"),
            fix(
                            "INVALID_CROSS_REFERENCE_KEY",
                            SalesforceReason.REFERENCE_INVALID,
                            "The user or the right does not exist any more, or may not be seen by the integration user, "
                                    + "or the one can not hold the other.")
                    .on(EntitlementRows.SET, EntitlementRows.LICENSE, EntitlementRows.MEMBER),
            blocked("is the Web-to-Lead default creator").when("web to lead default creator"),
            blocked("is the default owner of cases").when("default owner of cases"),
            blocked("is the default owner of leads").when("default owner of leads"),
            blocked("is the default workflow user").when("default workflow user"),
            blocked("stands in a hierarchy field of another user").when("hierarchy field"),
            blocked("still has a duty").when("cannot deactivate"),
            blocked("still has a duty").when("cannot disable"),
            fix(
                    "FIELD_INTEGRITY_EXCEPTION",
                    SalesforceReason.FIELD_INTEGRITY,
                    "Salesforce refuses the combination of values. Look at the fields named."),
            fix(
                    "DEPENDENCY_EXISTS",
                    SalesforceReason.DEACTIVATION_BLOCKED,
                    "Something in the org still refers to the user. Hand it to somebody else in Setup."),
            fix(
                    "CANNOT_DISABLE_LAST_ADMIN",
                    SalesforceReason.LAST_ADMINISTRATOR,
                    "This is the org's last active administrator. Make somebody else one first."),
            fix(
                    "CANNOT_FREEZE_SELF",
                    SalesforceReason.CANNOT_FREEZE_SELF,
                    "The integration user cannot freeze itself. Put it into protectedUsers."),
            fix(
                    "REQUIRED_FIELD_MISSING",
                    SalesforceReason.REQUIRED_FIELD_MISSING,
                    "A required field has no value. Map it, or fill the attribute in the directory."),
            fix(
                    "STRING_TOO_LONG",
                    SalesforceReason.VALUE_TOO_LONG,
                    "A value is longer than its field. Shorten it in the mapping."),
            fix(
                    "INVALID_EMAIL_ADDRESS",
                    SalesforceReason.EMAIL_INVALID,
                    "The e-mail address is not valid. Correct it in the directory or in the mapping.",
                    "Email"),
            fix(
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    SalesforceReason.PICKLIST_VALUE_INVALID,
                    "The value is not one the field's picklist allows. Translate it with lookups."),
            fix(
                    "INVALID_TYPE_ON_FIELD_IN_RECORD",
                    SalesforceReason.VALUE_INVALID,
                    "A value does not have the field's type. Correct the mapping."),
            fix(
                    "NUMBER_OUTSIDE_VALID_RANGE",
                    SalesforceReason.VALUE_INVALID,
                    "A number is outside the field's range. Correct the mapping."),
            fix(
                    "INVALID_CROSS_REFERENCE_KEY",
                    SalesforceReason.REFERENCE_INVALID,
                    "A record that the user refers to does not exist or may not be seen by the integration user."),
            fix(
                    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
                    SalesforceReason.PERMISSIONS_INSUFFICIENT,
                    PERMISSIONS),
            fix(
                    "MALFORMED_ID",
                    SalesforceReason.REFERENCE_INVALID,
                    "A value that should be a Salesforce id is none. Correct the mapping."),
            fix(
                    "INVALID_FIELD_FOR_INSERT_UPDATE",
                    SalesforceReason.FIELD_NOT_WRITABLE,
                    "The integration user may not write the field. Make it editable in a permission set."),
            fix(
                    "FIELD_CUSTOM_VALIDATION_EXCEPTION",
                    SalesforceReason.VALIDATION_RULE,
                    "A validation rule of the org refuses the user. Look at the rules of the object User."),
            fix(
                    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
                    SalesforceReason.AUTOMATION_FAILED,
                    "A trigger or flow of the org refuses the user. Look at the automation of the object User."),
            fix(
                    "CANNOT_EXECUTE_FLOW_TRIGGER",
                    SalesforceReason.AUTOMATION_FAILED,
                    "A trigger or flow of the org refuses the user. Look at the automation of the object User."),
            fix(
                    "MIXED_DML_OPERATION",
                    SalesforceReason.MIXED_OPERATION,
                    "An automation of the org changes ordinary records together with the user. Make it asynchronous."),
            fix("ENTITY_IS_DELETED", SalesforceReason.RECORD_NOT_FOUND, "The record does not exist any more."),
            fix(
                    "NOT_FOUND",
                    SalesforceReason.ENDPOINT_NOT_FOUND,
                    "The org does not offer what was asked for. " + "Check instanceUrl and apiVersion."),
            fix(
                    "INVALID_NEW_PASSWORD",
                    SalesforceReason.PASSWORD_REFUSED,
                    "The password does not meet the org's password policy, or was used before."),
            // Locks and load
            later(
                    "UNABLE_TO_LOCK_ROW",
                    SOON,
                    SalesforceReason.RECORD_LOCKED,
                    "Something else is changing the same records. It is tried again."),
            later(
                            "UNKNOWN_EXCEPTION",
                            SOON,
                            SalesforceReason.RECORD_LOCKED,
                            "A change of groups or roles is going on in the org. It is tried again.")
                    .when("acquire lock"),
            later(
                    "GROUP_MEMBERSHIP_OPERATION_IN_PROGRESS",
                    SOON,
                    SalesforceReason.RECORD_LOCKED,
                    "A change of groups or roles is going on in the org. It is tried again."),
            later(
                    "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                    SOON,
                    SalesforceReason.ROLLED_BACK,
                    "The row was undone because another row of the call failed. It is tried again."),
            later(
                            "REQUEST_LIMIT_EXCEEDED",
                            MINUTE,
                            SalesforceReason.CONCURRENT_LIMIT_EXCEEDED,
                            "Too many long calls run in the org at once. Fewer go out for a while.")
                    .when("concurrent"),
            later(
                    "REQUEST_LIMIT_EXCEEDED",
                    QUARTER_HOUR,
                    SalesforceReason.REQUEST_LIMIT_EXCEEDED,
                    "The org has used up its API calls of the last 24 hours. Find who uses them under Setup, System "
                            + "Overview; lower apiBudget.dailyShare if it is us."),
            later(
                    "SERVER_UNAVAILABLE",
                    MINUTE,
                    SalesforceReason.UNAVAILABLE,
                    "Salesforce is overloaded or in maintenance. See status.salesforce.com."),
            later(
                    "REQUEST_RUNNING_TOO_LONG",
                    MINUTE,
                    SalesforceReason.UNAVAILABLE,
                    "Salesforce gave the call up because it ran too long. It is tried again."),
            later(
                    "QUERY_TIMEOUT",
                    MINUTE,
                    SalesforceReason.UNAVAILABLE,
                    "Salesforce gave the query up because it ran too long. It is tried again."),
            later(
                    "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
                    QUARTER_HOUR,
                    SalesforceReason.UNAVAILABLE,
                    "The org is read-only during maintenance. See status.salesforce.com."),
            later(
                    "UNKNOWN_EXCEPTION",
                    MINUTE,
                    SalesforceReason.UNCLASSIFIED,
                    "Salesforce met an error of its own. It is tried again."),
            // The session and the user behind it
            fix(
                            "INVALID_SESSION_ID",
                            SalesforceReason.SCOPE_MISSING,
                            "The session is not valid for the REST API. Give the external client app the OAuth scope "
                                    + "\"Manage user data via APIs (api)\".")
                    .when("not valid for use with"),
            later(
                    "INVALID_SESSION_ID",
                    MINUTE,
                    SalesforceReason.SESSION_REJECTED,
                    "Salesforce rejects a session it has just given. Check the session settings and IP ranges of the "
                            + "external client app."),
            fix(
                    "INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
                    SalesforceReason.PASSWORD_EXPIRED,
                    "The integration user's password has expired. Set a new one, or let it never expire."),
            fix(
                    "INVALID_LOGIN",
                    SalesforceReason.CREDENTIALS_REJECTED,
                    "Salesforce rejects the username, the password or the security token, or the user is locked."),
            fix(
                    "LOGIN_MUST_USE_SECURITY_TOKEN",
                    SalesforceReason.SECURITY_TOKEN_REQUIRED,
                    "Signing in from here needs the user's security token, or the cluster's addresses as trusted IP "
                            + "ranges."),
            fix(
                    "PASSWORD_LOCKOUT",
                    SalesforceReason.USER_LOCKED,
                    "The integration user is locked after too many wrong passwords. Unlock it in Setup, or wait for the "
                            + "lockout of the password policy to end; then correct the Secret."),
            fix("LOGIN_DURING_RESTRICTED_DOMAIN", SalesforceReason.SIGN_IN_RESTRICTED, RESTRICTED),
            fix("LOGIN_DURING_RESTRICTED_TIME", SalesforceReason.SIGN_IN_RESTRICTED, RESTRICTED),
            fix("ORG_LOCKED", SalesforceReason.ORGANIZATION_INACTIVE, ORG_INACTIVE),
            fix("TRIAL_EXPIRED", SalesforceReason.ORGANIZATION_INACTIVE, ORG_INACTIVE),
            fix(
                            "INVALID_OPERATION",
                            SalesforceReason.LOGIN_DISABLED,
                            "SOAP API login() is switched off in this org, as in every new one. Use clientCredentials "
                                    + "or jwtBearer; until Summer '27 an administrator can still enable it in Setup, "
                                    + "User Interface.")
                    .when("login", "disabled"),
            fix(
                            "INVALID_OPERATION",
                            SalesforceReason.LOGIN_UNAVAILABLE,
                            "SOAP login() exists up to apiVersion 64.0 only. Use clientCredentials or jwtBearer.")
                    .when("login"),
            fix("INVALID_OPERATION", SalesforceReason.OPERATION_REFUSED, "Salesforce does not allow the operation."),
            // Rights and versions
            fix("INSUFFICIENT_ACCESS", SalesforceReason.PERMISSIONS_INSUFFICIENT, PERMISSIONS),
            fix("INSUFFICIENT_ACCESS_OR_READONLY", SalesforceReason.PERMISSIONS_INSUFFICIENT, PERMISSIONS),
            fix("FUNCTIONALITY_NOT_ENABLED", SalesforceReason.PERMISSIONS_INSUFFICIENT, PERMISSIONS),
            fix("INVALID_TYPE", SalesforceReason.PERMISSIONS_INSUFFICIENT, PERMISSIONS),
            fix(
                    "API_DISABLED_FOR_ORG",
                    SalesforceReason.API_DISABLED,
                    "The API is not available to the integration user or to this edition. Give the user API Enabled; "
                            + "the org needs Enterprise Edition or API access."),
            fix(
                    "API_CURRENTLY_DISABLED",
                    SalesforceReason.API_DISABLED,
                    "The API is switched off for the integration user. Give it API Enabled."),
            fix(
                    "UNSUPPORTED_API_VERSION",
                    SalesforceReason.API_VERSION_UNSUPPORTED,
                    "The org does not offer this apiVersion any more. Set a newer one."),
            // What we asked wrongly
            fix(
                    "INVALID_FIELD",
                    SalesforceReason.FIELD_UNKNOWN,
                    "A field does not exist or is hidden from the integration user. Correct the mapping or make the "
                            + "field visible."),
            fix("MALFORMED_QUERY", SalesforceReason.QUERY_REFUSED, "Salesforce cannot read a query of ours."),
            fix(
                    "INVALID_QUERY_LOCATOR",
                    SalesforceReason.QUERY_REFUSED,
                    "A query's next page is not there any more. It is read again from the start."),
            fix("EXCEEDED_ID_LIMIT", SalesforceReason.REQUEST_TOO_LARGE, "A call holds too many rows."),
            fix("EXCEEDED_MAX_SIZE_REQUEST", SalesforceReason.REQUEST_TOO_LARGE, "A call is too large."));

    private ErrorTable() {}

    private static ErrorRule duplicateFederation(String code) {
        return fix(
                        code,
                        SalesforceReason.DUPLICATE_FEDERATION_ID,
                        "The federation id is taken by another user of this org. Clear it there, or map another value.",
                        "FederationIdentifier")
                .when("federation id");
    }

    private static ErrorRule profileLicense() {
        return fix(
                "FIELD_INTEGRITY_EXCEPTION",
                SalesforceReason.PROFILE_LICENSE_MISMATCH,
                "The user's licence does not allow the profile. Give a profile of the same licence.",
                "ProfileId");
    }

    private static ErrorRule mayNotGrant(String code) {
        return fix(
                        code,
                        SalesforceReason.PERMISSIONS_INSUFFICIENT,
                        "The integration user may not give or take this right. Give it Assign Permission Sets, and for "
                                + "public groups and queues Manage Users.")
                .on(EntitlementRows.SET, EntitlementRows.LICENSE, EntitlementRows.MEMBER);
    }

    private static ErrorRule blocked(String duty) {
        return fix(
                "FIELD_INTEGRITY_EXCEPTION",
                SalesforceReason.DEACTIVATION_BLOCKED,
                "The user cannot be deactivated because it " + duty + ". Hand that to somebody else in Setup.",
                "IsActive");
    }
}
