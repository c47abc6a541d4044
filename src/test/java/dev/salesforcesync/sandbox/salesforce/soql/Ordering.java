package dev.salesforcesync.sandbox.salesforce.soql;

/** One term of ORDER BY. */
public record Ordering(FieldPath path, boolean descending, boolean nullsLast) {}
