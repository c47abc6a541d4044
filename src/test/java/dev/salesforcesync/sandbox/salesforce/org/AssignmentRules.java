package dev.salesforcesync.sandbox.salesforce.org;

/** A permission set is given once to a user, and only to one whose licence it fits. */
final class AssignmentRules implements ObjectRules {
    @Override
    public Row create(Transaction transaction, Draft draft) {
        Store store = transaction.store();
        Row set =
                store.table("PermissionSet").byId(draft.text("PermissionSetId")).orElseThrow();
        Row user = store.table("User").byId(draft.text("AssigneeId")).orElseThrow();
        if (set.flag("IsOwnedByProfile")) {
            throw new RowRefused(
                    ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                    "You can't assign a permission set that is owned by a profile.",
                    "PermissionSetId");
        }
        requireLicence(store, set, user);
        Table assignments = store.table(draft.type());
        for (Row row : assignments.seek(draft.type().at("AssigneeId"), user.id())) {
            if (row.text("PermissionSetId").equals(set.id())) {
                throw new RowRefused(
                        ErrorCode.DUPLICATE_VALUE,
                        "Duplicate PermissionSetAssignment. Assignee: " + user.id() + "; Permission Set: " + set.id());
            }
        }
        return transaction.insert(draft);
    }

    @Override
    public void delete(Transaction transaction, Row row) {
        Row set = transaction
                .store()
                .table("PermissionSet")
                .byId(row.text("PermissionSetId"))
                .orElseThrow();
        if (set.flag("IsOwnedByProfile")) {
            throw new RowRefused(ErrorCode.INSUFFICIENT_ACCESS_OR_READONLY, "insufficient access rights on object id");
        }
        transaction.remove(row);
    }

    private static void requireLicence(Store store, Row set, Row user) {
        String needed = set.text("LicenseId");
        String held = store.table("Profile")
                .byId(user.text("ProfileId"))
                .orElseThrow()
                .text("UserLicenseId");
        if (!needed.isEmpty() && !needed.equals(held)) {
            throw new RowRefused(
                    ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                    "Can't assign permission set " + set.text("Label") + " to user " + user.text("Name")
                            + ". The user license doesn't match the permission set's license.",
                    "PermissionSetId");
        }
    }
}
