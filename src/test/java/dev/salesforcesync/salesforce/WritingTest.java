package dev.salesforcesync.salesforce;

import static dev.salesforcesync.salesforce.ScriptedSalesforce.closed;
import static dev.salesforcesync.salesforce.ScriptedSalesforce.envelope;
import static dev.salesforcesync.salesforce.ScriptedSalesforce.redirect;
import static dev.salesforcesync.salesforce.ScriptedSalesforce.refusedRow;
import static dev.salesforcesync.salesforce.ScriptedSalesforce.truncated;
import static dev.salesforcesync.salesforce.ScriptedSalesforce.zipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import dev.salesforcesync.salesforce.SalesforceOrg.NewAssignment;
import dev.salesforcesync.salesforce.SalesforceOrg.UserUpdate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a write comes to, for each way a server has been seen to answer it. */
class WritingTest {
    private final ScriptedSalesforce server = new ScriptedSalesforce();
    private final SalesforceOrg org = SalesforceGateway.open(server.settings());
    private static final SalesforceId ANNA = new SalesforceId(ScriptedSalesforce.id(7));

    @AfterEach
    void close() {
        org.close();
        server.close();
    }

    private static List<Map<String, String>> rows(int number) {
        return Collections.nCopies(number, Map.of("LastName", "Müller", "IsActive", "true"));
    }

    private List<RowOutcome> create(int number) {
        return org.createUsers(rows(number), Optional.empty());
    }

    private void unknownAndNeverSentAgain(int rows, String reason) {
        List<RowOutcome> outcomes = create(rows);

        assertThat(outcomes).hasSize(rows).allSatisfy(outcome -> {
            assertThat(outcome).isInstanceOf(RowOutcome.Unknown.class);
            assertThat(((RowOutcome.Unknown) outcome).failure().reason()).isEqualTo(reason);
        });
        assertThat(server.writes()).hasSize(1);
    }

    @Test
    void anAnswerWithIdsIsWrittenRowByRow() {
        server.soap = request -> server.saved(3);

        assertThat(create(3))
                .containsExactly(
                        new RowOutcome.Written(new SalesforceId(ScriptedSalesforce.id(0))),
                        new RowOutcome.Written(new SalesforceId(ScriptedSalesforce.id(1))),
                        new RowOutcome.Written(new SalesforceId(ScriptedSalesforce.id(2))));
        assertThat(org.callsSent()).containsEntry("create", 1L).containsEntry("describe", 1L);
    }

    @Test
    void aZippedAnswerIsRead() {
        String answer = envelope("", "create", "<result><id>" + ANNA + "</id><success>true</success></result>");
        server.soap = request -> zipped(200, "text/xml", answer);

        assertThat(create(1)).containsExactly(new RowOutcome.Written(ANNA));
    }

    @Test
    void oneRefusedRowLeavesTheOthersWritten() {
        String good = "<result><id>" + ANNA + "</id><success>true</success></result>";
        String bad = refusedRow("DUPLICATE_USERNAME", "Duplicate Username.&lt;br&gt;anna@corp.example", "Username");
        server.soap = request -> server.plain(200, "text/xml", envelope("", "create", good + bad + good));

        List<RowOutcome> outcomes = create(3);

        assertThat(outcomes.get(0)).isEqualTo(new RowOutcome.Written(ANNA));
        assertThat(outcomes.get(2)).isEqualTo(new RowOutcome.Written(ANNA));
        RowOutcome.Refused refused = (RowOutcome.Refused) outcomes.get(1);
        assertThat(refused.failure().reason()).isEqualTo("SalesforceDuplicateUserName");
        assertThat(refused.failure().message()).doesNotContain("anna");
        assertThat(refused.fields()).containsExactly("Username");
    }

    @Test
    void theMessageSaysNoEmailsNotAllOrNoneAndOurName() {
        create(1);

        String sent = server.seen("/Soap/").get(0).body();
        assertThat(sent)
                .contains("triggerUserEmail>false<")
                .contains("triggerAutoResponseEmail>false<")
                .contains("triggerOtherEmail>false<")
                .contains("allOrNone>false<")
                .contains("client>salesforce-sync-operator<")
                .containsPattern("IsActive[^>]*xsi:type=\"xsd:boolean\"[^>]*>true<")
                .contains("Müller");
    }

    @Test
    void clearedFieldsStandRightAfterTheTypeAndValuesAfterTheId() {
        org.updateUsers(List.of(new UserUpdate(
                ANNA, Map.of("Title", Optional.empty(), "FirstName", Optional.of(""), "LastName", Optional.of("B")))));

        assertThat(server.seen("/Soap/").get(0).body())
                .containsPattern("(?s)type[^>]*>User<.*fieldsToNull[^>]*>FirstName<.*fieldsToNull[^>]*>Title<"
                        + ".*Id[^>]*>" + ANNA + "<.*LastName[^>]*>B<");
    }

