package dev.salesforcesync.sandbox;

import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Looks at the sandbox's policy and says what changes. */
final class Watcher {
    static final String POLICY = "people";
    private static final long LOOK_MILLIS = 100;

    private final KubernetesClient client;
    private final String namespace;
    private final Console console;
    private String told = "";

    Watcher(KubernetesClient client, String namespace, Console console) {
        this.client = client;
        this.namespace = namespace;
        this.console = console;
    }

    /** Waits until the policy has settled after {@code since}: Ready, or stalled; empty when the time was over. */
    Optional<SyncPolicy> settled(Instant since, Duration atMost) throws InterruptedException {
        Instant end = Instant.now().plus(atMost);
        while (Instant.now().isBefore(end)) {
            SyncPolicy policy = look();
            boolean stuck = since.equals(Instant.EPOCH) && holds(policy, "Stalled");
            boolean fresh = policy.getStatus() != null
                    && policy.getStatus()
                            .findLastFullRead()
                            .map(Instant::parse)
                            .filter(read -> !read.isBefore(since))
                            .isPresent();
            if (stuck || (fresh && (holds(policy, "Ready") || holds(policy, "Stalled")))) {
                return Optional.of(policy);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return Optional.empty();
    }

    SyncPolicy look() {
        SyncPolicy policy = client.resources(SyncPolicy.class)
                .inNamespace(namespace)
                .withName(POLICY)
                .require();
        tell(policy);
        return policy;
    }

    void tellChangesUntilStopped() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            look();
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS * 5);
        }
    }

    private void tell(SyncPolicy policy) {
        String now = summary(policy);
        if (!now.equals(told)) {
            console.line("policy " + POLICY + ": " + now);
            told = now;
        }
    }

    private static String summary(SyncPolicy policy) {
        SyncPolicyStatus status = policy.getStatus();
        if (status == null) {
            return "applied";
        }
        Condition ready = condition(policy, "Ready").orElse(new Condition());
        String users = status.findUsers()
                .map(u -> " · " + u.findInScope().orElse(0) + " in scope, "
                        + u.findLinked().orElse(0) + " linked, "
                        + u.findPending().orElse(0) + " pending, "
                        + u.findFailing().orElse(0) + " failing"
                        + status.findLastChange()
                                .map(at -> " · last change " + at)
                                .orElse(""))
                .orElse("");
        return ready.getReason() + " · " + ready.getMessage() + users;
    }

    static boolean holds(SyncPolicy policy, String type) {
        return condition(policy, type).filter(c -> c.getStatus().equals("True")).isPresent();
    }

    static Optional<Condition> condition(SyncPolicy policy, String type) {
        return policy.getStatus() == null
                ? Optional.empty()
                : policy.getStatus().conditions().stream()
                        .filter(c -> c.getType().equals(type))
                        .findFirst();
    }
}
