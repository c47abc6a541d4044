package dev.salesforcesync.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.SignInPolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rotating the consumer key and secret over REST: help xcloud.eca_stage_oauth_credentials. */
class CredentialsTest {
    private static final String APPS = "/apps/oauth";

    private final MovingClock clock = new MovingClock();
    private SalesforceOrgServer server;
    private RestClient rest;

    @BeforeEach
    void start() {
        start(SignInPolicy.DEFAULT.withConsumerSecretsByApi());
    }

    private void start(SignInPolicy policy) {
        stop();
        server = SalesforceOrgServer.start(
                OrgSettings.builder("Acme")
                        .clock(clock)
                        .sessionTimeout(Duration.ofDays(99))
                        .signIn(policy)
                        .build(),
                0);
        rest = new RestClient(server);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private String stagedUrl() {
        String app = rest.get(RestClient.DATA + APPS + "/usage")
                .json()
                .path("apps")
                .path(0)
                .path("id")
                .asText();
        return rest.get(RestClient.DATA + APPS + "/credentials/" + app)
                .json()
                .path("consumers")
                .path(0)
                .path("stagedCredentialsUrl")
                .asText();
    }

    private JsonNode stage() {
        return rest.send(rest.signed(stagedUrl()).POST(java.net.http.HttpRequest.BodyPublishers.noBody()))
                .json()
                .path("stagedCredentials")
                .path(0);
    }

    private int signIn(String key, String secret) {
        return rest.form(
                        "/services/oauth2/token",
                        Map.of("grant_type", "client_credentials", "client_id", key, "client_secret", secret))
                .status();
    }

    private int signIn(JsonNode pair) {
        return signIn(pair.path("key").asText(), pair.path("secret").asText());
    }

    @Test
    void changesKeyAndSecretByRotationAndNotBefore() {
        JsonNode staged = stage();
        assertThat(staged.path("state").asText()).isEqualTo("Active");
        assertThat(signIn(staged)).isEqualTo(400);

        RestClient.Answer rotated = rest.call("PATCH", staged.path("url").asText(), Map.of("command", "rotate"));

        assertThat(rotated.status()).isEqualTo(200);
        assertThat(rotated.json().path("state").asText()).isEqualTo("Rotated");
        assertThat(rotated.json().path("key").asText()).isEqualTo("sandbox-client");
        assertThat(signIn(staged)).isEqualTo(200);
    }

    @Test
    void takesTheOldPairForThirtyDays() {
        JsonNode staged = stage();
        rest.call("PATCH", staged.path("url").asText(), Map.of("command", "rotate"));

        clock.move(Duration.ofDays(29));
        assertThat(signIn("sandbox-client", "sandbox-secret")).isEqualTo(200);
        clock.move(Duration.ofDays(1));
        assertThat(signIn("sandbox-client", "sandbox-secret")).isEqualTo(400);
        assertThat(signIn(staged)).isEqualTo(200);
    }

    @Test
    void revokesTheOldPairAtOnceWhenItIsDeleted() {
        JsonNode staged = stage();
        rest.call("PATCH", staged.path("url").asText(), Map.of("command", "rotate"));

        assertThat(rest.send(rest.signed(staged.path("url").asText()).DELETE()).status())
                .isEqualTo(204);

        assertThat(signIn("sandbox-client", "sandbox-secret")).isEqualTo(400);
        assertThat(rest.send(rest.signed(staged.path("url").asText()).DELETE()).status())
                .isEqualTo(404);
    }

    @Test
    void tellsTheSecretOnlyWhenAskedForIt() {
        String consumer = stagedUrl().replace("/staged", "");

        assertThat(rest.get(consumer).json().has("secret")).isFalse();
        assertThat(rest.get(consumer + "?part=keyandsecret")
                        .json()
                        .path("secret")
                        .asText())
                .isEqualTo("sandbox-secret");
    }

    @Test
    void existsSinceVersion65AndWhereTheOrgAllowsIt() {
        assertThat(rest.get("/services/data/v64.0" + APPS + "/usage").status()).isEqualTo(404);

        start(SignInPolicy.DEFAULT);
        assertThat(rest.get(RestClient.DATA + APPS + "/usage").status()).isEqualTo(403);
    }
}
