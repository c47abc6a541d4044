package dev.salesforcesync.sandbox.salesforce;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Wall time of calls and the CPU time that the whole process took meanwhile, client and server together. */
final class Samples {
    private static final int MOST = 100_000;

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long[] wall = new long[MOST];
    private long cpu;
    private int count;
    private long wallStart;
    private long cpuStart;

    void start() {
        cpuStart = process.getProcessCpuTime();
        wallStart = System.nanoTime();
    }

    void end(boolean kept) {
        if (kept) {
            wall[count] = System.nanoTime() - wallStart;
            cpu += process.getProcessCpuTime() - cpuStart;
            count++;
        }
    }

    void print(String what) {
        System.out.printf(
                "%s: wall median %.2f ms, p95 %.2f ms; CPU of client and server %.2f ms on average (%d samples)%n",
                what, at(0.5), at(0.95), cpu / 1e6 / count, count);
    }

    private double at(double share) {
        long[] sorted = Arrays.copyOf(wall, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) (share * count))] / 1e6;
    }
}
