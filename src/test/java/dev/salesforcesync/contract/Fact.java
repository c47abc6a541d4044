package dev.salesforcesync.contract;

import static dev.salesforcesync.contract.Mark.DOC;
import static dev.salesforcesync.contract.Mark.FIXTURE;
import static dev.salesforcesync.contract.Mark.INFERRED;
import static dev.salesforcesync.contract.Mark.MEASURED;
import static dev.salesforcesync.contract.Mark.MEMORY;
import static dev.salesforcesync.contract.Mark.THREAD;

/**
 * What the design rests on, one sentence each, by the sections of the reference page on Salesforce: 0 what changed the
 * design, A the library, B signing in, C objects, D errors, E REST and limits, F passwords, G own credentials, I wire.
 */
enum Fact {
    // 0 and B: signing in.
    LOGIN_ENDED("0", THREAD, "SOAP login() answers INVALID_OPERATION at 65, before it looks at the password"),
    LOGIN_REFUSED("D", FIXTURE, "login() at 64 with a wrong password is a LoginFault INVALID_LOGIN"),
    LOGIN_DISABLED(
            "0", THREAD, "login() at 64 is switched off in new orgs and says so", Reach.SANDBOX, "needs a new org"),
    TOKEN_SHAPE("B", DOC, "a token answer has no expires_in; the token is opaque and the type is Bearer"),
    CLIENT_AS_BASIC("B", DOC, "client credentials may travel as Basic authorization"),
    WRONG_SECRET("B", DOC, "a wrong secret is invalid_client: invalid client credentials"),
    WRONG_CLIENT("B", DOC, "an unknown consumer key is invalid_client_id: client identifier invalid"),
    WRONG_GRANT("B", DOC, "an unknown grant is unsupported_grant_type: grant type not supported"),
    PASSWORD_GRANT("B", DOC, "the password grant fails as invalid_grant: authentication failure"),
    PASSWORD_GRANT_LONG(
            "B",
            FIXTURE,
            "an allowed password grant with a wrong password adds: - Invalid Password",
            Reach.SANDBOX,
            "the grant is blocked in orgs made since Summer '23"),
    NO_RUN_AS(
            "B",
            DOC,
            "without a Run-As user: no client credentials user enabled",
            Reach.SANDBOX,
            "would need a second app"),
    GENERIC_HOST(
            "B",
            DOC,
            "client credentials on login.salesforce.com: request not supported on this domain",
            Reach.NOWHERE,
            "would send the app's key to a host that is not the org's"),
    JWT_GARBAGE("B", DOC, "an unreadable assertion is invalid_grant: invalid assertion"),
    JWT_AUDIENCE(
            "B",
            DOC,
            "a wrong audience is invalid_grant: Audience validation failed",
            Reach.SANDBOX,
            "needs an app with a certificate"),
    JWT_APPROVAL(
            "B",
            DOC,
            "a user who is not approved: user is not admin approved to access this app",
            Reach.SANDBOX,
            "needs an app with a certificate"),
    TOKEN_IS_SOAP_SESSION("B", DOC, "an OAuth token in SessionHeader is a session of the partner API"),
    USER_INFO("B", DOC, "userinfo names the user and the org of the token"),
    REST_SESSION_DEAD("B", FIXTURE, "a dead session at REST: 401 INVALID_SESSION_ID, Session expired or invalid"),
    SOAP_SESSION_DEAD("B", THREAD, "a dead session at SOAP: INVALID_SESSION_ID with the session id in the text"),
    REVOKED_AT_ONCE(
            "G",
            DOC,
            "a revoked token is dead at once",
            Reach.SANDBOX,
            "would end the session of other programs with the same app"),
    SIGN_IN_RATE(
            "B",
            THREAD,
            "after 3600 sign-ins of a user in an hour: login rate exceeded",
            Reach.SANDBOX,
            "would lock the integration user out"),
    SECURITY_TOKEN(
            "D",
            DOC,
            "outside trusted networks a password alone is LOGIN_MUST_USE_SECURITY_TOKEN",
            Reach.SANDBOX,
            "needs an untrusted network and a user's password"),
    EXPIRED_PASSWORD(
            "B",
            DOC,
            "a login with an expired password gives a session that may only change it",
            Reach.SANDBOX,
            "needs a reset, which mails"),
    LEAST_RIGHTS(
            "B",
            THREAD,
            "API, Manage Internal Users, Assign Permission Sets, View Setup, View All Users are enough",
            Reach.REAL,
            "the sandbox org knows no single permissions"),
    OLD_VERSION("D", DOC, "a retired version is UNSUPPORTED_API_VERSION"),
    CONSUMER_ROTATION(
            "G",
            DOC,
            "apps/oauth/credentials stages, swaps and revokes a consumer's key and secret",
            Reach.SANDBOX,
            "would change the credentials of a live app"),

