package dev.salesforcesync.soak;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What a soak came to. */
final class Figures {
    final Map<String, Integer> edits = new TreeMap<>();
    final Map<String, Integer> faults = new TreeMap<>();
    final Map<String, Integer> waits = new TreeMap<>();
    int rounds;
    int convergences;
    int approvals;
    int calls;
    int writes;
    int lost;
    int blind;
    int users;
    Duration took = Duration.ZERO;

    static void count(Map<String, Integer> counts, String what) {
        counts.merge(what, 1, Integer::sum);
    }

    @Override
    public String toString() {
        return "rounds " + rounds + ", convergences " + convergences + ", users " + users + ", approvals " + approvals
                + "\n  calls " + calls + ", writes " + writes + ", writes lost " + lost + ", repeated blindly " + blind
                + "\n  edits " + edits + "\n  faults " + faults + "\n  waited for " + waits + "\n  took "
                + took.toSeconds() + " s";
    }
}
