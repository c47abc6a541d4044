package dev.salesforcesync.sandbox.salesforce.org;

import dev.salesforcesync.sandbox.salesforce.soql.Condition;
import dev.salesforcesync.sandbox.salesforce.soql.FieldPath;
import dev.salesforcesync.sandbox.salesforce.soql.Literal;
import dev.salesforcesync.sandbox.salesforce.soql.Query;
import dev.salesforcesync.sandbox.salesforce.soql.SoqlException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns a WHERE into a test of rows. Text is compared ignoring case, ids exactly; a missing value equals null,
 * is unequal to everything else and neither less nor greater.
 */
final class Filter {
    private final Query query;
    private final ObjectType type;
    private final Store store;
    private final Queries queries;

    Filter(Query query, ObjectType type, Store store, Queries queries) {
        this.query = query;
        this.type = type;
        this.store = store;
        this.queries = queries;
    }

    Predicate<Row> compile(Condition condition) {
        if (condition instanceof Condition.And and) {
            return and.all().stream().map(this::compile).reduce(row -> true, Predicate::and);
        }
        if (condition instanceof Condition.Or or) {
            return or.any().stream().map(this::compile).reduce(row -> false, Predicate::or);
        }
        if (condition instanceof Condition.Not not) {
            return compile(not.condition()).negate();
        }
        if (condition instanceof Condition.Comparison comparison) {
            return comparison(comparison);
        }
        if (condition instanceof Condition.In in) {
            Path path = path(in.path());
            Set<Object> keys = keys(in, path);
            return row -> keys.contains(key(path, path.read(row, store))) != in.negated();
        }
        if (condition instanceof Condition.InSelect in) {
            Path path = path(in.path());
            if (!path.field().kind().isId()) {
                throw invalid(in.path(), "semi join sub-selects can only be used with ID fields");
            }
            Set<Object> keys = queries.firstColumn(in.query());
            return row -> keys.contains(key(path, path.read(row, store))) != in.negated();
        }
        throw new IllegalArgumentException(condition.toString());
    }

