package dev.salesforcesync.ledger;

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
}
