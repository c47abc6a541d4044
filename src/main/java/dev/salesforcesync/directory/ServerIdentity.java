package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.Locale;
import java.util.Objects;

/**
 * What a domain controller says about itself in its root DSE (MS-ADTS 3.1.1.3.2).
 *
 * @param namingContext the root of the domain
 * @param settingsDn the server's own settings object, which holds the invocation id
 * @param hostName its DNS name; empty when it does not say
 * @param highestUsn its change counter now
 */
record ServerIdentity(String namingContext, String settingsDn, String hostName, long highestUsn) {

    static ServerIdentity read(LDAPConnection connection) throws LDAPException {
        SearchResultEntry root =
                connection.getEntry("", "defaultNamingContext", "dsServiceName", "dnsHostName", "highestCommittedUSN");
        if (root == null || !root.hasAttribute("defaultNamingContext")) {
            throw new LDAPException(ResultCode.UNAVAILABLE, "the root DSE names no domain");
        }
        Long usn = root.getAttributeValueAsLong("highestCommittedUSN");
        return new ServerIdentity(
                root.getAttributeValue("defaultNamingContext"),
                Objects.requireNonNullElse(root.getAttributeValue("dsServiceName"), ""),
                Objects.requireNonNullElse(root.getAttributeValue("dnsHostName"), ""),
                usn == null ? 0 : usn);
    }

    /** The domain as a word, the same on all its controllers. */
    String domain() {
        return namingContext.toLowerCase(Locale.ROOT);
    }

    /** The DN to search below for a base as a policy writes it. */
    String resolve(String baseDn) {
        return baseDn.isBlank() ? namingContext : baseDn;
    }
}