    /** Rows that an index finds for a term that every match must fulfil; empty when there is no such term. */
    Optional<List<Row>> candidates(Condition condition) {
        if (condition instanceof Condition.And and) {
            return and.all().stream()
                    .map(this::candidates)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (condition instanceof Condition.Comparison comparison
                && comparison.operator() == Condition.Operator.EQUAL
                && !(comparison.value() instanceof Literal.Nothing)) {
            return seek(comparison.path(), List.of(comparison.value()));
        }
        if (condition instanceof Condition.Comparison comparison
                && (comparison.operator() == Condition.Operator.GREATER
                        || comparison.operator() == Condition.Operator.GREATER_OR_EQUAL)) {
            return behind(comparison);
        }
        if (condition instanceof Condition.In in && !in.negated()) {
            return seek(in.path(), in.values());
        }
        return Optional.empty();
    }

    private Optional<List<Row>> behind(Condition.Comparison comparison) {
        Path path = path(comparison.path());
        Object from = value(comparison.path(), path.field(), comparison.value());
        if (!path.isLocal() || from == null) {
            return Optional.empty();
        }
        boolean orOn = comparison.operator() == Condition.Operator.GREATER_OR_EQUAL;
        return store.table(type)
                .behind(type.at(path.field().name()), from, orOn)
                .map(rows -> rows.stream().sorted(Comparator.comparing(Row::id)).toList());
    }

    private Optional<List<Row>> seek(FieldPath fieldPath, List<Literal> values) {
        Path path = path(fieldPath);
        int at = type.at(path.isLocal() ? path.field().name() : "Id");
        boolean hasNull = values.stream().anyMatch(Literal.Nothing.class::isInstance);
        if (!path.isLocal() || hasNull || !store.table(type).isIndexed(at)) {
            return Optional.empty();
        }
        // In the order of ids, as a full scan would give them, and each row once.
        return Optional.of(values.stream()
                .map(value -> key(path, value(fieldPath, path.field(), value)))
                .distinct()
                .flatMap(key -> store.table(type).seek(at, key).stream())
                .sorted(Comparator.comparing(Row::id))
                .toList());
    }

    private Set<Object> keys(Condition.In in, Path path) {
        var keys = new HashSet<Object>();
        for (Literal literal : in.values()) {
            keys.add(key(path, value(in.path(), path.field(), literal)));
        }
        return keys;
    }

    private Predicate<Row> comparison(Condition.Comparison comparison) {
        Path path = path(comparison.path());
        if (comparison.operator() == Condition.Operator.LIKE) {
            return like(comparison, path);
        }
        Object wanted = value(comparison.path(), path.field(), comparison.value());
        Object key = key(path, wanted);
        return switch (comparison.operator()) {
            case EQUAL -> row -> key(path, path.read(row, store)).equals(key);
            case NOT_EQUAL -> row -> !key(path, path.read(row, store)).equals(key);
            default -> ordered(comparison, path, wanted);
        };
    }

    private Predicate<Row> ordered(Condition.Comparison comparison, Path path, @Nullable Object wanted) {
        if (wanted == null || path.field().kind() == FieldKind.BOOLEAN) {
            throw invalid(
                    comparison.path(),
                    "invalid operator on " + path.field().kind().typeName() + " field");
        }
        return row -> {
            Object value = path.read(row, store);
            if (value == null) {
                return false;
            }
            int order = Queries.compare(value, wanted);
            return switch (comparison.operator()) {
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                default -> order >= 0;
            };
        };
    }

    private Predicate<Row> like(Condition.Comparison comparison, Path path) {
        if (!path.field().kind().isText() || !(comparison.value() instanceof Literal.Text text)) {
            throw invalid(
                    comparison.path(),
                    "invalid operator on " + path.field().kind().typeName() + " field");
        }
        Pattern pattern = pattern(text.value());
        return row -> path.read(row, store) instanceof String value
                && pattern.matcher(value).matches();
    }

    private static Pattern pattern(String like) {
        var regex = new StringBuilder();
        for (int at = 0; at < like.length(); at++) {
            char c = like.charAt(at);
            if (c == '\\' && at + 1 < like.length() && "_%".indexOf(like.charAt(at + 1)) >= 0) {
                regex.append(Pattern.quote(String.valueOf(like.charAt(++at))));
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    /** The written value as the field stores it; refused in Salesforce's words when it is of another type. */
    private @Nullable Object value(FieldPath path, Field field, Literal literal) {
        if (literal instanceof Literal.Nothing) {
            return null;
        }
        return switch (field.kind()) {
            case BOOLEAN -> {
                if (literal instanceof Literal.Flag flag) {
                    yield flag.value();
                }
                throw wrongType(path, field, "boolean", literal);
            }
            case DATETIME -> {
                if (literal instanceof Literal.Moment moment) {
                    yield moment.value();
                }
                throw wrongType(path, field, "dateTime", literal);
            }
            case INT -> {
                if (literal instanceof Literal.Numeral number) {
                    yield number.value().intValue();
                }
                throw wrongType(path, field, "int", literal);
            }
            default -> {
                if (!(literal instanceof Literal.Text text)) {
                    throw wrongType(path, field, "string", literal);
                }
                if (text.value().isEmpty()) {
                    yield null;
                }
                yield field.kind().isId() ? id(path, text.value()) : text.value();
            }
        };
    }

    private String id(FieldPath path, String text) {
        return SalesforceId.normalize(text)
                .orElseThrow(() -> SoqlException.at(
                        query.text(),
                        path.position(),
                        ErrorCode.INVALID_QUERY_FILTER_OPERATOR.name(),
                        "invalid ID field: " + text));
    }

    private SoqlException wrongType(FieldPath path, Field field, String type, Literal literal) {
        boolean quoted = literal instanceof Literal.Text;
        String should = type.equals("string")
                ? " and should be enclosed in quotes"
                : quoted ? " and should not be enclosed in quotes" : "";
        return invalid(
                path, "value of filter criterion for field '" + field.name() + "' must be of type " + type + should);
    }

    private SoqlException invalid(FieldPath path, String reason) {
        return SoqlException.at(query.text(), path.position(), ErrorCode.INVALID_FIELD.name(), reason);
    }

    private Path path(FieldPath path) {
        return Path.resolve(query, type, path, store.schema());
    }

    /** What equality means for a field: a key that is equal where SOQL says equal. */
    static Object key(Path path, @Nullable Object value) {
        if (value == null) {
            return Missing.VALUE;
        }
        if (value instanceof String text && path.field().kind().isText()) {
            return text.toLowerCase(Locale.ROOT);
        }
        return value;
    }

    private enum Missing {
        VALUE
    }
}
