package dev.salesforcesync.sandbox.salesforce;

import static dev.salesforcesync.sandbox.salesforce.People.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.InvalidNewPasswordFault;
import com.sforce.soap.partner.fault.InvalidOldPasswordFault;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import dev.salesforcesync.sandbox.salesforce.org.Mails;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.PasswordPolicy;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords by REST and SOAP under the org's policy (salesforce.md §F). */
class PasswordsTest {
    private final MovingClock clock = new MovingClock();
    private @Nullable SalesforceOrgServer running;
    private SalesforceOrgServer server;
    private RestClient rest;
    private PartnerConnection soap;
    private String admin;
    private String me;

    @BeforeEach
    void start() throws ConnectionException {
        start(PasswordPolicy.DEFAULT);
    }

    private void start(PasswordPolicy policy) throws ConnectionException {
        stop();
        server = SalesforceOrgServer.start(
                OrgSettings.builder("Acme").clock(clock).passwords(policy).build(), 0);
        running = server;
        rest = new RestClient(server);
        soap = SoapClient.signedIn(server);
        admin = server.org().user("admin@acme.example").orElseThrow().id();
        me = server.org().user("integration@acme.example").orElseThrow().id();
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    private RestClient.Answer set(String userId, String password) {
        return rest.call("POST", url(userId), Map.of("NewPassword", password));
    }

    private static String url(String userId) {
        return RestClient.DATA + "/sobjects/User/" + userId + "/password";
    }

    private static String error(RestClient.Answer answer) {
        return answer.status() + " " + answer.json().path(0).path("errorCode").asText() + ": "
                + answer.json().path(0).path("message").asText();
    }

    @Test
    void answersWithNothingButSuccess() {
        RestClient.Answer answer = set(admin, "Geheim-2026");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.response().body()).isEmpty();
        assertThat(rest.get(url(admin)).json().toString()).isEqualTo("{\"isExpired\":false}");
        assertThat(server.org().signIn("admin@acme.example", "Geheim-2026")).isPresent();
        assertThat(server.org().mails().sent()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "abc | Your password must be at least 8 characters long.",
                "abcdefghij | Your password must include letters and numbers",
                "1234567890 | Your password must include letters and numbers",
            })
    void demandsWhatThePolicyDemands(String password, String text) throws ConnectionException {
        assertThat(error(set(admin, password))).isEqualTo("400 INVALID_NEW_PASSWORD: " + text);

        ApiFault fault = catchThrowableOfType(ApiFault.class, () -> soap.setPassword(admin, password));
        assertThat(fault).isInstanceOf(InvalidNewPasswordFault.class);
        assertThat(fault.getExceptionMessage()).isEqualTo(text);
    }

    @Test
    void remembersAsManyPasswordsAsThePolicySays() throws ConnectionException {
        start(PasswordPolicy.DEFAULT.withHistory(2));
        set(admin, "Geheim-2026");
        set(admin, "Anders-2026");

        assertThat(error(set(admin, "Geheim-2026"))).isEqualTo("400 INVALID_NEW_PASSWORD: invalid repeated password");
        assertThat(error(set(admin, "Anders-2026"))).isEqualTo("400 INVALID_NEW_PASSWORD: invalid repeated password");
        assertThat(set(admin, "Drittes-2026").status()).isEqualTo(204);
        assertThat(set(admin, "Geheim-2026").status()).isEqualTo(204);
    }

    @Test
    void forgetsAllWithoutAHistory() throws ConnectionException {
        start(PasswordPolicy.DEFAULT.withHistory(0));
        set(admin, "Geheim-2026");

        assertThat(set(admin, "Geheim-2026").status()).isEqualTo(204);
    }

    /** "Require a minimum 1 day password lifetime". */
    @Test
    void takesOneChangeADayWhereThePolicySaysSo() throws ConnectionException {
        start(PasswordPolicy.DEFAULT.withOneChangeADay());
        set(admin, "Geheim-2026");

        clock.move(Duration.ofHours(23));
        rest = new RestClient(server);
        assertThat(error(set(admin, "Anders-2026"))).startsWith("400 INVALID_NEW_PASSWORD");

        clock.move(Duration.ofHours(1));
        assertThat(set(admin, "Anders-2026").status()).isEqualTo(204);
    }

