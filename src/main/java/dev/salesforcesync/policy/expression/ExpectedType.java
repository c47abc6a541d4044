package dev.salesforcesync.policy.expression;

/** What an expression must result in. */
public enum ExpectedType {
    STRING,
    BOOL,
    /** What {@code ref()} makes. */
    REFERENCE
}
