package dev.salesforcesync.sandbox.salesforce.org;

import java.util.ArrayList;
import java.util.List;

/** A permission set, or a group of them, is given once to a user, and only to one whose licences it fits. */
final class AssignmentRules implements ObjectRules {
    @Override
    public Row create(Transaction transaction, Draft draft) {
        Store store = transaction.store();
        Row user = store.table("User").byId(draft.text("AssigneeId")).orElseThrow();
        String group = draft.text("PermissionSetGroupId");
        requireOneOfBoth(draft);
        if (group.isEmpty()) {
            giveSet(store, draft, user);
        } else {
            giveGroup(store, draft, user, group);
        }
        Table assignments = store.table(draft.type());
        for (Row row : assignments.seek(draft.type().at("AssigneeId"), user.id())) {
            if (row.text("PermissionSetId").equals(draft.text("PermissionSetId"))) {
                throw new RowRefused(
                        ErrorCode.DUPLICATE_VALUE,
                        "Duplicate PermissionSetAssignment. Assignee: " + user.id() + "; Permission Set: "
                                + draft.text("PermissionSetId"));
            }
        }
        return transaction.insert(draft);
    }

    private static void requireOneOfBoth(Draft draft) {
        boolean set = !draft.text("PermissionSetId").isEmpty();
        boolean group = !draft.text("PermissionSetGroupId").isEmpty();
        if (!set && !group) {
            throw new RowRefused(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    "Required fields are missing: [PermissionSetId]",
                    "PermissionSetId");
        }
        if (set && group) {
            // Object Reference: one or the other. The text is inferred.
            throw new RowRefused(
                    ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                    "Specify either a permission set or a permission set group, not both.",
                    "PermissionSetGroupId");
        }
    }

    private static void giveSet(Store store, Draft draft, Row user) {
        Row set =
                store.table("PermissionSet").byId(draft.text("PermissionSetId")).orElseThrow();
        if (set.flag("IsOwnedByProfile")) {
            throw new RowRefused(
                    ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                    "You can't assign a permission set that is owned by a profile.",
                    "PermissionSetId");
        }
        LicenceFit.require(store, set, user);
    }

    /** Every set in the group must fit; the row then names the set that stands for the whole group. */
    private static void giveGroup(Store store, Draft draft, Row user, String group) {
        Table components = store.table("PermissionSetGroupComponent");
        Table sets = store.table("PermissionSet");
        List<Row> inGroup = new ArrayList<>();
        for (Row component : components.seek(components.type().at("PermissionSetGroupId"), group)) {
            sets.byId(component.text("PermissionSetId")).ifPresent(inGroup::add);
        }
        inGroup.forEach(set -> LicenceFit.require(store, set, user));
        Row whole = sets.seek(sets.type().at("PermissionSetGroupId"), group).get(0);
        draft.set("PermissionSetId", whole.id());
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
}
