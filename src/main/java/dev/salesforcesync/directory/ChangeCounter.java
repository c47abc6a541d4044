package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.salesforcesync.model.ObjectGuid;

/**
 * Whether anything moved, by the server's change counter (MS-ADA3, uSNChanged). The whole domain is asked, not only
 * the searches' bases: who was moved out of a base left no trace below it.
 */
final class ChangeCounter {
    private final Session session;

    ChangeCounter(Session session) {
        this.session = session;
    }

    ChangeMark mark() throws LDAPException {
        return new ChangeMark(invocationId(), session.server().highestUsn());
    }

    boolean changedSince(ChangeMark mark) throws LDAPException {
        if (!invocationId().equals(mark.invocationId()) || session.server().highestUsn() < mark.usn()) {
            return true;
        }
        // The counter also counts what is not replicated to anybody and objects that are no concern of ours.
        return session.server().highestUsn() != mark.usn() && anythingFrom(mark.usn() + 1);
    }

    private boolean anythingFrom(long usn) throws LDAPException {
        Filter filter = Filter.createANDFilter(
                Filter.createGreaterOrEqualFilter("uSNChanged", Long.toString(usn)),
                Filter.createORFilter(
                        Filter.createEqualityFilter("objectClass", "user"),
                        Filter.createEqualityFilter("objectClass", "group"),
                        Filter.createEqualityFilter("objectClass", "organizationalUnit")),
                Filter.createNOTFilter(Filter.createEqualityFilter("objectClass", "computer")));
        SearchRequest request = new SearchRequest(
                session.server().namingContext(),
                SearchScope.SUB,
                DereferencePolicy.NEVER,
                1,
                0,
                false,
                filter,
                SearchRequest.NO_ATTRIBUTES);
        request.setControls(PagedSearch.DOMAIN_SCOPE, PagedSearch.SHOW_DELETED);
        try {
            return session.connection().search(request).getEntryCount() > 0;
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return true;
            }
            throw e;
        }
    }

    /** The identity of the server's database; its settings object's name where that cannot be read. */
    private String invocationId() throws LDAPException {
        String settings = session.server().settingsDn();
        try {
            SearchResultEntry entry =
                    settings.isEmpty() ? null : session.connection().getEntry(settings, "invocationId");
            byte[] id = entry == null ? null : entry.getAttributeValueBytes("invocationId");
            return id == null || id.length != 16
                    ? settings
                    : ObjectGuid.ofBytes(id).toString();
        } catch (LDAPException e) {
            if (LdapFailures.breaksConnection(e)) {
                throw e;
            }
            return settings;
        }
    }
}
