package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import dev.salesforcesync.sandbox.salesforce.org.SalesforceId;
import dev.salesforcesync.sandbox.salesforce.org.Session;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * /services/oauth2: token (client credentials, JWT bearer, password), revoke, userinfo; and the identity URL.
 */
final class OAuthEndpoint implements Endpoint {
    private final Org org;
    private final CallGate gate;
    private final Grants grants;
    private final Supplier<String> baseUrl;

    OAuthEndpoint(Org org, CallGate gate, Supplier<String> baseUrl) {
        this.org = org;
        this.gate = gate;
        this.grants = new Grants(org, baseUrl);
        this.baseUrl = baseUrl;
    }

    @Override
    public Reply answer(Request request) {
        return switch (request.path()) {
            case "/services/oauth2/token" -> token(request);
            case "/services/oauth2/revoke" -> revoke(request);
            case "/services/oauth2/userinfo" -> userInfo(request);
            default -> request.path().startsWith("/id/") ? identity(request) : Reply.html(404, "URL No Longer Exists");
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
        Grants.Verdict verdict = grants.decide(request, form);
        if (verdict instanceof Grants.Verdict.Refused refused) {
            org.journal(call, CallOutcome.refused(refused.error()), true);
            return error(refused.error(), refused.description());
        }
        Session session = org.sessions().open(((Grants.Verdict.Granted) verdict).userId());
        org.journal(call, new CallOutcome(Journal.OK, 0, List.of(), Map.of()), true);
        return Reply.json(200, tokenJson(session).toString())
                .with("Cache-Control", "no-cache,must-revalidate,max-age=0,no-store,private");
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
        return user(request)
                .map(row -> Reply.json(
                        200, UserPage.userInfo(org, baseUrl.get(), row).toString()))
                .orElseGet(OAuthEndpoint::badToken);
    }

    /** Refusals as on help page remoteaccess_using_openid ("Identity URLs", error codes). */
    private Reply identity(Request request) {
        Optional<Row> user = user(request);
        if (user.isEmpty()) {
            return badToken();
        }
        String[] path = request.path().split("/", -1);
        if (path.length < 4 || !isSameId(path[2], org.settings().id())) {
            return Reply.of(403, "text/html;charset=UTF-8", "Wrong_Org");
        }
        return isSameId(path[3], user.get().id())
                ? Reply.json(
                        200, UserPage.identity(org, baseUrl.get(), user.get()).toString())
                : Reply.of(404, "text/html;charset=UTF-8", "Bad_Id");
    }

    private Optional<Row> user(Request request) {
        return Bearer.key(request)
                .flatMap(org.sessions()::use)
                .filter(session -> org.isActive(session.userId()))
                .flatMap(session -> org.record("User", session.userId()));
    }

    private static boolean isSameId(String given, String id) {
        return SalesforceId.normalize(given).filter(id::equals).isPresent();
    }

    private static Reply badToken() {
        return Reply.of(403, "text/html;charset=UTF-8", "Bad_OAuth_Token");
    }

    private String identityUrl(Session session) {
        return baseUrl.get() + "/id/" + org.settings().id() + "/" + session.userId();
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
