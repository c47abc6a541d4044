package dev.salesforcesync.salesforce;

/**
 * The stable words for everything that can go wrong with Salesforce. They stand in conditions, events and the counts
 * of a policy's failures; names that Microsoft Entra's provisioning uses for the same thing are kept.
 */
public final class SalesforceReason {
    // Signing in
    public static final String CREDENTIALS_REJECTED = "SalesforceCredentialsRejected";
    public static final String RUN_AS_USER_MISSING = "SalesforceRunAsUserMissing";
    public static final String MY_DOMAIN_REQUIRED = "SalesforceMyDomainRequired";
    public static final String USER_INACTIVE = "SalesforceUserInactive";
    public static final String ORGANIZATION_INACTIVE = "SalesforceOrganizationInactive";
    public static final String FLOW_NOT_ENABLED = "SalesforceFlowNotEnabled";
    public static final String APP_NOT_APPROVED = "SalesforceAppNotApproved";
    public static final String AUDIENCE_REJECTED = "SalesforceAudienceRejected";
    public static final String ASSERTION_REJECTED = "SalesforceAssertionRejected";
    public static final String ASSERTION_EXPIRED = "SalesforceAssertionExpired";
    public static final String SIGN_IN_RESTRICTED = "SalesforceSignInRestricted";
    public static final String SIGN_IN_RATE_LIMITED = "SalesforceSignInRateLimited";
    public static final String SIGN_IN_REFUSED = "SalesforceSignInRefused";
    public static final String LOGIN_UNAVAILABLE = "SalesforceLoginUnavailable";
    public static final String SECURITY_TOKEN_REQUIRED = "SalesforceSecurityTokenRequired";
    public static final String LOGIN_DISABLED = "SalesforceLoginDisabled";
    /** Not a failure: SOAP login works, and Salesforce has said when it ends. */
    public static final String LOGIN_ENDING = "SalesforceLoginEnding";

    /** The OAuth password grant is refused, and Salesforce does not say whether the flow is blocked or the password wrong. */
    public static final String PASSWORD_GRANT_REFUSED = "SalesforcePasswordGrantRefused";

