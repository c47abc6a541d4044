package dev.salesforcesync.model;

/** What a look-up of one known identity in the whole domain answered. */
public sealed interface Whereabouts {

    /** The entry lives, inside the policy's searches or not. */
    record Alive(Person person) implements Whereabouts {}

    /** A readable tombstone says that the entry was deleted (MS-ADTS 3.1.1.5.5). */
    record Deleted() implements Whereabouts {}

    /** Neither an entry nor a tombstone was found. Absence: of effect only with a proof of completeness. */
    record NotFound() implements Whereabouts {}
}
