package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.SalesforceConnectionStatus;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.telemetry.ResourceKey;
import dev.salesforcesync.telemetry.ResourceSeries;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns statuses into gauges, so that metrics and kubectl never disagree. */
final class Series {
    private Series() {}

    static ResourceKey key(HasMetadata resource) {
        return new ResourceKey(
                resource.getKind(),
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName());
    }

    static ResourceSeries of(SalesforceConnectionStatus status) {
        Map<ResourceSeries.Seat, Long> seats = new HashMap<>();
        status.licenses().forEach(license -> {
            seats.put(
                    new ResourceSeries.Seat(license.name(), "total"),
                    license.findTotal().orElse(0).longValue());
            seats.put(
                    new ResourceSeries.Seat(license.name(), "used"),
                    license.findUsed().orElse(0).longValue());
        });
        return new ResourceSeries(
                conditions(status.conditions()),
                Map.of(),
                Map.of(),
                seats,
                status.findApiUsage()
                        .map(usage ->
                                usage.findLimit().orElse(0L) - usage.findUsed().orElse(0L)),
                Optional.empty());
    }

    static ResourceSeries of(SyncPolicyStatus status) {
        Map<String, Long> people = new HashMap<>();
        status.findUsers().ifPresent(users -> {
            put(people, "inScope", users.findInScope());
            put(people, "linked", users.findLinked());
            put(people, "pending", users.findPending());
            put(people, "failing", users.findFailing());
            put(people, "ambiguous", users.findAmbiguous());
            put(people, "orphaned", users.findOrphaned());
            put(people, "unmatched", users.findUnmatched());
        });
        Map<String, Long> planned = new HashMap<>();
        status.findPlan().ifPresent(plan -> {
            put(planned, "create", plan.findCreates());
            put(planned, "update", plan.findUpdates());
            put(planned, "deactivate", plan.findDeactivations());
            put(planned, "freeze", plan.findFreezes());
            put(planned, "reactivate", plan.findReactivations());
            put(planned, "grant", plan.findGrants());
            put(planned, "remove", plan.findRemovals());
        });
        return new ResourceSeries(
                conditions(status.conditions()),
                people,
                planned,
                Map.of(),
                Optional.empty(),
                status.findLastSuccess().map(Instant::parse));
    }

    private static void put(Map<String, Long> counts, String name, Optional<Integer> count) {
        counts.put(name, count.orElse(0).longValue());
    }

    private static Map<String, String> conditions(List<Condition> conditions) {
        return conditions.stream()
                .collect(Collectors.toMap(Condition::getType, Condition::getStatus, (one, other) -> other));
    }
}
