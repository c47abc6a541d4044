package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What getUpdated and getDeleted tell: ids changed or deleted from one minute to another, within the last 30 days
 * (SOAP API guide, sforce_api_calls_getupdated and sforce_api_calls_getdeleted).
 */
public final class Replication {
    private static final Duration REACH = Duration.ofDays(30);

    private final Org org;
    private final ConcurrentLinkedQueue<Deleted> deleted = new ConcurrentLinkedQueue<>();

    /** A record that is gone. */
    public record Deleted(String id, Instant at) {}

    Replication(Org org) {
        this.org = org;
    }

    void noteDeleted(List<RowResult> results) {
        Instant now = org.now();
        results.forEach(result -> result.id().filter(id -> result.success()).ifPresent(id -> {
            deleted.add(new Deleted(id, now));
        }));
    }

    /** Takes back what was noted last of these. */
    void forgetDeleted(List<RowResult> results) {
        results.forEach(result ->
                result.id().ifPresent(id -> deleted.removeIf(one -> one.id().equals(id))));
    }

    /** Ids of records of this object created or changed from {@code from} on and before {@code to}. */
    public List<String> updated(ObjectType type, Instant from, Instant to) {
        requireSpan(from, to);
        String stamp = type.field("SystemModstamp").isPresent() ? "SystemModstamp" : "LastModifiedDate";
        if (type.field(stamp).isEmpty()) {
            throw new ApiRefusal(ErrorCode.INVALID_TYPE, "sObject type '" + type.name() + "' is not replicateable.");
        }
        var ids = new ArrayList<String>();
        for (Row row : org.records(type.name())) {
            if (within(row.moment(stamp), from, to)) {
                ids.add(row.id());
            }
        }
        return ids;
    }

    /** Records of this object that were deleted from {@code from} on and before {@code to}. */
    public List<Deleted> deleted(ObjectType type, Instant from, Instant to) {
        requireSpan(from, to);
        return deleted.stream()
                .filter(one -> one.id().startsWith(type.keyPrefix()) && within(one.at(), from, to))
                .toList();
    }

    /** The first moment that deletions are told of. */
    public Instant earliest() {
        return org.now().minus(REACH);
    }

    /** Seconds are not looked at. */
    private static boolean within(Instant at, Instant from, Instant to) {
        return !at.isBefore(minute(from)) && at.isBefore(minute(to));
    }

    private static Instant minute(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MINUTES);
    }

    private void requireSpan(Instant from, Instant to) {
        // Texts inferred; the code is of the WSDL.
        if (!minute(from).isBefore(minute(to))) {
            throw new ApiRefusal(
                    ErrorCode.INVALID_REPLICATION_DATE, "endDate must be at least one minute after startDate");
        }
        if (from.isBefore(earliest())) {
            throw new ApiRefusal(ErrorCode.INVALID_REPLICATION_DATE, "startDate cannot be more than 30 days ago");
        }
    }
}
