package dev.salesforcesync.sandbox.salesforce;

import static dev.salesforcesync.sandbox.salesforce.People.person;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several REST requests in one: REST API guide, resources_composite_composite and resources_composite_batch. */
class CompositeTest {
    private static final String COMPOSITE = RestClient.DATA + "/composite";
    private static final String BATCH = COMPOSITE + "/batch";

    private SalesforceOrgServer server;
    private RestClient rest;
    private String admin;

    @BeforeEach
    void start() {
        server = SalesforceOrgServer.start();
        rest = new RestClient(server);
        rest.token();
        admin = server.org().user("admin@acme.example").orElseThrow().id();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<String, Object> part(String id, String method, String path) {
        var part = new LinkedHashMap<String, Object>();
        part.put("referenceId", id);
        part.put("method", method);
        part.put("url", RestClient.DATA + path);
        return part;
    }

    private static Map<String, Object> part(String id, String method, String path, Object body) {
        Map<String, Object> part = part(id, method, path);
        part.put("body", body);
        return part;
    }

    private JsonNode composite(List<Map<String, Object>> parts) {
        RestClient.Answer answer = rest.call("POST", COMPOSITE, Map.of("compositeRequest", parts));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().path("compositeResponse");
    }

    private List<Map<String, Object>> times(int count, String path) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> part("r" + i, "GET", path))
                .toList());
    }

    @Test
    void setsAndResetsPasswordsAsTwentyFiveRequestsInOneCall() {
        var parts = new ArrayList<Map<String, Object>>();
        String path = "/sobjects/User/" + admin + "/password";
        parts.add(part("set", "POST", path, Map.of("NewPassword", "Geheim-2026")));
        parts.add(part("same", "POST", path, Map.of("NewPassword", "Geheim-2026")));
        parts.add(part("expired", "GET", path));
        parts.add(part("reset", "DELETE", path));
        parts.addAll(times(21, path));
        int before = server.org().usage().used();

        JsonNode answers = composite(parts);

        assertThat(answers).hasSize(25);
        assertThat(answers.path(0).path("httpStatusCode").asInt()).isEqualTo(204);
        assertThat(answers.path(0).path("body").isNull()).isTrue();
        assertThat(answers.path(0).path("referenceId").asText()).isEqualTo("set");
        assertThat(answers.path(1).path("httpStatusCode").asInt()).isEqualTo(400);
        assertThat(answers.path(1).path("body").path(0).path("errorCode").asText())
                .isEqualTo("INVALID_NEW_PASSWORD");
        assertThat(answers.path(1).path("body").path(0).path("message").asText())
                .isEqualTo("invalid repeated password");
        assertThat(answers.path(2).path("body").path("isExpired").asBoolean()).isFalse();
        assertThat(answers.path(3).path("body").path("NewPassword").asText()).isNotEmpty();
        assertThat(answers.path(4).path("body").path("isExpired").asBoolean()).isTrue();
        assertThat(server.org().usage().used()).isEqualTo(before + 1);
    }

    @Test
    void hasNoSecretInTheJournalButTheNumberOfRequests() {
        String path = "/sobjects/User/" + admin + "/password";
        composite(List.of(part("set", "POST", path, Map.of("NewPassword", "Geheim-2026"))));

        var entries = server.journal().entries();
        var entry = entries.get(entries.size() - 1);

        assertThat(entry.call().operation()).isEqualTo("composite");
        assertThat(entry.call().rows()).isEqualTo(1);
        assertThat(entry.call().write()).isTrue();
        assertThat(entry.call().headers()).containsEntry("composite.setPassword", "1");
        assertThat(entry.toString()).doesNotContain("Geheim-2026");
    }

    @Test
    void refusesTheOwnPasswordInsideTheWholeWithout403ForTheWhole() {
        String self =
                server.org().user("integration@acme.example").orElseThrow().id();

        JsonNode answers = composite(List.of(
                part("self", "POST", "/sobjects/User/" + self + "/password", Map.of("NewPassword", "Geheim-2026"))));

        assertThat(answers.path(0).path("httpStatusCode").asInt()).isEqualTo(403);
        assertThat(answers.path(0).path("body").path(0).path("errorCode").asText())
                .isEqualTo("INSUFFICIENT_ACCESS");
    }

    @Test
    void putsValuesOfEarlierAnswersIntoLaterRequests() {
        JsonNode answers = composite(List.of(
                part("anna", "POST", "/sobjects/User", person(server.org(), "anna")),
                part(
                        "bob",
                        "POST",
                        "/sobjects/User",
                        People.with(person(server.org(), "bob"), "ManagerId", "@{anna.id}")),
                part("read", "GET", "/sobjects/User/@{bob.id}?fields=ManagerId"),
                part("found", "GET", "/query?q=SELECT+Id+FROM+User+WHERE+Username='anna@people.example'"),
                part("again", "GET", "/sobjects/User/@{found.records[0].Id}?fields=LastName")));

        String anna = server.org().user("anna@people.example").orElseThrow().id();
        assertThat(answers.path(0).path("httpStatusCode").asInt()).isEqualTo(201);
        assertThat(answers.path(2).path("body").path("ManagerId").asText()).isEqualTo(anna);
        assertThat(answers.path(4).path("body").path("LastName").asText()).isEqualTo("anna");
    }

    @Test
    void haltsWhatRefersToARequestThatFailed() {
        JsonNode answers = composite(List.of(
                part("anna", "POST", "/sobjects/User", People.without(person(server.org(), "anna"), "LastName")),
                part("read", "GET", "/sobjects/User/@{anna.id}"),
                part("other", "GET", "/limits")));

        assertThat(answers.path(0).path("httpStatusCode").asInt()).isEqualTo(400);
        assertThat(answers.path(1).path("body").path(0).path("errorCode").asText())
                .isEqualTo("PROCESSING_HALTED");
        assertThat(answers.path(2).path("httpStatusCode").asInt()).isEqualTo(200);
    }

    @Test
    void refusesTwentySixRequestsAsOneAnswerWithoutReference() {
        // Recorded in guardian/support-service-lambdas#766.
        JsonNode answers = composite(times(26, "/limits"));

        assertThat(answers).hasSize(1);
        assertThat(answers.path(0).path("httpStatusCode").asInt()).isEqualTo(400);
        assertThat(answers.path(0).path("referenceId").isNull()).isTrue();
        assertThat(answers.path(0).path("body").path(0).path("errorCode").asText())
                .isEqualTo("LIMIT_EXCEEDED");
        assertThat(answers.path(0).path("body").path(0).path("message").asText())
                .isEqualTo("The request can’t contain more than 25 operations.");
    }

    @Test
    void takesFiveQueriesOrCollectionsAndNoMore() {
        String query = "/query?q=SELECT+Id+FROM+Profile+LIMIT+1";
        assertThat(composite(times(5, query))).hasSize(5);
        List<Map<String, Object>> six = times(5, query);
        six.add(part("users", "POST", "/composite/sobjects", Map.of("records", List.of())));

        JsonNode answers = composite(six);

        assertThat(answers).hasSize(1);
        assertThat(answers.path(0).path("body").path(0).path("errorCode").asText())
                .isEqualTo("LIMIT_EXCEEDED");
    }

    @Test
    void refusesReferenceIdsThatAreMissingOrTwice() {
        Map<String, Object> one = part("same", "GET", "/limits");

        assertThat(rest.call("POST", COMPOSITE, Map.of("compositeRequest", List.of(one, one)))
                        .status())
                .isEqualTo(400);
        assertThat(rest.call("POST", COMPOSITE, Map.of("compositeRequest", List.of(People.without(one, "referenceId"))))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void locksTheOneRequestWhoseRowTheFaultNames() {
        server.faults().nextWrites(1, new Fault.RowLocked(1));

        JsonNode answers = composite(List.of(
                part("a", "POST", "/sobjects/User", person(server.org(), "anna")),
                part("b", "POST", "/sobjects/User", person(server.org(), "bob"))));

        assertThat(answers.path(0).path("httpStatusCode").asInt()).isEqualTo(201);
        assertThat(answers.path(1).path("body").path(0).path("errorCode").asText())
                .isEqualTo("UNABLE_TO_LOCK_ROW");
    }

    private static Map<String, Object> batchPart(String method, String path) {
        return Map.of("method", method, "url", "v65.0" + path);
    }

    @Test
    void runsABatchAndCountsEachOfItsRequests() {
        int before = server.org().usage().used();

        JsonNode answer = rest.call(
                        "POST",
                        BATCH,
                        Map.of(
                                "batchRequests",
                                List.of(
                                        batchPart("GET", "/limits"),
                                        batchPart("GET", "/sobjects/Nothing"),
                                        batchPart("GET", "/sobjects/User/" + admin + "/password"))))
                .json();

        assertThat(answer.path("hasErrors").asBoolean()).isTrue();
        assertThat(answer.path("results").path(0).path("statusCode").asInt()).isEqualTo(200);
        assertThat(answer.path("results").path(1).path("statusCode").asInt()).isEqualTo(404);
        assertThat(answer.path("results")
                        .path(2)
                        .path("result")
                        .path("isExpired")
                        .isBoolean())
                .isTrue();
        assertThat(server.org().usage().used()).isEqualTo(before + 3);
    }

    @Test
    void haltsABatchAfterItsFirstErrorWhenAsked() {
        JsonNode answer = rest.call(
                        "POST",
                        BATCH,
                        Map.of(
                                "haltOnError",
                                true,
                                "batchRequests",
                                List.of(batchPart("GET", "/sobjects/Nothing"), batchPart("GET", "/limits"))))
                .json();

        assertThat(answer.path("results").path(1).path("statusCode").asInt()).isEqualTo(412);
        assertThat(answer.path("results")
                        .path(1)
                        .path("result")
                        .path(0)
                        .path("errorCode")
                        .asText())
                .isEqualTo("BATCH_PROCESSING_HALTED");
    }
}
