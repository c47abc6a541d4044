package dev.salesforcesync.model;

/** Whether a read of the directory saw everything it asked for; effects of absence need the proof. */
public sealed interface Completeness {

    /**
     * Every page, range and canary was read, and at least the declared minimum of people was found.
     *
     * @param evidence one sentence that says what was counted
     */
    record Proven(String evidence) implements Completeness {}

    /**
     * Something may be missing.
     *
     * @param reason a stable CamelCase word, such as {@code SizeLimitExceeded}, {@code FewerThanMinimum},
     *     {@code CanaryMissing}, {@code ReferralNotFollowed}, {@code GroupNotFound}
     * @param message a sentence that says what to do
     */
    record Unproven(String reason, String message) implements Completeness {}

    default boolean isProven() {
        return this instanceof Proven;
    }
}
