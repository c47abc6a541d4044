package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Optional;

/**
 * Which permission sets fit which users. The text that names a permission is a vendor's knowledge base quoting a
 * real org; the others follow its form.
 */
final class LicenceFit {
    private LicenceFit() {}

    /** Refuses to give this set to this user when the licences don't allow it. */
    static void require(Store store, Row set, Row user) {
        if (!fitsUserLicence(store, set, user.text("ProfileId"))) {
            throw refused(set, user, "The user license doesn't match the permission set's license.");
        }
        neededLicence(store, set)
                .filter(licence -> !holds(store, licence, user))
                .ifPresent(licence -> {
                    throw refused(set, user, notAllowed(licence.text("MasterLabel")));
                });
        if (set.flag("PermissionsManageUsers") && !isFullLicence(store, user)) {
            throw refused(set, user, notAllowed("Manage Internal Users"));
        }
    }

    /**
     * Refuses a profile of another licence while the user still has sets that only go with the old one: they have
     * to be taken first.
     */
    static void requireKept(Store store, Row user, String newProfile) {
        Table assignments = store.table("PermissionSetAssignment");
        for (Row assignment : assignments.seek(assignments.type().at("AssigneeId"), user.id())) {
            Row set = set(store, assignment);
            if (!set.flag("IsOwnedByProfile") && !fitsUserLicence(store, set, newProfile)) {
                throw new RowRefused(
                        ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                        refused(set, user, "The user license doesn't match the permission set's license.")
                                .error()
                                .message(),
                        "ProfileId");
            }
        }
    }

    /** Whether this user has a set that needs this permission set licence. */
    static boolean isNeeded(Store store, String licenceId, String userId) {
        Table assignments = store.table("PermissionSetAssignment");
        return assignments.seek(assignments.type().at("AssigneeId"), userId).stream()
                .anyMatch(assignment -> set(store, assignment).text("LicenseId").equals(licenceId));
    }

    private static boolean fitsUserLicence(Store store, Row set, String profileId) {
        String needed = set.text("LicenseId");
        return store.table("UserLicense").byId(needed).isEmpty()
                || store.table("Profile")
                        .byId(profileId)
                        .orElseThrow()
                        .text("UserLicenseId")
                        .equals(needed);
    }

    private static Optional<Row> neededLicence(Store store, Row set) {
        return store.table("PermissionSetLicense").byId(set.text("LicenseId"));
    }

    private static boolean holds(Store store, Row licence, Row user) {
        Table held = store.table("PermissionSetLicenseAssign");
        return held.seek(held.type().at("AssigneeId"), user.id()).stream()
                .anyMatch(row -> row.text("PermissionSetLicenseId").equals(licence.id()));
    }

    private static boolean isFullLicence(Store store, Row user) {
        Row profile = store.table("Profile").byId(user.text("ProfileId")).orElseThrow();
        String licence = store.table("UserLicense")
                .byId(profile.text("UserLicenseId"))
                .orElseThrow()
                .text("Name");
        return profile.text("UserType").equals("Standard") && !licence.startsWith("Chatter");
    }

    private static Row set(Store store, Row assignment) {
        return store.table("PermissionSet")
                .byId(assignment.text("PermissionSetId"))
                .orElseThrow();
    }

    private static String notAllowed(String permission) {
        return "The user license doesn't allow the permission: " + permission;
    }

    private static RowRefused refused(Row set, Row user, String why) {
        return new RowRefused(
                ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                "Can't assign permission set " + set.text("Label") + " to user " + user.text("Name") + ". " + why,
                "PermissionSetId");
    }
}
