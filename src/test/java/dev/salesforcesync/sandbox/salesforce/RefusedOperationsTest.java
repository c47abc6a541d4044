package dev.salesforcesync.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.DeleteResult;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.ProcessResult;
import com.sforce.soap.partner.ProcessSubmitRequest;
import com.sforce.soap.partner.SingleEmailMessage;
import com.sforce.soap.partner.StatusCode;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.ws.ConnectionException;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the org does not do it refuses as the API does, and not as if it had never heard of it. */
class RefusedOperationsTest {
    private SalesforceOrgServer server;
    private PartnerConnection soap;
    private RestClient rest;
    private String admin;

    @BeforeEach
    void start() throws ConnectionException {
        server = SalesforceOrgServer.start();
        soap = SoapClient.signedIn(server);
        rest = new RestClient(server);
        admin = server.org().user("admin@acme.example").orElseThrow().id();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ExceptionCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(ApiFault.class, call).getExceptionCode();
    }

    @Test
    void deletesNoUser() throws ConnectionException {
        DeleteResult[] results = soap.delete(new String[] {admin});

        assertThat(results).hasSize(1);
        assertThat(results[0].isSuccess()).isFalse();
        assertThat(results[0].getErrors()[0].getStatusCode()).isEqualTo(StatusCode.INVALID_TYPE_FOR_OPERATION);
        assertThat(results[0].getErrors()[0].getMessage()).isEqualTo("entity type User does not support delete");
        assertThat(server.org().record("User", admin)).isPresent();
    }

    @Test
    void hasAnEmptyRecycleBin() throws ConnectionException {
        assertThat(soap.undelete(new String[] {admin, admin}))
                .hasSize(2)
                .allMatch(row -> row.getErrors()[0].getStatusCode() == StatusCode.UNDELETE_FAILED);
        assertThat(soap.emptyRecycleBin(new String[] {admin}))
                .allMatch(row -> row.getErrors()[0].getStatusCode() == StatusCode.DELETE_FAILED);
    }

    @Test
    void hasNoApprovalProcess() throws ConnectionException {
        var submit = new ProcessSubmitRequest();
        submit.setObjectId(admin);

        ProcessResult[] results = soap.process(new ProcessSubmitRequest[] {submit});

        assertThat(results[0].isSuccess()).isFalse();
        assertThat(results[0].getErrors()[0].getStatusCode()).isEqualTo(StatusCode.NO_APPLICABLE_PROCESS);
    }

    @Test
    void sendsNoMailOfItsClients() throws ConnectionException {
        var mail = new SingleEmailMessage();
        mail.setTargetObjectId(admin);

        assertThat(soap.sendEmail(new SingleEmailMessage[] {mail})[0].getErrors()[0].getStatusCode())
                .isEqualTo(StatusCode.NO_MASS_MAIL_PERMISSION);
        assertThat(server.org().mails().sent()).isEmpty();
    }

    @Test
    void refusesTheRestAsAWhole() {
        assertThat(codeOf(() -> soap.search("FIND {anna} IN ALL FIELDS RETURNING User(Id)")))
                .isEqualTo(ExceptionCode.FUNCTIONALITY_NOT_ENABLED);
        assertThat(codeOf(() -> soap.describeLayout("User", null, null)))
                .isEqualTo(ExceptionCode.FUNCTIONALITY_NOT_ENABLED);
        assertThat(codeOf(() -> soap.describeTabs())).isEqualTo(ExceptionCode.FUNCTIONALITY_NOT_ENABLED);
        assertThat(server.journal().entries())
                .extracting(entry -> entry.call().operation())
                .contains("search", "describeLayout", "describeTabs");
    }

    @Test
    void refusesTheWholePartnerApiToNobodySession() throws ConnectionException {
        PartnerConnection stranger = SoapClient.with(server, "65.0", "00D000000000000!nobody");

        assertThat(codeOf(() -> stranger.search("FIND {a}"))).isEqualTo(ExceptionCode.INVALID_SESSION_ID);
    }

    /** The text of Axis, quoted by clients of real orgs. */
    @Test
    void doesNotKnowAnOperationThatIsNotInTheWsdl() {
        String answer = post("65.0", RawSoap.envelope(rest.token(), "", "<dance/>"));

        assertThat(answer)
                .contains("<faultcode>soapenv:Client</faultcode>")
                .contains("<faultstring>No operation available for request {urn:partner.soap.sforce.com}dance, please"
                        + " check the WSDL for the service.</faultstring>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20.0", "30.0", "69.0", "v65.0", "65", "65.1", "abc"})
    void knowsNoOtherVersions(String version) {
        assertThat(post(version, RawSoap.envelope(rest.token(), "", "<getServerTimestamp/>")))
                .contains("<faultcode>sf:UNSUPPORTED_API_VERSION</faultcode>")
                .contains("UNSUPPORTED_API_VERSION: Invalid Api version specified on URL")
                .contains("<limitInfo>");
    }

    private String post(String version, String envelope) {
        RestClient.Answer answer =
                rest.send(RawSoap.post(server, version).POST(HttpRequest.BodyPublishers.ofString(envelope)));
        assertThat(answer.status()).isEqualTo(500);
        return answer.response().body();
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({"v20.0, 410, GONE", "v30.0, 410, GONE", "v69.0, 404, NOT_FOUND", "v65, 404, NOT_FOUND"})
    void saysThatAnOldRestVersionIsGone(String version, int status, String code) {
        RestClient.Answer answer = rest.get("/services/data/" + version + "/limits");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path(0).path("errorCode").asText()).isEqualTo(code);
        assertThat(answer.header("Sforce-Limit-Info")).matches("api-usage=\\d+/\\d+");
    }

    /** REST has codes of its own; all others a SOAP client must be able to read, or it loses the whole answer. */
    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void answersWithNoCodeThatTheWsdlDoesNotKnow(ErrorCode code) {
        Set<ErrorCode> ofRestAlone = Set.of(
                ErrorCode.BATCH_PROCESSING_HALTED,
                ErrorCode.GONE,
                ErrorCode.JSON_PARSER_ERROR,
                ErrorCode.METHOD_NOT_ALLOWED,
                ErrorCode.NOT_FOUND,
                ErrorCode.PROCESSING_HALTED);
        boolean known = Stream.concat(
                        Arrays.stream(StatusCode.values()).map(Enum::name),
                        Arrays.stream(ExceptionCode.values()).map(Enum::name))
                .anyMatch(code.name()::equals);

        assertThat(known || ofRestAlone.contains(code)).isTrue();
    }
}
