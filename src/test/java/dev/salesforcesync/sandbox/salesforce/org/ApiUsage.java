package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Clock;
import java.util.ArrayDeque;

/** API calls of the last 24 hours, counted by the hour, against the org's limit. */
public final class ApiUsage {
    private static final long HOURS = 24;

    private final Clock clock;
    private final int limit;
    private final ArrayDeque<long[]> hours = new ArrayDeque<>();

    ApiUsage(Clock clock, int limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** Counts one call; refuses it when the limit is reached. */
    public synchronized void count() {
        if (used() >= limit) {
            throw new ApiRefusal(ErrorCode.REQUEST_LIMIT_EXCEEDED, "TotalRequests Limit exceeded.");
        }
        add(1);
    }

    /** Calls other programs made: added without asking the limit. */
    public synchronized void add(int calls) {
        long hour = clock.instant().getEpochSecond() / 3600;
        long[] last = hours.peekLast();
        if (last == null || last[0] != hour) {
            last = new long[] {hour, 0};
            hours.addLast(last);
        }
        last[1] += calls;
    }

    public synchronized int used() {
        long oldest = clock.instant().getEpochSecond() / 3600 - HOURS;
        while (!hours.isEmpty() && hours.getFirst()[0] <= oldest) {
            hours.removeFirst();
        }
        return (int) hours.stream().mapToLong(hour -> hour[1]).sum();
    }

    public int limit() {
        return limit;
    }
}