    @Test
    void upsertNamesTheExternalIdField() {
        String answer = "<result><created>true</created><id>" + ANNA + "</id><success>true</success></result>";
        server.soap = request -> server.plain(200, "text/xml", envelope("", "upsert", answer));

        assertThat(org.createUsers(List.of(Map.of("LastName", "A", "AD_Guid__c", "1-2")), Optional.of("AD_Guid__c")))
                .containsExactly(new RowOutcome.Written(ANNA));
        assertThat(server.writes()).containsExactly("upsert");
        assertThat(server.seen("/Soap/").get(0).body()).containsPattern("externalIDFieldName>AD_Guid__c<");
    }

    @Test
    void freezingWritesTheSignInRecord() {
        SalesforceId login = new SalesforceId("0Yw000000000001AAA");
        server.soap = request -> server.saved("update", 1);

        assertThat(org.setFrozen(List.of(new LoginRecord(login, ANNA, false)), true))
                .hasOnlyElementsOfType(RowOutcome.Written.class);
        assertThat(server.seen("/Soap/").get(0).body())
                .contains(">UserLogin<")
                .contains(login.value())
                .containsPattern("IsFrozen[^>]*xsd:boolean[^>]*>true<");
    }

    @Test
    void aControlCharacterIsRefusedForItsRowOnlyAndNotSent() {
        server.soap = request -> server.saved(1);

        List<RowOutcome> outcomes = org.createUsers(
                List.of(Map.of("LastName", "A\u0007B"), Map.of("LastName", "C"), Map.of("LastName", "\uD800")),
                Optional.empty());

        assertThat(outcomes.get(1)).isInstanceOf(RowOutcome.Written.class);
        for (int row : new int[] {0, 2}) {
            RowOutcome.Refused refused = (RowOutcome.Refused) outcomes.get(row);
            assertThat(refused.failure().reason()).isEqualTo("SalesforceIllegalCharacter");
            assertThat(refused.fields()).containsExactly("LastName");
        }
        assertThat(server.seen("/Soap/").get(0).body()).doesNotContain(">AB<");
    }

    @Test
    void aFieldTheOrgDoesNotHaveNeverSpoilsTheWholeCall() {
        server.soap = request -> server.saved(1);

        List<RowOutcome> outcomes =
                org.createUsers(List.of(Map.of("Nonsense__c", "A"), Map.of("LastName", "C")), Optional.empty());

        assertThat(((RowOutcome.Refused) outcomes.get(0)).failure().reason()).isEqualTo("SalesforceFieldUnknown");
        assertThat(outcomes.get(1)).isInstanceOf(RowOutcome.Written.class);
    }

    @Test
    void whatCanNotBeWrittenOrHasTheWrongTypeIsRefusedBeforeSending() {
        List<RowOutcome> outcomes = org.updateUsers(List.of(
                new UserUpdate(ANNA, Map.of("ContactId", Optional.of(ANNA.value()))),
                new UserUpdate(ANNA, Map.of("IsActive", Optional.of("maybe"))),
                new UserUpdate(ANNA, Map.of("NumberOfSeats__c", Optional.of("two")))));

        assertThat(outcomes)
                .extracting(outcome -> ((RowOutcome.Refused) outcome).failure().reason())
                .containsExactly("SalesforceFieldNotWritable", "SalesforceValueInvalid", "SalesforceValueInvalid");
        assertThat(server.writes()).isEmpty();
    }

    @Test
    void htmlWith503LeavesDoubt() {
        server.soap = request -> server.plain(503, "text/html", "<html><body>Down for maintenance</body></html>");
        unknownAndNeverSentAgain(2, "SalesforceUnavailable");
    }

    @Test
    void htmlWith200LeavesDoubt() {
        server.soap = request -> server.plain(200, "text/html", "<html><body>Hello</body></html>");
        unknownAndNeverSentAgain(2, "SalesforceAnswerUnreadable");
    }

    @Test
    void anEmpty503LeavesDoubt() {
        server.soap = request -> server.plain(503, "text/xml", "");
        unknownAndNeverSentAgain(2, "SalesforceUnavailable");
    }

    @Test
    void aConnectionClosedWithoutAnAnswerLeavesDoubtAndIsNotRepeated() {
        create(1); // so that the next one goes over a kept-alive connection, where HttpURLConnection would repeat it
        server.soap = request -> closed();

        assertThat(create(2)).hasOnlyElementsOfType(RowOutcome.Unknown.class);
        assertThat(server.writes()).hasSize(2);
    }

