package dev.salesforcesync.policy.expression;

/** What came of evaluating an expression for one person. */
public sealed interface Outcome {

    /** A text, at most {@value Allowance#MAX_TEXT} characters long; may be empty. */
    record Text(String value) implements Outcome {
        /** Never shows the value, so that a person cannot slip into a log. */
        @Override
        public String toString() {
            return "Text[" + value.length() + "]";
        }
    }

    /** The person whose entry has this name; nobody when it is empty. */
    record Referred(String dn) implements Outcome {
        /** Never shows the name, so that a person cannot slip into a log. */
        @Override
        public String toString() {
            return "Referred[]";
        }
    }

    record Truth(boolean value) implements Outcome {}

    /** The expression called {@code skip()}: the field is to be left alone. */
    record Skip() implements Outcome {}

    /**
     * No answer for this person.
     *
     * @param code a stable CamelCase word: {@code AttributeMissing}, {@code IndexOutOfBounds}, {@code ValueTooLong},
     *     {@code ExpressionTooExpensive}, {@code InvalidArgument} or {@code ExpressionFailed}
     * @param position offset of the failing part in the expression, in code points; -1 when unknown
     */
    record Failed(String code, int position) implements Outcome {}
}
