package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Many random histories of the sandbox directory, with pages and ranges of all sizes, with and without a recycle bin, by
 * both ways of following, half of them with faults: {@code history.count} of them from {@code history.first} on.
 */
class RandomHistoriesTest {
    private static final int CHANGES = 40;
    private static final int PER_DIRECTORY = 25;

    private final AtomicInteger polls = new AtomicInteger();

    @Test
    void aFewAreFollowedToTheLetter() throws Exception {
        followAll(Long.getLong("history.first", 1), Integer.getInteger("history.few", 20));
    }

    @Test
    @Tag("full")
    void tenThousandAreFollowedToTheLetter() throws Exception {
        int count = Integer.getInteger("history.count", 10_000);
        followAll(Long.getLong("history.first", 1_000), count);
        LoggerFactory.getLogger(RandomHistoriesTest.class)
                .info("{} histories of {} changes, compared {} times", count, CHANGES, polls.get());
    }

    private void followAll(long first, int count) throws Exception {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        List<Future<?>> running = new ArrayList<>();
        for (int from = 0; from < count; from += PER_DIRECTORY) {
            long begin = first + from;
            int some = Math.min(PER_DIRECTORY, count - from);
            Callable<Void> batch = () -> {
                follow(begin, some);
                return null;
            };
            running.add(threads.submit(batch));
        }
        threads.shutdown();
        for (Future<?> one : running) {
            one.get();
        }
        assertThat(polls.get()).isGreaterThan(count * CHANGES / 6);
    }

    private void follow(long first, int count) throws Exception {
        Random sizes = new Random(first);
        DirectoryLimits limits = new DirectoryLimits(1 + sizes.nextInt(12), 5 + sizes.nextInt(4));
        try (SandboxDirectory sandbox = SandboxDirectory.startEmpty(0, 0, limits);
                LiveDomain domain = domain(sandbox)) {
            if (first % 2 == 0) {
                sandbox.enableRecycleBin();
            }
            for (long seed = first; seed < first + count; seed++) {
                ReadSteps steps = new ReadSteps(1 + sizes.nextInt(12), sizes.nextInt(4));
                FollowedHistory history = new FollowedHistory(domain, steps, seed);
                Following.Mode mode = seed % 2 == 0 ? Following.Mode.DIR_SYNC : Following.Mode.USN;
                boolean calm = seed % 4 < 2;
                history.run(mode, CHANGES, calm ? Optional.empty() : Optional.of(new Faults(sandbox)));
                polls.addAndGet(history.polls());
            }
        }
    }

    static LiveDomain domain(SandboxDirectory sandbox) throws Exception {
        return new LiveDomain(
                        URI.create(sandbox.ldapsUrl()),
                        sandbox.caPem(),
                        SandboxDirectory.BASE_DN,
                        sandbox.adminDn(),
                        sandbox.adminPassword())
                .lockingBy(dn -> sandbox.modify(
                        dn, new Modification(ModificationType.REPLACE, "lockoutTime", fileTime(Instant.now()))));
    }

    static String fileTime(Instant instant) {
        return Long.toString((instant.getEpochSecond() + 11_644_473_600L) * 10_000_000L);
    }

    private record Faults(SandboxDirectory sandbox) implements FollowedHistory.Disturbance {
        @Override
        public void begin(Random random) {
            switch (random.nextInt(10)) {
                case 1, 2, 3 -> sandbox.faults().cutConnectionAfter(random.nextInt(25));
                case 4 -> sandbox.faults().endSearchAfter(random.nextInt(25), ResultCode.TIME_LIMIT_EXCEEDED);
                case 5 -> sandbox.faults().endSearchAfter(random.nextInt(25), ResultCode.BUSY);
                case 6 -> sandbox.faults().cutConnectionAtRange(1 + random.nextInt(4));
                case 7 -> sandbox.faults().rejectCookies();
                default -> {}
            }
        }

        @Override
        public void end() {
            sandbox.faults().clear();
        }
    }
}
