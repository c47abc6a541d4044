package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox org answers SOAP in the elements and in the words that other clients have recorded from real orgs. */
class RecordedSoapAnswersTest {
    private static final String ADMIN = "admin@recorded.example";

    private SalesforceOrgServer server;
    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        server = SalesforceOrgServer.start(OrgSettings.builder("Recorded").build(), 0);
        scene = Scene.open(SandboxOrgContractTest.contractOrg(server));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void soapRows() {
        String id = scene.user();
        String person = scene.person("soap").entrySet().stream()
                .map(field -> "<s:" + field.getKey() + ">"
                        + Xml.escape(field.getValue().toString()) + "</s:" + field.getKey() + ">")
                .collect(Collectors.joining());
        String assignment = scene.one("SELECT Id FROM PermissionSet WHERE Name = 'Report_Reader'")
                .path("Id")
                .asText();

        same("create", sobjects("create", "<s:type>User</s:type>" + person));
        same("create-refused", sobjects("create", "<s:type>User</s:type>" + person));
        same("update", sobjects("update", "<s:type>User</s:type><s:Id>" + id + "</s:Id><s:Title>x</s:Title>"));
        same("upsert", twice(person.replace("soap", "upsert")));
        Xml given = sobjects(
                "create",
                "<s:type>PermissionSetAssignment</s:type><s:AssigneeId>" + id + "</s:AssigneeId><s:PermissionSetId>"
                        + assignment + "</s:PermissionSetId>");
        same("delete", soap("<delete><ids>" + given.at("result", "id").text() + "</ids></delete>"));
        same("delete-refused", soap("<delete><ids>005i000004DAKd</ids></delete>"));
    }

    @Test
    void soapRecords() throws Exception {
        for (int at = 0; at < 198; at++) {
            scene.create(scene.person("page"));
        }
        String more = scene.wire()
                .query("SELECT Id FROM User", "Sforce-Query-Options", "batchSize=200")
                .json()
                .path("nextRecordsUrl")
                .asText();

        same("query", soap("<query><queryString>SELECT Id, Alias, Username FROM User LIMIT 2</queryString></query>"));
        same(
                "query-more",
                soap("<queryMore><queryLocator>" + more.substring(more.lastIndexOf('/') + 1)
                        + "</queryLocator></queryMore>"));
        same(
                "retrieve",
                soap(
                        "<retrieve><fieldList>Id, Username, Title, LastName</fieldList><sObjectType>User</sObjectType><ids>"
                                + scene.user() + "</ids></retrieve>"));
    }

    @Test
    void soapSessions() {
        String admin = server.org().user(ADMIN).orElseThrow().id();
        server.org().setPassword(scene.me(), admin, "Recorded-2026");

        same("get-user-info", soap("<getUserInfo/>"));
        same("login", login("Recorded-2026"));
        same("login-refused", login("wrong"));
        same(
                "session-dead",
                scene.wire()
                        .as("00D!dead")
                        .soap(Wire.VERSION, "<getUserInfo/>")
                        .xml()
                        .operation());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DescribeSObjectResult, <describeSObject><sObjectType>User</sObjectType></describeSObject>, result",
        "Field, <describeSObject><sObjectType>User</sObjectType></describeSObject>, result/fields",
        "PicklistEntry, <describeSObject><sObjectType>User</sObjectType></describeSObject>, result/fields/picklistValues",
        "DescribeGlobalResult, <describeGlobal/>, result",
        "DescribeGlobalSObjectResult, <describeGlobal/>, result/sobjects",
        "GetUserInfoResult, <getUserInfo/>, result",
        "GetServerTimestampResult, <getServerTimestamp/>, result"
    })
    void ordersElementsAsTheWsdlDoes(String type, String request, String path) {
        List<Xml> elements = List.of(soap(request));
        for (String name : path.split("/", -1)) {
            elements = elements.stream()
                    .flatMap(element -> element.all(name).stream())
                    .toList();
        }
        List<String> order = wsdlOrder(type);

        assertThat(elements).isNotEmpty().allSatisfy(element -> {
            List<Integer> places = element.names().stream().map(order::indexOf).toList();
            assertThat(places).as("%s of %s", element.names(), order).isSorted().doesNotContain(-1);
        });
    }

    private static List<String> wsdlOrder(String type) {
        return RecordedXml.text("partner-wsdl.txt")
                .lines()
                .filter(line -> line.startsWith(type + ": "))
                .map(line -> Arrays.asList(line.substring(type.length() + 2).split(" ", -1)))
                .findFirst()
                .orElseThrow();
    }

    private static void same(String recording, Xml answer) {
        assertThat(RecordedXml.named(recording).differencesOf(answer))
                .as(recording)
                .isEmpty();
    }

    private Xml soap(String body) {
        return scene.wire().soap(Wire.VERSION, body).xml().operation();
    }

    private Xml sobjects(String operation, String row) {
        return soap("<" + operation + "><sObjects>" + row + "</sObjects></" + operation + ">");
    }

    private Xml twice(String person) {
        String row = "<sObjects><s:type>User</s:type>" + person + "<s:" + OrgSettings.ANCHOR_FIELD + ">one</s:"
                + OrgSettings.ANCHOR_FIELD + "></sObjects>";
        String other = row.replace(">one<", ">two<");
        soap("<upsert><externalIDFieldName>" + OrgSettings.ANCHOR_FIELD + "</externalIDFieldName>" + row + "</upsert>");
        return soap("<upsert><externalIDFieldName>" + OrgSettings.ANCHOR_FIELD + "</externalIDFieldName>"
                + other.replace("contract.invalid", "other.invalid") + row + "</upsert>");
    }

    private Xml login(String password) {
        return Wire.to(scene.org().url())
                .soap("64.0", "<login><username>" + ADMIN + "</username><password>" + password + "</password></login>")
                .xml()
                .operation();
    }
}
