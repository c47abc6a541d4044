package dev.salesforcesync.contract;

import java.util.Locale;

/** How well a fact about Salesforce was known before anybody tried it. */
enum Mark {
    /** Seen by running Salesforce's own library. */
    MEASURED,
    /** In Salesforce's documentation. */
    DOC,
    /** In an issue, a forum or a vendor's knowledge base. */
    THREAD,
    /** In an answer of a real org that another client has recorded. */
    FIXTURE,
    /** Concluded from other facts. */
    INFERRED,
    /** Remembered by somebody, without a source. */
    MEMORY;

    /** Whether nobody has shown a source that speaks for Salesforce. */
    boolean isUnconfirmed() {
        return this == THREAD || this == INFERRED || this == MEMORY;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
