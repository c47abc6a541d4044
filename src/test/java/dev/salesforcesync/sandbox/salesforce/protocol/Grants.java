package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.Consumers;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import dev.salesforcesync.sandbox.salesforce.org.SignInAttempt;
import dev.salesforcesync.sandbox.salesforce.org.SignInPolicy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who may have a token: client credentials, JWT bearer, name and password. Errors as on help pages
 * xcloud.remoteaccess_oauth_client_credentials_flow and xcloud.remoteaccess_oauth_flow_errors.
 */
final class Grants {
    static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    /** Sources differ between three and five minutes; the more generous one. */
    private static final Duration LONGEST_ASSERTION = Duration.ofMinutes(5);

    private final Org org;
    private final Supplier<String> baseUrl;

    /** The answer to a request for a token. */
    sealed interface Verdict {
        record Granted(String userId) implements Verdict {}

        record Refused(String error, String description) implements Verdict {}
    }

    Grants(Org org, Supplier<String> baseUrl) {
        this.org = org;
        this.baseUrl = baseUrl;
    }

    Verdict decide(Request request, Map<String, String> form) {
        return switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> clientCredentials(request, form);
            case "password" -> password(request, form);
            case JWT_BEARER -> jwtBearer(form.getOrDefault("assertion", ""));
            default -> new Verdict.Refused("unsupported_grant_type", "grant type not supported");
        };
    }

    private Verdict clientCredentials(Request request, Map<String, String> form) {
        if (policy().genericHosts().contains(request.host())) {
            return invalidGrant("request not supported on this domain");
        }
        Optional<Verdict> refused = client(request, form, true);
        if (refused.isPresent()) {
            return refused.get();
        }
        return org.user(org.settings().runAsUsername())
                .filter(row -> org.maySignIn(row.id()))
                .map(this::granted)
                .orElse(invalidGrant("no client credentials user enabled"));
    }

    /** The secret may be left out when the client allows it; whoever sends one must send the right one. */
    private Verdict password(Request request, Map<String, String> form) {
        Optional<Verdict> refused = client(request, form, false);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!policy().passwordGrant()) {
            return invalidGrant("authentication failure");
        }
        SignInAttempt attempt = org.attemptSignIn(form.getOrDefault("username", ""), form.getOrDefault("password", ""));
        if (attempt instanceof SignInAttempt.In in && !in.passwordExpired()) {
            return new Verdict.Granted(in.user().id());
        }
        if (attempt instanceof SignInAttempt.Inactive) {
            return inactive();
        }
        if (attempt instanceof SignInAttempt.TooOften) {
            return tooOften();
        }
        // The longer text is one that Restforce has recorded.
        return invalidGrant(
                attempt instanceof SignInAttempt.Wrong
                        ? "authentication failure - Invalid Password"
                        : "authentication failure");
    }

    /** Help page xcloud.remoteaccess_oauth_jwt_flow. */
    private Verdict jwtBearer(String assertion) {
        Optional<Jwt> read = Jwt.read(assertion);
        if (read.isEmpty()) {
            return invalidGrant("invalid assertion");
        }
        Jwt jwt = read.get();
        if (org.consumers().accepted(key -> same(key, jwt.claim("iss"))).isEmpty()) {
            return new Verdict.Refused("invalid_client_id", "client identifier invalid");
        }
        if (!jwt.isSignedBy(policy().clientKeys())) {
            return invalidGrant("invalid assertion");
        }
        OrgSettings settings = org.settings();
        String login = settings.sandbox() ? "https://test.salesforce.com" : "https://login.salesforce.com";
        if (!jwt.isFor(List.of(login, baseUrl.get()))) {
            return invalidGrant("Audience validation failed");
        }
        Instant now = settings.clock().instant();
        Optional<Instant> expires = jwt.expires();
        if (expires.isEmpty() || expires.get().isAfter(now.plus(LONGEST_ASSERTION))) {
            return invalidGrant("invalid assertion");
        }
        if (!expires.get().isAfter(now)) {
            // Recorded in simple-salesforce#371 and #491.
            return invalidGrant("expired authorization code");
        }
        return ofApprovedUser(jwt.claim("sub"));
    }

    private Verdict ofApprovedUser(String username) {
        Optional<Row> user = org.user(username);
        if (user.isPresent() && !user.get().flag("IsActive")) {
            return inactive();
        }
        boolean approved = username.equalsIgnoreCase(org.settings().runAsUsername())
                || policy().approvedUsernames().stream().anyMatch(username::equalsIgnoreCase);
        if (user.isEmpty() || !approved) {
            return invalidGrant(
                    user.isPresent() && policy().adminApproval()
                            ? "user is not admin approved to access this app"
                            : "user hasn't approved this consumer");
        }
        return org.maySignIn(user.get().id()) ? granted(user.get()) : invalidGrant("authentication failure");
    }

    private Verdict granted(Row user) {
        return org.mayCountSignIn(user.id()) ? new Verdict.Granted(user.id()) : tooOften();
    }

    private Optional<Verdict> client(Request request, Map<String, String> form, boolean needsSecret) {
        Optional<String[]> basic = basic(request);
        String id = basic.map(pair -> pair[0]).orElse(form.getOrDefault("client_id", ""));
        String secret = basic.map(pair -> pair[1]).orElse(form.getOrDefault("client_secret", ""));
        Optional<Consumers.Pair> known = org.consumers().accepted(key -> same(id, key));
        if (known.isEmpty()) {
            return Optional.of(new Verdict.Refused("invalid_client_id", "client identifier invalid"));
        }
        if ((needsSecret || !secret.isEmpty()) && !same(secret, known.get().secret())) {
            return Optional.of(new Verdict.Refused("invalid_client", "invalid client credentials"));
        }
        return Optional.empty();
    }

    private SignInPolicy policy() {
        return org.settings().signIn();
    }

    private static Verdict invalidGrant(String description) {
        return new Verdict.Refused("invalid_grant", description);
    }

    private static Verdict inactive() {
        return new Verdict.Refused("inactive_user", "user is inactive");
    }

    private static Verdict tooOften() {
        return new Verdict.Refused("rate_limit_exceeded", "login rate exceeded");
    }

    private static Optional<String[]> basic(Request request) {
        return request.header("Authorization")
                .filter(value -> value.startsWith("Basic "))
                .flatMap(value -> {
                    try {
                        String pair = new String(
                                Base64.getDecoder().decode(value.substring(6).strip()), StandardCharsets.UTF_8);
                        int colon = pair.indexOf(':');
                        return colon < 0
                                ? Optional.empty()
                                : Optional.of(new String[] {pair.substring(0, colon), pair.substring(colon + 1)});
                    } catch (IllegalArgumentException e) {
                        return Optional.empty();
                    }
                });
    }

    private static boolean same(String given, String wanted) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }
}