    @Test
    void halfAnAnswerLeavesDoubt() {
        server.soap = request -> truncated(envelope("", "create", "<result/>".repeat(100)));
        unknownAndNeverSentAgain(1, "SalesforceConnectionLost");
    }

    @Test
    void aServerThatDoesNotAnswerInTimeLeavesDoubt() {
        server.soap = request -> server.never();
        SalesforceOrg hasty = SalesforceGateway.open(
                server.settings(Duration.ofSeconds(2), new SalesforceSettings.Budget(100, 0, 4)));

        assertThat(hasty.createUsers(rows(1), Optional.empty()))
                .singleElement()
                .satisfies(outcome -> assertThat(
                                ((RowOutcome.Unknown) outcome).failure().reason())
                        .isEqualTo("SalesforceTimeout"));
        assertThat(server.writes()).hasSize(1);
    }

    @Test
    void aServerThatStopsAfterTheHeadIsTimedOutToo() {
        server.soap = request -> server.headOnly();
        SalesforceOrg hasty = SalesforceGateway.open(
                server.settings(Duration.ofSeconds(2), new SalesforceSettings.Budget(100, 0, 4)));

        assertThat(hasty.createUsers(rows(1), Optional.empty())).hasOnlyElementsOfType(RowOutcome.Unknown.class);
    }

    @Test
    void anUnknownStatusCodeInOneRowLeavesDoubtForAll() {
        String good = "<result><id>" + ANNA + "</id><success>true</success></result>";
        String odd = refusedRow("BRAND_NEW_CODE", "Something new");
        server.soap = request -> server.plain(200, "text/xml", envelope("", "create", good + odd));
        unknownAndNeverSentAgain(2, "SalesforceAnswerUnreadable");
    }

    @Test
    void anUnknownHeaderLeavesDoubt() {
        server.soap = request -> server.plain(
                200,
                "text/xml",
                envelope("<NewHeader><x>1</x></NewHeader>", "create", "<result><success>true</success></result>"));
        unknownAndNeverSentAgain(1, "SalesforceAnswerUnreadable");
    }

    @Test
    void aDocumentTypeIsRefusedAndNothingOutsideIsRead() {
        server.soap = request -> server.plain(
                200, "text/xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + server.url() + "/evil\">]><x>&e;</x>");
        unknownAndNeverSentAgain(1, "SalesforceAnswerUnreadable");
        assertThat(server.seen("/evil")).isEmpty();
    }

    @Test
    void fewerResultsThanRowsLeaveDoubt() {
        server.soap = request -> server.saved(1);
        unknownAndNeverSentAgain(2, "SalesforceAnswerUnreadable");
    }

    @Test
    void aResultWithoutAnIdLeavesDoubt() {
        server.soap = request ->
                server.plain(200, "text/xml", envelope("", "create", "<result><success>true</success></result>"));
        unknownAndNeverSentAgain(1, "SalesforceAnswerUnreadable");
    }

    @Test
    void aFaultOfSalesforcesOwnLeavesDoubt() {
        server.soap = request -> server.fault(500, "sf:UNKNOWN_EXCEPTION", "An unexpected error occurred");
        unknownAndNeverSentAgain(2, "SalesforceErrorUnclassified");
    }

    @Test
    void aFaultOfAnOverloadedServerLeavesDoubtWhateverItsStatus() {
        server.soap = request -> server.fault(503, "sf:SERVER_UNAVAILABLE", "Too many requests waiting");
        unknownAndNeverSentAgain(2, "SalesforceUnavailable");
    }

    @Test
    void aFaultWithAnUnknownCodeLeavesDoubt() {
        server.soap = request -> server.fault(500, "sf:BRAND_NEW_FAULT", "Something new");
        unknownAndNeverSentAgain(1, "SalesforceErrorUnclassified");
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.soap = request -> redirect(server.url() + "/elsewhere");

        assertThat(create(1))
                .singleElement()
                .satisfies(outcome -> assertThat(
                                ((RowOutcome.NotSent) outcome).failure().reason())
                        .isEqualTo("SalesforceUnexpectedRedirect"));
        assertThat(server.seen("/elsewhere")).isEmpty();
    }

