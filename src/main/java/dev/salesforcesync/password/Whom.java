package dev.salesforcesync.password;

import dev.salesforcesync.model.ObjectGuid;

/** Whose password changed, as the agent calls him. Never shows a name. */
public sealed interface Whom {

    /** By identity. */
    record ByGuid(ObjectGuid guid) implements Whom {}

    /** By the name that is unique in a domain. */
    record ByAccountName(String sam) implements Whom {
        @Override
        public String toString() {
            return "ByAccountName[]";
        }
    }

    /** By the name to sign in with. */
    record ByPrincipalName(String upn) implements Whom {
        @Override
        public String toString() {
            return "ByPrincipalName[]";
        }
    }
}
