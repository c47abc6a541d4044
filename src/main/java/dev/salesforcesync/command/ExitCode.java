package dev.salesforcesync.command;

/** What a command ends with, so that a pipeline can go by it. */
enum ExitCode {
    /** Valid; or nothing is to be done; or the person is explained. */
    FINE(0),
    /** Something is wrong with the files. */
    PROBLEMS(1),
    /** The command was called wrongly. */
    WRONG_USAGE(2),
    /** There is something to be done; or nobody, or more than one, has the name that was asked for. */
    SOMETHING(3),
    /** No answer could be had, and the reason was told. */
    NO_ANSWER(4);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The one that a call ends with when several policies end differently. */
    ExitCode worseOf(ExitCode other) {
        return number >= other.number ? this : other;
    }

    int number() {
        return number;
    }
}