    @Test
    void aSpentDailyLimitMeansThatNothingWasWritten() {
        server.soap = request -> server.fault(500, "sf:REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");

        assertThat(create(2))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(
                                ((RowOutcome.NotSent) outcome).failure().reason())
                        .isEqualTo("SalesforceRequestLimitExceeded"));
    }

    @Test
    void aServerThatIsNotThereMeansThatNothingWasSent() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String here = server.url().toString();
        server.token = request -> server.json(200, server.tokenAnswer());
        SalesforceOrg nowhere = SalesforceGateway.open(new SalesforceSettings(
                URI.create("http://127.0.0.1:" + port),
                "65.0",
                server.settings().authentication(),
                Optional.empty(),
                Optional.empty(),
                SalesforceSettings.Budget.DEFAULT,
                Duration.ofSeconds(5)));

        assertThat(nowhere.createUsers(rows(2), Optional.empty())).hasSize(2).allSatisfy(outcome -> {
            Failure failure = ((RowOutcome.NotSent) outcome).failure();
            assertThat(failure).isInstanceOf(Failure.Transient.class);
            assertThat(failure.reason()).isEqualTo("SalesforceUnreachable");
            assertThat(failure.message()).doesNotContain(here);
        });
        assertThat(nowhere.callsSent()).isEmpty();
    }

    @Test
    void anExpiredSessionIsRenewedOnceWhateverItsWording() {
        List<String> wordings = List.of(
                "INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session. Session not found, "
                        + "missing session key: 00D!T1",
                "INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Session timed out",
                "INVALID_SESSION_ID: Session expired or invalid",
                "");
        for (String code : List.of("sf:INVALID_SESSION_ID", "INVALID_SESSION_ID")) {
            for (String wording : wordings) {
                AtomicInteger refusals = new AtomicInteger(1);
                server.soap =
                        request -> refusals.getAndDecrement() > 0 ? server.fault(500, code, wording) : server.saved(2);
                int before = server.signIns.get();
                boolean first = before == 0;

                assertThat(create(2)).as(wording).hasOnlyElementsOfType(RowOutcome.Written.class);
                assertThat(server.signIns.get()).isEqualTo(before + (first ? 2 : 1));
            }
        }
    }

    @Test
    void aSessionRefusedAgainAfterItsRenewalIsNotTriedForEver() {
        server.soap = request -> server.fault(500, "sf:INVALID_SESSION_ID", "Session expired or invalid 00D!T1");

        assertThat(create(1)).singleElement().satisfies(outcome -> {
            Failure failure = ((RowOutcome.NotSent) outcome).failure();
            assertThat(failure.reason()).isEqualTo("SalesforceSessionRejected");
            assertThat(failure.message()).doesNotContain("00D");
        });
        assertThat(server.writes()).hasSize(2);
        assertThat(server.signIns).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "NOT_FOUND"})
    void aRowThatIsGoneCountsAsTaken(String code) {
        SalesforceId gone = new SalesforceId("0Pa000000000001AAA");
        SalesforceId locked = new SalesforceId("0Pa000000000002AAA");
        server.soap = request -> server.plain(
                200,
                "text/xml",
                envelope(
                        "",
                        "delete",
                        refusedRow(code, "entity is deleted") + refusedRow("INSUFFICIENT_ACCESS_OR_READONLY", "no")));

        List<RowOutcome> outcomes = org.withdraw(EntitlementKind.PERMISSION_SET, List.of(gone, locked));

        assertThat(outcomes.get(0)).isEqualTo(new RowOutcome.Written(gone));
        assertThat(((RowOutcome.Refused) outcomes.get(1)).failure().reason())
                .isEqualTo("SalesforcePermissionsInsufficient");
        assertThat(server.writes()).containsExactly("delete");
        assertThat(server.seen("/Soap/").get(0).body())
                .contains(gone.value())
                .contains("allOrNone>false<")
                .contains("triggerUserEmail>false<");
    }

    @Test
    void aDuplicateThatIsNotFoundStaysRefusedAndOneThatCanNotBeLookedForIsUnknown() {
        List<NewAssignment> rows = List.of(new NewAssignment(ANNA, new SalesforceId("0PS000000000001AAA")));
        server.soap = request -> server.plain(
                200, "text/xml", envelope("", "create", refusedRow("DUPLICATE_VALUE", "an automation of the org")));
        server.rest = request -> server.json(200, "{\"totalSize\":0,\"done\":true,\"records\":[]}");

        assertThat(((RowOutcome.Refused)
                                org.grant(EntitlementKind.PERMISSION_SET, rows).get(0))
                        .failure()
                        .reason())
                .isEqualTo("SalesforceDuplicateValue");

        server.rest = request -> server.plain(503, "text/html", "");
        assertThat(org.grant(EntitlementKind.PERMISSION_SET, rows))
                .singleElement()
                .satisfies(outcome -> assertThat(
                                ((RowOutcome.Unknown) outcome).failure().reason())
                        .isEqualTo("SalesforceUnavailable"));
    }

    @Test
    void moreThanTwoHundredRowsAreAnErrorOfTheCaller() {
        assertThatThrownBy(() -> create(201)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noRowsMakeNoCall() {
        assertThat(create(0)).isEmpty();
        assertThat(org.callsSent()).isEmpty();
    }
}
