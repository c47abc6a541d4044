package dev.salesforcesync.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.experimental.ActiveDirectoryDirSyncControl;
import dev.salesforcesync.directory.ReportedChange.Members;
import dev.salesforcesync.directory.ReportedChange.What;
import dev.salesforcesync.model.ObjectGuid;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes by replication (LDAP_SERVER_DIRSYNC_OID, MS-ADTS 3.1.1.3.4.1.3): only what changed, with what became empty
 * and who left a group. The list of attributes is also a filter, and what is computed or not replicated never comes.
 */
final class DirSyncChanges implements ChangeSource {
    private static final int INCREMENTAL = ActiveDirectoryDirSyncControl.FLAG_INCREMENTAL_VALUES;

    /** Constructed, back-linked or not replicated (MS-ADA1 to 3): asking for them alone would give nothing. */
    private static final Set<String> NOT_REPLICATED = Set.of(
            "memberof",
            "directreports",
            "managedobjects",
            "distinguishedname",
            "canonicalname",
            "msds-user-account-control-computed",
            "msds-userpasswordexpirytimecomputed",
            "msds-resultantpso",
            "msds-principalname",
            "tokengroups",
            "tokengroupsglobalanduniversal",
            "primarygrouptoken",
            "modifytimestamp",
            "createtimestamp",
            "whenchanged",
            "usnchanged",
            "usncreated",
            "lastlogon",
            "lastlogoff",
            "logoncount",
            "badpwdcount",
            "badpasswordtime",
            "structuralobjectclass");

    /** No object has the identity of all zeros. */
    private static final Filter NOBODY = Filter.createEqualityFilter("objectGUID", new byte[16]);

    private final int flags;
    private final Set<String> attributes;

    private DirSyncChanges(int flags, Set<String> wanted) {
        this.flags = flags;
        this.attributes = new LinkedHashSet<>(
                List.of("objectGUID", "objectClass", "name", "parentGUID", "isDeleted", "member", "sAMAccountName"));
        for (String attribute : PersonDecoder.attributes(wanted)) {
            if (!NOT_REPLICATED.contains(attribute.toLowerCase(Locale.ROOT))) {
                attributes.add(attribute);
            }
        }
    }

    /** With the right to replicate changes: everything is seen. */
    static DirSyncChanges asReplica(Set<String> wanted) {
        return new DirSyncChanges(INCREMENTAL, wanted);
    }

    /** Without any right of replication: what the account may read is seen. */
    static DirSyncChanges asReader(Set<String> wanted) {
        return new DirSyncChanges(INCREMENTAL | ActiveDirectoryDirSyncControl.FLAG_OBJECT_SECURITY, wanted);
    }

    @Override
    public ChangePosition start(Session session) throws LDAPException {
        return ask(session, NOBODY, null, entry -> {});
    }

    @Override
    public Answer since(Session session, ChangePosition position) throws LDAPException {
        List<ReportedChange> changes = new ArrayList<>();
        ASN1OctetString cookie = new ASN1OctetString(position.cookieBytes());
        ChangePosition next =
                ask(session, CONCERNED, cookie, entry -> report(entry).ifPresent(changes::add));
        return new Answer(changes, next);
    }

    private interface Sink {
        void take(SearchResultEntry entry);
    }

    private ChangePosition ask(Session session, Filter filter, @Nullable ASN1OctetString from, Sink sink)
            throws LDAPException {
        ASN1OctetString cookie = from;
        while (true) {
            SearchRequest request = new SearchRequest(
                    new EachEntry(sink),
                    session.server().namingContext(),
                    SearchScope.SUB,
                    DereferencePolicy.NEVER,
                    0,
                    0,
                    false,
                    filter,
                    attributes.toArray(new String[0]));
            request.setControls(new ActiveDirectoryDirSyncControl(true, flags, Integer.MAX_VALUE, cookie), EXTENDED_DN);
            SearchResult result = session.connection().search(request);
            ActiveDirectoryDirSyncControl answer = ActiveDirectoryDirSyncControl.get(result);
            if (answer == null) {
                throw new LDAPException(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, "no DirSync answer");
            }
            cookie = answer.getCookie();
            if (answer.getFlags() == 0) {
                return DirSyncCookie.position(session.server().domain(), Optional.ofNullable(cookie));
            }
        }
    }

    private static Optional<ReportedChange> report(SearchResultEntry entry) {
        Optional<ObjectGuid> guid = PersonDecoder.guid(entry);
        if (guid.isEmpty()) {
            return Optional.empty();
        }
        What what = ChangeSource.classOf(entry);
        boolean moved = entry.hasAttribute("name");
        return Optional.of(new ReportedChange(
                guid.get(),
                ChangeSource.plainDn(entry.getDN()),
                what,
                entry.hasAttributeValue("isDeleted", "TRUE"),
                entry.hasAttribute("isDeleted") && !entry.hasAttributeValue("isDeleted", "TRUE"),
                moved,
                ChangeSource.namesOf(entry),
                members(entry)));
    }

    /** Values that came are {@code member;range=1-1}, values that went {@code member;range=0-0}. */
    private static Members members(SearchResultEntry entry) {
        List<String> added = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        boolean any = false;
        for (Attribute attribute : entry.getAttributes()) {
            if (!attribute.getBaseName().equalsIgnoreCase("member")) {
                continue;
            }
            any = true;
            if (attribute.getOptions().contains("range=1-1")) {
                added.addAll(Arrays.asList(attribute.getValues()));
            } else if (attribute.getOptions().contains("range=0-0")) {
                removed.addAll(Arrays.asList(attribute.getValues()));
            } else {
                return new Members.Unknown();
            }
        }
        return any ? new Members.Delta(added, removed) : new Members.Same();
    }

    /** Entries are used as they come, so that an answer of any size takes little room. */
    private static final class EachEntry implements SearchResultListener {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient Sink sink;

        EachEntry(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void searchEntryReturned(SearchResultEntry entry) {
            sink.take(entry);
        }

        @Override
        public void searchReferenceReturned(SearchResultReference reference) {
            // Other naming contexts have feeds of their own.
        }
    }
}
