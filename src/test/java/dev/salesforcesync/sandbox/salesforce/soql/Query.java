package dev.salesforcesync.sandbox.salesforce.soql;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A parsed query.
 *
 * @param text what was sent, for messages that point into it
 * @param fields the selected fields; empty for COUNT()
 * @param objectPosition where the object's name stands in the text
 */
public record Query(
        String text,
        List<FieldPath> fields,
        boolean count,
        String object,
        int objectPosition,
        Optional<Condition> where,
        List<Ordering> orderBy,
        OptionalInt limit,
        OptionalInt offset) {
    public Query {
        fields = List.copyOf(fields);
        orderBy = List.copyOf(orderBy);
    }

    /**
     * Reads a query.
     *
     * @throws SoqlException MALFORMED_QUERY with the position, for everything the grammar does not know
     */
    public static Query parse(String text) {
        return new Parser(text).query();
    }
}
