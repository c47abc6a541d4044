package dev.salesforcesync.directory;

/**
 * Something that the bind account may not do, or seems not to be allowed.
 *
 * @param reason a public constant
 * @param message what is missing and the command that grants it, the domain and the account filled in
 */
public record RightsFinding(Kind kind, String reason, String message) {

    /** How certain it is. */
    public enum Kind {
        /** The right is missing, and something does not work without it. */
        MISSING,
        /** It may be as it should be, or does no harm. */
        HINT
    }
}
