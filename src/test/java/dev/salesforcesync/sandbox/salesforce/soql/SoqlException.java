package dev.salesforcesync.sandbox.salesforce.soql;

/**
 * Says why a query was refused and where, in Salesforce's form: the line, a caret under the token, "ERROR at
 * Row:r:Column:c", the reason.
 */
public final class SoqlException extends RuntimeException {
    private static final int EXCERPT = 60;

    private final String code;
    private final int row;
    private final int column;

    private SoqlException(String code, String message, int row, int column) {
        super(message, null, false, false);
        this.code = code;
        this.row = row;
        this.column = column;
    }

    /** A refusal that points at {@code position}, counted from 0 in {@code query}. */
    public static SoqlException at(String query, int position, String code, String reason) {
        int at = Math.min(position, query.length());
        int lineStart = query.lastIndexOf('\n', at - 1) + 1;
        int row = (int) query.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        int column = at - lineStart + 1;
        int lineEnd = query.indexOf('\n', at);
        int from = Math.max(lineStart, at - EXCERPT);
        int to = Math.min(lineEnd < 0 ? query.length() : lineEnd, at + EXCERPT);
        String message = "\n" + query.substring(from, Math.max(from, to)) + "\n" + " ".repeat(at - from) + "^\n"
                + "ERROR at Row:" + row + ":Column:" + column + "\n" + reason;
        return new SoqlException(code, message, row, column);
    }

    public static SoqlException malformed(String query, int position, String reason) {
        return at(query, position, "MALFORMED_QUERY", reason);
    }

    /** MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE or another API error code. */
    public String code() {
        return code;
    }

    /** The line, from 1. */
    public int row() {
        return row;
    }

    /** The character in the line, from 1. */
    public int column() {
        return column;
    }
}
