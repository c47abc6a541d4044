package dev.salesforcesync.soak;

import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.Faults;
import dev.salesforcesync.sandbox.salesforce.org.RandomFaults;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The faults of a round: some that wait for writes, some for sign-ins, the rest by chance for any call. */
final class Weather {
    static final String LICENCE = "Salesforce";

    private static final double RATE = 0.12;

    private final Faults faults;
    private final Random random;
    private int next;

    Weather(Faults faults, Random random) {
        this.faults = faults;
        this.random = random;
    }

    private List<Fault> kinds() {
        return List.of(
                new Fault.Latency(Duration.ofMillis(1 + random.nextInt(150))),
                new Fault.Html503(),
                new Fault.Empty503(),
                new Fault.ServerUnavailable(),
                new Fault.CloseBeforeCommit(),
                new Fault.CloseAfterCommit(),
                new Fault.SlowAfterCommit(Duration.ofMillis(1 + random.nextInt(300))),
                new Fault.TruncatedAnswer(),
                new Fault.SessionExpired(),
                new Fault.DailyLimitReached(),
                new Fault.ConcurrentLimitReached(),
                new Fault.RowLocked(random.nextInt(3)),
                new Fault.UnknownStatusCode(random.nextInt(3)),
                new Fault.UnknownSoapHeader(),
                new Fault.SeatsRunOut(LICENCE, random.nextInt(2)));
    }

    /** Names of all faults that there are. */
    List<String> all() {
        return kinds().stream().map(Fault::label).sorted().toList();
    }

    /** Begins to rain: each kind has its turn with the writes. */
    void begin(long seed) {
        List<Fault> kinds = kinds();
        int writes = 2 + random.nextInt(3);
        for (int i = 0; i < writes; i++) {
            Fault turn = kinds.get(next++ % kinds.size());
            if (turn instanceof Fault.SeatsRunOut) {
                faults.nextLike(1, call -> List.of("create", "upsert").contains(call.operation()), turn);
            } else {
                faults.nextWrites(1, turn);
            }
        }
        if (random.nextInt(4) == 0) {
            faults.nextLike(1, call -> call.protocol().equals("OAUTH"), new Fault.Html503());
        }
        faults.random(new RandomFaults(seed, RATE, kinds));
    }

    void end() {
        faults.clear();
    }
}