    public static final String USER_LOCKED = "SalesforceUserLocked";
    public static final String PRIVATE_KEY_INVALID = "SalesforcePrivateKeyInvalid";
    public static final String AUDIENCE_MISSING = "SalesforceAudienceMissing";
    public static final String PASSWORD_EXPIRED = "SalesforcePasswordExpired";
    public static final String TOKEN_FORMAT_UNSUPPORTED = "SalesforceTokenFormatUnsupported";
    public static final String INSTANCE_MISMATCH = "SalesforceInstanceMismatch";
    public static final String SESSION_REJECTED = "SalesforceSessionRejected";
    public static final String SCOPE_MISSING = "SalesforceScopeMissing";
    // The way there
    public static final String CA_INVALID = "SalesforceCaInvalid";
    public static final String ADDRESS_INVALID = "SalesforceAddressInvalid";
    public static final String HOST_UNKNOWN = "SalesforceHostUnknown";
    public static final String CERTIFICATE_UNTRUSTED = "SalesforceCertificateUntrusted";
    public static final String TLS_FAILED = "SalesforceTlsFailed";
    public static final String UNREACHABLE = "SalesforceUnreachable";
    public static final String TIMEOUT = "SalesforceTimeout";
    public static final String INTERRUPTED = "SalesforceInterrupted";
    public static final String CONNECTION_LOST = "SalesforceConnectionLost";
    public static final String ANSWER_UNREADABLE = "SalesforceAnswerUnreadable";
    public static final String PROXY_REFUSED = "SalesforceProxyRefused";
    public static final String PROXY_AUTHENTICATION_REQUIRED = "SalesforceProxyAuthenticationRequired";
    public static final String UNEXPECTED_REDIRECT = "SalesforceUnexpectedRedirect";
    public static final String ENDPOINT_NOT_FOUND = "SalesforceEndpointNotFound";
    public static final String UNAVAILABLE = "SalesforceUnavailable";
    public static final String CLOSED = "SalesforceConnectionClosed";
    // Limits
    public static final String API_BUDGET_EXHAUSTED = "SalesforceApiBudgetExhausted";
    public static final String REQUEST_LIMIT_EXCEEDED = "SalesforceRequestLimitExceeded";
    public static final String CONCURRENT_LIMIT_EXCEEDED = "SalesforceConcurrentLimitExceeded";
    public static final String REQUEST_TOO_LARGE = "SalesforceRequestTooLarge";
    // Rights
    public static final String PERMISSIONS_INSUFFICIENT = "SalesforcePermissionsInsufficient";
    public static final String API_DISABLED = "SalesforceApiDisabled";
    public static final String API_VERSION_UNSUPPORTED = "SalesforceApiVersionUnsupported";
    public static final String QUERY_REFUSED = "SalesforceQueryRefused";
    public static final String OPERATION_REFUSED = "SalesforceOperationRefused";
    // Rows
    public static final String DUPLICATE_USER_NAME = "SalesforceDuplicateUserName";
    public static final String DUPLICATE_NICKNAME = "SalesforceDuplicateNickname";
    public static final String DUPLICATE_FEDERATION_ID = "SalesforceDuplicateFederationId";
    public static final String DUPLICATE_VALUE = "SalesforceDuplicateValue";
    public static final String DUPLICATE_EXTERNAL_ID = "SalesforceDuplicateExternalId";
    public static final String LICENSE_LIMIT_EXCEEDED = "SalesforceLicenseLimitExceeded";
    public static final String FEATURE_LICENSE_LIMIT_EXCEEDED = "SalesforceFeatureLicenseLimitExceeded";
    public static final String PERMISSION_SET_LICENSE_LIMIT_EXCEEDED = "SalesforcePermissionSetLicenseLimitExceeded";
    public static final String REQUIRED_FIELD_MISSING = "SalesforceRequiredFieldMissing";
    public static final String USERNAME_INVALID = "SalesforceUsernameInvalid";
    public static final String EMAIL_INVALID = "SalesforceEmailInvalid";
    public static final String VALUE_TOO_LONG = "SalesforceValueTooLong";
    public static final String VALUE_INVALID = "SalesforceValueInvalid";
    public static final String PICKLIST_VALUE_INVALID = "SalesforcePicklistValueInvalid";
    public static final String ILLEGAL_CHARACTER = "SalesforceIllegalCharacter";
    public static final String FIELD_UNKNOWN = "SalesforceFieldUnknown";
    public static final String FIELD_NOT_WRITABLE = "SalesforceFieldNotWritable";
    public static final String REFERENCE_INVALID = "SalesforceReferenceInvalid";
    public static final String RECORD_NOT_FOUND = "SalesforceRecordNotFound";
    public static final String PROFILE_LICENSE_MISMATCH = "SalesforceProfileLicenseMismatch";
    public static final String PROFILE_NOT_ASSIGNABLE = "SalesforceProfileNotAssignable";
    public static final String PERMISSION_SET_LICENSE_MISMATCH = "SalesforcePermissionSetLicenseMismatch";
    public static final String PERMISSION_SET_LICENSE_IN_USE = "SalesforcePermissionSetLicenseInUse";
    public static final String DEACTIVATION_BLOCKED = "SalesforceDeactivationBlocked";
    public static final String LAST_ADMINISTRATOR = "SalesforceLastAdministrator";
    public static final String CANNOT_FREEZE_SELF = "SalesforceCannotFreezeSelf";
    public static final String VALIDATION_RULE = "SalesforceValidationRule";
    public static final String AUTOMATION_FAILED = "SalesforceAutomationFailed";
    public static final String FIELD_INTEGRITY = "SalesforceFieldIntegrity";
    public static final String MIXED_OPERATION = "SalesforceMixedOperation";
    public static final String PASSWORD_REFUSED = "SalesforcePasswordRefused";
    public static final String RECORD_LOCKED = "SalesforceRecordLocked";
    public static final String ROLLED_BACK = "SalesforceRolledBack";
    public static final String UNCLASSIFIED = "SalesforceErrorUnclassified";

    private SalesforceReason() {}
}
