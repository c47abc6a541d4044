package dev.salesforcesync.command;

/** Something that is not there, or may not be read; the message says what, why, and what to do. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
        super(message);
    }
}
