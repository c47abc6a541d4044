package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The clock of an org whose time differs from that of its callers; by nothing until it is told. */
public final class SkewedClock extends Clock {
    private final Clock right;
    private volatile Duration skew = Duration.ZERO;

    public SkewedClock(Clock right) {
        this.right = right;
    }

    /** From now on the org is ahead by this much; behind, when it is negative. */
    public void skew(Duration ahead) {
        skew = ahead;
    }

    @Override
    public ZoneId getZone() {
        return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return right.withZone(zone);
    }

    @Override
    public Instant instant() {
        return right.instant().plus(skew);
    }
}
