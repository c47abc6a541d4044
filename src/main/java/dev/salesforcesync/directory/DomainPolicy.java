package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.time.Duration;
import java.util.Optional;

/**
 * The domain's account policy, as its root object holds it (MS-ADTS 3.1.1.4.5.17).
 *
 * @param lockoutDuration how long a lockout lasts; empty for until somebody lifts it, or unknown
 */
record DomainPolicy(Optional<Duration> lockoutDuration) {
    static final DomainPolicy UNKNOWN = new DomainPolicy(Optional.empty());

    static DomainPolicy read(Session session) {
        try {
            SearchResultEntry root =
                    session.connection().getEntry(session.server().namingContext(), "lockoutDuration");
            Long ticks = root == null ? null : root.getAttributeValueAsLong("lockoutDuration");
            return ticks == null ? UNKNOWN : new DomainPolicy(FileTimes.length(ticks));
        } catch (LDAPException e) {
            session.note(e);
            return UNKNOWN;
        }
    }
}
