package dev.salesforcesync.benchmark;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures with their bars. Being over one is told, and fails nothing: others may use the machine, which the load
 * average of the last minute shows.
 */
final class Table {
    private final List<List<String>> rows =
            new ArrayList<>(List.of(List.of("figure", "measured", "bar", "measured ÷ bar", "", "load then")));

    /** Adds a figure that must be at most its bar. */
    void atMost(String figure, double measured, double bar, String unit) {
        add(List.of(
                figure,
                number(measured) + unit,
                "≤ " + number(bar) + unit,
                bar == 0 ? (measured == 0 ? "0" : "∞") : number(measured / bar),
                measured <= bar ? "ok" : "over",
                number(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())));
    }

    /** Adds a number of calls, rows or people. */
    void atMost(String figure, long counted, long bar) {
        atMost(figure, (double) counted, (double) bar, "");
    }

    private void add(List<String> row) {
        rows.add(row);
        System.out.println("benchmark: " + String.join(" | ", row));
    }

    static void note(String format, Object... figures) {
        System.out.println("benchmark: " + String.format(Locale.ROOT, format, figures));
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.1f", value);
    }

    void print() {
        StringBuilder table = new StringBuilder("\n");
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(one -> one.get(at).length())
                        .max()
                        .orElse(0);
                String cell = row.get(column);
                table.append(cell).append(" ".repeat(width - cell.length() + 2));
            }
            table.append('\n');
        }
        System.out.print(table);
    }
}
