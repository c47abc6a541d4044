package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.LicenseSchedule;
import dev.salesforcesync.api.v1alpha1.LicenseScheduleStatus;
import dev.salesforcesync.status.ConditionSet;
import dev.salesforcesync.status.Readiness;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.util.Optional;

/** Says of every LicenseSchedule that this version does not act on it. */
@ControllerConfiguration(name = "licenseschedule")
public final class LicenseScheduleReconciler implements Reconciler<LicenseSchedule> {
    private final Clock clock;
    private final StatusWriter<LicenseSchedule, LicenseScheduleStatus> statusWriter;

    public LicenseScheduleReconciler(KubernetesClient client, Clock clock) {
        this.clock = clock;
        this.statusWriter =
                new StatusWriter<>(LicenseScheduleStatus::conditions, status -> "", new EventRecorder(client, clock), clock);
    }

    @Override
    public UpdateControl<LicenseSchedule> reconcile(LicenseSchedule schedule, Context<LicenseSchedule> context) {
        LicenseScheduleStatus before =
                Optional.ofNullable(schedule.getStatus()).orElseGet(LicenseScheduleStatus::empty);
        long generation = schedule.getMetadata().getGeneration();
        LicenseScheduleStatus next = new LicenseScheduleStatus(
                generation,
                new ConditionSet(before.conditions(), generation, clock.instant())
                        .summary(new Readiness.Stalled(
                                "NotImplemented",
                                "This version does not act on LicenseSchedules: nobody loses a seat and nobody gets one"
                                        + " back."))
                        .build(),
                before.revoked(),
                before.waitingForSeat(),
                before.seats(),
                before.lastRevokeTime(),
                before.nextRevokeTime(),
                before.nextReinstateTime());
        statusWriter.write(schedule, before, next, context);
        return UpdateControl.noUpdate();
    }
}
