package dev.salesforcesync.command;

/** The command was called wrongly; the message is one line that says what to do. */
final class WrongUsage extends Exception {
    private static final long serialVersionUID = 1L;

    WrongUsage(String message) {
        super(message);
    }
}
