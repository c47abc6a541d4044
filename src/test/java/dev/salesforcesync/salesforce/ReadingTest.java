package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
    private final ScriptedSalesforce server = new ScriptedSalesforce();
    private final SalesforceOrg org = SalesforceGateway.open(server.settings());

    @AfterEach
    void close() {
        org.close();
        server.close();
    }

    private static String user(int number) {
        return "{\"attributes\":{\"type\":\"User\",\"url\":\"/x\"},\"Id\":\"" + ScriptedSalesforce.id(number)
                + "\",\"Username\":\"u" + number
                + "@x.example\",\"IsActive\":true,\"ProfileId\":\"00e\",\"Title\":null,"
                + "\"SystemModstamp\":\"2026-11-22T10:00:00.000+0000\",\"Profile\":{\"attributes\":{},\"Name\":\"P\"}}";
    }

    private String failed(Result<?> result) {
        return ((Result.Failed<?>) result).failure().reason();
    }

    @Test
    void readsPageAfterPage() {
        server.rest = request -> request.path().contains("01g")
                ? server.json(200, "{\"totalSize\":2,\"done\":true,\"records\":[" + user(2) + "]}")
                : server.json(
                        200,
                        "{\"totalSize\":2,\"done\":false,\"nextRecordsUrl\":\"/services/data/v65.0/query/01gX-2000\","
                                + "\"records\":[" + user(1) + "]}");

        Result<List<SalesforceUser>> users = org.readUsers(Set.of("Title", "Profile.Name", "username"));

        assertThat(users)
                .isEqualTo(Result.ok(IntStream.of(1, 2)
                        .mapToObj(number -> new SalesforceUser(
                                new SalesforceId(ScriptedSalesforce.id(number)),
                                Map.of(
                                        "Username", "u" + number + "@x.example",
                                        "IsActive", "true",
                                        "ProfileId", "00e",
                                        "Profile.Name", "P"),
                                Instant.parse("2026-11-22T10:00:00Z")))
                        .toList()));
        assertThat(server.seen("/query").get(0).body())
                .isEqualTo("SELECT Id, Username, IsActive, ProfileId, SystemModstamp, Profile.Name, Title FROM User "
                        + "WHERE UserType IN ('Standard','CsnOnly')");
        assertThat(org.callsSent()).containsEntry("query", 1L).containsEntry("queryMore", 1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"totalSize\":2,\"done\":true,\"records\":[]}",
                "{\"totalSize\":0,\"done\":false,\"records\":[]}",
                "{\"totalSize\":0,\"done\":true,\"records\":[",
                "{\"totalSize\":0,\"done\":true,\"records\":[]",
                "<html>hello</html>",
                "[]",
                "",
                "{\"totalSize\":1,\"done\":true,\"records\":[{\"Id\":\"nonsense\"}]}",
                "{\"totalSize\":9,\"done\":false,\"nextRecordsUrl\":\"http://evil.example/x\",\"records\":[]}"
            })
    void anAnswerThatIsNotWholeIsNoAnswer(String body) {
        server.rest = request -> server.json(200, body);

        assertThat(failed(org.readUsers(Set.of()))).isEqualTo("SalesforceAnswerUnreadable");
    }

    @Test
    void aConnectionThatBreaksIsSaid() {
        server.rest = request -> ScriptedSalesforce.truncated("{\"totalSize\":0}");

        assertThat(failed(org.readUsers(Set.of()))).isEqualTo("SalesforceConnectionLost");
    }

    @Test
    void longListsAreAskedForInPieces() {
        server.rest = request -> server.json(200, "{\"totalSize\":0,\"done\":true,\"records\":[]}");
        List<String> names = IntStream.range(0, 2_000)
                .mapToObj(number -> "zoë.o'brien" + number + "@corp.example")
                .toList();

        assertThat(org.readUsersBy("Username", names, Set.of())).isEqualTo(Result.ok(List.of()));

        List<ScriptedSalesforce.Seen> queries = server.seen("/query");
        assertThat(queries).hasSizeBetween(5, 20);
        assertThat(queries)
                .allSatisfy(query -> assertThat(
                                java.net.URLEncoder.encode(query.body(), java.nio.charset.StandardCharsets.UTF_8))
                        .hasSizeLessThanOrEqualTo(12_000));
        assertThat(queries.stream()
                        .mapToInt(query -> query.body().split("zoë", -1).length - 1)
                        .sum())
                .isEqualTo(2_000);
    }

    @Test
    void noValuesMakeNoCall() {
        assertThat(org.readUsersBy("Username", List.of(), Set.of())).isEqualTo(Result.ok(List.of()));
        assertThat(org.loginRecords(List.of())).isEqualTo(Result.ok(Map.of()));
        assertThat(org.assigneesOf(Set.of())).isEqualTo(Result.ok(Set.of()));
        assertThat(org.callsSent()).isEmpty();
    }

    @Test
    void nothingButAFieldNameGetsIntoAQuery() {
        assertThat(failed(org.readUsers(Set.of("Id FROM Account--")))).isEqualTo("SalesforceFieldUnknown");
        assertThat(failed(org.readUsersBy("Id = '' OR Id", List.of("x"), Set.of())))
                .isEqualTo("SalesforceFieldUnknown");
        assertThat(org.callsSent()).isEmpty();
    }

    @Test
    void literalsAreEscaped() {
        assertThat(Soql.literal("a'b\\c\nd\re\tf\bg\fh%_\"ü")).isEqualTo("'a\\'b\\\\c\\nd\\re\\tf\\bg\\fh%_\"ü'");
        assertThat(Soql.dateTime(Instant.parse("2026-11-22T10:00:00.123456Z"))).isEqualTo("2026-11-22T10:00:00.123Z");
    }

    @ParameterizedTest
    @CsvSource({
        "403, REQUEST_LIMIT_EXCEEDED, TotalRequests Limit exceeded., SalesforceRequestLimitExceeded",
        "403, REQUEST_LIMIT_EXCEEDED, ConcurrentRequests Limit exceeded., SalesforceConcurrentLimitExceeded",
        "403, API_DISABLED_FOR_ORG, API is not enabled, SalesforceApiDisabled",
        "400, INVALID_FIELD, No such column 'X', SalesforceFieldUnknown",
        "400, MALFORMED_QUERY, unexpected token, SalesforceQueryRefused",
        "400, INVALID_TYPE, sObject type 'Profile' is not supported, SalesforcePermissionsInsufficient",
        "404, NOT_FOUND, The requested resource does not exist, SalesforceEndpointNotFound",
        "503, SERVER_UNAVAILABLE, busy, SalesforceUnavailable"
    })
    void restErrorsSpeakTheSameWords(int status, String code, String text, String reason) {
        server.rest = request -> server.json(status, "[{\"message\":\"" + text + "\",\"errorCode\":\"" + code + "\"}]");

        assertThat(failed(org.readUsers(Set.of()))).isEqualTo(reason);
    }

    @Test
    void aUserWhoMayNotCreateUsersIsToldWhatToGrant() {
        server.rest = request -> server.json(200, "{}");
        server.describe = ScriptedSalesforce.USER_DESCRIBE.replaceFirst("\"createable\":true", "\"createable\":false");

        Failure failure = ((Result.Failed<?>) org.describe()).failure();

        assertThat(failure.reason()).isEqualTo("SalesforcePermissionsInsufficient");
        assertThat(failure.message())
                .contains("API Enabled")
                .contains("Manage Internal Users")
                .contains("View Setup")
                .contains("View All Users");
    }
}
