package dev.salesforcesync.sandbox.salesforce;

import static dev.salesforcesync.sandbox.salesforce.People.person;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The REST API as a plain HTTP client sees it. */
class RestApiTest {
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

    @Test
    void listsItsVersionsToAnybody() {
        RestClient.Answer answer = rest.send(rest.request("/services/data").GET());

        assertThat(answer.json())
                .anyMatch(version -> version.path("version").asText().equals("65.0"));
    }

    @Test
    void createsReadsChangesAndFindsAUser() {
        RestClient.Answer created = rest.call("POST", users(), person(server.org(), "anna"));
        assertThat(created.status()).isEqualTo(201);
        String id = created.json().path("id").asText();

        assertThat(rest.call("PATCH", users() + "/" + id, Map.of("Title", "Queen"))
                        .status())
                .isEqualTo(204);
        JsonNode user = rest.get(users() + "/" + id + "?fields=Title,Alias").json();
        assertThat(user.path("Title").asText()).isEqualTo("Queen");
        assertThat(user.path("attributes").path("url").asText()).endsWith("/sobjects/User/" + id);
        assertThat(user.has("Username")).isFalse();

        JsonNode found = rest.query("SELECT Id, CreatedDate, Manager.Name, Profile.Name FROM User WHERE Alias = 'anna'")
                .json();
        assertThat(found.path("totalSize").asInt()).isEqualTo(1);
        assertThat(found.path("done").asBoolean()).isTrue();
        JsonNode record = found.path("records").path(0);
        assertThat(record.path("CreatedDate").asText()).endsWith(".000+0000");
        assertThat(record.path("Manager").isNull()).isTrue();
        assertThat(record.path("Profile").path("Name").asText()).isEqualTo("Standard User");
        assertThat(record.path("Profile").path("attributes").path("type").asText())
                .isEqualTo("Profile");
    }

    @Test
    void upsertsByExternalId() {
        String url = users() + "/AD_ObjectGuid__c/guid-1";

        RestClient.Answer created = rest.call("PATCH", url, person(server.org(), "anna"));
        RestClient.Answer updated = rest.call("PATCH", url, Map.of("Title", "Queen"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("created").asBoolean()).isTrue();
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.json().path("created").asBoolean()).isFalse();
        assertThat(rest.get(url).json().path("Title").asText()).isEqualTo("Queen");
    }

    @Test
    void saysInJsonWhyItRefuses() {
        RestClient.Answer answer = rest.call("POST", users(), People.without(person(server.org(), "anna"), "Email"));

        assertThat(answer.status()).isEqualTo(400);
        JsonNode error = answer.json().path(0);
        assertThat(error.path("errorCode").asText()).isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(error.path("message").asText()).isEqualTo("Required fields are missing: [Email]");
        assertThat(error.path("fields").path(0).asText()).isEqualTo("Email");
        assertThat(rest.call("POST", users(), "no object")
                        .json()
                        .path(0)
                        .path("errorCode")
                        .asText())
                .isEqualTo("JSON_PARSER_ERROR");
        assertThat(rest.get(RestClient.DATA + "/nothing").status()).isEqualTo(404);
        assertThat(rest.call("DELETE", users() + "/" + someUser(), Map.of()).status())
                .isEqualTo(405);
    }

