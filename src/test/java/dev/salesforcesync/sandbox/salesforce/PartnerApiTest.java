package dev.salesforcesync.sandbox.salesforce;

import static dev.salesforcesync.sandbox.salesforce.People.person;
import static dev.salesforcesync.sandbox.salesforce.SoapClient.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.DescribeSObjectResult;
import com.sforce.soap.partner.Field;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.QueryResult;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.UpsertResult;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ApiQueryFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.sobject.SObject;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The partner API as Salesforce's own client sees it. */
class PartnerApiTest {
    private SalesforceOrgServer server;
    private PartnerConnection soap;

    @BeforeEach
    void start() throws Exception {
        server = SalesforceOrgServer.start();
        soap = SoapClient.signedIn(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsWhoIsSignedIn() throws Exception {
        var info = soap.getUserInfo();

        assertThat(info.getUserName()).isEqualTo("integration@acme.example");
        assertThat(info.getOrganizationId()).isEqualTo(server.org().settings().id());
        assertThat(info.getOrganizationName()).isEqualTo("Acme");
        assertThat(info.getSessionSecondsValid()).isEqualTo(7200);
        assertThat(soap.getServerTimestamp().getTimestamp()).isNotNull();
    }

    @Test
    void createsUpdatesAndFindsAUser() throws Exception {
        SaveResult created = soap.create(new SObject[] {row("User", person(server.org(), "muster"))})[0];
        assertThat(created.getErrors()).isEmpty();

        SObject change = row("User", Map.of("Id", created.getId(), "Title", "Käse & <Wurst>"));
        change.setFieldsToNull(new String[] {"FirstName"});
        assertThat(soap.update(new SObject[] {change})[0].isSuccess()).isTrue();

        QueryResult found = soap.query("SELECT Id, Title, FirstName, IsActive, Profile.Name, Profile.UserLicense.Name"
                + " FROM User WHERE Username = 'MUSTER@people.example'");
        assertThat(found.getSize()).isEqualTo(1);
        SObject user = found.getRecords()[0];
        assertThat(user.getId()).isEqualTo(created.getId());
        assertThat(user.getField("Title")).isEqualTo("Käse & <Wurst>");
        assertThat(user.getField("FirstName")).isNull();
        assertThat(user.getField("IsActive")).isEqualTo("true");
        assertThat(user.getChild("Profile").getField("Name")).isEqualTo("Standard User");
        assertThat(user.getChild("Profile").getChild("UserLicense").getField("Name"))
                .isEqualTo("Salesforce");
    }

    @Test
    void answersEachRowForItself() throws Exception {
        SObject good = row("User", person(server.org(), "good"));
        SObject bad = row("User", People.with(person(server.org(), "bad"), "Alias", "much too long"));

        SaveResult[] results = soap.create(new SObject[] {good, bad});

        assertThat(results[0].isSuccess()).isTrue();
        assertThat(results[1].isSuccess()).isFalse();
        assertThat(results[1].getId()).isNull();
        assertThat(results[1].getErrors()[0].getStatusCode()).hasToString("STRING_TOO_LONG");
        assertThat(results[1].getErrors()[0].getMessage())
                .isEqualTo("Alias: data value too large: much too long (max length=8)");
        assertThat(results[1].getErrors()[0].getFields()).containsExactly("Alias");
    }

    @Test
    void takesAllRowsBackWhenOneFailsAndAllOrNoneIsAsked() throws Exception {
        soap.setAllOrNoneHeader(true);
        SObject good = row("User", person(server.org(), "good"));
        SObject bad = row("User", People.without(person(server.org(), "bad"), "LastName"));

        SaveResult[] results = soap.create(new SObject[] {good, bad});

        assertThat(results[0].getErrors()[0].getStatusCode()).hasToString("ALL_OR_NONE_OPERATION_ROLLED_BACK");
        assertThat(results[1].getErrors()[0].getStatusCode()).hasToString("REQUIRED_FIELD_MISSING");
        assertThat(server.org().user("good@people.example")).isEmpty();
        soap.clearAllOrNoneHeader();
        assertThat(soap.create(new SObject[] {good})[0].isSuccess()).isTrue();
    }

    @Test
    void upsertsByTheAnchorAndTellsWhatWasCreated() throws Exception {
        SObject first = row("User", People.with(person(server.org(), "one"), "AD_ObjectGuid__c", "guid-1"));
        UpsertResult created = soap.upsert("AD_ObjectGuid__c", new SObject[] {first})[0];
        SObject again = row("User", Map.of("AD_ObjectGuid__c", "GUID-1", "Title", "Chief"));

        UpsertResult updated = soap.upsert("AD_ObjectGuid__c", new SObject[] {again})[0];

        assertThat(created.isCreated()).isTrue();
        assertThat(updated.isCreated()).isFalse();
        assertThat(updated.getId()).isEqualTo(created.getId());
        assertThat(server.org().record("User", created.getId()).orElseThrow().text("Title"))
                .isEqualTo("Chief");
    }

    @Test
    void refusesMoreThan200Rows() {
        SObject[] rows = IntStream.range(0, 201)
                .mapToObj(i -> row("User", person(server.org(), "p" + i)))
                .toArray(SObject[]::new);

        ApiFault fault = catchThrowableOfType(ApiFault.class, () -> soap.create(rows));

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.EXCEEDED_ID_LIMIT);
        assertThat(server.org().count("User")).isEqualTo(2);
    }

    @Test
    void pagesThroughALongAnswer() throws Exception {
        for (int call = 0; call < 3; call++) {
            int from = call * 200;
            soap.create(IntStream.range(from, from + 200)
                    .mapToObj(i -> row("User", person(server.org(), "p" + i)))
                    .toArray(SObject[]::new));
        }
        soap.setQueryOptions(250);

        QueryResult first = soap.query("SELECT Id FROM User WHERE Username LIKE 'p%' ORDER BY Id");
        QueryResult second = soap.queryMore(first.getQueryLocator());
        QueryResult third = soap.queryMore(second.getQueryLocator());

        assertThat(first.getSize()).isEqualTo(600);
        assertThat(first.isDone()).isFalse();
        assertThat(first.getQueryLocator()).startsWith("01g").endsWith("-250");
        assertThat(third.isDone()).isTrue();
        assertThat(third.getRecords()).hasSize(100);
    }

    @Test
    void refusesLoginOnThisApiVersion() {
        ApiFault fault = catchThrowableOfType(ApiFault.class, () -> soap.login("integration@acme.example", "x"));

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_OPERATION);
        assertThat(fault.getExceptionMessage())
                .isEqualTo("The SOAP Login operation is not available in the API version specified (65.0). Refer to the"
                        + " documentation for supported versions.");
    }

