package dev.salesforcesync.converge;

import java.util.stream.IntStream;

/**
 * How somebody stood when it was last decided about him. One object for all who stand alike.
 *
 * @param meant by the policy
 * @param unmatched meant and without a user
 * @param linked with a user that stands for him
 * @param active with one that is active
 * @param present in the directory, neither disabled nor expired, and meant
 * @param found by the searches
 * @param arriving whether he is given a user, or his is brought back
 * @param usable whether an active user is his, be it one whom we may not touch
 */
record Standing(
        boolean meant,
        boolean unmatched,
        boolean linked,
        boolean active,
        boolean present,
        boolean found,
        boolean arriving,
        boolean usable) {
    private static final Standing[] ALL = IntStream.range(0, 256)
            .mapToObj(bits -> new Standing(
                    (bits & 1) != 0,
                    (bits & 2) != 0,
                    (bits & 4) != 0,
                    (bits & 8) != 0,
                    (bits & 16) != 0,
                    (bits & 32) != 0,
                    (bits & 64) != 0,
                    (bits & 128) != 0))
            .toArray(Standing[]::new);

    /** Somebody of whom nothing is known. */
    static final Standing STRANGER = ALL[0];

    /** The one object for all who stand like this. */
    Standing shared() {
        return ALL[
                (meant ? 1 : 0)
                        + (unmatched ? 2 : 0)
                        + (linked ? 4 : 0)
                        + (active ? 8 : 0)
                        + (present ? 16 : 0)
                        + (found ? 32 : 0)
                        + (arriving ? 64 : 0)
                        + (usable ? 128 : 0)];
    }

    /** Whether he is gone and his user is not, so that more may become known of him. */
    boolean lingers() {
        return linked && active && !present;
    }
}
