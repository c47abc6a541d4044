package dev.salesforcesync.plan;

import dev.salesforcesync.policy.Lifecycle;
import dev.salesforcesync.policy.Lifecycle.Leave;
import dev.salesforcesync.policy.Sighting;

/** Decides what is taken from somebody who can no longer be seen, or is seen to have left. */
final class Leaving {
    private final Lifecycle lifecycle;

    Leaving(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /**
     * What is taken, and why.
     *
     * @param certain false when only an incomplete read says so: then nothing is taken
     */
    record Step(boolean certain, Leave leave, String reason) {}

    Step step(Sighting sighting) {
        if (sighting instanceof Sighting.Disabled) {
            return new Step(true, lifecycle.whenDisabled(), "Disabled");
        }
        if (sighting instanceof Sighting.Expired) {
            return new Step(true, lifecycle.whenDisabled(), "Expired");
        }
        if (sighting instanceof Sighting.Deleted) {
            return new Step(true, lifecycle.whenDeleted(), "Deleted");
        }
        if (sighting instanceof Sighting.OutOfScope out) {
            return absence(out.readWasComplete());
        }
        return absence(sighting instanceof Sighting.Absent absent && absent.readWasComplete());
    }

    private Step absence(boolean proven) {
        return proven
                ? new Step(true, lifecycle.whenOutOfScope(), "OutOfScope")
                : new Step(false, Leave.NONE, "not seen, but the read of the directory was not complete");
    }
}
