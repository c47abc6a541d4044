package dev.salesforcesync.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How often which delay was seen. */
final class Histogram {
    private static final double[] UP_TO = {0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30, Double.MAX_VALUE};
    private static final int WIDTH = 60;

    private final List<Double> delays = new ArrayList<>();

    void add(double seconds) {
        delays.add(seconds);
    }

    int size() {
        return delays.size();
    }

    double quantile(double part) {
        List<Double> sorted = delays.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size())));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        double from = 0;
        for (double to : UP_TO) {
            double low = from;
            long seen = delays.stream().filter(one -> one >= low && one < to).count();
            if (seen > 0) {
                String bar = "#".repeat((int) Math.max(1, seen * WIDTH / delays.size()));
                text.append(String.format(
                        Locale.ROOT,
                        "%n  %5.2f s to %8s %5d %s",
                        from,
                        to == Double.MAX_VALUE ? "…" : String.format(Locale.ROOT, "%.2f s", to),
                        seen,
                        bar));
            }
            from = to;
        }
        return text.toString();
    }
}
