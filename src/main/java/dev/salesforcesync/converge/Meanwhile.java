package dev.salesforcesync.converge;

import dev.salesforcesync.converge.PolicyOrder.Times;
import dev.salesforcesync.directory.FeedUpdate;
import dev.salesforcesync.directory.Following;
import dev.salesforcesync.model.ObjectGuid;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** What the directory told while a run was writing: who left is looked after at once, everything else when it is over. */
final class Meanwhile {
    private final Set<ObjectGuid> changed = new HashSet<>();
    private Instant asked = Instant.EPOCH;
    private boolean news;

    /** A run that writes for a while begins at this moment. */
    void begins(Instant now) {
        asked = now;
    }

    /** Whether it is time to ask again. */
    boolean asks(Instant now, Times times) {
        return times.changes() != Following.Mode.NONE
                && !asked.plus(times.directoryPoll()).isAfter(now);
    }

    void asked(Instant now) {
        asked = now;
    }

    /** Who of them may have left, which can be told without reading everything again. */
    Set<ObjectGuid> learn(FeedUpdate update) {
        if (update instanceof FeedUpdate.Changed told) {
            changed.addAll(told.people());
            news = true;
            return Set.copyOf(told.people());
        }
        news |= update instanceof FeedUpdate.ReadAgain;
        return Set.of();
    }

    /** The run is over. Whether there is something left to look at, which is forgotten here. */
    boolean ends() {
        boolean had = news;
        news = false;
        changed.clear();
        return had;
    }

    /** Everybody who changed since the run began. */
    Set<ObjectGuid> changed() {
        return Set.copyOf(changed);
    }
}
