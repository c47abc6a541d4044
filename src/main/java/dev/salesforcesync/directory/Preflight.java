package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import dev.salesforcesync.directory.RightsFinding.Kind;
import dev.salesforcesync.directory.SchemaLookup.Known;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks a domain controller what the bind account may do, without changing anything, and names what is missing. */
final class Preflight {
    private static final int SAMPLE = 20;
    private static final int MOST_SEARCHES = 5;

    /** Every account has them (MS-ADTS 3.1.1.5.2.2, MS-SAMR 3.1.1.8): one who does not show them may not be read. */
    private static final Set<String> ALWAYS_THERE = Set.of(
            "cn",
            "name",
            "objectsid",
            "samaccountname",
            "useraccountcontrol",
            "primarygroupid",
            "whencreated",
            "objectcategory");

    /** The class user in an entry of access control. */
    private static final String USER_CLASS = "bf967aba-0de6-11d0-a285-00aa003049e2";

    private final Session session;
    private final ReadRequest request;
    private final BindAccount account;
    private final List<RightsFinding> findings = new ArrayList<>();

    Preflight(Session session, ReadRequest request, String configured) throws LDAPException {
        this.session = session;
        this.request = request;
        this.account = BindAccount.of(session, configured);
    }

    /** What was found, the certain first. */
    List<RightsFinding> run(List<Filter> filters, Following.Mode mode) throws LDAPException {
        replication(mode);
        deletedObjects();
        attributes(filters);
        findings.sort(Comparator.comparing(RightsFinding::kind));
        return List.copyOf(findings);
    }

    private String root() {
        return session.server().namingContext();
    }

    private void replication(Following.Mode mode) throws LDAPException {
        if (mode != Following.Mode.AUTO && mode != Following.Mode.DIR_SYNC) {
            return;
        }
        try {
            DirSyncChanges.asReplica(request.attributes()).start(session);
        } catch (LDAPException e) {
            if (LdapFailures.breaksConnection(e)) {
                throw e;
            }
            if (e.getResultCode().equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
                findings.add(new RightsFinding(
                        mode == Following.Mode.DIR_SYNC ? Kind.MISSING : Kind.HINT,
                        "DirectoryReplicationRightMissing",
                        "The bind account lacks Replicating Directory Changes. Windows: dsacls \"" + root() + "\" /G \""
                                + account.name() + ":CA;Replicating Directory Changes\". Samba: samba-tool dsacl set"
                                + " --objectdn=\"" + root()
                                + "\" --action=allow --sddl=\"(OA;;CR;1131f6aa-9c07-11d1-f79f-00c04fc2dcd2;;"
                                + account.sid() + ")\"."));
            }
        }
    }

    private void deletedObjects() throws LDAPException {
        String dn = "CN=Deleted Objects," + root();
        SearchRequest base =
                new SearchRequest(dn, SearchScope.BASE, Filter.createPresenceFilter("objectClass"), "objectClass");
        base.addControl(PagedSearch.SHOW_DELETED);
        boolean seen;
        try {
            // Samba shows the bare name of it to everybody.
            seen = session.connection().search(base).getSearchEntries().stream()
                    .anyMatch(entry -> entry.hasAttribute("objectClass"));
        } catch (LDAPException e) {
            if (LdapFailures.breaksConnection(e)) {
                throw e;
            }
            seen = false;
        }
        if (!seen) {
            findings.add(new RightsFinding(
                    Kind.MISSING,
                    "DirectoryDeletedObjectsUnreadable",
                    "The bind account may not list and read deleted objects, so a deleted person is only not found."
                            + " Windows: dsacls \"" + dn + "\" /takeownership, then dsacls \"" + dn + "\" /G \""
                            + account.name()
                            + ":LCRP\". Samba: ldbedit -H sam.ldb --show-deleted --controls=sd_flags:1:4"
                            + " -s base -b \"" + dn + "\" nTSecurityDescriptor, and append (A;CI;LCRP;;;"
                            + account.sid() + ") to its value."));
        }
    }

