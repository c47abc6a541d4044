package dev.salesforcesync.ledger;

import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.SalesforceId;

/** One change of the ledger. */
public sealed interface LedgerChange {
    String key();

    /** Remembers an entry in place of any other of its key. */
    record Put(Entry entry) implements LedgerChange {
        @Override
        public String key() {
            return entry.key();
        }
    }

    /** Forgets the entry of a key, if there is one. */
    record Remove(String key) implements LedgerChange {}

    /** Adds one right to what is remembered as given to a user. */
    record Give(SalesforceId user, GivenRight right, String policy) implements LedgerChange {
        @Override
        public String key() {
            return Entry.Given.key(user);
        }
    }

    /** Forgets that a right was given to a user, if it is remembered. */
    record TakeBack(SalesforceId user, GivenRight right) implements LedgerChange {
        @Override
        public String key() {
            return Entry.Given.key(user);
        }
    }
}
