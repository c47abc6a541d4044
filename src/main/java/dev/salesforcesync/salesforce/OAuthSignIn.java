package dev.salesforcesync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.SalesforceSettings.Authentication;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Signs in at the OAuth token endpoint of the instance URL. The grants differ in their form fields only.
 *
 * <p>Client credentials: RFC 6749, 4.4; Salesforce Help, "OAuth 2.0 Client Credentials Flow". JWT bearer: RFC 7523.
 * Password: RFC 6749, 4.3.
 */
final class OAuthSignIn implements SignIn {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GRANT_TYPE = "grant_type";
    /** The addresses of no org in particular. */
    private static final Set<String> GENERIC_HOSTS = Set.of("login.salesforce.com", "test.salesforce.com");

    private static final Duration REVOKE_TIMEOUT = Duration.ofSeconds(5);

    private final Wire wire;
    private final URI instanceUrl;
    private final Supplier<Result<Map<String, String>>> grant;

    private OAuthSignIn(Wire wire, URI instanceUrl, Supplier<Result<Map<String, String>>> grant) {
        this.wire = wire;
        this.instanceUrl = instanceUrl;
        this.grant = grant;
    }

    static SignIn of(Authentication way, Wire wire, URI instanceUrl, InstantSource clock) {
        boolean homeless = way instanceof Authentication.ClientCredentials
                && GENERIC_HOSTS.contains(String.valueOf(instanceUrl.getHost()).toLowerCase(Locale.ROOT));
        return new OAuthSignIn(
                wire, instanceUrl, homeless ? () -> Result.failed(SignInErrors.MY_DOMAIN) : grant(way, clock));
    }

    private static Supplier<Result<Map<String, String>>> grant(Authentication way, InstantSource clock) {
        if (way instanceof Authentication.ClientCredentials credentials) {
            Result<Map<String, String>> form = Result.ok(form(
                    "client_credentials",
                    "client_id",
                    credentials.clientId(),
                    "client_secret",
                    credentials.clientSecret()));
            return () -> form;
        }
        if (way instanceof Authentication.PasswordGrant credentials) {
            Result<Map<String, String>> form = Result.ok(form(
                    "password",
                    "client_id",
                    credentials.clientId(),
                    "client_secret",
                    credentials.clientSecret(),
                    "username",
                    credentials.username(),
                    "password",
                    credentials.password()));
            return () -> form;
        }
        if (way instanceof Authentication.JwtBearer bearer) {
            return () -> JwtAssertion.sign(bearer, clock.instant())
                    .map(assertion -> form("urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion));
        }
        throw new IllegalArgumentException("no OAuth grant for this way");
    }

    private static Map<String, String> form(String grantType, String... namesAndValues) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put(GRANT_TYPE, grantType);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return form;
    }

    @Override
    public Result<Session> signIn() {
        return grant.get().flatMap(this::signIn);
    }

    private Result<Session> signIn(Map<String, String> form) {
        Delivery delivery = wire.send(post("signIn", "/services/oauth2/token", form));
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
        String error = json.path("error").asText("");
        String description = json.path("error_description").asText("");
        return Result.failed(
                "password".equals(form.get(GRANT_TYPE))
                        ? SignInErrors.ofPasswordGrant(answered.status(), error, description)
                        : SignInErrors.of(answered.status(), error, description));
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
        Optional<URI> instance = new InstanceAddress(instanceUrl)
                .accepted(json.path("instance_url").asText(""));
        if (instance.isEmpty()) {
            return Result.failed(InstanceAddress.MISMATCH);
        }
        String identity = json.path("id").asText("");
        return Result.ok(new Session(token, instance.get(), lastId(identity), Optional.empty()));
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
