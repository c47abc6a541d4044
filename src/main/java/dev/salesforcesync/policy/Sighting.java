package dev.salesforcesync.policy;

/** How a linked person was last seen, and on what evidence. */
public sealed interface Sighting {

    /** His entry was read and he is meant. */
    record Present() implements Sighting {}

    /** His own entry says that the account is disabled. */
    record Disabled() implements Sighting {}

    /** His own entry says that the account has ended. */
    record Expired() implements Sighting {}

    /** A readable tombstone says that his entry was deleted. */
    record Deleted() implements Sighting {}

    /**
     * His entry lives, yet he is no longer meant: not in a search, not in a group, or not by {@code where}.
     *
     * @param readWasComplete without it, this is of no effect
     */
    record OutOfScope(String reason, boolean readWasComplete) implements Sighting {}

    /**
     * He is no longer meant here, yet another policy on the org, which may mean him, has not said so far whom it means.
     * Of no effect.
     *
     * @param policy the one that is waited for, by {@code namespace/name}
     */
    record Awaited(String policy) implements Sighting {}

    /**
     * Neither entry nor tombstone was found.
     *
     * @param readWasComplete without it, this is of no effect
     */
    record Absent(boolean readWasComplete) implements Sighting {}
}
