package dev.salesforcesync.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.benchmark.BareOrg.Passes;
import dev.salesforcesync.benchmark.RecordingDoor.Recorded;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the whole operator costs, see {@code src/docs/benchmarks.md}. */
@Tag("benchmark")
class OperatorBenchmark {
    private static final int FEW = Integer.getInteger("benchmark.few", 10_000);
    private static final int ROWS_PER_CALL = 200;
    private static final int CONTAINER = 768;

    private static final Table TABLE = new Table();

    @AfterAll
    static void print() {
        TABLE.print();
    }

    /** How long work takes, in seconds. */
    private static double seconds(Callable<?> work) throws Exception {
        long begin = System.nanoTime();
        work.call();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    @Test
    void anInitialLoad() throws Exception {
        try (RunningDirectory directory = RunningDirectory.start(FEW, "2g")) {
            List<Recorded> sent;
            double load;
            try (RunningOrg org = RunningOrg.start("2g");
                    Installation installation = new Installation(directory, org, CONTAINER)) {
                installation.startOperator();
                installation.connect();
                long before = org.last();
                org.record(true);
                load = seconds(() -> {
                    installation.follow();
                    installation.awaitConverged();
                });
                sent = org.recorded();
                org.record(false);
                RunningOrg.Figures figures = org.since(before);
                Table.note("calls of an initial load: %s", figures.byKind());
                assertThat(figures.of("refused")).isZero();
                TABLE.atMost(
                        "calls of an initial load of " + FEW + " people",
                        figures.of("calls"),
                        calls(FEW) + calls(FEW / DirectoryProgram.EACH) + figures.of("reads") + 8,
                        "");
            }
            double ldap = seconds(directory::readBare);
            double read;
            double write;
            try (RunningOrg org = RunningOrg.start("2g")) {
                BareOrg bare = new BareOrg(org);
                read = seconds(() -> {
                    bare.read(sent);
                });
                Passes passes = bare.prepare(sent);
                write = seconds(() -> bare.write(passes));
                assertThat(org.since(0).of("refused")).isZero();
                Table.note(
                        "written bare: %d calls, %s",
                        passes.calls(), org.since(0).byKind());
            }
            Table.note(
                    "initial load %.2f s; raw LDAP read %.2f s, raw Salesforce read %.2f s, bare writer %.2f s",
                    load, ldap, read, write);
            TABLE.atMost("initial load of " + FEW + " people ÷ bare loops", load / (ldap + read + write), 1.1, "");
        }
    }

    private static int calls(int rows) {
        return (rows + ROWS_PER_CALL - 1) / ROWS_PER_CALL;
    }
}
