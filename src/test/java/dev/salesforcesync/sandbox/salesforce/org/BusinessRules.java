package dev.salesforcesync.sandbox.salesforce.org;

/** A record belongs to whoever makes it unless he names another; a person's name is put together from its parts. */
final class BusinessRules implements ObjectRules {
    @Override
    public Row create(Transaction transaction, Draft draft) {
        requireOwner(transaction, draft);
        name(draft);
        return transaction.insert(draft);
    }

    @Override
    public Row update(Transaction transaction, Row before, Draft draft) {
        requireOwner(transaction, draft);
        name(draft);
        return transaction.replace(before, draft);
    }

    /** An account that goes takes its contacts (Object Reference, Account, Usage). */
    @Override
    public void delete(Transaction transaction, Row row) {
        if (row.type().name().equals("Account")) {
            Table contacts = transaction.store().table("Contact");
            contacts.seek(contacts.type().at("AccountId"), row.id()).forEach(transaction::remove);
        }
        transaction.remove(row);
    }

    private static void requireOwner(Transaction transaction, Draft draft) {
        String owner = draft.text("OwnerId");
        if (owner.isEmpty()) {
            draft.set("OwnerId", transaction.actorId());
            return;
        }
        boolean inactive = transaction
                .store()
                .table("User")
                .byId(owner)
                .filter(user -> !user.flag("IsActive"))
                .isPresent();
        if (inactive && draft.names("OwnerId")) {
            throw new RowRefused(
                    ErrorCode.INACTIVE_OWNER_OR_USER,
                    "operation performed with inactive user [" + owner + "] as owner of "
                            + draft.type().name().toLowerCase(java.util.Locale.ROOT),
                    "OwnerId");
        }
    }

    private static void name(Draft draft) {
        if (draft.type().ordinal("LastName").isPresent()) {
            String first = draft.text("FirstName");
            draft.set("Name", first.isEmpty() ? draft.text("LastName") : first + " " + draft.text("LastName"));
        }
    }
}
