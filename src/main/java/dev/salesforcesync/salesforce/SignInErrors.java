package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a refused sign-in means, by OAuth error and description (Salesforce Help, "OAuth 2.0 Authorization Errors"). */
final class SignInErrors {

    private record Line(List<String> errors, String words, String reason, String message) {
        boolean matches(String error, String description) {
            return (errors.isEmpty() || errors.contains(error)) && description.contains(words);
        }
    }

    /** Also said before a secret is sent to an address that takes none. */
    static final Failure MY_DOMAIN = new Failure.Terminal(
            SalesforceReason.MY_DOMAIN_REQUIRED,
            "Client credentials work on the org's own address only. Set instanceUrl to its My Domain, such as "
                    + "https://example.my.salesforce.com.");

    private static final List<String> GRANT = List.of("invalid_grant");

    private static final List<Line> LINES = List.of(
            new Line(
                    List.of(),
                    "no client credentials user enabled",
                    SalesforceReason.RUN_AS_USER_MISSING,
                    "The external client app has no Run As user. Choose one in its client credentials policy."),
            new Line(List.of(), "not supported on this domain", MY_DOMAIN.reason(), MY_DOMAIN.message()),
            new Line(
                    List.of(),
                    "user inactive",
                    SalesforceReason.USER_INACTIVE,
                    "The integration user is inactive. Activate it, or choose another Run As user."),
            new Line(
                    List.of("inactive_user"),
                    "",
                    SalesforceReason.USER_INACTIVE,
                    "The integration user is inactive. Activate it, or choose another Run As user."),
            new Line(
                    List.of("inactive_org"),
                    "",
                    SalesforceReason.ORGANIZATION_INACTIVE,
                    "The org is locked, closed or suspended. Ask Salesforce."),
            new Line(
                    List.of("invalid_client", "invalid_client_id", "invalid_client_credentials"),
                    "",
                    SalesforceReason.CREDENTIALS_REJECTED,
                    "Salesforce rejects the client id or the client secret. Put the external client app's consumer key "
                            + "and secret into the Secret; a new app takes some minutes to work."),
            new Line(
                    List.of("unsupported_grant_type"),
                    "",
                    SalesforceReason.FLOW_NOT_ENABLED,
                    "The way to sign in is not enabled. Enable it in the external client app's settings and policies."),
            new Line(
                    List.of(),
                    "not enabled",
                    SalesforceReason.FLOW_NOT_ENABLED,
                    "The way to sign in is not enabled. Enable it in the external client app's settings and policies."),
            new Line(
                    GRANT,
                    "audience",
                    SalesforceReason.AUDIENCE_REJECTED,
                    "The audience of the assertion does not fit. Use https://login.salesforce.com, "
                            + "https://test.salesforce.com or the My Domain."),
            new Line(
                    List.of(),
                    "approved",
                    SalesforceReason.APP_NOT_APPROVED,
                    "The user is not approved for the external client app. Pre-authorize its profile or permission "
                            + "set."),
            new Line(
                    GRANT,
                    "invalid assertion",
                    SalesforceReason.ASSERTION_REJECTED,
                    "Salesforce cannot verify the signed assertion. Upload the certificate that belongs to the key, and "
                            + "check the consumer key and the username."),
            new Line(
                    GRANT,
                    "expired access/refresh token",
                    SalesforceReason.APP_NOT_APPROVED,
                    "The user's approval of the app has expired. Pre-authorize its profile or permission set, so that no "
                            + "approval of its own is needed."),
            new Line(
                    GRANT,
                    "expired",
                    SalesforceReason.ASSERTION_EXPIRED,
                    "Salesforce takes the assertion as expired. Check the clock of the cluster's nodes."),
            new Line(
                    List.of(),
                    "ip restricted",
                    SalesforceReason.SIGN_IN_RESTRICTED,
                    "Signing in from here is not allowed. Relax the IP restriction of the app, or add our addresses."),
            new Line(
                    List.of("invalid_app_access", "access_denied", "app_not_found", "OAUTH_APP_BLOCKED"),
                    "",
                    SalesforceReason.SIGN_IN_RESTRICTED,
                    "The app may not be used by the integration user, or is blocked. Look at the app's policies."),
            new Line(
                    GRANT,
                    "invalid password",
                    SalesforceReason.CREDENTIALS_REJECTED,
                    "Salesforce rejects the password or the security token behind it. Correct the Secret; a changed "
                            + "password changes the security token too."),
            new Line(
                    List.of("invalid_scope"),
                    "",
                    SalesforceReason.SCOPE_MISSING,
                    "The external client app lacks the OAuth scope \"Manage user data via APIs (api)\"."));

    /** Salesforce Help, "Username-Password Flow": a blocked flow and a wrong password read alike. */
    private static final Failure PASSWORD_GRANT = new Failure.Terminal(
            SalesforceReason.PASSWORD_GRANT_REFUSED,
            "Salesforce refuses the password grant and does not say why. Either the org blocks the flow, as orgs made "
                    + "since Summer '23 do (Setup, OAuth and OpenID Connect Settings): use clientCredentials or jwtBearer. "
                    + "Or the username, password or security token is wrong or the user locked: correct the Secret.");

    private SignInErrors() {}

    /** The same for the password grant, which is refused with the same words for several causes. */
    static Failure ofPasswordGrant(int status, String error, String description) {
        Failure failure = of(status, error, description);
        boolean unsaid = failure.reason().equals(SalesforceReason.SIGN_IN_REFUSED)
                && description.toLowerCase(Locale.ROOT).contains("authentication failure");
        return unsaid ? PASSWORD_GRANT : failure;
    }

    static Failure of(int status, String error, String description) {
        String text = description.toLowerCase(Locale.ROOT);
        if (error.equals("rate_limit_exceeded") || text.contains("rate exceeded")) {
            return new Failure.Transient(
                    SalesforceReason.SIGN_IN_RATE_LIMITED,
                    "Too many sign-ins of this user in the last hour. Find what else signs in with it.",
                    Duration.ofMinutes(15));
        }
        if (error.isEmpty()
                || status >= 500
                || List.of("server_error", "temporarily_unavailable").contains(error)) {
            return SalesforceErrors.status(status >= 400 || status / 100 == 3 ? status : 0);
        }
        return LINES.stream()
                .filter(line -> line.matches(error, text))
                .findFirst()
                .<Failure>map(line -> new Failure.Terminal(line.reason(), line.message()))
                .orElseGet(() -> new Failure.Terminal(
                        SalesforceReason.SIGN_IN_REFUSED,
                        "Salesforce refuses the sign-in. Setup, Login History of the integration user says why."));
    }
}
