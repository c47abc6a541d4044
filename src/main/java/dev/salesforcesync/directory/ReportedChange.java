package dev.salesforcesync.directory;

import dev.salesforcesync.model.ObjectGuid;
import java.util.List;

/**
 * What a domain controller says of an object that changed.
 *
 * @param dn where it is now
 * @param what its class, if that is told
 * @param gone whether it was deleted
 * @param restored whether it may have been deleted and restored meanwhile: then its links ended without a word
 * @param moved whether its own name or place may have changed
 * @param names names that it took, as far as they are told
 * @param members what became of a group's members
 */
record ReportedChange(
        ObjectGuid guid,
        String dn,
        What what,
        boolean gone,
        boolean restored,
        boolean moved,
        List<String> names,
        Members members) {

    /** The same with what the object itself says. */
    ReportedChange told(What itsClass, List<String> itsNames) {
        return new ReportedChange(guid, dn, itsClass, gone, restored, moved, itsNames, members);
    }

    /** The classes that matter. */
    enum What {
        PERSON,
        GROUP,
        CONTAINER,
        UNTOLD
    }

    /** What became of a group's members. */
    sealed interface Members {
        /** Nothing. */
        record Same() implements Members {}

        /** These came and went, as values of {@code member} with identities in front. */
        record Delta(List<String> added, List<String> removed) implements Members {}

        /** They have to be read again. */
        record Unknown() implements Members {}
    }
}
