package dev.salesforcesync.sandbox.salesforce.org;

import java.util.List;

/** People make public groups and queues; all other groups are the org's own. A group that goes takes its members. */
final class GroupRules implements ObjectRules {
    private static final List<String> MADE_BY_PEOPLE = List.of("Regular", "Queue");

    static boolean isMadeByPeople(Row group) {
        return MADE_BY_PEOPLE.contains(group.text("Type"));
    }

    @Override
    public Row create(Transaction transaction, Draft draft) {
        if (!MADE_BY_PEOPLE.contains(draft.text("Type"))) {
            throw new RowRefused(
                    ErrorCode.FIELD_INTEGRITY_EXCEPTION, "Type: invalid group type: " + draft.text("Type"), "Type");
        }
        if (draft.text("DeveloperName").isEmpty()) {
            draft.set("DeveloperName", draft.text("Name").replaceAll("[^A-Za-z0-9]+", "_"));
        }
        Table groups = transaction.store().table(draft.type());
        String name = draft.text("DeveloperName");
        for (Row other : groups.seek(draft.type().at("DeveloperName"), name)) {
            if (other.text("Type").equals(draft.text("Type"))) {
                throw new RowRefused(
                        ErrorCode.DUPLICATE_VALUE,
                        "duplicate value found: DeveloperName duplicates value on record with id: " + other.id(),
                        "DeveloperName");
            }
        }
        draft.set("OwnerId", transaction.actorId());
        return transaction.insert(draft);
    }

    @Override
    public void delete(Transaction transaction, Row group) {
        Table members = transaction.store().table("GroupMember");
        members.seek(members.type().at("GroupId"), group.id()).forEach(transaction::remove);
        members.seek(members.type().at("UserOrGroupId"), group.id()).forEach(transaction::remove);
        transaction.remove(group);
    }
}
