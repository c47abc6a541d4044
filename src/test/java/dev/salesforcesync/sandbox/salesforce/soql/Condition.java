package dev.salesforcesync.sandbox.salesforce.soql;

import java.util.List;

/** What a row must fulfil. */
public sealed interface Condition {
    record And(List<Condition> all) implements Condition {
        public And {
            all = List.copyOf(all);
        }
    }

    record Or(List<Condition> any) implements Condition {
        public Or {
            any = List.copyOf(any);
        }
    }

    record Not(Condition condition) implements Condition {}

    record Comparison(FieldPath path, Operator operator, Literal value) implements Condition {}

    record In(FieldPath path, boolean negated, List<Literal> values) implements Condition {
        public In {
            values = List.copyOf(values);
        }
    }

    record InSelect(FieldPath path, boolean negated, Query query) implements Condition {}

    /** How a field is compared. */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        LIKE
    }
}
