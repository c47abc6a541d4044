package dev.salesforcesync.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.SignInPolicy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The JWT bearer and the password grant; texts of help page xcloud.remoteaccess_oauth_flow_errors unless a test
 * says otherwise.
 */
class GrantsTest {
    private static final String INTEGRATION = "integration@acme.example";
    private static final String ADMIN = "admin@acme.example";
    private static final String PASSWORD = "Geheim-2026";

    private static KeyPair key;
    private static KeyPair otherKey;

    private final MovingClock clock = new MovingClock();
    private SalesforceOrgServer server;
    private RestClient rest;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair();
        otherKey = generator.generateKeyPair();
    }

    @BeforeEach
    void start() {
        start(SignInPolicy.DEFAULT.withClientKey(key.getPublic()).withPasswords(true, true));
    }

    private void start(SignInPolicy policy) {
        stop();
        server = SalesforceOrgServer.start(
                OrgSettings.builder("Acme").clock(clock).signIn(policy).build(), 0);
        rest = new RestClient(server);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private Map<String, Object> claims() {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", "sandbox-client");
        claims.put("sub", INTEGRATION);
        claims.put("aud", "https://test.salesforce.com");
        claims.put("exp", clock.instant().plusSeconds(120).getEpochSecond());
        return claims;
    }

    private RestClient.Answer bearer(Map<String, Object> claims) throws GeneralSecurityException {
        return bearer("RS256", claims, key);
    }

    private RestClient.Answer bearer(String algorithm, Map<String, Object> claims, KeyPair signer)
            throws GeneralSecurityException {
        ObjectNode header = RestClient.JSON.createObjectNode().put("alg", algorithm);
        String signed = encoded(header.toString().getBytes(StandardCharsets.UTF_8))
                + "."
                + encoded(RestClient.JSON.valueToTree(claims).toString().getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(signer.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return assertion(signed + "." + encoded(signature.sign()));
    }

    private RestClient.Answer assertion(String assertion) {
        return rest.form(
                "/services/oauth2/token",
                Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String description(RestClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        return answer.json().path("error").asText() + ": "
                + answer.json().path("error_description").asText();
    }

    private RestClient.Answer password(String username, String password) {
        return rest.form(
                "/services/oauth2/token",
                Map.of(
                        "grant_type", "password",
                        "client_id", "sandbox-client",
                        "client_secret", "sandbox-secret",
                        "username", username,
                        "password", password));
    }

    private String userId(String username) {
        return server.org().user(username).orElseThrow().id();
    }

    private void give(String username, String password) {
        String actor = userId(username.equals(ADMIN) ? INTEGRATION : ADMIN);
        server.org().setPassword(actor, userId(username), password);
    }

    @ParameterizedTest(name = "audience {0}")
    @CsvSource({"https://test.salesforce.com", "own"})
    void takesAnAssertionThatTheClientsKeySigned(String audience) throws Exception {
        RestClient.Answer answer =
                bearer(People.with(claims(), "aud", audience.equals("own") ? server.baseUrl() : audience));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("id").asText()).endsWith(userId(INTEGRATION));
        assertThat(answer.json().has("refresh_token")).isFalse();
    }

    @Test
    void letsProductionOrgsBeAddressedThroughLoginAndSandboxesThroughTest() throws Exception {
        Map<String, Object> login = People.with(claims(), "aud", "https://login.salesforce.com");
        assertThat(description(bearer(login))).isEqualTo("invalid_grant: Audience validation failed");

        stop();
        server = SalesforceOrgServer.start(
                OrgSettings.builder("Acme")
                        .clock(clock)
                        .sandbox(false)
                        .signIn(SignInPolicy.DEFAULT.withClientKey(key.getPublic()))
                        .build(),
                0);
        rest = new RestClient(server);

        assertThat(bearer(login).status()).isEqualTo(200);
        assertThat(description(bearer(claims()))).isEqualTo("invalid_grant: Audience validation failed");
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource({
        "iss, nobody, invalid_client_id: client identifier invalid",
        "aud, https://elsewhere.example, invalid_grant: Audience validation failed",
        "sub, nobody@acme.example, invalid_grant: user hasn't approved this consumer",
        "sub, admin@acme.example, invalid_grant: user is not admin approved to access this app",
        "exp, soon, invalid_grant: invalid assertion",
    })
    void refusesClaimsInTheDocumentedWords(String claim, String value, String expected) throws Exception {
        assertThat(description(bearer(People.with(claims(), claim, value)))).isEqualTo(expected);
    }

    @Test
    void refusesAnAssertionFromItsEndOn() throws Exception {
        Map<String, Object> claims = claims();
        clock.move(Duration.ofSeconds(119));
        assertThat(bearer(claims).status()).isEqualTo(200);

        clock.move(Duration.ofSeconds(1));

        // Recorded in simple-salesforce#371.
        assertThat(description(bearer(claims))).isEqualTo("invalid_grant: expired authorization code");
    }

    @Test
    void refusesAnAssertionThatEndsMoreThanFiveMinutesAhead() throws Exception {
        long late = clock.instant().plusSeconds(301).getEpochSecond();

        assertThat(description(bearer(People.with(claims(), "exp", late))))
                .isEqualTo("invalid_grant: invalid assertion");
    }

    @Test
    void refusesAForeignSignatureAndAnotherAlgorithmAndNonsense() throws Exception {
        assertThat(description(bearer("RS256", claims(), otherKey))).isEqualTo("invalid_grant: invalid assertion");
        assertThat(description(bearer("none", claims(), key))).isEqualTo("invalid_grant: invalid assertion");
        assertThat(description(assertion("a.b.c"))).isEqualTo("invalid_grant: invalid assertion");
        assertThat(description(assertion(""))).isEqualTo("invalid_grant: invalid assertion");
    }

    @Test
    void refusesEveryAssertionWhenNoCertificateWasUploaded() throws Exception {
        start(SignInPolicy.DEFAULT);

        assertThat(description(bearer(claims()))).isEqualTo("invalid_grant: invalid assertion");
    }

    @Test
    void signsInOtherUsersOnceTheyAreApproved() throws Exception {
        Map<String, Object> admin = People.with(claims(), "sub", ADMIN);
        start(SignInPolicy.DEFAULT.withClientKey(key.getPublic()).withApproval(false, Set.of()));
        assertThat(description(bearer(admin))).isEqualTo("invalid_grant: user hasn't approved this consumer");

        start(SignInPolicy.DEFAULT.withClientKey(key.getPublic()).withApproval(true, Set.of(ADMIN)));
        assertThat(bearer(admin).status()).isEqualTo(200);
    }

    @Test
    void tellsThatAUserIsInactive() throws Exception {
        server.org().editAsHuman("User", userId(INTEGRATION), Map.of("IsActive", false));

        assertThat(description(bearer(claims()))).isEqualTo("inactive_user: user is inactive");
    }

    @Test
    void countsTheSignInsOfAnHour() throws Exception {
        start(SignInPolicy.DEFAULT.withClientKey(key.getPublic()).withSignInsPerHour(2));
        bearer(claims());
        bearer(claims());
        assertThat(description(bearer(claims()))).isEqualTo("rate_limit_exceeded: login rate exceeded");

        clock.move(Duration.ofHours(1));
        assertThat(bearer(claims()).status()).isEqualTo(200);
    }

    @Test
    void signsInByPasswordWhereTheOrgAllowsIt() {
        give(INTEGRATION, PASSWORD);

        assertThat(password(INTEGRATION, PASSWORD).status()).isEqualTo(200);
        // Recorded by Restforce.
        assertThat(description(password(INTEGRATION, "wrong")))
                .isEqualTo("invalid_grant: authentication failure - Invalid Password");
    }

    @Test
    void blocksPasswordsInNewOrgsEvenIfTheyAreRight() {
        // Help page xcloud.remoteaccess_disable_username_password_flow_ca.
        start(SignInPolicy.DEFAULT);
        give(INTEGRATION, PASSWORD);

        assertThat(description(password(INTEGRATION, PASSWORD))).isEqualTo("invalid_grant: authentication failure");
    }

    @Test
    void wantsTheSecurityTokenBehindThePasswordFromOutside() {
        start(SignInPolicy.DEFAULT.withPasswords(true, true).outsideTrustedNetworks());
        give(INTEGRATION, PASSWORD);
        String token = server.org().securityTokenOf(userId(INTEGRATION));

        assertThat(description(password(INTEGRATION, PASSWORD))).isEqualTo("invalid_grant: authentication failure");
        assertThat(password(INTEGRATION, PASSWORD + token).status()).isEqualTo(200);
    }
}
