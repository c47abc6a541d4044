package dev.salesforcesync.directory;

import dev.salesforcesync.model.ObjectGuid;

/** One person as somebody else calls him. */
public sealed interface PersonName {

    /** By identity. */
    record ByGuid(ObjectGuid guid) implements PersonName {}

    /** By the name that is unique in a domain (MS-ADA3, sAMAccountName). */
    record ByAccountName(String name) implements PersonName {
        @Override
        public String toString() {
            return "ByAccountName[]";
        }
    }

    /** By the name to sign in with. */
    record ByPrincipalName(String name) implements PersonName {
        @Override
        public String toString() {
            return "ByPrincipalName[]";
        }
    }
}