    @Test
    void expiresAPasswordThatIsNinetyDaysOld() {
        set(admin, "Geheim-2026");

        clock.move(Duration.ofDays(90));
        rest = new RestClient(server);

        assertThat(rest.get(url(admin)).json().path("isExpired").asBoolean()).isTrue();
    }

    @Test
    void tellsTheNewPasswordOfAResetAndMailsTheLink() throws ConnectionException {
        set(admin, "Geheim-2026");

        RestClient.Answer answer = rest.call("DELETE", url(admin), Map.of());

        String made = answer.json().path("NewPassword").asText();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.org().signIn("admin@acme.example", "Geheim-2026")).isEmpty();
        assertThat(server.org().signIn("admin@acme.example", made)).isPresent();
        assertThat(rest.get(url(admin)).json().path("isExpired").asBoolean()).isTrue();
        assertThat(server.org().mails().sent()).extracting(Mails.Mail::kind).containsExactly(Mails.Kind.PASSWORD_RESET);

        soap.setEmailHeader(false, false, false);
        soap.resetPassword(admin);
        assertThat(server.org().mails().sent()).hasSize(1);

        soap.setEmailHeader(false, false, true);
        soap.resetPassword(admin);
        assertThat(server.org().mails().sent()).hasSize(2);
    }

    /** SOAP API guide, EmailHeader: no mail unless it is asked for. */
    @Test
    void welcomesNewUsersWhenTheEmailHeaderSaysSo() throws ConnectionException {
        soap.create(new SObject[] {SoapClient.row("User", person(server.org(), "anna"))});
        assertThat(server.org().mails().sent()).isEmpty();

        soap.setEmailHeader(false, false, true);
        soap.create(new SObject[] {SoapClient.row("User", person(server.org(), "bob"))});

        assertThat(server.org().mails().sent())
                .extracting(mail -> mail.kind() + " " + mail.address())
                .containsExactly("NEW_USER bob@mail.example");
    }

    @Test
    void refusesTheOwnPasswordUnlessTheOrgAllowsIt() throws ConnectionException {
        assertThat(error(set(me, "Geheim-2026"))).isEqualTo("403 INSUFFICIENT_ACCESS: Cannot set password for self");
        ApiFault fault = catchThrowableOfType(ApiFault.class, () -> soap.setPassword(me, "Geheim-2026"));
        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INSUFFICIENT_ACCESS);

        start(PasswordPolicy.DEFAULT.withSelfSet());

        assertThat(set(me, "Geheim-2026").status()).isEqualTo(204);
        assertThat(catchThrowableOfType(ApiFault.class, () -> soap.resetPassword(me))
                        .getExceptionCode())
                .isEqualTo(ExceptionCode.INSUFFICIENT_ACCESS);
    }

    @Test
    void changesTheOwnPasswordOfWhoKnowsItAndMailsANewToken() throws ConnectionException {
        start(PasswordPolicy.DEFAULT.withSelfSet());
        set(me, "Geheim-2026");

        assertThat(catchThrowableOfType(ApiFault.class, () -> soap.changeOwnPassword("wrong", "Anders-2026")))
                .isInstanceOf(InvalidOldPasswordFault.class);
        assertThat(catchThrowableOfType(ApiFault.class, () -> soap.changeOwnPassword("Geheim-2026", "Geheim-2026")))
                .isInstanceOf(InvalidNewPasswordFault.class);

        soap.changeOwnPassword("Geheim-2026", "Anders-2026");
        assertThat(server.org().mails().sent()).extracting(Mails.Mail::kind).containsExactly(Mails.Kind.SECURITY_TOKEN);
    }

    @Test
    void knowsNoPasswordOfAUserThatDoesNotExist() {
        assertThat(set("005000000000000AAA", "Geheim-2026").status()).isEqualTo(404);
        assertThat(rest.get(url("005000000000000AAA")).status()).isEqualTo(404);
    }

    /** REST API guide, sObject User Password: who may not manage users may not look either. */
    @Test
    void refusesThoseWhoMayNotManageUsers() throws ConnectionException {
        String anna = rest.call("POST", RestClient.DATA + "/sobjects/User", person(server.org(), "anna"))
                .json()
                .path("id")
                .asText();
        String token = server.org().sessions().open(anna).key();

        RestClient.Answer answer = rest.send(rest.request(url(admin))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"NewPassword\":\"Geheim-2026\"}")));

        assertThat(error(answer)).isEqualTo("403 INSUFFICIENT_ACCESS: You do not have permission to view this record.");
    }
}
