package dev.salesforcesync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.SalesforceId;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Signs in at the OAuth token endpoint of the instance URL. The grants differ in their form fields only.
 *
 * <p>Client credentials: RFC 6749, 4.4; Salesforce Help, "OAuth 2.0 Client Credentials Flow".
 */
final class OAuthSignIn implements SignIn {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REVOKE_TIMEOUT = Duration.ofSeconds(5);

    private final Wire wire;
    private final URI instanceUrl;
    private final Supplier<Map<String, String>> grant;

    private OAuthSignIn(Wire wire, URI instanceUrl, Supplier<Map<String, String>> grant) {
        this.wire = wire;
        this.instanceUrl = instanceUrl;
        this.grant = grant;
    }

    static SignIn of(SalesforceSettings.Authentication way, Wire wire, URI instanceUrl) {
        if (way instanceof SalesforceSettings.Authentication.ClientCredentials credentials) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "client_credentials");
            form.put("client_id", credentials.clientId());
            form.put("client_secret", credentials.clientSecret());
            return new OAuthSignIn(wire, instanceUrl, () -> form);
        }
        throw new IllegalArgumentException("no sign-in for this way");
    }

    @Override
    public Result<Session> signIn() {
        Delivery delivery = wire.send(post("signIn", "/services/oauth2/token", grant.get()));
        if (delivery instanceof Delivery.Lost lost) {
            return Result.failed(lost.failure());
        }
        if (delivery instanceof Delivery.Undelivered undelivered) {
            return Result.failed(undelivered.failure());
        }
        Delivery.Answered answered = (Delivery.Answered) delivery;
        JsonNode json = json(answered.body());
        if (answered.ok() && json.hasNonNull("access_token")) {
            return session(json);
        }
        return Result.failed(SignInErrors.of(
                answered.status(),
                json.path("error").asText(""),
                json.path("error_description").asText("")));
    }

    @Override
    public void revoke(Session session) {
        wire.send(post("revoke", "/services/oauth2/revoke", Map.of("token", session.token())), REVOKE_TIMEOUT);
    }

    private Result<Session> session(JsonNode json) {
        String token = json.get("access_token").asText();
        if (!token.chars().allMatch(c -> c > ' ' && c < 127) || token.isEmpty()) {
            return Result.failed(NetworkErrors.unreadable());
        }
        if (token.startsWith("eyJ")) {
            // JWT-formed access tokens work with SOAP from API 68.0 on only.
            return Result.failed(new Failure.Terminal(
                    SalesforceReason.TOKEN_FORMAT_UNSUPPORTED,
                    "The app issues JWT-based access tokens, which this API version does not take. Switch \"Issue JSON "
                            + "Web Token (JWT)-based access tokens\" off in the external client app."));
        }
        Optional<URI> instance = instance(json.path("instance_url").asText(""));
        if (instance.isEmpty()) {
            return Result.failed(new Failure.Terminal(
                    SalesforceReason.INSTANCE_MISMATCH,
                    "The sign-in points to an address outside the domain of instanceUrl. Set instanceUrl to the org's "
                            + "own My Domain address."));
        }
        String identity = json.path("id").asText("");
        return Result.ok(new Session(token, instance.get(), lastId(identity)));
    }

    /** The token goes nowhere but to the configured host or a sibling of it, and never from https to http. */
    private Optional<URI> instance(String claimed) {
        if (claimed.isEmpty()) {
            return Optional.of(instanceUrl);
        }
        try {
            URI instance = URI.create(claimed);
            boolean sameScheme = instanceUrl.getScheme().equalsIgnoreCase(String.valueOf(instance.getScheme()));
            String host = instance.getHost();
            if (!sameScheme || host == null) {
                return Optional.empty();
            }
            boolean same = host.equalsIgnoreCase(instanceUrl.getHost()) && instance.getPort() == instanceUrl.getPort();
            boolean sibling = instance.getPort() == -1 && domain(host).equals(domain(instanceUrl.getHost()));
            return same || sibling ? Optional.of(URI.create(root(instance))) : Optional.empty();
        } catch (IllegalArgumentException garbled) {
            return Optional.empty();
        }
    }

    private static String root(URI instance) {
        return instance.getScheme() + "://" + instance.getRawAuthority();
    }

    private static String domain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.matches("[0-9.]+") || lower.startsWith("[")) {
            return lower;
        }
        String[] labels = lower.split("\\.", -1);
        return labels.length < 3 ? lower : labels[labels.length - 2] + "." + labels[labels.length - 1];
    }

    /** The identity URL ends with /id/organization/user. */
    private static Optional<SalesforceId> lastId(String identity) {
        try {
            return Optional.of(new SalesforceId(identity.substring(identity.lastIndexOf('/') + 1)));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private HttpCall post(String operation, String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return new HttpCall(
                operation,
                instanceUrl.resolve(path),
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"),
                Optional.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? JSON.createObjectNode() : json;
        } catch (IOException noJson) {
            return JSON.createObjectNode();
        }
    }
}
