package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ApiBudgetTest {
    private static final Pattern UNTIL = Pattern.compile("about (\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d) UTC");
    private final ManualClock clock = new ManualClock();

    private ApiBudget budget(int share, long reserve) {
        return new ApiBudget(new SalesforceSettings.Budget(share, reserve, 4), clock);
    }

    private static boolean call(ApiBudget budget) {
        Optional<Failure> refused = budget.admit(Urgency.CHANGE);
        if (refused.isEmpty()) {
            budget.ended(true);
        }
        return refused.isEmpty();
    }

    @Test
    void callsGoOutAsLongAsNothingIsKnown() {
        ApiBudget budget = budget(1, 100);
        for (int i = 0; i < 10; i++) {
            assertThat(call(budget)).isTrue();
        }
    }

    @Test
    void ourShareIsNeverExceededAndComesBackAfterADay() {
        ApiBudget budget = budget(10, 0);
        budget.observed(0, 100);
        int sent = 0;
        for (int i = 0; i < 50; i++) {
            sent += call(budget) ? 1 : 0;
        }
        assertThat(sent).isEqualTo(9);

        Failure.Transient refused =
                (Failure.Transient) budget.admit(Urgency.CHANGE).orElseThrow();
        assertThat(refused.reason()).isEqualTo("SalesforceApiBudgetExhausted");
        clock.pass(refused.atLeast().minusSeconds(1));
        assertThat(call(budget)).isFalse();
        clock.pass(Duration.ofSeconds(1));
        budget.observed(0, 100);
        assertThat(call(budget)).isTrue();
    }

    @Test
    void whoWaitsIsToldUntilWhenAndInTheSameWordsUntilThen() {
        ApiBudget budget = budget(10, 0);
        budget.observed(0, 10);
        Instant sent = clock.instant();
        assertThat(call(budget)).isTrue();

        Failure first = budget.admit(Urgency.CHANGE).orElseThrow();
        clock.pass(Duration.ofMinutes(7));
        Failure later = budget.admit(Urgency.CHANGE).orElseThrow();

        Matcher until = UNTIL.matcher(first.message());
        assertThat(until.find()).isTrue();
        Instant told = Instant.parse(until.group(1) + "T" + until.group(2) + ":00Z");
        assertThat(told)
                .isBetween(
                        sent.plus(Duration.ofHours(24)),
                        sent.plus(Duration.ofHours(24).plusMinutes(11)));
        assertThat(later.message()).isEqualTo(first.message());
    }

    @Test
    void whoWaitsForTheReserveIsToldWhenItIsLookedAtAgain() {
        ApiBudget budget = budget(100, 20);
        budget.observed(95, 100);

        Matcher until = UNTIL.matcher(budget.admit(Urgency.CHANGE).orElseThrow().message());

        assertThat(until.find()).isTrue();
        assertThat(Instant.parse(until.group(1) + "T" + until.group(2) + ":00Z"))
                .isBetween(
                        clock.instant().plus(Duration.ofMinutes(15)),
                        clock.instant().plus(Duration.ofMinutes(16)));
    }

    @Test
    void aShareOfLessThanOneCallSaysSo() {
        ApiBudget budget = budget(1, 0);
        budget.observed(0, 50);

        assertThat(budget.admit(Urgency.CHANGE).orElseThrow().message())
                .contains("too small for a single call")
                .doesNotContain("UTC");
    }

    @Test
    void theReserveIsLeftToOthersWhoeverUsedTheRest() {
        ApiBudget budget = budget(100, 20);
        budget.observed(63, 100);

        assertThat(call(budget)).isTrue();
        assertThat(call(budget)).isTrue();
        assertThat(call(budget)).isFalse();
    }

    @Test
    void callsThatAreStillOnTheirWayCountToo() {
        ApiBudget budget = budget(100, 20);
        budget.observed(63, 100);

        assertThat(budget.admit(Urgency.CHANGE)).isEmpty();
        assertThat(budget.admit(Urgency.CHANGE)).isEmpty();
        assertThat(budget.admit(Urgency.CHANGE)).isPresent();
    }

    @Test
    void aCallThatWasNeverSentIsGivenBack() {
        ApiBudget budget = budget(1, 0);
        budget.observed(0, 100);
        assertThat(budget.admit(Urgency.CHANGE)).isEmpty();
        budget.ended(false);

        assertThat(budget.admit(Urgency.CHANGE)).isEmpty();
    }

    @Test
    void oneLookEachQuarterOfAnHourFindsOutThatTheWindowMoved() {
        ApiBudget budget = budget(100, 20);
        budget.observed(95, 100);
        assertThat(budget.admitLook()).isPresent();

        clock.pass(Duration.ofMinutes(15));
        assertThat(budget.admit(Urgency.CHANGE)).isPresent();
        assertThat(budget.admitLook()).isEmpty();
        assertThat(budget.admitLook()).isPresent();
        budget.observed(10, 100);
        budget.ended(true);

        assertThat(call(budget)).isTrue();
    }

    @Test
    void figuresInRestAndSoapAnswersStopTheGatewayBeforeItSends() {
        try (ScriptedSalesforce server = new ScriptedSalesforce()) {
            server.usage = "";
            String limit = "<LimitInfoHeader><limitInfo><current>990</current><limit>1000</limit>"
                    + "<type>API REQUESTS</type></limitInfo></LimitInfoHeader>";
            String saved = "<result><id>" + ScriptedSalesforce.id(1) + "</id><success>true</success></result>";
            server.soap = request -> server.plain(200, "text/xml", ScriptedSalesforce.envelope(limit, "create", saved));
            SalesforceOrg org = SalesforceGateway.open(
                    server.settings(Duration.ofSeconds(10), new SalesforceSettings.Budget(100, 10, 4)));
            var rows = java.util.List.of(java.util.Map.of("LastName", "A"));

            assertThat(org.createUsers(rows, Optional.empty()).get(0)).isInstanceOf(RowOutcome.Written.class);
            RowOutcome.NotSent second =
                    (RowOutcome.NotSent) org.createUsers(rows, Optional.empty()).get(0);
            assertThat(second.failure().reason()).isEqualTo("SalesforceApiBudgetExhausted");
            assertThat(org.readUsers(Set.of())).isInstanceOf(Result.Failed.class);
            assertThat(server.writes()).hasSize(1);
        }
    }

    @Test
    void eachKindOfWorkEndsBeforeTheMoreUrgentOnes() {
        ApiBudget budget = budget(100, 0);
        budget.observed(0, 100);
        Map<Urgency, Integer> sent = new EnumMap<>(Urgency.class);
        List<Urgency> leastUrgentFirst = new ArrayList<>(List.of(Urgency.values()));
        Collections.reverse(leastUrgentFirst);
        int all = 0;
        for (Urgency urgency : leastUrgentFirst) {
            while (budget.admit(urgency).isEmpty()) {
                budget.ended(true);
                all++;
            }
            sent.put(urgency, all);
        }

        assertThat(sent)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Urgency.COMPARISON, 80,
                        Urgency.CHANGE, 85,
                        Urgency.JOINER, 88,
                        Urgency.LOOKUP, 89,
                        Urgency.PASSWORD, 90,
                        Urgency.LEAVER, 100));
    }

    @Test
    void theLastTenthOfOurShareIsKeptForLeavers() {
        ApiBudget budget = budget(20, 50);
        budget.observed(0, 100);
        for (int call = 0; call < 18; call++) {
            assertThat(budget.admit(Urgency.PASSWORD)).isEmpty();
            budget.ended(true);
        }
        assertThat(budget.admit(Urgency.PASSWORD)).isPresent();
        for (int call = 0; call < 2; call++) {
            assertThat(budget.admit(Urgency.LEAVER)).isEmpty();
            budget.ended(true);
        }
        assertThat(budget.admit(Urgency.LEAVER)).isPresent();
    }

    @Test
    void whateverOthersUseAPartIsKeptForLeaversAndNothingOfTheReserve() {
        ApiBudget budget = budget(20, 50);
        budget.observed(46, 100);
        assertThat(call(budget)).isTrue();
        assertThat(call(budget)).isFalse();

        for (int call = 0; call < 3; call++) {
            assertThat(budget.admit(Urgency.LEAVER)).isEmpty();
            budget.ended(true);
        }
        assertThat(budget.admit(Urgency.LEAVER)).isPresent();
    }
}
