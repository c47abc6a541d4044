package dev.salesforcesync.converge;

import dev.salesforcesync.directory.ChangePosition;
import dev.salesforcesync.directory.DirectoryFeed;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.ledger.OrgLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far a policy's directory is known, kept so that a later process can tell a controller that knows less. */
final class KeptPosition {
    /** Not after each change: etcd has other work. */
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final String policy;
    private final Clock clock;
    private Instant kept = Instant.EPOCH;

    KeptPosition(ResourceName policy, Clock clock) {
        this.policy = policy.toString();
        this.clock = clock;
    }

    /** Keeps it where that is due. */
    Result<Integer> keep(OrgLedger ledger, DirectoryFeed feed) {
        Optional<ChangePosition> position = feed.position();
        boolean early = kept.plus(INTERVAL).isAfter(clock.instant());
        String before = ledger.positions().get(policy);
        if (position.isEmpty() || position.get().toText().equals(before) || (early && before != null)) {
            return Result.ok(0);
        }
        kept = clock.instant();
        return ledger.record(List.of(
                new LedgerChange.Put(new Entry.Position(policy, position.get().toText()))));
    }
}
