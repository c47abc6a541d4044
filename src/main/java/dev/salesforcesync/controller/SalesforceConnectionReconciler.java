package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SalesforceConnectionStatus;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.converge.ConnectionSnapshot;
import dev.salesforcesync.converge.Engines;
import dev.salesforcesync.converge.ResourceName;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.telemetry.Telemetry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Hands connections to their engines and writes down what those saw. */
@ControllerConfiguration(name = "salesforceconnection", generationAwareEventProcessing = false)
public final class SalesforceConnectionReconciler implements Reconciler<SalesforceConnection> {
    /** Engines tell of every change; this is only the net below. */
    private static final Duration NET = Duration.ofMinutes(30);

    private final Engines engines;
    private final ConnectionTranslation translation;
    private final Telemetry telemetry;
    private final Clock clock;
    private final StatusWriter<SalesforceConnection, SalesforceConnectionStatus> statusWriter;
    private final EngineEvents<SalesforceConnection> engineEvents = new EngineEvents<>("connection-engine");

    public SalesforceConnectionReconciler(
            Engines engines, OperatorConfig config, Telemetry telemetry, KubernetesClient client, Clock clock) {
        this.engines = engines;
        this.translation = new ConnectionTranslation(config);
        this.telemetry = telemetry;
        this.clock = clock;
        this.statusWriter = new StatusWriter<>(
                SalesforceConnectionStatus::conditions,
                SalesforceConnectionStatus::findRefusedCredentials,
                new EventRecorder(client, clock),
                clock);
    }

    /** An engine saw something new. */
    public void engineChanged(ResourceName name) {
        engineEvents.propagateEvent(new ResourceID(name.name(), name.namespace()));
    }

    @Override
    public List<EventSource<?, SalesforceConnection>> prepareEventSources(
            EventSourceContext<SalesforceConnection> context) {
        return List.of(
                engineEvents,
                Watches.referred(Secret.class, SalesforceConnection.class, References::secretsOf, context));
    }

    @Override
    public UpdateControl<SalesforceConnection> reconcile(
            SalesforceConnection connection, Context<SalesforceConnection> context) {
        ResourceName name = new ResourceName(
                connection.getMetadata().getNamespace(),
                connection.getMetadata().getName());
        if (context.isPrimaryResourceDeleted()) {
            engines.forgetConnection(name);
            telemetry.forget(Series.key(connection));
            statusWriter.forget(connection.getMetadata().getUid());
            engineEvents.lookAgainAt(connection, context);
            return UpdateControl.noUpdate();
        }
        SalesforceConnectionStatus before =
                Optional.ofNullable(connection.getStatus()).orElseGet(SalesforceConnectionStatus::empty);
        Result<ConnectionSnapshot> seen = translation
                .translate(connection, new SecretLookup(context.getSecondaryResources(Secret.class)))
                .map(order -> engines.offer(name, order, RefusalReport.read(before)));
        if (seen instanceof Result.Failed<ConnectionSnapshot>) {
            engines.withdrawConnection(name);
        }
        SalesforceConnectionStatus next = ConnectionStatusReport.describe(
                before,
                connection.getMetadata().getGeneration(),
                SignInTranslation.isSoapLogin(connection.getSpec()),
                seen,
                clock.instant());
        Optional<Duration> later = statusWriter.write(connection, before, next, context);
        telemetry.show(Series.key(connection), Series.of(next));
        return UpdateControl.<SalesforceConnection>noUpdate().rescheduleAfter(later.orElse(NET));
    }
}
