package dev.salesforcesync.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.InvalidNewPasswordFault;
import com.sforce.soap.partner.fault.InvalidOldPasswordFault;
import com.sforce.soap.partner.fault.LoginFault;
import com.sforce.ws.ConnectionException;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.SignInPolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SOAP login() up to API version 64 (help article 005132110), and a user's own password. */
class SoapLoginTest {
    private static final String ADMIN = "admin@acme.example";
    private static final String PASSWORD = "Geheim-2026";
    private static final String INVALID_LOGIN = "Invalid username, password, security token; or user locked out.";

    private final MovingClock clock = new MovingClock();
    private SalesforceOrgServer server;
    private String admin;
    private String integration;

    @BeforeEach
    void start() {
        start(SignInPolicy.DEFAULT);
    }

    private void start(SignInPolicy policy) {
        stop();
        server = SalesforceOrgServer.start(
                OrgSettings.builder("Acme").clock(clock).signIn(policy).build(), 0);
        admin = server.org().user(ADMIN).orElseThrow().id();
        integration =
                server.org().user("integration@acme.example").orElseThrow().id();
        server.org().setPassword(integration, admin, PASSWORD);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private PartnerConnection login(String password) throws ConnectionException {
        PartnerConnection soap = SoapClient.with(server, "64.0", "none");
        soap.setSessionHeader(soap.login(ADMIN, password).getSessionId());
        return soap;
    }

    private ApiFault refused(String password) {
        return catchThrowableOfType(ApiFault.class, () -> login(password));
    }

    @Test
    void opensASessionThatIsGoodForCalls() throws Exception {
        assertThat(login(PASSWORD).getUserInfo().getUserId()).isEqualTo(admin);
    }

    @Test
    void isDisabledInNewOrgsUntilAnAdministratorEnablesIt() {
        // OpenFn/adaptors#1715.
        start(SignInPolicy.DEFAULT.withPasswords(true, false));

        ApiFault fault = refused(PASSWORD);

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_OPERATION);
        assertThat(fault.getExceptionMessage())
                .isEqualTo("SOAP API login() is disabled by default in this org. Contact the org administrator to"
                        + " enable SOAP API login().");
    }

    @Test
    void wantsTheSecurityTokenOutsideTrustedNetworks() throws Exception {
        start(SignInPolicy.DEFAULT.outsideTrustedNetworks());

        ApiFault fault = refused(PASSWORD);

        assertThat(fault).isInstanceOf(LoginFault.class);
        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.LOGIN_MUST_USE_SECURITY_TOKEN);
        assertThat(fault.getExceptionMessage()).startsWith(INVALID_LOGIN + " Are you at a new location?");
        String token = server.org().securityTokenOf(admin);
        assertThat(login(PASSWORD + token).getUserInfo().getUserId()).isEqualTo(admin);
        assertThat(refused("wrong" + token).getExceptionCode()).isEqualTo(ExceptionCode.INVALID_LOGIN);
    }

    @Test
    void voidsTheSecurityTokenWhenThePasswordChanges() throws Exception {
        start(SignInPolicy.DEFAULT.outsideTrustedNetworks());
        String old = server.org().securityTokenOf(admin);

        login(PASSWORD + old).changeOwnPassword(PASSWORD, "Geheimer-2027");

        assertThat(refused("Geheimer-2027" + old).getExceptionCode()).isEqualTo(ExceptionCode.INVALID_LOGIN);
        assertThat(login("Geheimer-2027" + server.org().securityTokenOf(admin))).isNotNull();
    }

    @Test
    void locksAUserOutAfterWrongPasswordsAndSaysTheSame() throws Exception {
        start(SignInPolicy.DEFAULT.withLockout(3, Duration.ofMinutes(15)));
        refused("wrong");
        refused("wrong");
        login(PASSWORD);
        for (int attempt = 0; attempt < 3; attempt++) {
            refused("wrong");
        }

        ApiFault fault = refused(PASSWORD);

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_LOGIN);
        assertThat(fault.getExceptionMessage()).isEqualTo(INVALID_LOGIN);
        assertThat(login().flag("IsPasswordLocked")).isTrue();
        clock.move(Duration.ofMinutes(16));
        assertThat(login(PASSWORD)).isNotNull();
        assertThat(login().flag("IsPasswordLocked")).isFalse();
    }

    @Test
    void letsAnAdministratorUnlock() throws Exception {
        start(SignInPolicy.DEFAULT.withLockout(1, Duration.ofMinutes(15)));
        refused("wrong");
        refused(PASSWORD);

        server.org().editAsHuman("UserLogin", login().id(), Map.of("IsPasswordLocked", false));

        assertThat(login(PASSWORD)).isNotNull();
    }

    private dev.salesforcesync.sandbox.salesforce.org.Row login() {
        return server.org().recordsBy("UserLogin", "UserId", admin).get(0);
    }

    @Test
    void changesTheOwnPasswordOfWhoeverKnowsTheOldOne() throws Exception {
        PartnerConnection soap = login(PASSWORD);

        assertThat(catchThrowableOfType(
                                InvalidOldPasswordFault.class, () -> soap.changeOwnPassword("other", "Geheimer-2027"))
                        .getExceptionCode())
                .isEqualTo(ExceptionCode.INVALID_OLD_PASSWORD);
        assertThat(catchThrowableOfType(InvalidNewPasswordFault.class, () -> soap.changeOwnPassword(PASSWORD, PASSWORD))
                        .getExceptionMessage())
                .isEqualTo("invalid repeated password");
        soap.changeOwnPassword(PASSWORD, "Geheimer-2027");

        assertThat(login("Geheimer-2027")).isNotNull();
        assertThat(refused(PASSWORD).getExceptionCode()).isEqualTo(ExceptionCode.INVALID_LOGIN);
    }

    @Test
    void letsAnExpiredPasswordDoNothingButChangeItself() throws Exception {
        String made = server.org().resetPassword(integration, admin, false);
        PartnerConnection soap = SoapClient.with(server, "64.0", "none");
        var result = soap.login(ADMIN, made);
        soap.setSessionHeader(result.getSessionId());

        assertThat(result.isPasswordExpired()).isTrue();
        assertThat(catchThrowableOfType(ApiFault.class, soap::getUserInfo).getExceptionCode())
                .isEqualTo(ExceptionCode.INVALID_OPERATION_WITH_EXPIRED_PASSWORD);
        soap.changeOwnPassword(made, "Geheimer-2027");
        assertThat(soap.getUserInfo().getUserId()).isEqualTo(admin);
    }
}
