package dev.salesforcesync.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SalesforceConnectionStatus;
import dev.salesforcesync.converge.ConnectionSnapshot;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.salesforce.SalesforceSettings.Authentication;
import dev.salesforcesync.status.ConnectionTrouble;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInTranslationTest {
    private static final Secret SECRET = new SecretBuilder()
            .withNewMetadata()
            .withName("salesforce")
            .endMetadata()
            .withData(Map.of(
                    "id", "aWQ=", "secret", "c2VjcmV0", "key", "a2V5", "password", "cGFzcw==", "token", "VE9LRU4="))
            .build();

    private static SalesforceConnection connection(String url, String version, String authentication) {
        return new KubernetesSerialization()
                .unmarshal(
                        "apiVersion: salesforcesync.dev/v1alpha1\nkind: SalesforceConnection\nmetadata: {name: c}\n"
                                + "spec: {instanceUrl: '" + url + "', apiVersion: '" + version
                                + "', authentication: {" + authentication + "}}\n",
                        SalesforceConnection.class);
    }

    private static Result<Authentication> translate(SalesforceConnection connection) {
        return SignInTranslation.translate(
                connection.getSpec(),
                URI.create(connection.getSpec().instanceUrl()),
                new SecretLookup(List.of(SECRET)));
    }

    private static Failure failure(SalesforceConnection connection) {
        return ((Result.Failed<Authentication>) translate(connection)).failure();
    }

    private static String ref(String name, String key) {
        return name + ": {name: salesforce, key: " + key + "}";
    }

    private static final String BEARER = "jwtBearer: {username: s@x.example, " + ref("clientIdSecretRef", "id") + ", "
            + ref("privateKeySecretRef", "key");
    private static final String PASSWORD = "usernamePassword: {username: s@x.example, "
            + ref("passwordSecretRef", "password") + ", " + ref("securityTokenSecretRef", "token");
    private static final String GRANT =
            PASSWORD + ", " + ref("clientIdSecretRef", "id") + ", " + ref("clientSecretSecretRef", "secret") + "}";

    @Test
    void anAssertionIsForTheLoginHostOfTheOrgUnlessAnotherIsWrittenOut() {
        assertThat(translate(connection("https://acme--uat.sandbox.my.salesforce.com", "65.0", BEARER + "}")))
                .isEqualTo(Result.ok(
                        new Authentication.JwtBearer("id", "s@x.example", "key", "https://test.salesforce.com")));
        assertThat(translate(connection(
                        "https://acme.my.salesforce.mil", "65.0", BEARER + ", audience: 'https://login.example'}")))
                .isEqualTo(
                        Result.ok(new Authentication.JwtBearer("id", "s@x.example", "key", "https://login.example")));
    }

    @Test
    void anAudienceThatNobodyKnowsIsAskedForByItsPath() {
        Failure failure = failure(connection("https://acme.my.salesforce.mil", "65.0", BEARER + "}"));

        assertThat(failure.reason()).isEqualTo("SalesforceAudienceMissing");
        assertThat(failure.message()).contains("spec.authentication.jwtBearer.audience");
        assertThat(ConnectionTrouble.of(failure)).isEqualTo(ConnectionTrouble.CREDENTIALS);
    }

    @Test
    void aPasswordCarriesItsSecurityTokenAndWithAClientIdItIsAGrant() {
        assertThat(translate(connection("https://acme.my.salesforce.com", "65.0", GRANT)))
                .isEqualTo(Result.ok(new Authentication.PasswordGrant("id", "secret", "s@x.example", "passTOKEN")));
        assertThat(translate(connection("https://acme.my.salesforce.com", "64.0", PASSWORD + "}")))
                .isEqualTo(Result.ok(new Authentication.SoapLogin("s@x.example", "passTOKEN")));
    }

    @Test
    void soapLoginOnAVersionThatHasNoneIsRefusedBeforeAnythingIsSent() {
        Failure failure = failure(connection("https://acme.my.salesforce.com", "65.0", PASSWORD + "}"));

        assertThat(failure.reason()).isEqualTo("SalesforceLoginUnavailable");
    }

    @Test
    void theSecretsOfEveryWayAreWatched() {
        String ways = "jwtBearer: {username: s@x.example, clientIdSecretRef: {name: a, key: k}, privateKeySecretRef:"
                + " {name: b, key: k}}, usernamePassword: {username: s@x.example, passwordSecretRef: {name: c, key: k},"
                + " securityTokenSecretRef: {name: d, key: k}, clientIdSecretRef: {name: e, key: k},"
                + " clientSecretSecretRef: {name: f, key: k}}";

        assertThat(References.secretsOf(connection("https://acme.my.salesforce.com", "65.0", ways)))
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f");
    }

    @Test
    void soapLoginSaysWhenItEnds() {
        SalesforceConnection soap = connection("https://acme.my.salesforce.com", "64.0", PASSWORD + "}");
        assertThat(SignInTranslation.isSoapLogin(soap.getSpec())).isTrue();
        assertThat(SignInTranslation.isSoapLogin(connection("https://acme.my.salesforce.com", "65.0", GRANT)
                        .getSpec()))
                .isFalse();
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        ConnectionSnapshot tested = new ConnectionSnapshot(
                1, Optional.empty(), Optional.empty(), Optional.of(now), Optional.empty(), Optional.empty());

        assertThat(ConnectionStatusReport.describe(SalesforceConnectionStatus.empty(), 1, true, Result.ok(tested), now)
                        .conditions())
                .filteredOn(condition -> condition.getType().equals("CredentialsValid"))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.getStatus()).isEqualTo("True");
                    assertThat(condition.getReason()).isEqualTo("SalesforceLoginEnding");
                    assertThat(condition.getMessage()).contains("Summer '27");
                });
    }
}
