package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.LoginFault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How one signs in, and what dead sessions and wrong credentials are told. Nobody's password is tried. */
interface SignInFacts {
    /** Belongs to nobody; as long as real ones. */
    String DEAD_SESSION = "00D000000000001!AQEAQ.contract.contract.contract.contract.contract.contract";

    Scene scene();

    @Test
    @Tries(Fact.LOGIN_ENDED)
    default void refusesLoginOnTheVersionOfTheLibrary() throws Exception {
        PartnerConnection soap = scene().anotherSoap();

        ApiFault fault = catchThrowableOfType(ApiFault.class, () -> soap.login(nobody(), "contract-1"));

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_OPERATION);
        assertThat(fault.getExceptionMessage())
                .isEqualTo("The SOAP Login operation is not available in the API version specified (65.0). Refer to the"
                        + " documentation for supported versions.");
    }

    @Test
    @Tries(Fact.LOGIN_REFUSED)
    default void refusesAWrongPasswordOnAnOldVersion() throws Exception {
        PartnerConnection soap = Scene.partner(scene().org(), "none", "64.0");

        ApiFault fault = catchThrowableOfType(ApiFault.class, () -> soap.login(nobody(), "contract-1"));

        assumeThat(fault.getExceptionCode())
                .as("SOAP login() is switched off here")
                .isNotEqualTo(ExceptionCode.INVALID_OPERATION);
        assertThat(fault).isInstanceOf(LoginFault.class);
        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_LOGIN);
        assertThat(fault.getExceptionMessage())
                .isEqualTo("Invalid username, password, security token; or user locked out.");
    }

    @Test
    @Tries(Fact.TOKEN_SHAPE)
    default void givesAnOpaqueTokenWithoutALifetime() {
        ContractOrg org = scene().org();

        Wire.Answer answer = Wire.to(org.url()).clientCredentials(org.clientId(), org.clientSecret());

        JsonNode token = answer.json();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(token.has("expires_in")).isFalse();
        assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
        // As a yes or no, so that no failure prints the token.
        assertThat(token.path("access_token").asText().matches("00D\\w+!.+"))
                .as("the token is opaque")
                .isTrue();
        assertThat(token.path("instance_url").asText()).startsWith("http");
        assertThat(token.path("id").asText()).matches("https?://[^/]+/id/00D\\w{12,15}/005\\w{12,15}");
        assertThat(token.path("issued_at").isTextual()).isTrue();
        assertThat(token.path("issued_at").asText()).matches("\\d{13}");
        assertThat(token.path("signature").isTextual()).isTrue();
    }

    @Test
    @Tries(Fact.CLIENT_AS_BASIC)
    default void takesClientCredentialsAsBasicAuthorization() {
        ContractOrg org = scene().org();
        String pair = Base64.getEncoder()
                .encodeToString((org.clientId() + ":" + org.clientSecret()).getBytes(StandardCharsets.UTF_8));

        Wire.Answer answer = token(Map.of("grant_type", "client_credentials"), "Authorization", "Basic " + pair);

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    @Tries(Fact.WRONG_SECRET)
    default void refusesAWrongSecret() {
        Wire.Answer answer =
                Wire.to(scene().org().url()).clientCredentials(scene().org().clientId(), "contract");

        assertThat(answer.oauthRefusal()).isEqualTo("400 invalid_client: invalid client credentials");
    }

    @Test
    @Tries(Fact.WRONG_CLIENT)
    default void refusesAnUnknownClient() {
        Wire.Answer answer = Wire.to(scene().org().url()).clientCredentials("contract", "contract");

        assertThat(answer.oauthRefusal()).isEqualTo("400 invalid_client_id: client identifier invalid");
    }

    @Test
    @Tries(Fact.WRONG_GRANT)
    default void refusesAnUnknownGrant() {
        Wire.Answer answer = token(Map.of(
                "grant_type", "contract",
                "client_id", scene().org().clientId(),
                "client_secret", scene().org().clientSecret()));

        assertThat(answer.oauthRefusal()).isEqualTo("400 unsupported_grant_type: grant type not supported");
    }

    @Test
    @Tries(Fact.PASSWORD_GRANT)
    default void refusesThePasswordGrantOfNobody() {
        Wire.Answer answer = token(Map.of(
                "grant_type", "password",
                "client_id", scene().org().clientId(),
                "client_secret", scene().org().clientSecret(),
                "username", nobody(),
                "password", "contract-1"));

        assertThat(answer.oauthRefusal()).startsWith("400 invalid_grant: authentication failure");
    }

    @Test
    @Tries(Fact.JWT_GARBAGE)
    default void refusesAnAssertionThatIsNone() {
        Wire.Answer answer =
                token(Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", "contract"));

        assertThat(answer.oauthRefusal()).isEqualTo("400 invalid_grant: invalid assertion");
    }

    @Test
    @Tries(Fact.TOKEN_IS_SOAP_SESSION)
    default void takesTheTokenAsASessionOfThePartnerApi() throws Exception {
        assertThat(scene().soap().getUserInfo().getUserId()).startsWith("005");
        assertThat(scene().soap().getUserInfo().getSessionSecondsValid()).isPositive();
        assertThat(scene().soap().getServerTimestamp().getTimestamp()).isNotNull();
    }

    @Test
    @Tries(Fact.USER_INFO)
    default void tellsWhoHoldsTheToken() throws Exception {
        Wire.Answer answer = scene().wire().get("/services/oauth2/userinfo");

        JsonNode info = answer.json();
        assertThat(info.path("user_id").asText()).isEqualTo(scene().me());
        assertThat(info.path("organization_id").asText())
                .isEqualTo(scene().soap().getUserInfo().getOrganizationId());
        assertThat(info.path("sub").asText()).endsWith(scene().me());
    }

    @Test
    @Tries(Fact.REST_SESSION_DEAD)
    default void tellsADeadSessionAtRest() {
        Wire.Answer answer = scene().wire().as(DEAD_SESSION).query("SELECT Id FROM Organization");

        assertThat(answer.refusal()).isEqualTo("401 INVALID_SESSION_ID: Session expired or invalid");
    }

    @Test
    @Tries(Fact.SOAP_SESSION_DEAD)
    default void tellsADeadSessionAtSoapWithItsId() throws Exception {
        PartnerConnection soap = Scene.partner(scene().org(), DEAD_SESSION, Wire.VERSION);

        ApiFault fault = catchThrowableOfType(ApiFault.class, soap::getUserInfo);

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_SESSION_ID);
        assertThat(fault.getExceptionMessage())
                .startsWith("Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing"
                        + " session key: ")
                .contains("This is expected, it can happen if the session has expired and swept away, or if the user"
                        + " logs out, or if its just someone trying to hack in.");
    }

    @Test
    @Tries(Fact.OLD_VERSION)
    default void refusesARetiredVersion() {
        Wire.Answer answer = scene().wire().soap("8.0", "<getUserInfo/>");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.xml().operation().at("faultcode").text()).endsWith("UNSUPPORTED_API_VERSION");
    }

    private String nobody() {
        return scene().prefix() + "-nobody@contract.invalid";
    }

    private Wire.Answer token(Map<String, String> form, String... headers) {
        return Wire.to(scene().org().url()).form("/services/oauth2/token", form, headers);
    }
}
