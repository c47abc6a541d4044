package dev.salesforcesync.sandbox.salesforce.org;

/** Freezing blocks a login at once and keeps the seat; nobody freezes himself; only the server locks a password. */
final class UserLoginRules implements ObjectRules {
    @Override
    public Row update(Transaction transaction, Row before, Draft draft) {
        boolean freezes = draft.flag("IsFrozen") && !before.flag("IsFrozen");
        if (freezes && before.text("UserId").equals(transaction.actorId())) {
            throw new RowRefused(ErrorCode.CANNOT_FREEZE_SELF, "You can't freeze your own user account.", "IsFrozen");
        }
        if (draft.flag("IsPasswordLocked") && !before.flag("IsPasswordLocked")) {
            throw new RowRefused(
                    ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                    "IsPasswordLocked can only be set to false",
                    "IsPasswordLocked");
        }
        return transaction.replace(before, draft);
    }
}
