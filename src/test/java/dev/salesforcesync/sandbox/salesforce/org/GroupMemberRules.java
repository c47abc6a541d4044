package dev.salesforcesync.sandbox.salesforce.org;

/**
 * Users and groups are members of public groups and queues. To add a member again succeeds and answers with the
 * record that is there (Object Reference, GroupMember, Usage).
 */
final class GroupMemberRules implements ObjectRules {
    @Override
    public Row create(Transaction transaction, Draft draft) {
        Store store = transaction.store();
        Row group = store.table("Group").byId(draft.text("GroupId")).orElseThrow();
        String member = draft.text("UserOrGroupId");
        boolean person = store.table("User").byId(member).isPresent();
        boolean ofKnownKind = person || store.table("Group").byId(member).isPresent();
        if (!GroupRules.isMadeByPeople(group) || !ofKnownKind || member.equals(group.id())) {
            throw new RowRefused(ErrorCode.INVALID_CROSS_REFERENCE_KEY, "invalid cross reference id", "UserOrGroupId");
        }
        Table members = store.table(draft.type());
        for (Row row : members.seek(draft.type().at("UserOrGroupId"), member)) {
            if (row.text("GroupId").equals(group.id())) {
                return row;
            }
        }
        return transaction.insert(draft);
    }
}
