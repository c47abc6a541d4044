package dev.salesforcesync.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** What engines tell of a resource, and a second look at the name of one that was deleted. */
final class EngineEvents<P extends HasMetadata> extends SimpleInboundEventSource<P> {
    private static final Executor SOON = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
    /** For a process that stood still when the first look came. */
    private static final Executor LATER = CompletableFuture.delayedExecutor(30, TimeUnit.SECONDS);

    EngineEvents(String name) {
        super(name);
    }

    /**
     * Finds a resource that was created anew ({@code kubectl replace --force}) before the deletion of its predecessor was
     * dealt with. It is overlooked otherwise: Java Operator SDK 5.2 takes it for the deleted one, and drops the events
     * that come meanwhile ({@code EventProcessor.eventProcessingFinished}).
     */
    void lookAgainAt(P deleted, Context<P> context) {
        ResourceID name = ResourceID.fromResource(deleted);
        IndexedResourceCache<P> living = context.getPrimaryCache();
        SOON.execute(() -> look(name, living));
        LATER.execute(() -> look(name, living));
    }

    private void look(ResourceID name, IndexedResourceCache<P> living) {
        if (isRunning()) {
            living.get(name)
                    .ifPresent(resource ->
                            getEventHandler().handleEvent(new ResourceEvent(ResourceAction.UPDATED, name, resource)));
        }
    }
}
