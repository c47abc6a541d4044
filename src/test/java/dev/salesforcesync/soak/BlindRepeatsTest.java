package dev.salesforcesync.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.RowConcerned;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forged journals: the rule is broken in each way, and kept in each way. */
class BlindRepeatsTest {
    private static final RowConcerned ANNA = new RowConcerned("", "anna@example.com", false);
    private static final RowConcerned BERT = new RowConcerned("005000000000001AAA", "", false);

    private final BlindRepeats repeats = new BlindRepeats();
    private long number;

    private Journal.Entry entry(Call call, String outcome, String fault, boolean answered) {
        return new Journal.Entry(
                ++number, Instant.EPOCH, call, call.rows(), List.of(), Map.of(), outcome, fault, answered);
    }

    private Journal.Entry write(String type, String fault, boolean answered, RowConcerned... rows) {
        return entry(
                new Call("SOAP", "update", type, rows.length, true, Map.of(), List.of(rows), false),
                "OK",
                fault,
                answered);
    }

    private Journal.Entry lost(RowConcerned... rows) {
        return write("User", "CloseAfterCommit", false, rows);
    }

    private Journal.Entry sent(RowConcerned... rows) {
        return write("User", "", true, rows);
    }

    private Journal.Entry query(String type, boolean limited, String outcome, boolean answered) {
        return entry(new Call("REST", "query", type, 0, false, Map.of(), List.of(), limited), outcome, "", answered);
    }

    private List<String> found(Journal.Entry... entries) {
        repeats.read(List.of(entries));
        return repeats.found();
    }

    @Test
    void findsTheSameUsernameSentAgain() {
        assertThat(found(lost(ANNA), sent(ANNA))).hasSize(1);
        assertThat(repeats.lost()).isEqualTo(1);
    }

    @Test
    void findsTheSameRecordAmongOthers() {
        assertThat(found(lost(ANNA, BERT), sent(new RowConcerned(BERT.id(), "", true))))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Html503", "Empty503", "ServerUnavailable", "TruncatedAnswer", "UnknownSoapHeader"})
    void knowsFaultsThatLeaveDoubtThoughSomethingCameBack(String fault) {
        assertThat(found(write("User", fault, true, ANNA), sent(ANNA))).hasSize(1);
    }

    @Test
    void aCodeThatNobodyKnowsSpoilsTheAnswerIfARowHadIt() {
        assertThat(found(withCodes(Map.of("CODE_OF_A_LATER_RELEASE", 1), ANNA), sent(ANNA)))
                .hasSize(1);
    }

    @Test
    void aCodeThatNobodyKnowsAndNoRowHadLeavesNoDoubt() {
        assertThat(found(withCodes(Map.of(), ANNA), sent(ANNA))).isEmpty();
    }

    private Journal.Entry withCodes(Map<String, Integer> codes, RowConcerned... rows) {
        Journal.Entry plain = write("User", "UnknownStatusCode", true, rows);
        return new Journal.Entry(
                plain.number(),
                plain.at(),
                plain.call(),
                plain.okRows(),
                plain.ids(),
                codes,
                plain.outcome(),
                plain.fault(),
                plain.answered());
    }

    @Test
    void aRefusalWithAnAnswerLeavesNoDoubt() {
        assertThat(found(write("User", "RowLocked", true, ANNA), sent(ANNA))).isEmpty();
        assertThat(found(write("User", "DailyLimitReached", true, BERT), sent(BERT)))
                .isEmpty();
    }

    @Test
    void anAnsweredReadOfTheObjectEndsTheDoubt() {
        assertThat(found(lost(ANNA), query("User", false, "OK", true), sent(ANNA)))
                .isEmpty();
    }

    @Test
    void aQuestionForOneChangeIsNoRead() {
        assertThat(found(lost(ANNA), query("User", true, "OK", true), sent(ANNA)))
                .hasSize(1);
    }

    @Test
    void aReadThatFailedOrWasLostIsNoRead() {
        assertThat(found(
                        lost(ANNA),
                        query("User", false, "OK", false),
                        query("User", false, "REQUEST_LIMIT_EXCEEDED", true),
                        sent(ANNA)))
                .hasSize(1);
    }

    @Test
    void aHeaderThatNobodyKnowsSpoilsReadsBySoapOnly() {
        assertThat(found(lost(ANNA), strange("REST"), sent(ANNA))).isEmpty();
        assertThat(found(lost(BERT), strange("SOAP"), sent(BERT))).hasSize(1);
    }

    private Journal.Entry strange(String protocol) {
        Call query = new Call(protocol, "query", "User", 0, false, Map.of());
        return entry(query, "OK", "UnknownSoapHeader", true);
    }

    @Test
    void aReadOfAnotherObjectIsNoRead() {
        assertThat(found(lost(ANNA), query("UserLogin", false, "OK", true), sent(ANNA)))
                .hasSize(1);
    }

    @Test
    void rowsOfOthersMayBeSent() {
        assertThat(found(lost(ANNA), sent(BERT))).isEmpty();
    }
}
