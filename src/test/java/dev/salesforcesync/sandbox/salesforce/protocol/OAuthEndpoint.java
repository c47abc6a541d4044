package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import dev.salesforcesync.sandbox.salesforce.org.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * /services/oauth2: token (client credentials, as form fields or as Basic), revoke, userinfo; and the identity
 * URL. Errors as on help pages xcloud.remoteaccess_oauth_client_credentials_flow and
 * xcloud.remoteaccess_oauth_flow_errors.
 */
final class OAuthEndpoint implements Endpoint {
    private final Org org;
    private final CallGate gate;
    private final Supplier<String> baseUrl;

    OAuthEndpoint(Org org, CallGate gate, Supplier<String> baseUrl) {
        this.org = org;
        this.gate = gate;
        this.baseUrl = baseUrl;
    }

    @Override
    public Reply answer(Request request) {
        return switch (request.path()) {
            case "/services/oauth2/token" -> token(request);
            case "/services/oauth2/revoke" -> revoke(request);
            case "/services/oauth2/userinfo" -> userInfo(request);
            default -> request.path().startsWith("/id/") ? userInfo(request) : Reply.html(404, "URL No Longer Exists");
        };
    }

    private Reply token(Request request) {
        if (!request.method().equals("POST")) {
            return error("invalid_request", "must use HTTP POST");
        }
        Map<String, String> form = new LinkedHashMap<>(request.query());
        form.putAll(Request.form(request.text()));
        String grant = form.getOrDefault("grant_type", "");
        var call = new Call("OAUTH", "token", "", 0, false, Map.of("grant_type", grant));
        Optional<Reply> outage = gate.outage(call);
        if (outage.isPresent()) {
            return outage.get();
        }
        Answer answer = switch (grant) {
            case "client_credentials" -> clientCredentials(request, form);
            case "" -> Answer.error("unsupported_grant_type", "grant type not supported");
            // Blocked in every org made since Summer '23 (remoteaccess_disable_username_password_flow_ca).
            case "password" -> Answer.error("invalid_grant", "authentication failure");
            default -> Answer.error("unsupported_grant_type", "grant type not supported");
        };
        org.journal(call, answer.outcome(), true);
        return answer.reply();
    }

    private record Answer(Reply reply, CallOutcome outcome) {
        static Answer error(String code, String description) {
            return new Answer(OAuthEndpoint.error(code, description), CallOutcome.refused(code));
        }
    }

    private Answer clientCredentials(Request request, Map<String, String> form) {
        Optional<String[]> basic = basic(request);
        String id = basic.map(pair -> pair[0]).orElse(form.getOrDefault("client_id", ""));
        String secret = basic.map(pair -> pair[1]).orElse(form.getOrDefault("client_secret", ""));
        OrgSettings settings = org.settings();
        if (!same(id, settings.clientId())) {
            return Answer.error("invalid_client_id", "client identifier invalid");
        }
        if (!same(secret, settings.clientSecret())) {
            return Answer.error("invalid_client", "invalid client credentials");
        }
        Optional<Row> user = org.user(settings.runAsUsername()).filter(row -> org.maySignIn(row.id()));
        if (user.isEmpty()) {
            return Answer.error("invalid_grant", "no client credentials user enabled");
        }
        Session session = org.sessions().open(user.get().id());
        return new Answer(
                Reply.json(200, tokenJson(session).toString())
                        .with("Cache-Control", "no-cache,must-revalidate,max-age=0,no-store,private"),
                new CallOutcome(Journal.OK, 0, java.util.List.of(), Map.of()));
    }

    private ObjectNode tokenJson(Session session) {
        String issuedAt = String.valueOf(org.settings().clock().millis());
        // No expires_in: the real one has none either.
        return Json.object()
                .put("access_token", session.key())
                .put("signature", signature(session.userId() + issuedAt))
                .put("scope", "api id")
                .put("instance_url", baseUrl.get())
                .put("id", identityUrl(session))
                .put("token_type", "Bearer")
                .put("issued_at", issuedAt)
                .put("api_instance_url", baseUrl.get());
    }

    private Reply revoke(Request request) {
        Map<String, String> form = new LinkedHashMap<>(request.query());
        form.putAll(Request.form(request.text()));
        boolean revoked = org.sessions().revoke(form.getOrDefault("token", ""));
        return revoked ? Reply.empty(200) : error("unsupported_token_type", "this token type is not supported");
    }

    private Reply userInfo(Request request) {
        Optional<Row> user = Bearer.key(request)
                .flatMap(org.sessions()::use)
                .flatMap(session -> org.record("User", session.userId()));
        if (user.isEmpty()) {
            return Reply.of(403, "text/html;charset=UTF-8", "Bad_OAuth_Token");
        }
        Row row = user.get();
        return Reply.json(
                200,
                Json.object()
                        .put("sub", baseUrl.get() + "/id/" + org.settings().id() + "/" + row.id())
                        .put("user_id", row.id())
                        .put("organization_id", org.settings().id())
                        .put("preferred_username", row.text("Username"))
                        .put("username", row.text("Username"))
                        .put("nickname", row.text("CommunityNickname"))
                        .put("name", row.text("Name"))
                        .put("display_name", row.text("Name"))
                        .put("email", row.text("Email"))
                        .put("email_verified", true)
                        .put("active", row.flag("IsActive"))
                        .put("user_type", row.text("UserType").toUpperCase(java.util.Locale.ROOT))
                        .put("language", row.text("LanguageLocaleKey"))
                        .put("locale", row.text("LocaleSidKey"))
                        .toString());
    }

    private String identityUrl(Session session) {
        return baseUrl.get() + "/id/" + org.settings().id() + "/" + session.userId();
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

    private static String signature(String text) {
        var bytes = new byte[32];
        byte[] from = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(from, 0, bytes, 0, Math.min(from.length, bytes.length));
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Reply error(String code, String description) {
        return Reply.json(
                400,
                Json.object()
                        .put("error", code)
                        .put("error_description", description)
                        .toString());
    }
}
