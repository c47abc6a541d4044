package dev.salesforcesync.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.api.v1alpha1.PasswordsSpec;
import dev.salesforcesync.converge.PasswordOrder;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.password.AgentCredentials;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PasswordTranslationTest {
    private static final String TOKEN = "t".repeat(32);
    private static final String PASSWORD = "p".repeat(16);

    private static final PasswordsSpec ALL = spec("""
            mode: Capture
            fallback: ResetEmail
            timeToLive: 2d
            agents:
              passSync: {credentialsSecretRef: {name: passsync}}
              json: {tokenSecretRef: {name: samba}, clientNames: [dc1.corp.example.com]}
              midPoint: {credentialsSecretRef: {name: midpoint}}
            """);

    @Test
    void anOrderSaysHowPasswordsFollow() {
        assertThat(PasswordTranslation.order(ALL))
                .isEqualTo(new PasswordOrder(PasswordOrder.Mode.CAPTURE, true, true, Duration.ofDays(2)));
        assertThat(PasswordTranslation.order(spec("{}")).mode()).isEqualTo(PasswordOrder.Mode.NONE);
    }

    @Test
    void bothTheValueThatCountsAndTheOneBeforeAreLetIn() {
        AgentCredentials credentials = ok(PasswordTranslation.agents(
                ALL,
                secrets(
                        secret("passsync", Map.of("password", PASSWORD)),
                        secret("samba", Map.of("token", TOKEN, "previousToken", "o".repeat(40))),
                        secret("midpoint", Map.of("username", "agent", "password", PASSWORD + "\n")))));

        assertThat(credentials.passSync()).containsExactly(PASSWORD);
        assertThat(credentials.tokens()).containsExactly(TOKEN, "o".repeat(40));
        assertThat(credentials.clientNames()).containsExactly("dc1.corp.example.com");
        assertThat(credentials.midPoint()).contains(new AgentCredentials.Basic("agent", List.of(PASSWORD)));
        assertThat(credentials.toString()).doesNotContain(PASSWORD, TOKEN);
    }

    @Test
    void agentsThatAreNotNamedAreKnownByNothing() {
        AgentCredentials credentials = ok(PasswordTranslation.agents(
                spec("{mode: Capture, agents: {json: {tokenSecretRef: {name: samba}}}}"),
                secrets(secret("samba", Map.of("token", TOKEN)))));

        assertThat(credentials.passSync()).isEmpty();
        assertThat(credentials.midPoint()).isEmpty();
        assertThat(credentials.clientNames()).isEmpty();
    }

    @Test
    void aSecretThatIsMissingOrTooWeakIsNamedWithItsPath() {
        PasswordsSpec json = spec("{mode: Capture, agents: {json: {tokenSecretRef: {name: samba}}}}");

        Failure missing = failure(PasswordTranslation.agents(json, secrets()));
        Failure weak = failure(PasswordTranslation.agents(json, secrets(secret("samba", Map.of("token", "short")))));
        Failure previous = failure(PasswordTranslation.agents(
                json, secrets(secret("samba", Map.of("token", TOKEN, "previousToken", "short")))));

        assertThat(missing.reason()).isEqualTo("SecretNotFound");
        assertThat(missing.message()).startsWith("spec.passwords.agents.json.tokenSecretRef");
        assertThat(weak.reason()).isEqualTo("CredentialTooWeak");
        assertThat(weak.message()).contains("'token'", "'samba'", "32").doesNotContain("short");
        assertThat(previous.message()).contains("'previousToken'");
    }

    private static <T> T ok(Result<T> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<T>) result).value();
    }

    private static Failure failure(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Failed.class);
        return ((Result.Failed<?>) result).failure();
    }

    private static PasswordsSpec spec(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, PasswordsSpec.class);
    }

    private static SecretLookup secrets(Secret... secrets) {
        return new SecretLookup(List.of(secrets));
    }

    private static Secret secret(String name, Map<String, String> values) {
        Map<String, String> data = new TreeMap<>();
        values.forEach((key, value) ->
                data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(data)
                .build();
    }
}
