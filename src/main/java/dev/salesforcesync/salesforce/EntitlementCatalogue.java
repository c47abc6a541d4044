package dev.salesforcesync.salesforce;

import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.SalesforceId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which rights an org offers, from the rows of its set-up objects (Object Reference, the objects named here). */
final class EntitlementCatalogue {
    /** The set of a profile, of a group of sets and of a session stands for something else and is granted to nobody. */
    static final String SETS = "SELECT Id, Name, NamespacePrefix, LicenseId, PermissionsManageUsers, "
            + "PermissionsModifyAllData FROM PermissionSet WHERE IsOwnedByProfile = false "
            + "AND Type NOT IN ('Group','Session')";

    static final String SET_GROUPS = "SELECT Id, DeveloperName, NamespacePrefix FROM PermissionSetGroup";
    static final String PRIVILEGED_SET_GROUPS = "SELECT PermissionSetGroupId FROM PermissionSetGroupComponent WHERE "
            + "PermissionSet.PermissionsManageUsers = true OR PermissionSet.PermissionsModifyAllData = true";
    static final String SET_LICENSES =
            "SELECT Id, DeveloperName, MasterLabel, TotalLicenses, UsedLicenses FROM PermissionSetLicense";
    static final String GROUPS = "SELECT Id, DeveloperName, Type FROM Group WHERE Type IN ('Regular','Queue')";

    private final Map<EntitlementKind, Map<String, Entitlement>> offered = new EnumMap<>(EntitlementKind.class);

    Map<EntitlementKind, Map<String, Entitlement>> offered() {
        return offered;
    }

    /**
     * Takes the rows of {@link #SETS}.
     *
     * @param userLicenses their names by id; LicenseId may name a permission-set licence instead
     */
    void sets(List<Map<String, String>> rows, Map<String, String> userLicenses) {
        for (Map<String, String> row : rows) {
            add(
                    EntitlementKind.PERMISSION_SET,
                    row,
                    prefixed(row, "Name"),
                    Optional.ofNullable(userLicenses.get(row.getOrDefault("LicenseId", ""))),
                    isPrivileged(row));
        }
    }

    /** Takes the rows of {@link #SET_GROUPS} and {@link #PRIVILEGED_SET_GROUPS}. */
    void setGroups(List<Map<String, String>> groups, List<Map<String, String>> privileged) {
        Set<String> ids = privileged.stream()
                .map(row -> row.getOrDefault("PermissionSetGroupId", ""))
                .collect(Collectors.toSet());
        for (Map<String, String> row : groups) {
            add(
                    EntitlementKind.PERMISSION_SET_GROUP,
                    row,
                    prefixed(row, "DeveloperName"),
                    Optional.empty(),
                    ids.contains(row.getOrDefault("Id", "")));
        }
    }

    /** Takes the rows of {@link #SET_LICENSES}. */
    void setLicenses(List<Map<String, String>> rows) {
        for (Map<String, String> row : rows) {
            String name = row.getOrDefault("DeveloperName", "");
            add(EntitlementKind.PERMISSION_SET_LICENSE, row, name, Optional.empty(), false);
        }
    }

    /** Takes the rows of {@link #GROUPS}. */
    void groups(List<Map<String, String>> rows) {
        for (Map<String, String> row : rows) {
            add(
                    EntitlementRows.groupKind(row, "Type"),
                    row,
                    row.getOrDefault("DeveloperName", ""),
                    Optional.empty(),
                    false);
        }
    }

    static boolean isPrivileged(Map<String, String> row) {
        return "true".equals(row.get("PermissionsManageUsers")) || "true".equals(row.get("PermissionsModifyAllData"));
    }

    /** What comes with a managed package is unique in its namespace only. */
    private static String prefixed(Map<String, String> row, String name) {
        String prefix = row.getOrDefault("NamespacePrefix", "");
        return (prefix.isEmpty() ? "" : prefix + "__") + row.getOrDefault(name, "");
    }

    private void add(
            EntitlementKind kind,
            Map<String, String> row,
            String name,
            Optional<String> userLicense,
            boolean privileged) {
        SalesforceId id = new SalesforceId(row.getOrDefault("Id", ""));
        offered.computeIfAbsent(kind, none -> new HashMap<>())
                .put(name, new Entitlement(kind, id, name, userLicense, privileged));
    }
}