    @Test
    void letsOldVersionsLogIn() throws Exception {
        String admin = server.org().user("admin@acme.example").orElseThrow().id();
        soap.setPassword(admin, "Geheim-2026");
        PartnerConnection old = SoapClient.with(server, "64.0", "none");

        assertThat(old.login("admin@acme.example", "Geheim-2026").getUserId()).isEqualTo(admin);

        ApiFault fault = catchThrowableOfType(ApiFault.class, () -> old.login("admin@acme.example", "wrong"));
        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_LOGIN);
        assertThat(fault.getExceptionMessage())
                .isEqualTo("Invalid username, password, security token; or user locked out.");
    }

    @Test
    void refusesDocumentTypesAndUnknownVersionsAndOperations() {
        var rest = new RestClient(server);
        String entity = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>";
        String body = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><dance"
                + " xmlns='urn:partner.soap.sforce.com'/></e:Body></e:Envelope>";

        assertThat(post(rest, "65.0", entity + body)).contains("soapenv:Client").contains("Unable to parse");
        assertThat(post(rest, "65.0", body))
                .contains("No operation available for request {urn:partner.soap.sforce.com}dance");
        assertThat(post(rest, "20.0", body)).contains("<faultcode>sf:UNSUPPORTED_API_VERSION</faultcode>");
    }

    private static String post(RestClient rest, String version, String body) {
        RestClient.Answer answer = rest.send(rest.request("/services/Soap/u/" + version)
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.status()).isEqualTo(500);
        return answer.response().body();
    }

    @Test
    void pointsToTheMistakeInAQuery() {
        ApiQueryFault fault = catchThrowableOfType(ApiQueryFault.class, () -> soap.query("SELECT Id FORM User"));

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.MALFORMED_QUERY);
        assertThat(fault.getRow()).isEqualTo(1);
        assertThat(fault.getColumn()).isEqualTo(11);
    }

    @Test
    void describesUser() throws Exception {
        DescribeSObjectResult user = soap.describeSObject("User");

        assertThat(user.isCreateable()).isTrue();
        assertThat(user.isDeletable()).isFalse();
        assertThat(user.getKeyPrefix()).isEqualTo("005");
        Field alias = field(user, "Alias");
        assertThat(alias.getLength()).isEqualTo(8);
        assertThat(alias.isNillable()).isFalse();
        assertThat(field(user, "Name").isCreateable()).isFalse();
        assertThat(field(user, "LanguageLocaleKey").getPicklistValues())
                .anyMatch(entry -> entry.getValue().equals("de"));
        assertThat(field(user, "AD_ObjectGuid__c").isExternalId()).isTrue();
        assertThat(field(user, "ProfileId").getReferenceTo()).containsExactly("Profile");
        assertThat(soap.describeGlobal().getSobjects())
                .anyMatch(type -> type.getName().equals("UserLogin"));
    }

    @Test
    void retrievesByIdWithNothingForUnknownOnes() throws Exception {
        String known = server.org().user("admin@acme.example").orElseThrow().id();

        SObject[] found = soap.retrieve("Id, Username", "User", new String[] {known, "005000000000001AAA"});

        assertThat(found[0].getField("Username")).isEqualTo("admin@acme.example");
        assertThat(found[1]).isNull();
    }

    @Test
    void tellsApiUsageWithEveryAnswer() throws Exception {
        soap.getUserInfo();
        long before = soap.getLimitInfoHeader().getLimitInfo()[0].getCurrent();

        String user = server.org().user("admin@acme.example").orElseThrow().id();
        soap.setPassword(user, "Geheim-2026");

        assertThat(soap.getLimitInfoHeader().getLimitInfo()[0].getCurrent()).isEqualTo(before + 1);
        assertThat(soap.getLimitInfoHeader().getLimitInfo()[0].getType()).isEqualTo("API REQUESTS");
    }

    @Test
    void recordsWhatTheEmailHeaderAsked() throws Exception {
        soap.setEmailHeader(false, false, false);
        soap.setCallOptions("test-client", null);

        soap.create(new SObject[] {row("User", person(server.org(), "quiet"))});

        var entry = server.journal().entries().get(server.journal().entries().size() - 1);
        assertThat(entry.call().headers())
                .containsEntry("EmailHeader.triggerUserEmail", "false")
                .containsEntry("CallOptions.client", "test-client");
        assertThat(entry.call().headers().keySet()).noneMatch(name -> name.startsWith("SessionHeader"));
        assertThat(entry.okRows()).isEqualTo(1);
    }

    @Test
    void endsTheSessionAtLogoutAndSaysSoInTheRealWords() throws Exception {
        soap.logout();

        ApiFault fault = catchThrowableOfType(ApiFault.class, () -> soap.getUserInfo());

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_SESSION_ID);
        assertThat(fault.getExceptionMessage())
                .contains("Illegal Session. Session not found, missing session key: 00D");
    }

    private static Field field(DescribeSObjectResult type, String name) {
        return Arrays.stream(type.getFields())
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
