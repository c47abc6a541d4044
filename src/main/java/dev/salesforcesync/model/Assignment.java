package dev.salesforcesync.model;

/**
 * The row by which a user holds an entitlement directly; what he holds through another group or his profile has none.
 *
 * @param id of the row (PermissionSetAssignment, PermissionSetLicenseAssign or GroupMember), to be deleted by
 */
public record Assignment(SalesforceId id, SalesforceId user, EntitlementKind kind, SalesforceId entitlement) {}
