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
            "SalesforceSignInRefused",
            "SalesforceSignInRestricted",
            "SalesforceSignInRateLimited",
            "SalesforceSessionRejected",
            "SalesforceTokenFormatUnsupported",
            "SalesforceScopeMissing",
            "SalesforceFlowNotEnabled",
            "SalesforceLoginUnavailable",
            "SalesforceSecurityTokenRequired",
            "SalesforcePasswordExpired",
            "SecretNotFound",
            "SecretKeyMissing");

    private static final Set<String> BUDGET_REASONS =
            Set.of("SalesforceApiBudgetExhausted", "SalesforceRequestLimitExceeded");

    public static ConnectionTrouble of(Failure failure) {
        if (CREDENTIAL_REASONS.contains(failure.reason())) {
            return CREDENTIALS;
        }
        if (failure.reason().equals("SalesforcePermissionsInsufficient")) {
            return PERMISSIONS;
        }
        return BUDGET_REASONS.contains(failure.reason()) ? API_BUDGET : OTHER;
    }
}
