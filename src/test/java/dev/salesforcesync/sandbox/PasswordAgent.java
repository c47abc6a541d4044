package dev.salesforcesync.sandbox;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.password.Agent;
import dev.salesforcesync.password.PasswordChange;
import dev.salesforcesync.password.PasswordDesk;
import dev.salesforcesync.password.Receipt;
import dev.salesforcesync.password.TargetId;
import dev.salesforcesync.password.Whom;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The agent on the sandbox's domain controller: hands over whatever is set, and again while it is told to. */
final class PasswordAgent implements AutoCloseable {
    private static final long AGAIN_MILLIS = 500;

    private final PasswordDesk desk;
    private final TargetId policy;
    private final AtomicLong sequence = new AtomicLong();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "password-agent");
        made.setDaemon(true);
        return made;
    });

    private PasswordAgent(PasswordDesk desk, TargetId policy) {
        this.desk = desk;
        this.policy = policy;
    }

    static PasswordAgent on(SandboxDirectory directory, PasswordDesk desk, TargetId policy) {
        PasswordAgent agent = new PasswordAgent(desk, policy);
        directory.catchPasswords((person, password) -> {
            long number = agent.sequence.incrementAndGet();
            agent.thread.execute(() -> agent.hand(person, password, number));
        });
        return agent;
    }

    private void hand(ObjectGuid person, String password, long number) {
        Receipt receipt = desk.hand(
                policy,
                new PasswordChange(
                        new Whom.ByGuid(person),
                        password.getBytes(StandardCharsets.UTF_8),
                        Optional.empty(),
                        OptionalLong.of(number),
                        Instant.now(),
                        Agent.JSON));
        if (receipt instanceof Receipt.Busy) {
            var unused = thread.schedule(() -> hand(person, password, number), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
