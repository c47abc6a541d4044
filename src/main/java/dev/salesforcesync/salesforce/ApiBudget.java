package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.OrgDescription.ApiUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps our calls within our share of the org's rolling day and leaves the reserve to others. The less urgent a call is,
 * the earlier before the end of the share it must wait; the last tenth is kept for leavers.
 *
 * <p>The org's figures come with every answer (REST: Sforce-Limit-Info, SOAP: LimitInfoHeader). Our own calls are
 * counted since this object was made. Once the reserve is touched nothing goes out, so nothing would tell that the
 * window has moved on: one look at the limits every quarter of an hour is the exception.
 */
final class ApiBudget {
    static final Duration WINDOW = Duration.ofHours(24);
    private static final Duration BUCKET = Duration.ofMinutes(10);
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration STALE = Duration.ofMinutes(15);

    private final SalesforceSettings.Budget budget;
    private final InstantSource clock;
    private final TreeMap<Instant, Long> own = new TreeMap<>();
    private Optional<ApiUsage> seen = Optional.empty();
    private Instant lastLook = Instant.MIN;
    private long open;

    ApiBudget(SalesforceSettings.Budget budget, InstantSource clock) {
        this.budget = budget;
        this.clock = clock;
    }

    /** Asks leave for one call; a failure means that it must not be sent. */
    Optional<Failure> admit(Urgency urgency) {
        return admit(urgency, false);
    }

    /** The same for a look at the limits, which may go out now and then although the reserve is touched. */
    Optional<Failure> admitLook() {
        return admit(Urgency.LOOKUP, true);
    }

    private synchronized Optional<Failure> admit(Urgency urgency, boolean look) {
        Instant now = clock.instant();
        own.headMap(now.minus(WINDOW).minus(BUCKET), true).clear();
        if (seen.isPresent() && seen.get().limit() > 0) {
            ApiUsage usage = seen.get();
            long share = usage.limit() * budget.dailyShare() / 100;
            long kept = share * urgency.keptPercent() / 100;
            if (ownCalls() + 1 > share - kept) {
                Instant frees =
                        own.isEmpty() ? now : own.firstKey().plus(BUCKET).plus(WINDOW);
                String when = own.isEmpty()
                        ? "It is too small for a single call"
                        : "Work goes on " + about(frees) + ", when the rolling 24 hours free some";
                return Optional.of(exhausted("our share (apiBudget.dailyShare)", when, Duration.between(now, frees)));
            }
            if (usage.used() + open + 1 > usage.limit() - budget.reserve() - kept) {
                boolean mayLook =
                        look && !now.isBefore(usage.observed().plus(STALE)) && !now.isBefore(lastLook.plus(STALE));
                if (!mayLook) {
                    Instant again = usage.observed().plus(STALE);
                    return Optional.of(exhausted(
                            "all but the reserve (apiBudget.reserve)",
                            "It is looked at again " + about(again)
                                    + " and work goes on as soon as the rolling 24 hours have freed some",
                            Duration.between(now, again)));
                }
                lastLook = now;
            }
        }
        open++;
        Instant bucket = Instant.ofEpochSecond(now.getEpochSecond() / BUCKET.toSeconds() * BUCKET.toSeconds());
        own.merge(bucket, 1L, Long::sum);
        return Optional.empty();
    }

    /** An admitted call ended; {@code counted} says whether it can have reached the org. */
    synchronized void ended(boolean counted) {
        open--;
        if (counted) {
            seen = seen.map(last -> new ApiUsage(last.used() + 1, last.limit(), last.observed()));
        } else if (!own.isEmpty()) {
            own.merge(own.lastKey(), -1L, Long::sum);
        }
    }

    /** The org told its figures. */
    synchronized void observed(long used, long limit) {
        seen = Optional.of(new ApiUsage(used, limit, clock.instant()));
    }

    synchronized Optional<ApiUsage> usage() {
        return seen;
    }

    private long ownCalls() {
        return own.values().stream().mapToLong(Long::longValue).sum();
    }

    /** To the minute, so that the same waiting reads the same each time. */
    private static String about(Instant moment) {
        return "about " + MINUTES.format(moment.plusSeconds(59));
    }

    private static Failure exhausted(String what, String when, Duration wait) {
        return new Failure.Transient(
                SalesforceReason.API_BUDGET_EXHAUSTED,
                "Of the org's daily API calls " + what + " is used up. " + when
                        + "; raise the budget or find who else calls.",
                wait.compareTo(Duration.ofMinutes(1)) < 0 ? Duration.ofMinutes(1) : wait);
    }
}
