package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.salesforce.SalesforceSettings.Authentication;
import dev.salesforcesync.salesforce.SalesforceSettings.Budget;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in by an assertion, by the password grant and by SOAP login. */
class OtherWaysInTest {
    private static final String EMPTY_PAGE = "{\"totalSize\":0,\"done\":true,\"records\":[]}";
    private static final KeyPair KEYS = keys();
    private static final String PKCS8 = pem("PRIVATE KEY", KEYS.getPrivate().getEncoded());
    /** The RSAPrivateKey stands at the end of the PrivateKeyInfo, after 26 octets for a key of 2048 bits. */
    private static final String PKCS1 = pem(
            "RSA PRIVATE KEY",
            Arrays.copyOfRange(
                    KEYS.getPrivate().getEncoded(), 26, KEYS.getPrivate().getEncoded().length));

    private final ScriptedSalesforce server = new ScriptedSalesforce();
    private final ManualClock clock = new ManualClock();
    private Optional<SalesforceOrg> opened = Optional.empty();

    OtherWaysInTest() {
        server.rest = request -> server.json(200, EMPTY_PAGE);
    }

    @AfterEach
    void close() {
        opened.ifPresent(SalesforceOrg::close);
        server.close();
    }

    private SalesforceOrg org(Authentication way, String apiVersion) {
        SalesforceOrg org = SalesforceGateway.open(
                new SalesforceSettings(
                        server.url(),
                        apiVersion,
                        way,
                        Optional.empty(),
                        Optional.empty(),
                        new Budget(100, 0, 8),
                        Duration.ofSeconds(20)),
                clock,
                CallObserver.NONE);
        opened = Optional.of(org);
        return org;
    }

    private SalesforceOrg bearer(String pem) {
        return org(new Authentication.JwtBearer("key", "sync@corp.example", pem, "https://aud.example"), "65.0");
    }

    private SalesforceOrg soap() {
        return org(new Authentication.SoapLogin("sync@corp.example", "pass<&>wordTOKEN"), "64.0");
    }

    private Failure refusal(SalesforceOrg org) {
        return ((Result.Failed<?>) org.readUsers(Set.of())).failure();
    }

