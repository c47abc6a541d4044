package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.password.KeptPassword;
import dev.salesforcesync.password.PasswordQueue;
import dev.salesforcesync.password.TargetId;
import dev.salesforcesync.telemetry.PasswordTelemetry;
import dev.salesforcesync.telemetry.ResourceKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The leader's part: carries whatever is kept to Salesforce as soon as it is heard of. It takes turns on one thread, so
 * no two passwords of a person are ever on their way at once. Whatever it knows is in the store: a process that is killed
 * leaves nothing behind that the next one could not go on with.
 */
public final class PasswordDelivery implements Loop.Turn, AutoCloseable {
    private static final Duration UNTIL_WOKEN = Duration.ofMinutes(1);

    /** So long it is remembered of somebody what was delivered last: an older change may still come. */
    static final Duration REMEMBERED = Duration.ofDays(1);

    private final Engines engines;
    private final PasswordQueue queue;
    private final PasswordTakers takers;
    private final PasswordSeals seals;
    private final PasswordTelemetry telemetry;
    private final Clock clock;
    private final Loop loop = new Loop("passwords", this);
    private final Map<ResourceName, PolicyPasswords> policies = new ConcurrentHashMap<>();
    private volatile Consumer<ResourceName> changed = name -> {};

    public PasswordDelivery(
            Engines engines,
            PasswordQueue queue,
            PasswordTakers takers,
            PasswordSeals seals,
            PasswordTelemetry telemetry,
            Clock clock) {
        this.engines = engines;
        this.queue = queue;
        this.takers = takers;
        this.seals = seals;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /**
     * Begins to deliver: this process leads now.
     *
     * @param toPolicies who is told that a policy's passwords stand otherwise
     */
    public void start(Consumer<ResourceName> toPolicies) {
        changed = toPolicies;
        queue.listen(loop::wake);
        loop.wake();
    }

    /** Something that passwords wait for may be there now. */
    public void wake() {
        loop.wakeIfRunning();
    }

    /** What is told of one person to somebody who asks. */
    public List<String> explain(ResourceName policy, ObjectGuid person) {
        TargetId target = new TargetId(policy.namespace(), policy.name());
        return queue.known().stream()
                .filter(kept -> kept.policy().equals(target)
                        && kept.person().filter(person::equals).isPresent())
                .findFirst()
                .map(kept -> kept.settled()
                        .map(done -> "password: caught " + kept.receivedAt() + ", " + done.word() + " " + done.at())
                        .orElse("password: caught " + kept.receivedAt() + ", not in Salesforce yet"))
                .map(List::of)
                .orElse(List.of("password: none was caught within the last day"));
    }

    @Override
    public Duration take() {
        Map<ResourceName, List<KeptPassword>> pending = new TreeMap<>(Comparator.comparing(ResourceName::toString));
        Instant now = clock.instant();
        for (KeptPassword kept : queue.known()) {
            ResourceName name =
                    new ResourceName(kept.policy().namespace(), kept.policy().name());
            if (kept.pending()) {
                pending.computeIfAbsent(name, first -> new ArrayList<>()).add(kept);
            } else if (kept.settled().get().at().plus(REMEMBERED).isBefore(now)) {
                queue.remove(kept);
            }
        }
        Set<ResourceName> all = new HashSet<>(policies.keySet());
        all.addAll(pending.keySet());
        Duration next = UNTIL_WOKEN;
        for (ResourceName name : all) {
            PolicyPasswords policy = of(name);
            PasswordSnapshot before = policy.snapshot();
            List<KeptPassword> mine = pending.getOrDefault(name, List.of());
            Duration wait = mine.isEmpty() ? policy.nothing() : policy.take(mine);
            next = wait.compareTo(next) < 0 ? wait : next;
            show(name, before, policy.snapshot());
        }
        return next;
    }

    private void show(ResourceName name, PasswordSnapshot before, PasswordSnapshot now) {
        if (!now.equals(before)) {
            telemetry.show(
                    new ResourceKey("SyncPolicy", name.namespace(), name.name()),
                    now.pending(),
                    now.withoutUser(),
                    now.undecided(),
                    now.oldest());
            changed.accept(name);
        }
    }

    private PolicyPasswords of(ResourceName name) {
        return policies.computeIfAbsent(
                name,
                first -> new PolicyPasswords(
                        name, engines, engines.passwordTally(name), queue, takers, seals, telemetry, clock));
    }

    /** How one policy's captured passwords stand. */
    public PasswordSnapshot snapshot(ResourceName policy) {
        PolicyPasswords known = policies.get(policy);
        return known == null ? PasswordSnapshot.NOTHING : known.snapshot();
    }

    @Override
    public void failed(RuntimeException bug) {
        Failure failure = new Failure.Transient(
                "InternalError", "The operator met a bug while it delivered passwords; see its log.");
        policies.forEach((name, policy) -> {
            policy.trouble(failure);
            changed.accept(name);
        });
    }

    @Override
    public void close() {
        loop.close();
    }
}