    private void attributes(List<Filter> filters) throws LDAPException {
        Set<String> unseen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        unseen.addAll(request.attributes());
        Map<String, String> unreadable = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int people = 0;
        for (int i = 0; i < Math.min(filters.size(), MOST_SEARCHES); i++) {
            String base = session.server().resolve(request.searches().get(i).baseDn());
            for (SearchResultEntry person : sample(base, filters.get(i))) {
                people++;
                unseen.removeIf(person::hasAttribute);
                for (String sure : sureAttributes()) {
                    if (!person.hasAttribute(sure)) {
                        unreadable.put(sure, base);
                    }
                }
            }
        }
        if (people == 0) {
            return;
        }
        unseen.removeAll(unreadable.keySet());
        Set<String> questioned = new TreeSet<>(unseen);
        questioned.addAll(unreadable.keySet());
        Map<String, Known> schema = questioned.isEmpty() ? Map.of() : SchemaLookup.of(session, questioned);
        unreadable.forEach((name, base) -> unreadable(name, base, schema));
        hints(unseen, schema, people);
    }

    private Set<String> sureAttributes() {
        Set<String> sure = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        sure.add("userAccountControl");
        request.attributes().stream()
                .filter(name -> ALWAYS_THERE.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(sure::add);
        return sure;
    }

    /** The first accounts that a search finds: one page, whose rest is not asked for. */
    private List<SearchResultEntry> sample(String base, Filter filter) throws LDAPException {
        Set<String> attributes = new TreeSet<>(request.attributes());
        attributes.add("userAccountControl");
        SearchRequest search = new SearchRequest(
                base,
                SearchScope.SUB,
                DereferencePolicy.NEVER,
                0,
                0,
                false,
                Filter.createANDFilter(Filter.createEqualityFilter("objectClass", "user"), filter),
                attributes.toArray(new String[0]));
        search.setControls(PagedSearch.DOMAIN_SCOPE, new SimplePagedResultsControl(SAMPLE));
        LDAPConnection connection = session.connection();
        try {
            return connection.search(search).getSearchEntries();
        } catch (LDAPException e) {
            if (LdapFailures.breaksConnection(e)) {
                throw e;
            }
            // The read itself says what is wrong with this search.
            return List.of();
        }
    }

    private void unreadable(String name, String base, Map<String, Known> schema) {
        Known attribute = schema.getOrDefault(name, new Known("<schemaIDGUID of " + name + ">", false));
        findings.add(new RightsFinding(
                Kind.MISSING,
                name.equalsIgnoreCase("userAccountControl")
                        ? "DirectoryAccountControlUnreadable"
                        : "DirectoryAttributesUnreadable",
                "The bind account may not read " + name + " of people below " + base + ". Windows: dsacls \"" + base
                        + "\" /I:S /G \"" + account.name() + ":RP;" + name + ";user\". Samba: samba-tool dsacl set"
                        + " --objectdn=\"" + base + "\" --action=allow --sddl=\"(OA;CIIO;RP;" + attribute.guid() + ";"
                        + USER_CLASS + ";" + account.sid() + ")\"."));
    }

    private void hints(Set<String> unseen, Map<String, Known> schema, int people) {
        List<String> unknown = new ArrayList<>();
        List<String> confidential = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String name : unseen) {
            if (!schema.isEmpty() && !schema.containsKey(name)) {
                unknown.add(name);
            } else if (schema.containsKey(name) && schema.get(name).confidential()) {
                confidential.add(name);
            } else {
                others.add(name);
            }
        }
        hint(
                unknown,
                "DirectoryAttributesUnknown",
                "The directory's schema has no attribute " + String.join(", ", unknown) + "; is it spelt right?");
        hint(
                confidential,
                "DirectoryAttributesConfidential",
                "Marked confidential and seen of nobody: " + String.join(", ", confidential)
                        + ". If it should be seen: dsacls \"" + root() + "\" /I:S /G \"" + account.name() + ":RPCA;"
                        + (confidential.isEmpty() ? "" : confidential.get(0)) + ";user\".");
        hint(
                others,
                "DirectoryAttributesNotSeen",
                "None of " + (people < SAMPLE ? "the people" : "the first people") + " shows "
                        + String.join(", ", others) + ": empty, or not readable for the bind account.");
    }

    private void hint(List<String> names, String reason, String message) {
        if (!names.isEmpty()) {
            findings.add(new RightsFinding(Kind.HINT, reason, message));
        }
    }
}
