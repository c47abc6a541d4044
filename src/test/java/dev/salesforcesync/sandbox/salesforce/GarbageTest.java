package dev.salesforcesync.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a client sends, the org refuses it in its own words: a failure of the org itself would be a bug. */
class GarbageTest {
    private static final List<String> WORDS = List.of(
            "SELECT",
            "Id",
            "FROM",
            "User",
            "WHERE",
            "AND",
            "OR",
            "NOT",
            "(",
            ")",
            ",",
            "=",
            "!=",
            "<",
            ">",
            "LIKE",
            "IN",
            "'a%'",
            "''",
            "'\\'",
            "null",
            "true",
            "2020-01-01",
            "2020-01-01T00:00:00Z",
            "1e9",
            "-5",
            "99999999999999",
            "ORDER BY",
            "LIMIT",
            "OFFSET",
            "COUNT()",
            "Profile.Name",
            "Profile.UserLicense.Name",
            "Manager.Manager.Name",
            "IsActive",
            "CreatedDate",
            "TotalLicenses",
            "NULLS LAST",
            "DESC",
            ".",
            "..",
            "Id.",
            "é",
            "\u0000",
            "\t",
            ":x",
            "(SELECT Id FROM Profile)",
            "GROUP BY",
            "HAVING",
            "FOR UPDATE",
            "*",
            ";",
            "--",
            "\\u12",
            "UserLicense");

    private final Random random = new Random(20_261_122);
    private SalesforceOrgServer server;
    private RestClient rest;

    @BeforeEach
    void start() {
        server = SalesforceOrgServer.start();
        rest = new RestClient(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private byte[] bytes(int most) {
        var bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String words(int most) {
        var text = new StringBuilder(random.nextBoolean() ? "SELECT Id FROM User WHERE " : "SELECT ");
        for (int at = random.nextInt(most); at >= 0; at--) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextInt(5) == 0 ? "" : " ");
        }
        return text.toString();
    }

    @Test
    void answersEveryQueryWithRowsOrARefusal() {
        for (int at = 0; at < 1_500; at++) {
            String soql = at % 3 == 0 ? new String(bytes(60), StandardCharsets.ISO_8859_1) : words(12);

            RestClient.Answer answer = rest.query(soql);

            assertThat(answer.status()).as(soql).isIn(200, 400);
            if (answer.status() == 400) {
                assertThat(answer.json().path(0).path("errorCode").asText())
                        .as(soql)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void pointsIntoEveryQueryThatItDoesNotUnderstand() {
        for (int at = 0; at < 500; at++) {
            String soql = words(12);
            RestClient.Answer answer = rest.query(soql);
            if (answer.status() == 400
                    && answer.json().path(0).path("errorCode").asText().equals("MALFORMED_QUERY")) {
                assertThat(answer.json().path(0).path("message").asText())
                        .as(soql)
                        .containsPattern("\\^\\nERROR at Row:\\d+:Column:\\d+\\n.+");
            }
        }
    }

    @Test
    void answersEveryBodyWithARefusal() {
        List<String> paths = List.of(
                "/sobjects/User",
                "/sobjects/User/005000000000000AAA",
                "/sobjects/User/AD_ObjectGuid__c/x",
                "/sobjects/User/005000000000000AAA/password",
                "/composite",
                "/composite/batch",
                "/composite/sobjects",
                "/composite/sobjects/User/AD_ObjectGuid__c",
                "/%20",
                "/query/01g-1");
        List<String> bodies = List.of(
                "[]",
                "{}",
                "null",
                "{\"records\":[1]}",
                "{\"records\":[{}]}",
                "{\"records\":[{\"attributes\":{\"type\":\"Nobody\"}}]}",
                "{\"records\":[{\"attributes\":{\"type\":\"User\"},\"Profile\":{\"Name\":[1]}}]}",
                "{\"compositeRequest\":[{}]}",
                "{\"compositeRequest\":[1]}",
                "{\"compositeRequest\":[{\"method\":\"GET\",\"url\":\"%zz\",\"referenceId\":\"a\"}]}",
                "{\"compositeRequest\":[{\"method\":\"GET\",\"url\":\"/services/data/v65.0/query?q=%\",\"referenceId\":\"a\"}]}",
                "{\"batchRequests\":[{\"method\":\"X\",\"url\":\"v65.0/\"}]}",
                "{\"NewPassword\":[]}",
                "{\"Username\":{\"a\":1}}",
                "{\"Email\":[1]}",
                "{\"IsActive\":\"perhaps\",\"Alias\":5}");
        for (String path : paths) {
            for (String method : List.of("GET", "POST", "PATCH", "DELETE", "PUT")) {
                for (int at = 0; at < bodies.size() + 5; at++) {
                    byte[] body = at < bodies.size() ? bodies.get(at).getBytes(StandardCharsets.UTF_8) : bytes(80);

                    RestClient.Answer answer = rest.send(rest.signed(RestClient.DATA + path)
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(body)));

                    assertThat(answer.status())
                            .as("%s %s %s", method, path, new String(body, StandardCharsets.UTF_8))
                            .isLessThan(500);
                }
            }
        }
    }

    @Test
    void answersEveryEnvelopeWithAFault() {
        String good =
                RawSoap.envelope(rest.token(), "", "<query><queryString>SELECT Id FROM User</queryString></query>");
        for (int at = 0; at < 400; at++) {
            byte[] body = at % 2 == 0 ? bytes(200) : damaged(good);

            RestClient.Answer answer =
                    rest.send(RawSoap.post(server, "65.0").POST(HttpRequest.BodyPublishers.ofByteArray(body)));

            assertThat(answer.response().body()).contains("Envelope").doesNotContain("sandbox org failed");
        }
        for (String operation : List.of(
                "<create/>",
                "<create><sObjects/></create>",
                "<update><sObjects><type>User</type></sObjects></update>",
                "<upsert><sObjects><type>User</type></sObjects></upsert>",
                "<upsert><externalIDFieldName>Nope</externalIDFieldName><sObjects><type>User</type></sObjects></upsert>",
                "<delete><ids/></delete>",
                "<delete><ids>x</ids></delete>",
                "<retrieve/>",
                "<retrieve><fieldList>Id</fieldList><sObjectType>User</sObjectType><ids>x</ids></retrieve>",
                "<queryMore/>",
                "<queryMore><queryLocator>x-y</queryLocator></queryMore>",
                "<setPassword/>",
                "<describeSObjects/>",
                "<describeSObject><sObjectType/></describeSObject>",
                "<getUpdated/>",
                "<invalidateSessions/>",
                "<process/>")) {
            RestClient.Answer answer = rest.send(RawSoap.post(server, "65.0")
                    .POST(HttpRequest.BodyPublishers.ofString(RawSoap.envelope(rest.token(), "", operation))));

            assertThat(answer.response().body()).as(operation).contains("Envelope");
        }
    }

    private byte[] damaged(String good) {
        byte[] body = good.getBytes(StandardCharsets.UTF_8);
        for (int at = random.nextInt(4); at >= 0; at--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    @Test
    void answersTokenRequestsOfAnyForm() {
        rest.token();
        for (int at = 0; at < 200; at++) {
            RestClient.Answer answer =
                    rest.send(HttpRequest.newBuilder(URI.create(server.baseUrl() + "/services/oauth2/token"))
                            .header("Authorization", "Basic " + (at % 2 == 0 ? "Og==" : "%%%"))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(100))));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("error").asText()).isNotEmpty();
        }
    }
}
