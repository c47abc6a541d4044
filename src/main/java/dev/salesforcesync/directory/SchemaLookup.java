package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.salesforcesync.model.ObjectGuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the forest's schema says of attributes. */
final class SchemaLookup {
    /** fCONFIDENTIAL of searchFlags (MS-ADTS 2.2.9). */
    private static final int CONFIDENTIAL = 128;

    /** Every forest has it: a schema that does not show it cannot be read. */
    private static final String SURE = "userAccountControl";

    private SchemaLookup() {}

    /** An attribute: what an entry of access control calls it, and whether reading it needs a right of its own. */
    record Known(String guid, boolean confidential) {}

    /** The attributes among these that the schema has, whatever their case; empty when the schema cannot be read. */
    static Map<String, Known> of(Session session, Set<String> names) throws LDAPException {
        Map<String, Known> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        SearchResultEntry root = session.connection().getEntry("", "schemaNamingContext");
        if (root == null || !root.hasAttribute("schemaNamingContext")) {
            return known;
        }
        List<Filter> parts = new ArrayList<>(List.of(Filter.createEqualityFilter("lDAPDisplayName", SURE)));
        names.forEach(name -> parts.add(Filter.createEqualityFilter("lDAPDisplayName", name)));
        SearchRequest request = new SearchRequest(
                root.getAttributeValue("schemaNamingContext"),
                SearchScope.ONE,
                Filter.createORFilter(parts),
                "lDAPDisplayName",
                "schemaIDGUID",
                "searchFlags");
        try {
            for (SearchResultEntry entry : session.connection().search(request).getSearchEntries()) {
                byte[] guid = entry.getAttributeValueBytes("schemaIDGUID");
                Integer flags = entry.getAttributeValueAsInteger("searchFlags");
                if (entry.hasAttribute("lDAPDisplayName") && guid != null && guid.length == 16) {
                    known.put(
                            entry.getAttributeValue("lDAPDisplayName"),
                            new Known(
                                    ObjectGuid.ofBytes(guid).toString(), flags != null && (flags & CONFIDENTIAL) != 0));
                }
            }
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                throw e;
            }
        }
        return known.containsKey(SURE) ? known : Map.of();
    }
}
