package dev.salesforcesync.controller;

import dev.salesforcesync.telemetry.Telemetry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.time.Duration;
import java.util.Map;

/** Hands JOSDK's own observations to our metrics; its Micrometer adapter puts unbounded values into labels. */
public final class ReconcileMetrics implements Metrics {
    private final Telemetry telemetry;

    public ReconcileMetrics(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        long begin = System.nanoTime();
        try {
            T result = execution.execute();
            telemetry.reconciled(execution.controllerName(), "done", Duration.ofNanos(System.nanoTime() - begin));
            return result;
        } catch (Exception bug) {
            telemetry.reconciled(execution.controllerName(), "bug", Duration.ofNanos(System.nanoTime() - begin));
            throw bug;
        }
    }

    @Override
    public void failedReconciliation(HasMetadata resource, Exception exception, Map<String, Object> metadata) {
        // counted where the time is taken
    }
}
