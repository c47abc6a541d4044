package dev.salesforcesync.directory;

import java.util.Optional;

/**
 * How a domain is followed.
 *
 * @param mode where changes come from
 * @param lastKnown how far an earlier process had come: a controller that does not know as much proves nothing
 * @param hint called from another thread when something may have changed, where the controller tells; the question
 *     for changes is still to be asked
 */
public record Following(Mode mode, Optional<ChangePosition> lastKnown, Runnable hint) {

    /** Where changes come from. */
    public enum Mode {
        /** DirSync with the right to replicate, else without, else update sequence numbers. */
        AUTO,
        /** DirSync with the right to replicate changes, or a failure that names it. */
        DIR_SYNC,
        /** Update sequence numbers. */
        USN,
        /** Nothing is followed; every question for changes answers that all must be read again. */
        NONE
    }
}
