package dev.salesforcesync.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.api.v1alpha1.SyncPolicySpec;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.converge.PasswordSnapshot;
import dev.salesforcesync.converge.PasswordSnapshot.Tally;
import dev.salesforcesync.failure.Failure;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordReportTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final SyncPolicySpec CAPTURE = spec("{passwords: {mode: Capture}}");

    @Test
    void saysNothingWherePasswordsDoNotFollow() {
        SyncPolicyStatus status = describe(spec("{}"), Optional.of(PasswordSnapshot.NOTHING), true);

        assertThat(status.conditions()).isEmpty();
        assertThat(status.findPasswords()).isEmpty();
    }

    @Test
    void passwordsFlowWhileNoneWaitsForLong() {
        SyncPolicyStatus status = describe(CAPTURE, Optional.of(snapshot(NOW.minusSeconds(3))), true);

        assertThat(condition(status)).isEqualTo("True Succeeded");
        assertThat(status.findPasswords().orElseThrow().findPending()).contains(4);
        assertThat(status.findPasswords().orElseThrow().refused())
                .extracting(
                        refused -> refused.code() + " " + refused.findCount().orElseThrow())
                .containsExactly("PasswordTooShort 7", "UserFrozen 2");
    }

    @Test
    void theyDoNotWhileOneWaitsForMinutes() {
        Instant longAgo = NOW.minus(PasswordReport.SLOW).minusSeconds(1);

        assertThat(condition(describe(CAPTURE, Optional.of(snapshot(longAgo)), true)))
                .isEqualTo("False PasswordsWaiting");
    }

    @Test
    void whatKeepsThemIsNamed() {
        PasswordSnapshot kept = new PasswordSnapshot(
                1,
                0,
                0,
                Optional.of(NOW.minus(Duration.ofHours(1))),
                Tally.NOTHING,
                Optional.of(new Failure.Transient("SalesforceUnavailable", "It is tried again.")));

        assertThat(condition(describe(CAPTURE, Optional.of(kept), true))).isEqualTo("False SalesforceUnavailable");
    }

    @Test
    void whatWasErasedInTimeIsCountedForTheEvent() {
        PasswordSnapshot expired = new PasswordSnapshot(
                0,
                0,
                0,
                Optional.empty(),
                new Tally(0, 0, 0, Optional.empty(), Map.of("TimeToLiveEnded", 3L, "UserFrozen", 2L)),
                Optional.empty());

        assertThat(PasswordReport.expired(describe(CAPTURE, Optional.of(expired), true)))
                .isEqualTo(3);
        assertThat(PasswordReport.expired(SyncPolicyStatus.empty())).isZero();
    }

    @Test
    void captureNeedsAListenerAndMailsDoNot() {
        assertThat(condition(describe(CAPTURE, Optional.of(PasswordSnapshot.NOTHING), false)))
                .isEqualTo("False IntakeClosed");
        assertThat(condition(describe(
                        spec("{passwords: {mode: ResetEmail}}"), Optional.of(PasswordSnapshot.NOTHING), false)))
                .isEqualTo("True Succeeded");
    }

    @Test
    void nothingIsClaimedBeforeAnythingWasSeen() {
        assertThat(condition(describe(CAPTURE, Optional.empty(), true))).isEqualTo("Unknown Progressing");
    }

    private static PasswordSnapshot snapshot(Instant oldest) {
        return new PasswordSnapshot(
                4,
                1,
                0,
                Optional.of(oldest),
                new Tally(9, 0, 0, Optional.of(NOW), Map.of("PasswordTooShort", 7L, "UserFrozen", 2L)),
                Optional.empty());
    }

    private static SyncPolicyStatus describe(SyncPolicySpec spec, Optional<PasswordSnapshot> seen, boolean takesIn) {
        return PasswordReport.describe(SyncPolicyStatus.empty(), List.of(), spec, seen, takesIn, NOW);
    }

    private static String condition(SyncPolicyStatus status) {
        assertThat(status.conditions()).hasSize(1);
        Condition condition = status.conditions().get(0);
        assertThat(condition.getType()).isEqualTo("PasswordsFlowing");
        return condition.getStatus() + " " + condition.getReason();
    }

    private static SyncPolicySpec spec(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, SyncPolicySpec.class);
    }
}
