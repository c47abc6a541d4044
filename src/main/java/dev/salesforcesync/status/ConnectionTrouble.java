package dev.salesforcesync.status;

import dev.salesforcesync.failure.Failure;
import java.util.Set;

/** Which condition of a SalesforceConnection a failure belongs to. */
public enum ConnectionTrouble {
    CREDENTIALS,
    PERMISSIONS,
    API_BUDGET,
    OTHER;

    private static final Set<String> CREDENTIAL_REASONS = Set.of(
            "SalesforceCredentialsRejected",
            "SalesforceRunAsUserMissing",
            "SalesforceMyDomainRequired",
            "SalesforceUserInactive",
            "SalesforceOrganizationInactive",
            "SalesforceAppNotApproved",
            "SalesforceAudienceRejected",
            "SalesforceAssertionRejected",
            "SalesforceAssertionExpired",
            "SalesforceInstanceMismatch",
            "SalesforceSignInRefused",
            "SalesforceSignInRestricted",
            "SalesforceSignInRateLimited",
            "SalesforceSessionRejected",
            "SalesforceTokenFormatUnsupported",
            "SalesforceScopeMissing",
            "SalesforceFlowNotEnabled",
            "SalesforceLoginUnavailable",
            "SalesforceSecurityTokenRequired",
            "SalesforceLoginDisabled",
            "SalesforcePasswordExpired",
            "SalesforceUserLocked",
            "SalesforcePasswordGrantRefused",
            "SalesforcePrivateKeyInvalid",
            "SalesforceAudienceMissing",
            "SecretNotFound",
            "SecretKeyMissing");

    private static final Set<String> BUDGET_REASONS = Set.of(
            "SalesforceApiBudgetExhausted", "SalesforceRequestLimitExceeded", "SalesforceConcurrentLimitExceeded");

    private static final Set<String> PERMISSION_REASONS =
            Set.of("SalesforcePermissionsInsufficient", "SalesforceApiDisabled");

    public static ConnectionTrouble of(Failure failure) {
        if (CREDENTIAL_REASONS.contains(failure.reason())) {
            return CREDENTIALS;
        }
        if (PERMISSION_REASONS.contains(failure.reason())) {
            return PERMISSIONS;
        }
        return BUDGET_REASONS.contains(failure.reason()) ? API_BUDGET : OTHER;
    }
}
