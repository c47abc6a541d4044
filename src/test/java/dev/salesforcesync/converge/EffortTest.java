package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EffortTest {
    private static final ObjectGuid ANNA = new ObjectGuid(new UUID(1, 1));
    private static final SalesforceId USER = new SalesforceId("005000000000001");
    private static final Change CHANGE = new Change(Optional.empty(), Optional.of("new"), false);

    @Test
    void countsEachRowOnceAndThoseThatGoAloneAsManyTimesAsCallsGoAtOnceOtherwise() {
        assertThat(toDo(update("Title"))).isEqualTo(new Effort(0, 1, 0, 1, 4));
        assertThat(toDo(update("UserRoleId"))).isEqualTo(new Effort(0, 1, 0, 4, 4));
        assertThat(toDo(create("LastName"))).isEqualTo(new Effort(0, 1, 0, 1, 4));
        assertThat(toDo(create("UserRoleId"))).isEqualTo(new Effort(0, 2, 0, 5, 4));
        assertThat(toDo(gives(EntitlementKind.PERMISSION_SET))).isEqualTo(new Effort(0, 1, 0, 1, 4));
        assertThat(toDo(gives(EntitlementKind.QUEUE))).isEqualTo(new Effort(0, 1, 0, 4, 4));
        assertThat(toDo(new Action.Refer(
                        ANNA, Optional.of(USER), "ManagerId", CHANGE, Optional.empty(), "DiffersFromPolicy")))
                .isEqualTo(new Effort(0, 1, 0, 4, 4));
    }

    private static Effort toDo(Action... actions) {
        return Effort.toDo(List.of(actions), 4);
    }

    private static Action update(String field) {
        return new Action.Update(ANNA, USER, new TreeMap<>(java.util.Map.of(field, CHANGE)), false, "differs");
    }

    private static Action create(String field) {
        return new Action.Create(ANNA, new TreeMap<>(java.util.Map.of(field, CHANGE)), false, "new");
    }

    private static Action gives(EntitlementKind kind) {
        return new Action.Assign(
                ANNA,
                Optional.of(USER),
                new Entitlement(kind, new SalesforceId("00G000000000001"), "Support", Optional.empty(), false),
                false,
                List.of("group"));
    }

    private static Effort rows(int total, int parallel) {
        return new Effort(0, total, 0, total, parallel);
    }

    @Test
    void tellsNothingBeforeThreeRoundsOfCallsAndFiveSecondsAreOver() {
        Effort two = rows(10_000, 4).after(2 * 4 * 200, false);
        assertThat(two.left(Duration.ofMinutes(1))).isEmpty();

        Effort three = rows(10_000, 4).after(3 * 4 * 200, false);
        assertThat(three.left(Duration.ofMillis(4_999))).isEmpty();
        assertThat(three.left(Duration.ofMinutes(1))).contains(Duration.ofSeconds(190));
    }

    @Test
    void theRowsThatGoAloneTakeTheirTimeInWhatIsLeft() {
        // 4,000 rows side by side and 1,000 one call at a time take as long as 8,000 side by side
        Effort half = new Effort(0, 5_000, 0, 8_000, 4).after(4_000, false);
        assertThat(half.left(Duration.ofSeconds(20))).contains(Duration.ofSeconds(20));

        assertThat(half.after(500, true).left(Duration.ofSeconds(30))).contains(Duration.ofSeconds(10));
        assertThat(half.after(1_000, true).left(Duration.ofSeconds(40))).contains(Duration.ZERO);
    }

    /** With calls that each take as long, the end told on the way is the end that comes, but for one round. */
    @Property
    void ofSteadyWorkTheEndIsToldRightFromTheFirstTime(
            @ForAll @IntRange(min = 1, max = 10) int parallel,
            @ForAll @IntRange(min = 0, max = 60) int roundsTogether,
            @ForAll @IntRange(min = 0, max = 60) int callsAlone,
            @ForAll @IntRange(min = 2, max = 60) int secondsPerCall) {
        int together = roundsTogether * parallel * 200;
        int alone = callsAlone * 200;
        Effort effort = new Effort(0, together + alone, 0, together + (long) alone * parallel, parallel);
        long end = (long) (roundsTogether + callsAlone) * secondsPerCall;
        List<Duration> told = new ArrayList<>();
        long now = 0;
        for (int round = 0; round < roundsTogether + callsAlone; round++) {
            now += secondsPerCall;
            boolean one = round >= roundsTogether;
            effort = effort.after(one ? 200 : parallel * 200, one);
            long elapsed = now;
            effort.left(Duration.ofSeconds(now)).ifPresent(left -> told.add(left.plusSeconds(elapsed)));
        }

        assertThat(told).allSatisfy(moment -> assertThat(moment.toSeconds()).isBetween(end - 1, end + 1));
        assertThat(told.isEmpty()).isEqualTo(roundsTogether + callsAlone < 3);
    }

    @Property
    void whatIsLeftIsNeverNegativeHoweverManyRowsMoreThanMeantGoOut(
            @ForAll @IntRange(max = 20_000) int meant, @ForAll @IntRange(max = 40_000) int sent) {
        Effort effort = rows(meant, 4).after(sent, false);

        assertThat(effort.done()).isEqualTo(sent);
        assertThat(effort.total()).isEqualTo(Math.max(meant, sent));
        effort.left(Duration.ofHours(1))
                .ifPresent(left -> assertThat(left.isNegative()).isFalse());
    }
}
