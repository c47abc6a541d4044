package dev.salesforcesync.model;

/** A right that this operator gave to somebody, or is about to give. */
public record GivenRight(EntitlementKind kind, SalesforceId entitlement) {}
