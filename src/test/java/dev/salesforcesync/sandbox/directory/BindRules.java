package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may bind, by DN, user principal name or DOMAIN\name, and what AD answers to the others. The reason is only
 * given to somebody who knows the password, except for a lockout.
 */
final class BindRules {
    private final Domain domain;

    BindRules(Domain domain) {
        this.domain = domain;
    }

    Node bind(String name, String password, Instant now) throws LDAPException {
        synchronized (domain) {
            Node node = account(name).orElseThrow(() -> refuse("52e"));
            if (node.number("lockoutTime", 0) > 0) {
                throw refuse("775");
            }
            if (node.password.filter(password::equals).isEmpty()) {
                throw refuse("52e");
            }
            long control = node.number("userAccountControl", 0);
            if ((control & 0x2) != 0) {
                throw refuse("533");
            }
            if (EntryView.accountExpired(node, now)) {
                throw refuse("701");
            }
            if ((control & 0x800000) != 0) {
                throw refuse("532");
            }
            if (EntryView.mustChangePassword(node)) {
                throw refuse("773");
            }
            return node;
        }
    }

    private Optional<Node> account(String name) {
        Set<Node> found;
        String netbios = domain.netbiosName.toUpperCase(Locale.ROOT) + "\\";
        if (name.toUpperCase(Locale.ROOT).startsWith(netbios)) {
            found = domain.withValue("sAMAccountName", name.substring(netbios.length()));
        } else if (name.contains("@") && !name.contains("=")) {
            found = domain.withValue("userPrincipalName", name);
            String suffix = "@" + domain.dnsName;
            if (found.isEmpty() && name.toLowerCase(Locale.ROOT).endsWith(suffix)) {
                found = domain.withValue("sAMAccountName", name.substring(0, name.length() - suffix.length()));
            }
        } else {
            try {
                found = domain.find(name).map(Set::of).orElse(Set.of());
            } catch (LDAPException e) {
                return Optional.empty();
            }
        }
        return found.stream().filter(node -> !node.deleted && node.isA("user")).findFirst();
    }

    private static LDAPException refuse(String data) {
        return new LDAPException(
                ResultCode.INVALID_CREDENTIALS,
                "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data " + data + ", v1db1");
    }
}
