package dev.salesforcesync.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing in as an OAuth client. */
class OAuthTest {
    private static final String TOKEN = "/services/oauth2/token";

    private SalesforceOrgServer server;
    private RestClient rest;

    @BeforeEach
    void start() {
        server = SalesforceOrgServer.start();
        rest = new RestClient(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<String, String> credentials() {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", "sandbox-client");
        form.put("client_secret", "sandbox-secret");
        return form;
    }

    @Test
    void givesAnOpaqueTokenWithoutSayingWhenItEnds() {
        RestClient.Answer answer = rest.form(TOKEN, credentials());

        JsonNode token = answer.json();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(token.path("access_token").asText()).startsWith("00D").contains("!");
        assertThat(token.path("instance_url").asText()).isEqualTo(server.baseUrl());
        assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(token.path("id").asText()).startsWith(server.baseUrl() + "/id/00D");
        assertThat(token.has("expires_in")).isFalse();
        assertThat(token.has("refresh_token")).isFalse();
    }

    @Test
    void takesTheSecretAsBasicToo() {
        String pair =
                Base64.getEncoder().encodeToString("sandbox-client:sandbox-secret".getBytes(StandardCharsets.UTF_8));

        RestClient.Answer answer = rest.send(rest.request(TOKEN)
                .header("Authorization", "Basic " + pair)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource({
        "client_id, nobody, invalid_client_id, client identifier invalid",
        "client_secret, wrong, invalid_client, invalid client credentials",
        "grant_type, password, invalid_grant, authentication failure",
        "grant_type, magic, unsupported_grant_type, grant type not supported",
    })
    void refusesInTheDocumentedWords(String field, String value, String error, String description) {
        Map<String, String> form = credentials();
        form.put(field, value);

        RestClient.Answer answer = rest.form(TOKEN, form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
        assertThat(answer.json().path("error_description").asText()).isEqualTo(description);
    }

    @Test
    void signsNobodyInWhenTheRunAsUserIsInactiveOrFrozen() {
        String user =
                server.org().user("integration@acme.example").orElseThrow().id();
        String login =
                server.org().recordsBy("UserLogin", "UserId", user).get(0).id();
        server.org().editAsHuman("UserLogin", login, Map.of("IsFrozen", true));

        RestClient.Answer answer = rest.form(TOKEN, credentials());

        assertThat(answer.json().path("error_description").asText()).isEqualTo("no client credentials user enabled");
    }

    @Test
    void endsATokenThatIsRevoked() {
        assertThat(rest.get("/services/oauth2/userinfo")
                        .json()
                        .path("preferred_username")
                        .asText())
                .isEqualTo("integration@acme.example");

        assertThat(rest.form("/services/oauth2/revoke", Map.of("token", rest.token()))
                        .status())
                .isEqualTo(200);

        RestClient.Answer answer = rest.get(RestClient.DATA + "/limits");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path(0).path("errorCode").asText()).isEqualTo("INVALID_SESSION_ID");
        assertThat(answer.json().path(0).path("message").asText()).isEqualTo("Session expired or invalid");
        assertThat(rest.get("/services/oauth2/userinfo").status()).isEqualTo(403);
    }
}
