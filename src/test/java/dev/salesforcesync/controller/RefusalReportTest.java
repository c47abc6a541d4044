package dev.salesforcesync.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.api.v1alpha1.SalesforceConnectionStatus;
import dev.salesforcesync.api.v1alpha1.SalesforceConnectionStatus.RefusedCredentials;
import dev.salesforcesync.converge.ConnectionSnapshot;
import dev.salesforcesync.converge.ConnectionSnapshot.Refused;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.salesforce.Refusals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Refusals of credentials outlive the process in the status. */
class RefusalReportTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Failure SAID = new Failure.Terminal("SalesforceCredentialsRejected", "Put it right.");
    private static final Refused REFUSED = new Refused(
            "org:uid:7", new Refusals(List.of(NOW.minusSeconds(60), NOW.minusSeconds(1)), Optional.of(SAID)));

    private static SalesforceConnectionStatus after(
            SalesforceConnectionStatus before, Optional<Instant> tested, Optional<Refused> refused) {
        ConnectionSnapshot snapshot = new ConnectionSnapshot(
                1, Optional.empty(), refused.map(any -> SAID), tested, Optional.empty(), refused);
        return ConnectionStatusReport.describe(before, 1, false, Result.ok(snapshot), NOW);
    }

    @Test
    void whatTheStatusTellsIsWhatWasRefused() {
        SalesforceConnectionStatus told =
                after(SalesforceConnectionStatus.empty(), Optional.of(NOW), Optional.of(REFUSED));
        assertThat(RefusalReport.read(told)).contains(REFUSED);
    }

    @Test
    void aNewProcessKeepsItUntilItHasTriedItself() {
        SalesforceConnectionStatus told =
                after(SalesforceConnectionStatus.empty(), Optional.of(NOW), Optional.of(REFUSED));
        SalesforceConnectionStatus untried = after(told, Optional.empty(), Optional.empty());
        assertThat(RefusalReport.read(untried)).contains(REFUSED);
        SalesforceConnectionStatus accepted = after(untried, Optional.of(NOW), Optional.empty());
        assertThat(RefusalReport.read(accepted)).isEmpty();
    }

    @Test
    void aStatusThatSomebodyWroteOtherwiseCountsAsNothing() {
        SalesforceConnectionStatus empty = SalesforceConnectionStatus.empty();
        SalesforceConnectionStatus garbled = new SalesforceConnectionStatus(
                1L,
                empty.conditions(),
                null,
                null,
                null,
                List.of(),
                null,
                new RefusedCredentials("org:uid:7", List.of("yesterday"), "X", "y"));
        assertThat(RefusalReport.read(garbled)).isEmpty();
    }
}
