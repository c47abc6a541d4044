package dev.salesforcesync.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {
    private static final ResourceKey KEY = new ResourceKey("SyncPolicy", "apps", "people");

    private final Telemetry telemetry = new Telemetry("1.2.3");

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void aResourceShowsItsSeriesAndNoneOnceItIsForgotten() {
        telemetry.show(KEY, series("True", 5));
        assertThat(telemetry.scrape())
                .contains(
                        "salesforcesync_condition{kind=\"SyncPolicy\",name=\"people\",namespace=\"apps\",status=\"True\",type=\"Ready\"} 1")
                .contains("salesforcesync_people{name=\"people\",namespace=\"apps\",state=\"linked\"} 5")
                .contains("salesforcesync_license_seats{license=\"Salesforce\"")
                .contains("salesforcesync_last_success_timestamp_seconds{");

        telemetry.forget(KEY);
        assertThat(telemetry.scrape()).doesNotContain("people\"");
    }

    @Test
    void passwordsAreCountedByWhatTheyWaitForAndMeasuredInBuckets() {
        telemetry.passwords().show(KEY, 5, 2, 1, Optional.of(Instant.ofEpochSecond(1_700_000_000)));
        telemetry.passwords().delivered(Duration.ofMillis(120));
        telemetry.passwords().ended("password", "delivered");
        telemetry.passwords().takenIn("json", "stored", Duration.ofMillis(3));

        assertThat(telemetry.scrape())
                .contains(
                        "salesforcesync_passwords_pending{for=\"salesforce\",name=\"people\",namespace=\"apps\"} 2",
                        "salesforcesync_passwords_pending{for=\"user\",name=\"people\",namespace=\"apps\"} 2",
                        "salesforcesync_passwords_pending{for=\"directory\",name=\"people\",namespace=\"apps\"} 1",
                        "salesforcesync_passwords_oldest_pending_timestamp_seconds{name=\"people\"",
                        "salesforcesync_password_delivery_duration_seconds_bucket{le=\"0.2\"} 1",
                        "salesforcesync_password_delivery_duration_seconds_bucket{le=\"0.1\"} 0",
                        "salesforcesync_passwords_ended_total{result=\"delivered\",what=\"password\"} 1",
                        "salesforcesync_passwords_taken_in_total{agent=\"json\",receipt=\"stored\"} 1");

        telemetry.passwords().forget(KEY);
        assertThat(telemetry.scrape()).doesNotContain("salesforcesync_passwords_pending{");
    }

    @Test
    void aConditionThatFlipsLeavesNoSeriesOfItsOldStatus() {
        telemetry.show(KEY, series("True", 5));
        telemetry.show(KEY, series("False", 6));
        assertThat(telemetry.scrape())
                .contains("status=\"False\"")
                .doesNotContain("status=\"True\"")
                .contains("state=\"linked\"} 6");
    }

    @Test
    void whatHappensIsCounted() {
        telemetry.acted("Create", "written");
        telemetry.acted("Create", "written");
        telemetry.reconciled("syncpolicy", "done", Duration.ofMillis(20));
        telemetry.salesforceCall("query", "ok", Duration.ofMillis(20));
        telemetry.phase("read", Duration.ofMillis(20));
        telemetry.leading(true);
        assertThat(telemetry.scrape())
                .contains("salesforcesync_actions_total{action=\"Create\",result=\"written\"} 2")
                .contains("salesforcesync_reconcile_total{controller=\"syncpolicy\",outcome=\"done\"} 1")
                .contains("salesforcesync_salesforce_requests_total{operation=\"query\",result=\"ok\"} 1")
                .contains("salesforcesync_phase_duration_seconds_count{phase=\"read\"} 1")
                .contains("salesforcesync_leader 1")
                .contains("salesforcesync_build_info{version=\"1.2.3\"} 1");
    }

    private static ResourceSeries series(String ready, long linked) {
        return new ResourceSeries(
                Map.of("Ready", ready),
                Map.of("linked", linked),
                Map.of("create", 1L),
                Map.of(new ResourceSeries.Seat("Salesforce", "used"), 9L),
                Optional.of(1_000L),
                Optional.of(Instant.EPOCH));
    }
}
