package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sforce.soap.partner.LimitInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counters, collections, composites and pages. */
interface RestFacts {
    Pattern USAGE = Pattern.compile("api-usage=(\\d+)/(\\d+)(;.*)?");

    Scene scene();

    @Test
    @Tries(Fact.REST_LIMIT_HEADER)
    default void tellsTheUsageWithRestAnswers() {
        assertThat(scene().wire().query("SELECT Id FROM Organization").header("Sforce-Limit-Info"))
                .matches(USAGE);
        assertThat(scene().wire().get(Wire.DATA + "/sobjects/User/describe").header("Sforce-Limit-Info"))
                .matches(USAGE);
    }

    @Test
    @Tries(Fact.SOAP_LIMIT_HEADER)
    default void tellsTheUsageWithSoapAnswersSetPasswordToo() throws Exception {
        var soap = scene().anotherSoap();

        soap.setPassword(scene().user(), scene().password());

        LimitInfo[] infos = soap.getLimitInfoHeader().getLimitInfo();
        assertThat(infos).anyMatch(info -> info.getType().equals("API REQUESTS"));
        assertThat(infos[0].getLimit()).isPositive();
    }

    @Test
    @Tries(Fact.LIMITS)
    default void tellsTheDailyLimit() {
        JsonNode daily = scene().wire().get(Wire.DATA + "/limits").json().path("DailyApiRequests");

        assertThat(daily.path("Max").asInt()).isPositive();
        assertThat(daily.path("Remaining").isInt()).isTrue();
    }

    @Test
    @Tries(Fact.ROWS_FOR_THEMSELVES)
    default void answersEachRowOfACollectionForItself() {
        Map<String, Object> good = row(scene().user(), "Department", "Contract");
        Map<String, Object> bad = row(scene().user(), "Alias", "much too long");

        Wire.Answer answer =
                scene().wire().call("PATCH", Wire.DATA + "/composite/sobjects", Map.of("records", List.of(bad, good)));

        assertThat(answer.status()).isEqualTo(200);
        JsonNode refused = answer.json().path(0);
        assertThat(refused.path("success").asBoolean(true)).isFalse();
        assertThat(refused.path("errors").path(0).path("statusCode").asText()).isEqualTo("STRING_TOO_LONG");
        assertThat(refused.path("errors").path(0).path("fields").path(0).asText())
                .isEqualTo("Alias");
        JsonNode done = answer.json().path(1);
        assertThat(done.path("success").asBoolean()).isTrue();
        assertThat(done.path("id").asText()).isEqualTo(scene().user());
        assertThat(done.path("errors")).isEmpty();
    }

    @Test
    @Tries(Fact.COMPOSITE_SHAPE)
    default void answersEachRequestOfAComposite() {
        JsonNode answers = composite(List.of(query("one"), Map.of("method", "GET", "url", foo(), "referenceId", "two")))
                .json()
                .path("compositeResponse");

        assertThat(answers).hasSize(2);
        assertThat(names(answers.path(0)))
                .containsExactlyInAnyOrder("body", "httpHeaders", "httpStatusCode", "referenceId");
        assertThat(answers.path(0).path("httpStatusCode").asInt()).isEqualTo(200);
        assertThat(answers.path(0).path("referenceId").asText()).isEqualTo("one");
        assertThat(answers.path(1).path("httpStatusCode").asInt()).isEqualTo(404);
        assertThat(answers.path(1).path("body").path(0).path("errorCode").asText())
                .isEqualTo("NOT_FOUND");
        assertThat(answers.path(1).path("body").path(0).path("message").asText())
                .isEqualTo("The requested resource does not exist");
    }

    @Test
    @Tries(Fact.COMPOSITE_COUNTS_ONCE)
    default void countsACompositeAsOneCall() {
        Wire.Answer one = composite(List.of(query("one")));
        Wire.Answer five =
                composite(IntStream.range(0, 5).mapToObj(at -> query("q" + at)).toList());

        // Others may use the org meanwhile, but not with four calls in this moment.
        assertThat(usage(five) - usage(one)).isBetween(0, 3);
    }

    @Test
    @Tries(Fact.COMPOSITE_25)
    default void refusesACompositeOfMoreThanTwentyFive() {
        List<Map<String, Object>> parts = IntStream.range(0, 26)
                .mapToObj(at -> Map.<String, Object>of("method", "GET", "url", foo(), "referenceId", "r" + at))
                .toList();

        Wire.Answer answer = composite(parts);

        assertThat(answer.body()).contains("LIMIT_EXCEEDED");
        assertThat(answer.json().path("compositeResponse")).hasSizeLessThan(26);
    }

    @Test
    @Tries(Fact.COMPOSITE_PASSWORDS)
    default void setsPasswordsInsideAComposite() {
        JsonNode part = composite(List.of(Map.of(
                        "method",
                        "POST",
                        "url",
                        Wire.DATA + "/sobjects/User/" + scene().user() + "/password",
                        "referenceId",
                        "p",
                        "body",
                        Map.of("NewPassword", scene().password()))))
                .json()
                .path("compositeResponse")
                .path(0);

        assertThat(part.path("httpStatusCode").asInt()).isEqualTo(204);
    }

    @Test
    @Tries({Fact.QUERY_PAGES, Fact.QUERY_LOCATOR})
    default void pagesThroughAQuery() {
        String soql = "SELECT Id FROM User ORDER BY Id";
        JsonNode first = scene().wire()
                .query(soql, "Sforce-Query-Options", "batchSize=200")
                .json();
        assumeThat(first.path("totalSize").asInt())
                .as("more than 200 users are needed for a second page")
                .isGreaterThan(200);
        Set<String> ids = new HashSet<>();
        List<JsonNode> pages = new ArrayList<>(List.of(first));

        for (JsonNode page = first; !page.path("done").asBoolean(); ) {
            String next = page.path("nextRecordsUrl").asText();
            assertThat(next).matches("/services/data/v65\\.0/query/01g\\w+-\\d+");
            page = scene().wire()
                    .get(next, "Sforce-Query-Options", "batchSize=200")
                    .json();
            pages.add(page);
        }

        pages.forEach(page ->
                page.path("records").forEach(record -> ids.add(record.path("Id").asText())));
        assertThat(first.path("records")).hasSize(200);
        assertThat(first.path("nextRecordsUrl").asText()).endsWith("-200");
        assertThat(ids).hasSize(first.path("totalSize").asInt());
        assertThat(pages.get(pages.size() - 1).has("nextRecordsUrl")).isFalse();
    }

    private Wire.Answer composite(List<Map<String, Object>> parts) {
        Wire.Answer answer = scene().wire()
                .call("POST", Wire.DATA + "/composite", Map.of("allOrNone", false, "compositeRequest", parts));
        assertThat(answer.status()).isIn(200, 400);
        return answer;
    }

    private static Map<String, Object> query(String reference) {
        return Map.of(
                "method",
                "GET",
                "url",
                Wire.DATA + "/query?q=" + Wire.encode("SELECT Id FROM Organization"),
                "referenceId",
                reference);
    }

    private static String foo() {
        return Wire.DATA + "/sobjects/Foo";
    }

    private static Map<String, Object> row(String id, String field, String value) {
        return Map.of("attributes", Map.of("type", "User"), "id", id, field, value);
    }

    private static int usage(Wire.Answer answer) {
        Matcher matcher = USAGE.matcher(answer.header("Sforce-Limit-Info"));
        assertThat(matcher.matches()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
