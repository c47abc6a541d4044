package dev.salesforcesync.sandbox.salesforce.org;

/**
 * A permission set licence is given once to a user while there are seats, and taken only when no permission set
 * of the user needs it any more: sets go first, licences second (the order that admin tools work in).
 */
final class LicenceAssignmentRules implements ObjectRules {
    @Override
    public Row create(Transaction transaction, Draft draft) {
        Store store = transaction.store();
        String licenceId = draft.text("PermissionSetLicenseId");
        String userId = draft.text("AssigneeId");
        Row licence = store.table("PermissionSetLicense").byId(licenceId).orElseThrow();
        for (Row row : store.table(draft.type()).seek(draft.type().at("AssigneeId"), userId)) {
            if (row.text("PermissionSetLicenseId").equals(licenceId)) {
                throw new RowRefused(
                        ErrorCode.DUPLICATE_VALUE,
                        "Duplicate PermissionSetLicenseAssign. Assignee: " + userId + "; Permission Set License: "
                                + licenceId);
            }
        }
        // Every assignment takes a seat, whether its user is active or not (UsedLicenses: "assigned to users").
        if (store.counted(licenceId) >= licence.number("TotalLicenses")) {
            throw new RowRefused(
                    ErrorCode.LICENSE_LIMIT_EXCEEDED,
                    "License Limit Exceeded - " + licence.text("MasterLabel") + ": []",
                    "PermissionSetLicenseId");
        }
        transaction.count(licenceId, 1);
        return transaction.insert(draft);
    }

    @Override
    public void delete(Transaction transaction, Row row) {
        String licenceId = row.text("PermissionSetLicenseId");
        if (LicenceFit.isNeeded(transaction.store(), licenceId, row.text("AssigneeId"))) {
            // The text is inferred: no source shows it.
            throw new RowRefused(
                    ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                    "Can't remove the permission set license. The user has a permission set assigned that requires it.",
                    "PermissionSetLicenseId");
        }
        transaction.count(licenceId, -1);
        transaction.remove(row);
    }
}