    private String loggedIn(boolean expired, int seconds) {
        return ScriptedSalesforce.envelope(
                "",
                "login",
                "<result><metadataServerUrl>" + server.url() + "/services/Soap/m/64.0</metadataServerUrl>"
                        + "<passwordExpired>" + expired + "</passwordExpired><sandbox>false</sandbox><serverUrl>"
                        + server.url() + "/services/Soap/u/64.0/00D000000000001</serverUrl><sessionId>00D!S"
                        + server.seen("/Soap/").size() + "</sessionId><userId>" + ScriptedSalesforce.USER_ID
                        + "</userId><userInfo><sessionSecondsValid>" + seconds
                        + "</sessionSecondsValid></userInfo></result>");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAssertionIsSignedWithTheKeyAndGoodForTwoMinutes(boolean pkcs1) throws Exception {
        assertThat(bearer(pkcs1 ? PKCS1 : PKCS8).readUsers(Set.of())).isEqualTo(Result.ok(List.of()));

        String form = URLDecoder.decode(server.seen("/token").get(0).body(), StandardCharsets.UTF_8);
        assertThat(form).startsWith("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=");
        String[] parts = form.substring(form.indexOf("assertion=") + "assertion=".length())
                .split("\\.", -1);
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(Base64.getUrlDecoder().decode(parts[0]))
                        .path("alg")
                        .asText())
                .isEqualTo("RS256");
        JsonNode claims = json.readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.path("iss").asText()).isEqualTo("key");
        assertThat(claims.path("sub").asText()).isEqualTo("sync@corp.example");
        assertThat(claims.path("aud").asText()).isEqualTo("https://aud.example");
        assertThat(claims.path("exp").asLong())
                .isEqualTo(clock.instant().plusSeconds(120).getEpochSecond());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KEYS.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no key",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\n!!\n-----END RSA PRIVATE KEY-----"
            })
    void aKeyThatIsNoneIsNeverSentAndNeverQuoted(String pem) {
        SalesforceOrg org = bearer(pem);

        for (int i = 0; i < 5; i++) {
            Failure failure = refusal(org);
            assertThat(failure).isInstanceOf(Failure.Terminal.class);
            assertThat(failure.reason()).isEqualTo("SalesforcePrivateKeyInvalid");
            assertThat(failure.message()).doesNotContain("AAAA").doesNotContain("has refused");
        }
        assertThat(server.signIns).hasValue(0);
    }

    @Test
    void anEncryptedKeyIsExplained() {
        assertThat(refusal(bearer("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA"))
                        .message())
                .contains("encrypted");
        assertThat(refusal(bearer("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA"))
                        .message())
                .contains("encrypted");
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.salesforce.com, https://login.salesforce.com",
        "https://test.salesforce.com, https://test.salesforce.com",
        "https://acme.my.salesforce.com, https://login.salesforce.com",
        "https://acme-dev-ed.develop.my.salesforce.com, https://login.salesforce.com",
        "https://acme--uat.sandbox.my.salesforce.com, https://test.salesforce.com",
        "https://ACME--UAT.Sandbox.My.Salesforce.com, https://test.salesforce.com",
        "https://acme.my.salesforce.mil, ''",
        "https://acme.gov.my.salesforce.com, ''",
        "https://my.salesforce.com.evil.example, ''",
        "http://127.0.0.1:8080, ''"
    })
    void theAudienceFollowsFromTheHostOrMustBeWrittenOut(String url, String audience) {
        assertThat(JwtAudience.of(URI.create(url)).orElse("")).isEqualTo(audience);
    }

    @Test
    void thePasswordGrantSendsBothPairs() {
        SalesforceOrg org =
                org(new Authentication.PasswordGrant("id", "secret", "sync@corp.example", "p&wTOKEN"), "65.0");

        assertThat(org.readUsers(Set.of())).isEqualTo(Result.ok(List.of()));
        assertThat(server.seen("/token").get(0).body())
                .isEqualTo("grant_type=password&client_id=id&client_secret=secret&username=sync%40corp.example"
                        + "&password=p%26wTOKEN");
    }

    @ParameterizedTest
    @CsvSource({
        "authentication failure, SalesforcePasswordGrantRefused",
        "authentication failure - Invalid Password, SalesforceCredentialsRejected",
        "user inactive, SalesforceUserInactive",
        "something new, SalesforceSignInRefused"
    })
    void aRefusedPasswordGrantIsToldApartAsFarAsTheAnswerAllows(String description, String reason) {
        server.token = request ->
                server.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"" + description + "\"}");

        Failure failure =
                refusal(org(new Authentication.PasswordGrant("id", "secret", "sync@corp.example", "pw"), "65.0"));

        assertThat(failure).isInstanceOf(Failure.Terminal.class);
        assertThat(failure.reason()).isEqualTo(reason);
        if (reason.equals("SalesforcePasswordGrantRefused")) {
            assertThat(failure.message())
                    .contains("blocks the flow", "password", "security token", "clientCredentials");
        }
    }

    @Test
    void soapLoginGoesToTheConfiguredHostAndItsSessionServesRestToo() {
        server.soap = request -> server.plain(200, "text/xml", loggedIn(false, 7200));

        assertThat(soap().readUsers(Set.of())).isEqualTo(Result.ok(List.of()));

        ScriptedSalesforce.Seen login = server.seen("/Soap/").get(0);
        assertThat(login.path()).isEqualTo("/services/Soap/u/64.0");
        assertThat(login.operation()).isEqualTo("login");
        assertThat(login.body()).contains("sync@corp.example<").contains("pass&lt;&amp;>wordTOKEN<");
        assertThat(login.session()).isEmpty();
        assertThat(server.seen("/query").get(0).session()).contains("00D!S1");
        assertThat(server.signIns).hasValue(0);
    }

    @Test
    void soapLoginEndsWithALogoutOfItsSession() {
        server.soap = request -> server.plain(200, "text/xml", loggedIn(false, 7200));
        SalesforceOrg org = soap();
        org.readUsers(Set.of());
        server.soap = request -> server.plain(200, "text/xml", ScriptedSalesforce.envelope("", "logout", ""));

        org.close();

        assertThat(server.writes()).containsExactly("login", "logout");
        assertThat(server.seen("/Soap/").get(1).session()).contains("00D!S1");
    }

    @Test
    void noPasswordLeavesForAVersionWithoutLogin() {
        SalesforceOrg org = org(new Authentication.SoapLogin("sync@corp.example", "password"), "65.0");

        assertThat(refusal(org).reason()).isEqualTo("SalesforceLoginUnavailable");
        assertThat(server.seen("/Soap/")).isEmpty();
    }

    @Test
    void aPasswordThatXmlCannotCarryIsNotSentMaimed() {
        SalesforceOrg org = org(new Authentication.SoapLogin("sync@corp.example", "pass\u0001word"), "64.0");

        assertThat(refusal(org).reason()).isEqualTo("SalesforceCredentialsRejected");
        assertThat(server.seen("/Soap/")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INVALID_LOGIN | Invalid username, password, security token; or user locked out. | SalesforceCredentialsRejected
            LOGIN_MUST_USE_SECURITY_TOKEN | Invalid username, password, security token | SalesforceSecurityTokenRequired
            INVALID_OPERATION | SOAP API login() is disabled by default in this org. | SalesforceLoginDisabled
            INVALID_OPERATION | The SOAP Login operation is not available in the API version specified (65.0). | SalesforceLoginUnavailable
            PASSWORD_LOCKOUT | locked | SalesforceUserLocked
            LOGIN_DURING_RESTRICTED_DOMAIN | ip | SalesforceSignInRestricted
            LOGIN_DURING_RESTRICTED_TIME | hours | SalesforceSignInRestricted
            ORG_LOCKED | locked | SalesforceOrganizationInactive
            """)
    void aRefusedLoginHasItsReasonAndIsTriedThreeTimes(String code, String text, String reason) {
        server.soap = request -> server.fault(500, "sf:" + code, text + " sync@corp.example");
        SalesforceOrg org = soap();

        for (int i = 0; i < 6; i++) {
            Failure failure = refusal(org);
            assertThat(failure).isInstanceOf(Failure.Terminal.class);
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.message()).doesNotContain("corp.example");
        }
        assertThat(server.writes()).hasSize(3);
    }

    @Test
    void anExpiredPasswordGivesNoSession() {
        server.soap = request -> server.plain(200, "text/xml", loggedIn(true, 7200));

        assertThat(refusal(soap()).reason()).isEqualTo("SalesforcePasswordExpired");
    }

    @Test
    void aSessionIsRenewedShortlyBeforeItEnds() {
        server.soap = request -> server.plain(200, "text/xml", loggedIn(false, 1000));
        SalesforceOrg org = soap();
        org.readUsers(Set.of());

        clock.pass(Duration.ofSeconds(899));
        org.readUsers(Set.of());
        assertThat(server.writes()).hasSize(1);

        clock.pass(Duration.ofSeconds(1));
        org.readUsers(Set.of());
        assertThat(server.writes()).hasSize(2);
        assertThat(server.seen("/query").get(2).session()).contains("00D!S2");
    }

    @Test
    void aSessionThatDoesNotSayHowLongItHoldsIsTakenToHoldTwoHours() {
        SalesforceOrg org = bearer(PKCS8);
        org.readUsers(Set.of());
        clock.pass(Duration.ofMinutes(107));
        org.readUsers(Set.of());
        assertThat(server.signIns).hasValue(1);

        clock.pass(Duration.ofMinutes(1));
        org.readUsers(Set.of());
        assertThat(server.signIns).hasValue(2);
    }

    @Test
    void whileNoNewSessionIsToBeHadTheOldOneIsUsedOn() {
        SalesforceOrg org = bearer(PKCS8);
        org.readUsers(Set.of());
        server.token = request -> server.json(503, "");
        clock.pass(Duration.ofMinutes(110));

        assertThat(org.readUsers(Set.of())).isInstanceOf(Result.Ok.class);
        assertThat(org.readUsers(Set.of())).isInstanceOf(Result.Ok.class);
        assertThat(server.signIns).hasValue(2);

        clock.pass(Duration.ofMinutes(5));
        server.token = request -> server.json(200, server.tokenAnswer());
        org.readUsers(Set.of());
        assertThat(server.seen("/query").get(3).session()).contains("00D!T3");
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

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }
}
