package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.SignInPolicy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ways in that a real org offers only after its administrator has changed it. */
@Against(Against.Kind.SANDBOX)
class SandboxSignInContractTest {
    private static final String PASSWORD = "Contract-2026";
    private static final String TOKEN = "/services/oauth2/token";

    private static KeyPair key;
    private @Nullable SalesforceOrgServer server;

    @BeforeAll
    static void makeKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair();
    }

    private SalesforceOrgServer start(SignInPolicy policy) {
        SalesforceOrgServer started = SalesforceOrgServer.start(
                OrgSettings.builder("Ways In").signIn(policy).build(), 0);
        server = started;
        return started;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Tries(Fact.LOGIN_DISABLED)
    void saysThatLoginIsSwitchedOff() {
        ApiFault fault = refusedLogin(start(SignInPolicy.DEFAULT.withPasswords(false, false)), PASSWORD);

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_OPERATION);
        assertThat(fault.getExceptionMessage())
                .isEqualTo("SOAP API login() is disabled by default in this org. Contact the org administrator to"
                        + " enable SOAP API login().");
    }

    @Test
    @Tries(Fact.SECURITY_TOKEN)
    void wantsTheSecurityTokenFromElsewhere() {
        ApiFault fault = refusedLogin(start(SignInPolicy.DEFAULT.outsideTrustedNetworks()), PASSWORD);

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.LOGIN_MUST_USE_SECURITY_TOKEN);
        assertThat(fault.getExceptionMessage()).contains("Are you at a new location?");
    }

    @Test
    @Tries(Fact.PASSWORD_GRANT_LONG)
    void saysThatThePasswordIsWrong() {
        SalesforceOrgServer org = start(SignInPolicy.DEFAULT.withPasswords(true, true));
        Map<String, String> form = Map.of(
                "grant_type", "password",
                "client_id", org.org().settings().clientId(),
                "client_secret", org.org().settings().clientSecret(),
                "username", org.org().settings().adminUsername(),
                "password", "wrong");

        assertThat(wire(org).form(TOKEN, form).oauthRefusal())
                .isEqualTo("400 invalid_grant: authentication failure - Invalid Password");
    }

    @Test
    @Tries(Fact.NO_RUN_AS)
    void needsARunAsUser() {
        SalesforceOrgServer org = start(SignInPolicy.DEFAULT);
        String runAs = userId(org, org.org().settings().runAsUsername());
        org.org().editAsHuman("User", runAs, Map.of("IsActive", false));

        assertThat(signIn(org).oauthRefusal()).isEqualTo("400 invalid_grant: no client credentials user enabled");
    }

    @Test
    @Tries(Fact.SIGN_IN_RATE)
    void signsAUserInOnlySoOftenAnHour() {
        SalesforceOrgServer org = start(SignInPolicy.DEFAULT.withSignInsPerHour(2));
        signIn(org);
        signIn(org);

        assertThat(signIn(org).oauthRefusal()).isEqualTo("400 rate_limit_exceeded: login rate exceeded");
    }

    @Test
    @Tries(Fact.JWT_AUDIENCE)
    void refusesAnAssertionForSomebodyElse() throws Exception {
        SalesforceOrgServer org = start(SignInPolicy.DEFAULT.withClientKey(key.getPublic()));

        assertThat(assertion(org, org.org().settings().runAsUsername(), "https://elsewhere.example")
                        .oauthRefusal())
                .isEqualTo("400 invalid_grant: Audience validation failed");
        assertThat(assertion(org, org.org().settings().runAsUsername(), org.baseUrl())
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Tries(Fact.JWT_APPROVAL)
    void refusesAUserWhoIsNotApproved() throws Exception {
        String admin = "admin@ways-in.example";

        assertThat(assertion(
                                start(SignInPolicy.DEFAULT
                                        .withClientKey(key.getPublic())
                                        .withApproval(true, Set.of())),
                                admin,
                                "https://test.salesforce.com")
                        .oauthRefusal())
                .isEqualTo("400 invalid_grant: user is not admin approved to access this app");
    }

    @Test
    @Tries(Fact.REVOKED_AT_ONCE)
    void endsARevokedSessionAtOnce() {
        SalesforceOrgServer org = start(SignInPolicy.DEFAULT);
        Wire session = session(org);
        int before = session.query("SELECT Id FROM Organization").status();

        int revoked = session.form("/services/oauth2/revoke", Map.of("token", session.session()))
                .status();

        assertThat(before).isEqualTo(200);
        assertThat(revoked).isEqualTo(200);
        assertThat(session.query("SELECT Id FROM Organization").refusal())
                .isEqualTo("401 INVALID_SESSION_ID: Session expired or invalid");
    }

    @Test
    @Tries(Fact.CONSUMER_ROTATION)
    void rotatesKeyAndSecret() {
        SalesforceOrgServer org = start(SignInPolicy.DEFAULT.withConsumerSecretsByApi());
        Wire session = session(org);
        String apps = Wire.DATA + "/apps/oauth";
        String app = session.get(apps + "/usage").json().at("/apps/0/id").asText();
        JsonNode consumer = session.get(apps + "/credentials/" + app).json().at("/consumers/0");

        JsonNode staged = session.call(
                        "POST", consumer.path("stagedCredentialsUrl").asText(), Map.of())
                .json()
                .at("/stagedCredentials/0");
        int early = signIn(org, staged);
        int rotated = session.call("PATCH", staged.path("url").asText(), Map.of("command", "rotate"))
                .status();

        assertThat(early).isEqualTo(400);
        assertThat(rotated).isEqualTo(200);
        assertThat(signIn(org, staged)).isEqualTo(200);
        assertThat(signIn(org).status()).isEqualTo(200);
    }

    private static ApiFault refusedLogin(SalesforceOrgServer org, String password) {
        String admin = userId(org, org.org().settings().adminUsername());
        org.org().setPassword(userId(org, org.org().settings().runAsUsername()), admin, password);
        return catchThrowableOfType(
                ApiFault.class,
                () -> Scene.partner(SandboxOrgContractTest.contractOrg(org), "none", "64.0")
                        .login(org.org().settings().adminUsername(), password));
    }

    private static Wire.Answer assertion(SalesforceOrgServer org, String user, String audience) throws Exception {
        Map<String, Object> claims = Map.of(
                "iss",
                org.org().settings().clientId(),
                "sub",
                user,
                "aud",
                audience,
                "exp",
                Instant.now().plusSeconds(120).getEpochSecond());
        String signed = encoded("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(new ObjectMapper().writeValueAsBytes(claims));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return wire(org)
                .form(
                        TOKEN,
                        Map.of(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                                "assertion",
                                signed + "." + encoded(signature.sign())));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String userId(SalesforceOrgServer org, String username) {
        return org.org().user(username).orElseThrow().id();
    }

    private static Wire.Answer signIn(SalesforceOrgServer org) {
        return wire(org)
                .clientCredentials(
                        org.org().settings().clientId(), org.org().settings().clientSecret());
    }

    private static int signIn(SalesforceOrgServer org, JsonNode pair) {
        return wire(org)
                .clientCredentials(
                        pair.path("key").asText(), pair.path("secret").asText())
                .status();
    }

    private static Wire session(SalesforceOrgServer org) {
        return wire(org).as(signIn(org).json().path("access_token").asText());
    }

    private static Wire wire(SalesforceOrgServer org) {
        return Wire.to(URI.create(org.baseUrl()));
    }
}
