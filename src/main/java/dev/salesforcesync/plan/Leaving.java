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
     * @param certain false when only an incomplete read says so, or when another policy is waited for: then nothing is
     *     taken
     * @param code a stable word for it
     * @param reason the same when it is certain; otherwise a sentence
     */
    record Step(boolean certain, Leave leave, String code, String reason) {
        private static Step taken(Leave leave, String reason) {
            return new Step(true, leave, reason, reason);
        }
    }

    Step step(Sighting sighting) {
        if (sighting instanceof Sighting.Disabled) {
            return Step.taken(lifecycle.whenDisabled(), "Disabled");
        }
        if (sighting instanceof Sighting.Expired) {
            return Step.taken(lifecycle.whenDisabled(), "Expired");
        }
        if (sighting instanceof Sighting.Deleted) {
            return Step.taken(lifecycle.whenDeleted(), "Deleted");
        }
        if (sighting instanceof Sighting.Awaited awaited) {
            return new Step(
                    false,
                    Leave.NONE,
                    "OtherPolicyUnheard",
                    "no longer meant here, but " + awaited.policy() + " has not said yet whom it means");
        }
        if (sighting instanceof Sighting.OutOfScope out) {
            return absence(out.readWasComplete());
        }
        return absence(sighting instanceof Sighting.Absent absent && absent.readWasComplete());
    }

    private Step absence(boolean proven) {
        return proven
                ? Step.taken(lifecycle.whenOutOfScope(), "OutOfScope")
                : new Step(
                        false,
                        Leave.NONE,
                        "ReadIncomplete",
                        "not seen, but the read of the directory was not complete");
    }
}
