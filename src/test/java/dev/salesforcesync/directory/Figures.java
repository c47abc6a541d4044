package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures of benchmarks, in seconds. */
final class Figures {
    private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

    private Figures() {}

    static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    static double median(List<Double> values) {
        return quantile(values, 0.5);
    }

    static double quantile(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size())));
    }

    static void print(String format, Object... figures) {
        LOG.info("{}", String.format(Locale.ROOT, format, figures));
    }

    /** What one kind of work took, round by round: by the clock, and of this thread's processor time. */
    record Timed(List<Double> walls, List<Double> processor, AtomicInteger found) {
        Timed() {
            this(new ArrayList<>(), new ArrayList<>(), new AtomicInteger());
        }

        void time(boolean counts, Callable<Integer> work) throws Exception {
            long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            found.set(work.call());
            double wall = since(start);
            if (counts) {
                walls.add(wall);
                processor.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - spent) / 1e9);
            }
        }

        double wall() {
            return median(walls);
        }

        double own() {
            return median(processor);
        }

        int people() {
            return found.get();
        }

        double over(Timed other) {
            return wall() / other.wall();
        }

        String eachOver(Timed other) {
            assertThat(walls).hasSameSizeAs(other.walls);
            List<String> ratios = new ArrayList<>();
            for (int i = 0; i < walls.size(); i++) {
                ratios.add(String.format(Locale.ROOT, "%.2f", walls.get(i) / other.walls.get(i)));
            }
            return String.join(" ", ratios);
        }
    }
}
