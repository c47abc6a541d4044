package dev.salesforcesync.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted of passwords; never whose they are. */
public final class PasswordTelemetry {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(300),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofHours(1)
    };

    private final MeterRegistry registry;
    private final Map<ResourceKey, Pending> pending = new ConcurrentHashMap<>();
    private final MultiGauge waiting;
    private final MultiGauge oldest;

    PasswordTelemetry(MeterRegistry registry) {
        this.registry = registry;
        this.waiting = MultiGauge.builder("salesforcesync.passwords.pending")
                .description("Passwords that Salesforce does not have yet, by what they wait for")
                .register(registry);
        this.oldest = MultiGauge.builder("salesforcesync.passwords.oldest.pending.timestamp.seconds")
                .description("When the oldest pending password came in, in Unix time")
                .register(registry);
    }

    /** What of one policy waits: all of it, and those of it that wait for a user or for the directory. */
    private record Pending(int all, int withoutUser, int undecided, Optional<Instant> oldest) {}

    /** One change that an agent handed over, and the answer (stored, superseded, notconcerned, busy, refused). */
    public void takenIn(String agent, String receipt, Duration took) {
        Counter.builder("salesforcesync.passwords.taken.in")
                .description("Password changes handed over by agents, by the answer")
                .tags("agent", agent, "receipt", receipt)
                .register(registry)
                .increment();
        Timer.builder("salesforcesync.password.intake.duration")
                .description("Time from an agent's change to its answer")
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took);
    }

    /** One password that Salesforce took, and how long after it came in. */
    public void delivered(Duration since) {
        Timer.builder("salesforcesync.password.delivery.duration")
                .description("Time from an agent's change to Salesforce's acknowledgement")
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(since);
    }

    /** What became of one password, mail or unlocking; the result is from a closed set. */
    public void ended(String what, String result) {
        Counter.builder("salesforcesync.passwords.ended")
                .description("Passwords, reset mails and unlockings by result")
                .tags("what", what, "result", result)
                .register(registry)
                .increment();
    }

    /** What waits of one policy now. */
    public void show(ResourceKey policy, int all, int withoutUser, int undecided, Optional<Instant> oldestPending) {
        pending.put(policy, new Pending(all, withoutUser, undecided, oldestPending));
        refresh();
    }

    public void forget(ResourceKey policy) {
        if (pending.remove(policy) != null) {
            refresh();
        }
    }

    private synchronized void refresh() {
        List<MultiGauge.Row<?>> counts = new ArrayList<>();
        List<MultiGauge.Row<?>> moments = new ArrayList<>();
        pending.forEach((key, now) -> {
            Tags named = Tags.of("namespace", key.namespace(), "name", key.name());
            int others = Math.max(0, now.all() - now.withoutUser() - now.undecided());
            counts.add(MultiGauge.Row.of(named.and("for", "salesforce"), others));
            counts.add(MultiGauge.Row.of(named.and("for", "user"), now.withoutUser()));
            counts.add(MultiGauge.Row.of(named.and("for", "directory"), now.undecided()));
            now.oldest().ifPresent(when -> moments.add(MultiGauge.Row.of(named, when.getEpochSecond())));
        });
        waiting.register(counts, true);
        oldest.register(moments, true);
    }
}
