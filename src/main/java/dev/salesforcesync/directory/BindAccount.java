package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedResult;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is bound, as commands that grant rights want to be told.
 *
 * @param name DOMAIN\name or name@domain; as configured when the account may not even read itself
 * @param sid its security identifier in text form; {@code <SID>} when the account may not read it
 */
record BindAccount(String name, String sid) {

    static BindAccount of(Session session, String configured) throws LDAPException {
        Optional<String> told = whoAmI(session);
        Optional<SearchResultEntry> entry = find(session, told.orElse(configured));
        String sid = entry.flatMap(one -> text(one.getAttributeValueBytes("objectSid")))
                .orElse("<SID>");
        String name = told.or(() -> entry.map(one -> one.getAttributeValue("sAMAccountName"))
                        .map(account -> account + "@" + dnsName(session.server().namingContext())))
                .orElse(configured);
        return new BindAccount(name, sid);
    }

    /** The account's entry, by a DN, {@code name@domain} or {@code DOMAIN\name}. */
    private static Optional<SearchResultEntry> find(Session session, String name) throws LDAPException {
        String account = name.substring(name.indexOf('\\') + 1);
        String local = account.contains("@") ? account.substring(0, account.indexOf('@')) : account;
        Filter named = Filter.createORFilter(
                Filter.createEqualityFilter("sAMAccountName", local),
                Filter.createEqualityFilter("userPrincipalName", account));
        boolean isDn = name.contains("=") && DN.isValidDN(name);
        SearchRequest request = new SearchRequest(
                isDn ? name : session.server().namingContext(),
                isDn ? SearchScope.BASE : SearchScope.SUB,
                isDn ? Filter.createPresenceFilter("objectClass") : named,
                "objectSid",
                "sAMAccountName");
        request.addControl(PagedSearch.DOMAIN_SCOPE);
        try {
            return session.connection().search(request).getSearchEntries().stream()
                    .findFirst();
        } catch (LDAPException e) {
            if (LdapFailures.breaksConnection(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** DC=corp,DC=example,DC=com is corp.example.com. */
    private static String dnsName(String namingContext) {
        try {
            return Arrays.stream(new DN(namingContext).getRDNs())
                    .map(rdn -> rdn.getAttributeValues()[0])
                    .collect(Collectors.joining("."));
        } catch (LDAPException e) {
            return namingContext;
        }
    }

    /** RFC 4532; controllers answer {@code u:DOMAIN\name}. */
    private static Optional<String> whoAmI(Session session) throws LDAPException {
        WhoAmIExtendedResult answer =
                (WhoAmIExtendedResult) session.connection().processExtendedOperation(new WhoAmIExtendedRequest());
        return Optional.ofNullable(answer.getAuthorizationID())
                .filter(id -> id.startsWith("u:") && id.length() > 2)
                .map(id -> id.substring(2));
    }

    /** MS-DTYP 2.4.2.1 and 2.4.2.2. */
    private static Optional<String> text(byte @Nullable [] sid) {
        if (sid == null || sid.length < 8 || sid.length != 8 + 4 * sid[1]) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(sid);
        StringBuilder text =
                new StringBuilder("S-").append(sid[0]).append('-').append(bytes.getLong(0) & 0xffffffffffffL);
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < sid[1]; i++) {
            text.append('-').append(Integer.toUnsignedLong(bytes.getInt(8 + 4 * i)));
        }
        return Optional.of(text.toString());
    }
}
