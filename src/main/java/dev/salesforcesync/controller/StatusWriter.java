package dev.salesforcesync.controller;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Writes a status when it changed, at most every ten seconds while nothing but progress changes, and tells of changed
 * conditions by events.
 */
final class StatusWriter<R extends CustomResource<?, S>, S> {
    private static final Duration PACE = Duration.ofSeconds(10);

    private final Function<S, List<Condition>> conditions;
    private final Function<S, ?> urgent;
    private final EventRecorder events;
    private final Clock clock;
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    /** @param urgent what, beside conditions, people must see at once */
    StatusWriter(Function<S, List<Condition>> conditions, Function<S, ?> urgent, EventRecorder events, Clock clock) {
        this.conditions = conditions;
        this.urgent = urgent;
        this.events = events;
        this.clock = clock;
    }

    /** Writes if it is time; otherwise answers when it will be. */
    Optional<Duration> write(R resource, S before, S next, Context<R> context) {
        if (next.equals(before)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        String uid = resource.getMetadata().getUid();
        boolean sameNews = told(before).equals(told(next)) && urgent.apply(before).equals(urgent.apply(next));
        Optional<Duration> wait = Optional.ofNullable(written.get(uid))
                .map(last -> Duration.between(now, last.plus(PACE)))
                .filter(left -> sameNews && !left.isNegative() && !left.isZero());
        if (wait.isPresent()) {
            return wait;
        }
        try {
            PrimaryUpdateAndCacheUtils.updateStatusAndCacheResource(resource, context, fresh -> {
                fresh.setStatus(next);
                return fresh;
            });
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            // deleted meanwhile: there is nobody left to tell, and its deletion is on its way to us
            return Optional.empty();
        }
        written.put(uid, now);
        events.conditionsChanged(resource, conditions.apply(before), conditions.apply(next));
        return Optional.empty();
    }

    void forget(String uid) {
        written.remove(uid);
    }

    private List<String> told(S status) {
        return conditions.apply(status).stream()
                .map(c -> c.getType() + c.getStatus() + c.getReason() + c.getObservedGeneration())
                .toList();
    }
}