    @Test
    void writesACollectionRowByRow() {
        var good = typed(person(server.org(), "good"));
        var bad = typed(People.with(person(server.org(), "bad"), "Email", "nothing"));

        JsonNode answer = rest.call(
                        "POST",
                        RestClient.DATA + "/composite/sobjects",
                        Map.of("allOrNone", false, "records", List.of(good, bad)))
                .json();

        assertThat(answer.path(0).path("success").asBoolean()).isTrue();
        assertThat(answer.path(0).path("id").asText()).startsWith("005");
        assertThat(answer.path(1).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("INVALID_EMAIL_ADDRESS");
        JsonNode again = rest.call(
                        "POST",
                        RestClient.DATA + "/composite/sobjects",
                        Map.of("allOrNone", true, "records", List.of(typed(person(server.org(), "two")), bad)))
                .json();
        assertThat(again.path(0).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("ALL_OR_NONE_OPERATION_ROLLED_BACK");
        assertThat(server.org().user("two@people.example")).isEmpty();
    }

    @Test
    void pagesBy2000() {
        for (int call = 0; call < 11; call++) {
            var rows = new ArrayList<Map<String, Object>>();
            for (int i = 0; i < 200; i++) {
                rows.add(typed(person(server.org(), "p" + (call * 200 + i))));
            }
            RestClient.Answer answer =
                    rest.call("POST", RestClient.DATA + "/composite/sobjects", Map.of("records", rows));
            assertThat(answer.json()).allMatch(row -> row.path("success").asBoolean());
        }

        JsonNode first = rest.query("SELECT Id FROM User").json();
        JsonNode second = rest.get(first.path("nextRecordsUrl").asText()).json();

        assertThat(first.path("totalSize").asInt()).isEqualTo(2202);
        assertThat(first.path("records")).hasSize(2000);
        assertThat(second.path("records")).hasSize(202);
        assertThat(second.path("done").asBoolean()).isTrue();
    }

    @Test
    void tellsItsUsageWithEveryAnswer() {
        RestClient.Answer first = rest.get(RestClient.DATA + "/limits");
        RestClient.Answer missing = rest.get(RestClient.DATA + "/nothing");

        assertThat(first.header("Sforce-Limit-Info")).isEqualTo("api-usage=1/1000000");
        assertThat(first.json().path("DailyApiRequests").path("Remaining").asInt())
                .isEqualTo(999_999);
        assertThat(missing.header("Sforce-Limit-Info")).isEqualTo("api-usage=2/1000000");
    }

    @Test
    void describesFields() {
        JsonNode user = rest.get(users() + "/describe").json();

        assertThat(user.path("updateable").asBoolean()).isTrue();
        assertThat(user.path("fields")).anySatisfy(field -> {
            assertThat(field.path("name").asText()).isEqualTo("TimeZoneSidKey");
            assertThat(field.path("restrictedPicklist").asBoolean()).isTrue();
            assertThat(field.path("picklistValues"))
                    .anyMatch(value -> value.path("value").asText().equals("Europe/Berlin"));
        });
    }

    @Test
    void readsZippedBodiesAndZipsLongAnswers() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            zip.write(RestClient.JSON.writeValueAsBytes(person(server.org(), "anna")));
        }

        RestClient.Answer created = rest.send(rest.signed(users())
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                // From a stream: the length is not known, so the body is sent in chunks.
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(zipped.toByteArray()))));
        RestClient.Answer described = rest.send(rest.signed(users() + "/describe")
                .header("Accept-Encoding", "gzip")
                .GET());

        assertThat(created.status()).isEqualTo(201);
        assertThat(described.header("Content-Encoding")).isEqualTo("gzip");
    }

    @Test
    void answersABrokenZipWithBadRequest() {
        RestClient.Answer answer = rest.send(rest.signed(users())
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString("not zipped")));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void knowsNoSessionOfADeactivatedUser() {
        String me = server.org().user("integration@acme.example").orElseThrow().id();
        assertThat(rest.get(RestClient.DATA + "/limits").status()).isEqualTo(200);

        server.org().editAsHuman("User", me, Map.of("IsActive", false));

        assertThat(rest.get(RestClient.DATA + "/limits").status()).isEqualTo(401);
    }

    @Test
    void setsAPasswordByThePolicyAndNeverOnesOwn() {
        String url = users() + "/" + someUser() + "/password";

        assertThat(rest.call("POST", url, Map.of("NewPassword", "Geheim-2026")).status())
                .isEqualTo(204);
        assertThat(rest.call("POST", url, Map.of("NewPassword", "Geheim-2026"))
                        .json()
                        .path(0)
                        .path("message")
                        .asText())
                .isEqualTo("invalid repeated password");
        assertThat(rest.call("POST", url, Map.of("NewPassword", "onlyletters"))
                        .json()
                        .path(0)
                        .path("message")
                        .asText())
                .isEqualTo("Your password must include letters and numbers");
        String own = server.org().user("integration@acme.example").orElseThrow().id();
        assertThat(rest.call("POST", users() + "/" + own + "/password", Map.of("NewPassword", "Geheim-2026"))
                        .status())
                .isEqualTo(403);
        assertThat(server.org().signIn("admin@acme.example", "Geheim-2026")).isPresent();
    }

    @Test
    void showsItsStateAndItsJournal() {
        rest.call("POST", users(), person(server.org(), "anna"));

        JsonNode state =
                rest.send(rest.request("/sandbox/state?objects=User").GET()).json();
        JsonNode journal = rest.send(rest.request("/sandbox/journal").GET()).json();

        assertThat(state.path("counts").path("User").asInt()).isEqualTo(3);
        assertThat(state.path("objects").path("User"))
                .anyMatch(user -> user.path("Alias").asText().equals("anna"));
        assertThat(journal.path("writeCalls").asInt()).isEqualTo(1);
        JsonNode last = journal.path("entries").path(journal.path("entries").size() - 1);
        assertThat(last.path("operation").asText()).isEqualTo("create");
        assertThat(last.path("object").asText()).isEqualTo("User");
        assertThat(last.path("okRows").asInt()).isEqualTo(1);
        assertThat(journal.toString()).doesNotContain(rest.token());
    }

    private String someUser() {
        return server.org().user("admin@acme.example").orElseThrow().id();
    }

    private static String users() {
        return RestClient.DATA + "/sobjects/User";
    }

    private static Map<String, Object> typed(Map<String, Object> fields) {
        var typed = new LinkedHashMap<String, Object>();
        typed.put("attributes", Map.of("type", "User"));
        typed.putAll(fields);
        return typed;
    }
}
