package dev.salesforcesync.sandbox;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the org must look like after convergence, read from the directory by plain LDAP and worked out by a few lines
 * that share nothing with the operator: its judge must not be its accomplice.
 */
public final class Expectation {
    private static final String MEMBER_AT_ANY_DEPTH = "(&(objectClass=user)(memberOf:1.2.840.113556.1.4.1941:=";
    private static final long SECONDS_FROM_1601_TO_1970 = 11_644_473_600L;

    private Expectation() {}

    /** Everybody who is in scope of the samples. */
    public static List<Expected> read(SandboxDirectory directory) throws LDAPException {
        return read(
                directory,
                "OU=People," + SandboxDirectory.BASE_DN,
                "CN=Salesforce Users,OU=Groups," + SandboxDirectory.BASE_DN,
                Instant.now());
    }

    /**
     * Everybody below a place who is a member of a group, also through groups in it.
     *
     * @param now accounts that expire until then have left
     */
    public static List<Expected> read(SandboxDirectory directory, String base, String group, Instant now)
            throws LDAPException {
        List<Expected> people = new ArrayList<>();
        try (LDAPConnection connection = connect(directory)) {
            ASN1OctetString cookie = null;
            do {
                SearchRequest request = new SearchRequest(
                        base,
                        SearchScope.SUB,
                        MEMBER_AT_ANY_DEPTH + group + "))",
                        "userPrincipalName",
                        "sn",
                        "givenName",
                        "mail",
                        "department",
                        "userAccountControl",
                        "accountExpires",
                        "employeeID",
                        "memberOf");
                request.addControl(new SimplePagedResultsControl(1000, cookie));
                SearchResult page = connection.search(request);
                for (SearchResultEntry entry : page.getSearchEntries()) {
                    people.add(expected(entry, now));
                }
                SimplePagedResultsControl answer = SimplePagedResultsControl.get(page);
                cookie = answer == null ? null : answer.getCookie();
            } while (cookie != null && cookie.getValueLength() > 0);
        }
        return people;
    }

    private static LDAPConnection connect(SandboxDirectory directory) throws LDAPException {
        try {
            Path ca = Files.createTempFile("sandbox-ca", ".pem");
            try {
                Files.writeString(ca, directory.caPem());
                URI url = URI.create(directory.ldapsUrl());
                return new LDAPConnection(
                        new SSLUtil(new PEMFileTrustManager(ca.toFile())).createSSLSocketFactory(),
                        url.getHost(),
                        url.getPort(),
                        directory.bindDn(),
                        directory.password());
            } finally {
                Files.delete(ca);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Expected expected(Entry entry, Instant now) {
        String principal = text(entry, "userPrincipalName");
        boolean enabled = (Integer.parseInt(text(entry, "userAccountControl")) & 2) == 0;
        return new Expected(
                principal.toLowerCase(Locale.ROOT),
                enabled && !expired(entry.getAttributeValue("accountExpires"), now),
                entry.hasAttribute("sn") ? cut(text(entry, "sn"), 80) : ".",
                cut(text(entry, "givenName"), 40),
                entry.hasAttribute("mail") ? text(entry, "mail") : principal,
                cut(text(entry, "department"), 80),
                text(entry, "employeeID"),
                entry.hasAttribute("memberOf") ? Set.of(entry.getAttributeValues("memberOf")) : Set.of());
    }

    private static boolean expired(@Nullable String fileTime, Instant now) {
        if (fileTime == null || fileTime.equals("0") || fileTime.equals(String.valueOf(Long.MAX_VALUE))) {
            return false;
        }
        return Long.parseLong(fileTime) / 10_000_000 - SECONDS_FROM_1601_TO_1970 <= now.getEpochSecond();
    }

    private static String text(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValue(attribute)).orElse("");
    }

    private static String cut(String text, int length) {
        return text.codePointCount(0, text.length()) <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, length));
    }

    /**
     * What one person's user must look like; an inactive one may also not be there at all.
     *
     * @param employee the number of the person, empty for none
     * @param groups distinguished names of the groups that the person is a direct member of
     */
    public record Expected(
            String username,
            boolean active,
            String lastName,
            String firstName,
            String email,
            String department,
            String employee,
            Set<String> groups) {
        public Expected {
            groups = Set.copyOf(groups);
        }

        /** What is wrong with the user, if anything. */
        public Optional<String> differsFrom(Optional<Row> user) {
            if (!active) {
                return user.filter(row -> row.flag("IsActive")).map(row -> username + " has left and is still active");
            }
            if (user.isEmpty()) {
                return Optional.of(username + " has no user");
            }
            Row row = user.get();
            if (!row.flag("IsActive")) {
                return Optional.of(username + " is not active");
            }
            return differs(row, "LastName", lastName)
                    .or(() -> differs(row, "FirstName", firstName))
                    .or(() -> differs(row, "Email", email))
                    .or(() -> differs(row, "Department", department));
        }

        private Optional<String> differs(Row row, String field, String wanted) {
            String is =
                    Optional.ofNullable(row.value(field)).map(Object::toString).orElse("");
            return is.equalsIgnoreCase(wanted.strip())
                    ? Optional.empty()
                    : Optional.of(username + ": " + field + " is '" + is + "', must be '" + wanted + "'");
        }
    }
}
