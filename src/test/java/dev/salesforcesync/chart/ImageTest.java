package dev.salesforcesync.chart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the image tells the JVM; a flag that it does not take would keep every pod from starting. */
class ImageTest {
    @Test
    void leavesAQuarterOfTheLimitToTheRestAndGivesBackWhatIsNotNeeded() throws IOException {
        assertThat(ImageFlags.read())
                .containsExactly(
                        "-XX:MaxRAMPercentage=75",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseG1GC",
                        "-XX:G1PeriodicGCInterval=300000",
                        "-XX:-G1PeriodicGCInvokesConcurrent",
                        "-XX:GCTimeRatio=4",
                        "-XX:MinHeapFreeRatio=5",
                        "-XX:MaxHeapFreeRatio=10",
                        "-Djava.io.tmpdir=/tmp");
    }

    @Test
    void tellsTheJvmNothingThatItDoesNotTake() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ImageFlags.read());
        command.add("-version");
        Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(jvm.getInputStream().readAllBytes(), UTF_8);

        assertThat(jvm.waitFor()).as(said).isZero();
        assertThat(said).doesNotContain("warning");
    }
}
