package dev.salesforcesync.sandbox.salesforce.org;

/**
 * What one object demands beyond its fields. The draft has passed the checks of fields; the rules refuse it
 * with {@link RowRefused} or store it. By default: store it.
 */
interface ObjectRules {
    /** Rules of objects that have none of their own. */
    ObjectRules NONE = new ObjectRules() {};

    default Row create(Transaction transaction, Draft draft) {
        return transaction.insert(draft);
    }

    default Row update(Transaction transaction, Row before, Draft draft) {
        return transaction.replace(before, draft);
    }

    default void delete(Transaction transaction, Row row) {
        transaction.remove(row);
    }
}
