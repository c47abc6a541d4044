package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.salesforce.SalesforceSettings.Authentication;
import dev.salesforcesync.salesforce.SalesforceSettings.Budget;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.SignInPolicy;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every way in against an org that checks signature, audience, approval, passwords and versions. */
class SandboxSignInTest {
    private static final String ADMIN = "admin@acme.example";
    private static final String INTEGRATION = "integration@acme.example";
    private static final String PASSWORD = "Geheim-2026";
    private static final KeyPair KEYS = keys();
    private static final KeyPair OTHER_KEYS = keys();

    private Optional<SalesforceOrgServer> server = Optional.empty();

    @AfterEach
    void stop() {
        server.ifPresent(SalesforceOrgServer::close);
    }

    private void start(SignInPolicy policy) {
        SalesforceOrgServer started = SalesforceOrgServer.start(
                OrgSettings.builder("Acme").signIn(policy).build(), 0);
        server = Optional.of(started);
        String admin = started.org().user(ADMIN).orElseThrow().id();
        String integration = started.org().user(INTEGRATION).orElseThrow().id();
        started.org().setPassword(admin, integration, PASSWORD);
    }

    private Result<OrgDescription> describe(Authentication way, String apiVersion) {
        try (SalesforceOrg org = SalesforceGateway.open(new SalesforceSettings(
                URI.create(server.orElseThrow().baseUrl()),
                apiVersion,
                way,
                Optional.empty(),
                Optional.empty(),
                Budget.DEFAULT,
                Duration.ofSeconds(30)))) {
            return org.describe();
        }
    }

    private void comesIn(Authentication way, String apiVersion) {
        Result<OrgDescription> described = describe(way, apiVersion);
        assertThat(described).isInstanceOf(Result.Ok.class);
        assertThat(((Result.Ok<OrgDescription>) described).value().runningUser().username())
                .isEqualTo(INTEGRATION);
    }

    private void isRefused(Authentication way, String apiVersion, String reason) {
        Result<OrgDescription> described = describe(way, apiVersion);
        assertThat(described).isInstanceOf(Result.Failed.class);
        assertThat(((Result.Failed<OrgDescription>) described).failure().reason())
                .isEqualTo(reason);
    }

    private static Authentication bearer(KeyPair keys, String audience, String username) {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return new Authentication.JwtBearer("sandbox-client", username, pem, audience);
    }

    private static Authentication grant(String password) {
        return new Authentication.PasswordGrant("sandbox-client", "sandbox-secret", INTEGRATION, password);
    }

    private static Authentication login(String password) {
        return new Authentication.SoapLogin(INTEGRATION, password);
    }

    @Test
    void anAssertionOpensTheOrgAndWhatIsWrongWithItHasItsOwnReason() {
        start(SignInPolicy.DEFAULT.withClientKey(KEYS.getPublic()));
        String audience = "https://test.salesforce.com";

        comesIn(bearer(KEYS, audience, INTEGRATION), "65.0");
        isRefused(bearer(OTHER_KEYS, audience, INTEGRATION), "65.0", "SalesforceAssertionRejected");
        isRefused(bearer(KEYS, "https://aud.example", INTEGRATION), "65.0", "SalesforceAudienceRejected");
        isRefused(bearer(KEYS, audience, ADMIN), "65.0", "SalesforceAppNotApproved");
    }

    @Test
    void thePasswordGrantWorksWhereTheOrgAllowsIt() {
        start(SignInPolicy.DEFAULT.withPasswords(true, true));
        comesIn(grant(PASSWORD), "65.0");
        isRefused(grant("wrong"), "65.0", "SalesforceCredentialsRejected");
    }

    @Test
    void thePasswordGrantIsRefusedByANewOrg() {
        start(SignInPolicy.DEFAULT);
        isRefused(grant(PASSWORD), "65.0", "SalesforcePasswordGrantRefused");
    }

    @Test
    void soapLoginWorksUpToVersion64() {
        start(SignInPolicy.DEFAULT);
        comesIn(login(PASSWORD), "64.0");
        isRefused(login("wrong"), "64.0", "SalesforceCredentialsRejected");
        isRefused(login(PASSWORD), "65.0", "SalesforceLoginUnavailable");
    }

    @Test
    void soapLoginIsRefusedWhereItIsDisabled() {
        start(SignInPolicy.DEFAULT.withPasswords(false, false));
        isRefused(login(PASSWORD), "64.0", "SalesforceLoginDisabled");
    }

    @Test
    void soapLoginFromElsewhereNeedsTheSecurityToken() {
        start(SignInPolicy.DEFAULT.outsideTrustedNetworks());
        isRefused(login(PASSWORD), "64.0", "SalesforceSecurityTokenRequired");

        SalesforceOrgServer started = server.orElseThrow();
        String user = started.org().user(INTEGRATION).orElseThrow().id();
        comesIn(login(PASSWORD + started.org().securityTokenOf(user)), "64.0");
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
