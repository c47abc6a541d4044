package dev.salesforcesync.sandbox.salesforce.org;

/** A role that somebody holds, or that has roles below it, can't be deleted. */
final class RoleRules implements ObjectRules {
    @Override
    public Row create(Transaction transaction, Draft draft) {
        if (draft.text("DeveloperName").isEmpty()) {
            draft.set("DeveloperName", draft.text("Name").replaceAll("[^A-Za-z0-9]+", "_"));
        }
        return transaction.insert(draft);
    }

    @Override
    public void delete(Transaction transaction, Row role) {
        Store store = transaction.store();
        boolean held = store.table("User").rows().stream()
                .anyMatch(user -> user.text("UserRoleId").equals(role.id()));
        boolean parent = store.table(role.type()).rows().stream()
                .anyMatch(other -> other.text("ParentRoleId").equals(role.id()));
        if (held || parent) {
            throw new RowRefused(
                    ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                    "Your attempt to delete " + role.text("Name")
                            + " could not be completed because it is associated with users or other roles.");
        }
        transaction.remove(role);
    }
}
