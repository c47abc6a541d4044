package dev.salesforcesync.sandbox.salesforce.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query into tokens. */
final class Lexer {
    private static final Pattern MOMENT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*");
    private static final Pattern SYMBOL = Pattern.compile("<=|>=|!=|<>|[=<>(),:]");

    private final String query;
    private final Matcher matcher;
    private int position;

    private Lexer(String query) {
        this.query = query;
        this.matcher = Pattern.compile("").matcher(query);
    }

    static List<Token> tokens(String query) {
        var lexer = new Lexer(query);
        var tokens = new ArrayList<Token>();
        while (true) {
            Token token = lexer.next();
            tokens.add(token);
            if (token.kind() == Token.Kind.END) {
                return tokens;
            }
        }
    }

    private Token next() {
        while (position < query.length() && Character.isWhitespace(query.charAt(position))) {
            position++;
        }
        int start = position;
        if (start == query.length()) {
            return new Token(Token.Kind.END, "<EOF>", start);
        }
        if (query.charAt(start) == '\'') {
            return string(start);
        }
        if (matches(MOMENT)) {
            return taken(Token.Kind.MOMENT, start);
        }
        if (matches(DAY)) {
            return taken(Token.Kind.DAY, start);
        }
        if (matches(NUMBER)) {
            return taken(Token.Kind.NUMBER, start);
        }
        if (matches(WORD)) {
            return taken(Token.Kind.WORD, start);
        }
        if (matches(SYMBOL)) {
            return taken(Token.Kind.SYMBOL, start);
        }
        throw SoqlException.malformed(
                query, start, "line 1:" + start + " no viable alternative at character '" + query.charAt(start) + "'");
    }

    private boolean matches(Pattern pattern) {
        return matcher.usePattern(pattern).region(position, query.length()).lookingAt();
    }

    private Token taken(Token.Kind kind, int start) {
        position = matcher.end();
        return new Token(kind, matcher.group(), start);
    }

    private Token string(int start) {
        var text = new StringBuilder();
        int at = start + 1;
        while (at < query.length()) {
            char c = query.charAt(at);
            if (c == '\'') {
                position = at + 1;
                return new Token(Token.Kind.STRING, text.toString(), start);
            }
            if (c == '\\') {
                at = escaped(text, at);
            } else {
                text.append(c);
                at++;
            }
        }
        throw SoqlException.malformed(
                query, start, "line 1:" + query.length() + " mismatched character '<EOF>' expecting '''");
    }

    /** Appends what the escape at {@code at} means and returns where the text goes on. */
    private int escaped(StringBuilder text, int at) {
        char c = at + 1 < query.length() ? query.charAt(at + 1) : ' ';
        switch (c) {
            case 'n', 'N' -> text.append('\n');
            case 'r', 'R' -> text.append('\r');
            case 't', 'T' -> text.append('\t');
            case 'b', 'B' -> text.append('\b');
            case 'f', 'F' -> text.append('\f');
            case '"', '\'', '\\' -> text.append(c);
            // In LIKE, \_ and \% stand for the characters themselves: the backslash stays for the matcher.
            case '_', '%' -> text.append('\\').append(c);
            case 'u' -> {
                return unicode(text, at);
            }
            default ->
                throw SoqlException.malformed(
                        query,
                        at,
                        "Invalid string literal. Illegal character sequence '\\" + c + "' in string literal.");
        }
        return at + 2;
    }

    private int unicode(StringBuilder text, int at) {
        int end = at + 6;
        String digits = end <= query.length() ? query.substring(at + 2, end) : "";
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw SoqlException.malformed(query, at, "Invalid string literal. Illegal unicode escape.");
        }
        text.append((char) Integer.parseInt(digits, 16));
        return end;
    }
}
