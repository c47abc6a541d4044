package dev.salesforcesync.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Builds the conditions of one resource by the rules of kstatus: {@code Ready} is always there, {@code Reconciling} and
 * {@code Stalled} only while true and never both, every condition carries the generation it is about, and
 * {@code lastTransitionTime} moves only when {@code status} flips.
 */
public final class ConditionSet {
    private static final int LONGEST_MESSAGE = 1024;

    private final Map<String, Condition> before;
    private final long generation;
    private final String now;
    private final List<Condition> conditions = new ArrayList<>();

    public ConditionSet(List<Condition> before, long generation, Instant now) {
        this.before = before.stream()
                .collect(Collectors.toMap(Condition::getType, Function.identity(), (one, other) -> other));
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Adds Ready, and Reconciling or Stalled where they apply. */
    public ConditionSet summary(Readiness readiness) {
        set("Ready", readiness instanceof Readiness.Ready, readiness.reason(), readiness.message());
        if (readiness instanceof Readiness.Reconciling) {
            set("Reconciling", true, readiness.reason(), readiness.message());
        } else if (readiness instanceof Readiness.Stalled) {
            set("Stalled", true, readiness.reason(), readiness.message());
        }
        return this;
    }

    public ConditionSet set(String type, boolean status, String reason, String message) {
        return add(type, status ? "True" : "False", reason, message);
    }

    /** Says that nothing is known yet. */
    public ConditionSet unknown(String type, String reason, String message) {
        return add(type, "Unknown", reason, message);
    }

    private ConditionSet add(String type, String status, String reason, String message) {
        Optional<Condition> old = Optional.ofNullable(before.get(type));
        String since = old.filter(c -> status.equals(c.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElse(now);
        conditions.add(new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(
                        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE - 1) + "…" : message)
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build());
        return this;
    }

    public List<Condition> build() {
        return List.copyOf(conditions);
    }
}
