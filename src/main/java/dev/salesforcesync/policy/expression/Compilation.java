package dev.salesforcesync.policy.expression;

/** What came of compiling an expression. */
public sealed interface Compilation {

    record Compiled(Expression expression) implements Compilation {}

    /**
     * The expression is wrong, or not one that we are willing to run.
     *
     * @param line 1 for the first; 0 when the whole expression is meant
     * @param column 1 for the first; 0 when the whole expression is meant
     * @param message what is wrong; it may quote the expression
     */
    record Refused(int line, int column, String message) implements Compilation {
        /** The position and the message in one sentence. */
        public String sentence() {
            return line == 0 ? message : "line " + line + ", column " + column + ": " + message;
        }
    }
}
