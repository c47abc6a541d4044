package dev.salesforcesync.sandbox.salesforce.org;

import dev.salesforcesync.sandbox.salesforce.soql.Ordering;
import dev.salesforcesync.sandbox.salesforce.soql.Query;
import dev.salesforcesync.sandbox.salesforce.soql.SoqlException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Answers queries from the tables. To be called under the org's lock. */
final class Queries {
    /** SOQL reference, OFFSET. */
    private static final int MAX_OFFSET = 2000;

    private final Store store;

    Queries(Store store) {
        this.store = store;
    }

    /** The rows a query finds, and how to show them. */
    record Found(Query query, Selection selection, List<Row> rows) {}

    Found find(Query query) {
        ObjectType type = type(query);
        var selection = new Selection(type);
        query.fields().forEach(path -> selection.add(Path.resolve(query, type, path, store.schema())));
        if (query.offset().orElse(0) > MAX_OFFSET) {
            throw new ApiRefusal(ErrorCode.NUMBER_OUTSIDE_VALID_RANGE, "Maximum SOQL offset allowed is 2000");
        }
        Stream<Row> rows = matching(query, type);
        if (!query.orderBy().isEmpty()) {
            rows = rows.sorted(order(query, type));
        }
        if (query.offset().isPresent()) {
            rows = rows.skip(query.offset().getAsInt());
        }
        if (query.limit().isPresent()) {
            rows = rows.limit(query.limit().getAsInt());
        }
        return new Found(query, selection, rows.toList());
    }

    /** The ids in the only column of a sub-select. */
    Set<Object> firstColumn(Query query) {
        ObjectType type = type(query);
        Path path = Path.resolve(query, type, query.fields().get(0), store.schema());
        if (!path.field().kind().isId()) {
            throw SoqlException.malformed(
                    query.text(),
                    query.fields().get(0).position(),
                    "The inner select field '" + path.field().name() + "' must be an ID or reference field");
        }
        var keys = new HashSet<Object>();
        matching(query, type).forEach(row -> {
            Object value = path.read(row, store);
            if (value != null) {
                keys.add(value);
            }
        });
        return keys;
    }

    private Stream<Row> matching(Query query, ObjectType type) {
        if (query.where().isEmpty()) {
            return store.table(type).rows().stream();
        }
        var filter = new Filter(query, type, store, this);
        Predicate<Row> test = filter.compile(query.where().get());
        Optional<List<Row>> candidates = filter.candidates(query.where().get());
        Collection<Row> rows =
                candidates.isPresent() ? candidates.get() : store.table(type).rows();
        return rows.stream().filter(test);
    }

    private Comparator<Row> order(Query query, ObjectType type) {
        return query.orderBy().stream()
                .map(term -> order(term, Path.resolve(query, type, term.path(), store.schema())))
                .reduce(Comparator::thenComparing)
                .orElseThrow();
    }

    private Comparator<Row> order(Ordering term, Path path) {
        return (a, b) -> {
            Object left = path.read(a, store);
            Object right = path.read(b, store);
            if (left == null || right == null) {
                int nullsFirst = Boolean.compare(right == null, left == null);
                return term.nullsLast() ? -nullsFirst : nullsFirst;
            }
            int natural = compare(left, right);
            return term.descending() ? -natural : natural;
        };
    }

    /** The order of two values of one field; text ignoring case. */
    @SuppressWarnings("unchecked")
    static int compare(Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            return a.compareToIgnoreCase(b);
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    private ObjectType type(Query query) {
        return store.schema()
                .find(query.object())
                .orElseThrow(() -> SoqlException.at(
                        query.text(),
                        query.objectPosition(),
                        ErrorCode.INVALID_TYPE.name(),
                        "sObject type '" + query.object()
                                + "' is not supported. If you are attempting to use a custom object, be sure to append"
                                + " the '__c' after the entity name. Please reference your WSDL or the describe call"
                                + " for the appropriate names."));
    }
}