    // C: objects.
    USER_NEVER_DELETED("C", FIXTURE, "User can be created and updated, never deleted; its ids begin with 005"),
    USER_LOGIN_UPDATE_ONLY("C", FIXTURE, "UserLogin can only be updated; its ids begin with 0Yw"),
    USER_LICENSE_READ_ONLY("C", FIXTURE, "UserLicense is read only; its ids begin with 100"),
    USER_ROLE_CALLS("C", FIXTURE, "UserRole can be created, updated, deleted; its ids begin with 00E"),
    USER_LENGTHS("C", DOC, "the lengths of the fields of User"),
    USER_READ_ONLY_FIELDS("C", DOC, "Id, Name, UserType, LastLoginDate, SystemModstamp are never written"),
    FEDERATION_ID_LOOKS_FREE("C", DOC, "the describe does not flag FederationIdentifier as unique"),
    REQUIRED_FIELDS("D", FIXTURE, "Required fields are missing: [LastName]"),
    NICKNAME_DEFAULTED("C", DOC, "a CommunityNickname that is left out is made up"),
    USER_LOGIN_ROW("C", DOC, "each user has one UserLogin row from the start"),
    FREEZE("C", DOC, "IsFrozen is set at UserLogin and leaves IsActive alone"),
    FREEZE_KEEPS_SEAT(
            "C",
            DOC,
            "a frozen user keeps the seat, a deactivated one gives it back",
            Reach.SANDBOX,
            "the figure lags and others change it"),
    LOCK_ONLY_BY_SERVER("C", DOC, "IsPasswordLocked cannot be set to true"),
    USERNAME_AT_ONCE("C", DOC, "a changed Username applies at once"),
    EMAIL_PENDING(
            "0",
            DOC,
            "a changed Email of an active user is answered with success and stays until it is confirmed",
            Reach.SANDBOX,
            "mails the old and the new address"),
    UPSERT_BY_ANCHOR("C", DOC, "User is upserted by a custom external id, in any case of letters"),
    USERNAME_TAKEN_IN_ANOTHER_ORG("C", DOC, "usernames are unique across orgs", Reach.SANDBOX, "needs a second org"),
    LICENCE_COUPLING(
            "C",
            THREAD,
            "a profile of another kind of licence is refused with FIELD_INTEGRITY_EXCEPTION",
            Reach.SANDBOX,
            "would take a seat of another licence where it is allowed"),
    DEACTIVATION_BLOCKERS(
            "C",
            DOC,
            "default owners and their like cannot be deactivated: FIELD_INTEGRITY_EXCEPTION",
            Reach.SANDBOX,
            "would change the set-up of the org"),
    PROFILE_SETS("C", MEMORY, "each profile has a permission set of its own with IsOwnedByProfile, to be left alone"),
    SWAP_ORDER(
            "C",
            THREAD,
            "sets of the old licence are taken before a profile of another licence is given",
            Reach.SANDBOX,
            "would take a seat of another licence"),
    MIXED_OBJECTS(
            "C",
            DOC,
            "set-up objects and others do not go into one call: MIXED_DML_OPERATION",
            Reach.SANDBOX,
            "would create business records where it is allowed"),
    ROLE_IN_USE(
            "C",
            DOC,
            "a role that somebody holds is not deleted",
            Reach.SANDBOX,
            "would delete a role where it is allowed"),
    NO_MAIL_TO_USERS(
            "C",
            THREAD,
            "EmailHeader with all three false keeps a created user's mail away, setPassword sends none",
            Reach.NOWHERE,
            "needs a mailbox; the suite always sends the header and addresses that cannot exist"),
    REST_CREATE_MAIL(
            "C",
            INFERRED,
            "a user created over REST may get a mail",
            Reach.NOWHERE,
            "needs a mailbox; the product creates over SOAP only"),

