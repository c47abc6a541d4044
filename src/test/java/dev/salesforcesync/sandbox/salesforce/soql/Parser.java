package dev.salesforcesync.sandbox.salesforce.soql;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Recursive descent over the part of SOQL that the sandbox org understands. As in Salesforce, AND and OR can't
 * be mixed on one level without parentheses.
 */
final class Parser {
    private static final Set<String> RESERVED = Set.of(
            "and",
            "asc",
            "desc",
            "excludes",
            "from",
            "group",
            "having",
            "in",
            "includes",
            "like",
            "limit",
            "not",
            "null",
            "nulls",
            "offset",
            "or",
            "order",
            "select",
            "true",
            "false",
            "using",
            "where",
            "with",
            "for");
    private static final int MAX_DEPTH = 50;

    private final String text;
    private final List<Token> tokens;
    private int next;
    private int depth;

    Parser(String text) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
    }

    Query query() {
        Query query = select(false);
        if (peek().kind() != Token.Kind.END) {
            throw unexpected();
        }
        return query;
    }

    private Query select(boolean inner) {
        expectWord("select");
        var fields = new ArrayList<FieldPath>();
        boolean count = false;
        if (!inner && peek().isWord("count") && tokens.get(next + 1).isSymbol("(")) {
            next += 2;
            expectSymbol(")");
            count = true;
        } else {
            do {
                fields.add(path());
            } while (!inner && takeSymbol(","));
        }
        expectWord("from");
        Token object = object();
        Optional<Condition> where = takeWord("where") ? Optional.of(condition()) : Optional.empty();
        List<Ordering> orderings = inner ? List.of() : orderings();
        OptionalInt limit = !inner && takeWord("limit") ? OptionalInt.of(count()) : OptionalInt.empty();
        OptionalInt offset = !inner && takeWord("offset") ? OptionalInt.of(count()) : OptionalInt.empty();
        return new Query(text, fields, count, object.text(), object.position(), where, orderings, limit, offset);
    }

    private List<Ordering> orderings() {
        var orderings = new ArrayList<Ordering>();
        if (takeWord("order")) {
            expectWord("by");
            do {
                FieldPath path = path();
                boolean descending = takeWord("desc");
                if (!descending) {
                    takeWord("asc");
                }
                boolean nullsLast = false;
                if (takeWord("nulls")) {
                    nullsLast = takeWord("last");
                    if (!nullsLast) {
                        expectWord("first");
                    }
                }
                orderings.add(new Ordering(path, descending, nullsLast));
            } while (takeSymbol(","));
        }
        return orderings;
    }

    private Condition condition() {
        if (++depth > MAX_DEPTH) {
            throw SoqlException.malformed(text, peek().position(), "condition is nested too deeply");
        }
        var terms = new ArrayList<Condition>();
        terms.add(term());
        String word = peek().isWord("or") ? "or" : "and";
        while (takeWord(word)) {
            terms.add(term());
        }
        if (peek().isWord("and") || peek().isWord("or")) {
            throw unexpected();
        }
        depth--;
        if (terms.size() == 1) {
            return terms.get(0);
        }
        return word.equals("or") ? new Condition.Or(terms) : new Condition.And(terms);
    }

    private Condition term() {
        if (takeWord("not")) {
            return new Condition.Not(term());
        }
        if (takeSymbol("(")) {
            Condition condition = condition();
            expectSymbol(")");
            return condition;
        }
        FieldPath path = path();
        if (takeWord("in")) {
            return in(path, false);
        }
        if (takeWord("not")) {
            expectWord("in");
            return in(path, true);
        }
        return new Condition.Comparison(path, operator(), literal());
    }

    private Condition in(FieldPath path, boolean negated) {
        expectSymbol("(");
        if (peek().isWord("select")) {
            Query query = select(true);
            expectSymbol(")");
            return new Condition.InSelect(path, negated, query);
        }
        var values = new ArrayList<Literal>();
        do {
            values.add(literal());
        } while (takeSymbol(","));
        expectSymbol(")");
        return new Condition.In(path, negated, values);
    }

    private Condition.Operator operator() {
        Token token = take();
        if (token.isWord("like")) {
            return Condition.Operator.LIKE;
        }
        return switch (token.kind() == Token.Kind.SYMBOL ? token.text() : "") {
            case "=" -> Condition.Operator.EQUAL;
            case "!=", "<>" -> Condition.Operator.NOT_EQUAL;
            case "<" -> Condition.Operator.LESS;
            case "<=" -> Condition.Operator.LESS_OR_EQUAL;
            case ">" -> Condition.Operator.GREATER;
            case ">=" -> Condition.Operator.GREATER_OR_EQUAL;
            default -> throw unexpected(token);
        };
    }

    private Literal literal() {
        Token token = take();
        try {
            return switch (token.kind()) {
                case STRING -> new Literal.Text(token.text());
                case NUMBER -> new Literal.Numeral(new BigDecimal(token.text()));
                case MOMENT -> new Literal.Moment(Instant.from(OffsetDateTime.parse(token.text())));
                case DAY -> new Literal.Day(LocalDate.parse(token.text()));
                case WORD -> word(token);
                default -> throw unexpected(token);
            };
        } catch (DateTimeException e) {
            throw SoqlException.malformed(text, token.position(), "invalid date: " + token.text());
        }
    }

    private Literal word(Token token) {
        return switch (token.text().toLowerCase(Locale.ROOT)) {
            case "true" -> new Literal.Flag(true);
            case "false" -> new Literal.Flag(false);
            case "null" -> new Literal.Nothing();
            default -> throw unexpected(token);
        };
    }

    private FieldPath path() {
        Token token = name();
        return new FieldPath(List.of(token.text().split("\\.", -1)), token.position());
    }

    private Token name() {
        Token token = take();
        if (token.kind() != Token.Kind.WORD || RESERVED.contains(token.text().toLowerCase(Locale.ROOT))) {
            throw unexpected(token);
        }
        return token;
    }

    /** Words that no alias may be still name objects: real orgs answer SELECT Id FROM Group. */
    private Token object() {
        Token token = peek();
        return token.isWord("group") || token.isWord("order") ? take() : name();
    }

    private int count() {
        Token token = take();
        if (token.kind() != Token.Kind.NUMBER || !token.text().matches("\\d{1,9}")) {
            throw unexpected(token);
        }
        return Integer.parseInt(token.text());
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Token.Kind.END) {
            next++;
        }
        return token;
    }

    private boolean takeWord(String word) {
        boolean found = peek().isWord(word);
        if (found) {
            next++;
        }
        return found;
    }

    private boolean takeSymbol(String symbol) {
        boolean found = peek().isSymbol(symbol);
        if (found) {
            next++;
        }
        return found;
    }

    private void expectWord(String word) {
        if (!takeWord(word)) {
            throw unexpected();
        }
    }

    private void expectSymbol(String symbol) {
        if (!takeSymbol(symbol)) {
            throw unexpected();
        }
    }

    private SoqlException unexpected() {
        return unexpected(peek());
    }

    private SoqlException unexpected(Token token) {
        String shown = token.kind() == Token.Kind.END ? "<EOF>" : "'" + token.text() + "'";
        return SoqlException.malformed(text, token.position(), "unexpected token: " + shown);
    }
}
