package dev.salesforcesync.model;

import java.util.Optional;

/**
 * A right that an org offers.
 *
 * @param id of the permission set, permission-set group, permission-set licence, or group (queues are groups)
 * @param name its API name (Name of a permission set, DeveloperName of everything else), unique within its kind
 * @param userLicense the only user licence whose holders can have it (PermissionSet.UserLicenseId); empty for any
 * @param privileged whether it lets its holder manage users or modify all data
 */
public record Entitlement(
        EntitlementKind kind, SalesforceId id, String name, Optional<String> userLicense, boolean privileged) {}
