package dev.salesforcesync.sandbox.salesforce;

import static dev.salesforcesync.sandbox.salesforce.People.person;
import static dev.salesforcesync.sandbox.salesforce.People.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salesforcesync.sandbox.salesforce.org.Mails;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All or none: what fails in the middle leaves nothing behind (REST API guide, allOrNone). */
class AllOrNoneTest {
    private static final String ROLLED_BACK =
            "The transaction was rolled back since another operation in the same transaction failed.";

    private SalesforceOrgServer server;
    private RestClient rest;

    @BeforeEach
    void start() {
        server = SalesforceOrgServer.start(
                OrgSettings.builder("Acme").publicGroup("Sales").build(), 0);
        rest = new RestClient(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<String, Object> part(String id, String method, String path, Object body) {
        return Map.of("referenceId", id, "method", method, "url", RestClient.DATA + path, "body", body);
    }

    private JsonNode composite(List<Map<String, Object>> parts) {
        RestClient.Answer answer =
                rest.call("POST", RestClient.DATA + "/composite", Map.of("allOrNone", true, "compositeRequest", parts));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().path("compositeResponse");
    }

    private Map<String, Object> create(String id, String name) {
        return part(id, "POST", "/sobjects/User", person(server.org(), name));
    }

    private Map<String, Object> typed(String type, Map<String, Object> fields) {
        var typed = new LinkedHashMap<String, Object>(fields);
        typed.put("attributes", Map.of("type", type));
        return typed;
    }

    private int users() {
        return server.org().count("User");
    }

    @Test
    void takesBackWhatWasDoneBeforeAndTriesNothingAfter() {
        int before = users();
        Map<String, Object> bad =
                part("bad", "POST", "/sobjects/User", with(person(server.org(), "x"), "Alias", "123456789"));

        JsonNode answers = composite(List.of(create("anna", "anna"), bad, create("bob", "bob")));

        assertThat(answers).extracting(one -> one.path("referenceId").asText()).containsExactly("anna", "bad", "bob");
        assertThat(answers)
                .extracting(one -> one.path("httpStatusCode").asInt())
                .containsExactly(400, 400, 400);
        assertThat(answers)
                .extracting(one -> one.path("body").path(0).path("errorCode").asText())
                .containsExactly("PROCESSING_HALTED", "STRING_TOO_LONG", "PROCESSING_HALTED");
        assertThat(answers.path(0).path("body").path(0).path("message").asText())
                .isEqualTo(ROLLED_BACK);
        assertThat(users()).isEqualTo(before);
        // Its name is free again.
        assertThat(rest.call("POST", RestClient.DATA + "/sobjects/User", person(server.org(), "anna"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void keepsAllWhenNothingFailed() {
        int before = users();

        JsonNode answers = composite(List.of(
                create("anna", "anna"), part("title", "PATCH", "/sobjects/User/@{anna.id}", Map.of("Title", "Queen"))));

        assertThat(answers)
                .extracting(one -> one.path("httpStatusCode").asInt())
                .containsExactly(201, 204);
        assertThat(users()).isEqualTo(before + 1);
        assertThat(server.org().user("anna@people.example").orElseThrow().text("Title"))
                .isEqualTo("Queen");
    }

    @Test
    void takesBackChangesDeletionsAndPasswordsToo() {
        String admin = server.org().user("admin@acme.example").orElseThrow().id();
        String integration =
                server.org().user("integration@acme.example").orElseThrow().id();
        server.org().setPassword(integration, admin, "Geheim-2026");
        Row adminBefore = server.org().record("User", admin).orElseThrow();
        String group = server.org().records("Group").get(0).id();

        JsonNode answers = composite(List.of(
                part("title", "PATCH", "/sobjects/User/" + admin, Map.of("Title", "Queen")),
                part("group", "DELETE", "/sobjects/Group/" + group, Map.of()),
                part("word", "POST", "/sobjects/User/" + admin + "/password", Map.of("NewPassword", "Anders-2026")),
                part("mail", "DELETE", "/sobjects/User/" + admin + "/password", Map.of()),
                part(
                        "self",
                        "POST",
                        "/sobjects/User/" + integration + "/password",
                        Map.of("NewPassword", "Abcdef-123"))));

        assertThat(answers.path(4).path("body").path(0).path("errorCode").asText())
                .isEqualTo("INSUFFICIENT_ACCESS");
        assertThat(server.org().record("User", admin)).contains(adminBefore);
        assertThat(server.org().record("Group", group)).isPresent();
        assertThat(server.org().signIn("admin@acme.example", "Geheim-2026")).isPresent();
        assertThat(server.org().isPasswordExpired(admin)).isFalse();
        assertThat(server.org().mails().sent()).extracting(Mails.Mail::kind).isEmpty();
    }

    /** "Case 4": the collection keeps its answer, though the account that it calls created is not. */
    @Test
    void overridesACollectionThatWouldKeepItsGoodRows() {
        int before = users();
        List<Map<String, Object>> rows = List.of(
                typed("User", person(server.org(), "anna")),
                typed("User", with(person(server.org(), "bob"), "Alias", "123456789")));

        JsonNode answers = composite(List.of(
                part("both", "POST", "/composite/sobjects", Map.of("allOrNone", false, "records", rows)),
                create("carl", "carl")));

        assertThat(answers.path(0).path("httpStatusCode").asInt()).isEqualTo(200);
        assertThat(answers.path(0).path("body").path(0).path("success").asBoolean())
                .isTrue();
        assertThat(answers.path(1).path("body").path(0).path("message").asText())
                .isEqualTo(ROLLED_BACK);
        assertThat(users()).isEqualTo(before);
    }

    @Test
    void marksTheGoodRowsOfACollectionAsRolledBack() {
        RestClient.Answer answer = rest.call(
                "POST",
                RestClient.DATA + "/composite/sobjects",
                Map.of(
                        "allOrNone",
                        true,
                        "records",
                        List.of(
                                typed("User", person(server.org(), "anna")),
                                typed("User", with(person(server.org(), "bob"), "Alias", "123456789")))));

        assertThat(answer.json())
                .extracting(row -> row.path("errors").path(0).path("statusCode").asText())
                .containsExactly("ALL_OR_NONE_OPERATION_ROLLED_BACK", "STRING_TOO_LONG");
        assertThat(answer.json().path(0).has("id")).isFalse();
        assertThat(server.org().user("anna@people.example")).isEmpty();
    }

    /** SOAP API guide, create(): up to ten chunks, a chunk being rows of one object next to each other. */
    @Test
    void takesTenChunksOfBusinessObjectsAndNoEleventh() {
        assertThat(alternating(10).json()).allMatch(row -> row.path("success").asBoolean());
        RestClient.Answer eleven = alternating(11);

        assertThat(eleven.status()).isEqualTo(400);
        assertThat(eleven.json().path(0).path("message").asText())
                .isEqualTo("Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce"
                        + " chunking.");
    }

    private RestClient.Answer alternating(int chunks) {
        var records = new ArrayList<Map<String, Object>>();
        for (int at = 0; at < chunks; at++) {
            records.add(
                    at % 2 == 0
                            ? typed("Account", Map.of("Name", "Acme " + at))
                            : typed("Contact", Map.of("LastName", "Anna " + at)));
        }
        return rest.call("POST", RestClient.DATA + "/composite/sobjects", Map.of("records", records));
    }

    /** REST API guide, sObject Collections: not for several objects when one belongs to Setup. */
    @Test
    void refusesSeveralObjectsWhenOneBelongsToSetup() {
        RestClient.Answer answer = rest.call(
                "POST",
                RestClient.DATA + "/composite/sobjects",
                Map.of(
                        "records",
                        List.of(
                                typed("User", person(server.org(), "anna")),
                                typed("Group", Map.of("Name", "Queens")))));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path(0).path("message").asText())
                .startsWith("You can't create records for multiple object types in one call");
        assertThat(server.org().user("anna@people.example")).isEmpty();
    }
}