    // D: errors.
    USERNAME_TAKEN("D", THREAD, "DUPLICATE_USERNAME with its text, in any case of letters"),
    USERNAME_TAKEN_BY_INACTIVE("C", DOC, "an inactive user keeps the username"),
    USERNAME_FORM("D", THREAD, "FIELD_INTEGRITY_EXCEPTION: Username must be in the form of an email address"),
    NICKNAME_TAKEN("D", THREAD, "DUPLICATE_COMM_NICKNAME with its text"),
    FEDERATION_ID_TAKEN_TEXT("D", THREAD, "This Federation ID is already in use, with its text"),
    FEDERATION_ID_TAKEN_CODE("D", INFERRED, "a federation id in use is FIELD_INTEGRITY_EXCEPTION"),
    TOO_LONG("D", FIXTURE, "STRING_TOO_LONG names the field's label, the value and the length"),
    BAD_EMAIL("D", MEMORY, "INVALID_EMAIL_ADDRESS: Email: invalid email address: x"),
    BAD_PICKLIST("D", DOC, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: bad value for restricted picklist field"),
    BAD_REFERENCE("D", FIXTURE, "INVALID_CROSS_REFERENCE_KEY: invalid cross reference id"),
    NOT_WRITEABLE("D", MEMORY, "INVALID_FIELD_FOR_INSERT_UPDATE: Unable to create/update fields"),
    UNKNOWN_FIELD("D", FIXTURE, "INVALID_FIELD: No such column 'x' on …"),
    SEATS_USED_UP(
            "D",
            DOC,
            "LICENSE_LIMIT_EXCEEDED: License Limit Exceeded",
            Reach.SANDBOX,
            "would take every seat of the org"),
    FEATURE_SEATS_USED_UP(
            "D",
            DOC,
            "a feature licence without seats: content feature license limit exceeded",
            Reach.SANDBOX,
            "would take every seat of the org"),
    SET_GIVEN_TWICE("D", THREAD, "DUPLICATE_VALUE: Duplicate PermissionSetAssignment"),
    SET_WITHOUT_LICENCE(
            "D",
            THREAD,
            "FIELD_INTEGRITY_EXCEPTION: Can't assign permission set X to user Y",
            Reach.SANDBOX,
            "needs a seat of another licence"),
    ROW_LOCKED("D", THREAD, "UNABLE_TO_LOCK_ROW with its text", Reach.SANDBOX, "would hold locks in the org"),
    DAILY_LIMIT(
            "D",
            THREAD,
            "REQUEST_LIMIT_EXCEEDED at SOAP, 403 at REST, no Retry-After",
            Reach.SANDBOX,
            "would stop every program of the org"),
    SERVER_UNAVAILABLE("D", MEMORY, "SERVER_UNAVAILABLE: 503 at REST", Reach.SANDBOX, "cannot be provoked"),
    API_DISABLED(
            "D",
            MEMORY,
            "API_DISABLED_FOR_ORG: API is not enabled for this Organization or Partner",
            Reach.NOWHERE,
            "needs an edition without API"),
    UNKNOWN_CODE(
            "0",
            MEASURED,
            "a code that the library's enumeration lacks destroys the whole answer",
            Reach.SANDBOX,
            "cannot be provoked"),
    BAD_QUERY("D", DOC, "MALFORMED_QUERY at SOAP and REST"),
    UNKNOWN_TYPE("D", FIXTURE, "INVALID_TYPE points to the place and names the object"),

    // E: REST and limits.
    REST_LIMIT_HEADER("E", DOC, "Sforce-Limit-Info: api-usage=n/m on REST answers"),
    SOAP_LIMIT_HEADER("E", FIXTURE, "LimitInfoHeader of type API REQUESTS on SOAP answers, setPassword's too"),
    LIMITS("E", DOC, "limits tells Max and Remaining of DailyApiRequests"),
    ROWS_FOR_THEMSELVES("E", DOC, "collections answer 200 and row by row; allOrNone is false unless asked for"),
    ROWS_ALL_OR_NONE("D", DOC, "AllOrNoneHeader takes back the good rows: ALL_OR_NONE_OPERATION_ROLLED_BACK"),
    TWO_HUNDRED_ROWS("E", DOC, "more than 200 rows in a call are EXCEEDED_ID_LIMIT"),
    COMPOSITE_SHAPE("E", FIXTURE, "composite answers each request with body, httpHeaders, httpStatusCode, referenceId"),
    COMPOSITE_COUNTS_ONCE("E", DOC, "a whole composite is one call"),
    COMPOSITE_25("E", DOC, "more than 25 requests in a composite are refused"),
    COMPOSITE_PASSWORDS("E", INFERRED, "passwords can be set inside a composite"),
    QUERY_PAGES("E", DOC, "batchSize=200 pages a query; nextRecordsUrl leads on"),
    GROUP_LOCK(
            "E",
            DOC,
            "changes of roles wait for one lock, then: could not acquire lock",
            Reach.SANDBOX,
            "would hold locks in the org"),

    // F: passwords.
    PASSWORD_REST("F", DOC, "GET …/password tells isExpired, POST answers 204 without a body"),
    PASSWORD_POLICY("F", THREAD, "INVALID_NEW_PASSWORD, 400 at REST, InvalidNewPasswordFault at SOAP"),
    PASSWORD_HISTORY("F", DOC, "the same password again: invalid repeated password"),
    PASSWORD_OF_ONESELF(
            "D",
            DOC,
            "INSUFFICIENT_ACCESS: Cannot set password for self",
            Reach.SANDBOX,
            "would change the integration user's password where it is allowed"),
    PASSWORD_RESET("F", DOC, "DELETE …/password answers NewPassword; it is expired", Reach.SANDBOX, "mails"),
    PASSWORD_CHANGED_BY_OWNER(
            "F",
            DOC,
            "changeOwnPassword wants the old one: InvalidOldPasswordFault",
            Reach.SANDBOX,
            "needs a user's session by password"),

    // A and I: the wire.
    SAVE_RESULT_ORDER("I", FIXTURE, "SaveResult: errors(fields, message, statusCode), id, success"),
    UPSERT_RESULT_ORDER("I", FIXTURE, "UpsertResult: created, errors, id, success"),
    QUERY_RESULT_ORDER("I", FIXTURE, "QueryResult: done, queryLocator, records, size"),
    LOGIN_RESULT_ORDER(
            "I",
            FIXTURE,
            "LoginResult: metadataServerUrl, passwordExpired, sandbox, serverUrl, sessionId, userId, userInfo",
            Reach.SANDBOX,
            "needs a user's password"),
    ID_TWICE("I", FIXTURE, "a record has its Id twice when it is selected, once and nil when it is not"),
    NULLS("I", FIXTURE, "an empty field is an element with xsi:nil"),
    UNTYPED_VALUES("I", FIXTURE, "values have no xsi:type; records are sf:sObject"),
    PARENTS("I", FIXTURE, "a parent is an sObject with type, nil Id and its fields"),
    QUERY_LOCATOR("I", FIXTURE, "a query locator begins with 01g and ends in the next row's number"),
    FAULT_SHAPE("I", FIXTURE, "fault: sf:CODE, CODE: text, a typed detail with exceptionCode, exceptionMessage"),
    FAULT_IS_500("I", DOC, "a fault is HTTP 500"),
    FIELDS_TO_NULL("A", MEASURED, "fieldsToNull empties a field; a null value in WSC is not sent"),
    GZIP("A", MEASURED, "a request body in gzip is understood");

    /** Where a fact can be tried. */
    enum Reach {
        ANY_ORG,
        /** Only where nothing can be spoilt. */
        SANDBOX,
        /** Only where Salesforce itself decides. */
        REAL,
        NOWHERE
    }

    private final String section;
    private final Mark mark;
    private final String statement;
    private final Reach reach;
    private final String whyNotEverywhere;

    Fact(String section, Mark mark, String statement) {
        this(section, mark, statement, Reach.ANY_ORG, "");
    }

    Fact(String section, Mark mark, String statement, Reach reach, String whyNotEverywhere) {
        this.section = section;
        this.mark = mark;
        this.statement = statement;
        this.reach = reach;
        this.whyNotEverywhere = whyNotEverywhere;
    }

    /** The section of the reference page. */
    String section() {
        return section;
    }

    Mark mark() {
        return mark;
    }

    String statement() {
        return statement;
    }

    Reach reach() {
        return reach;
    }

    /** Why it is not tried on every org; empty when it is. */
    String whyNotEverywhere() {
        return whyNotEverywhere;
    }
}
