package dev.salesforcesync.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.experimental.ActiveDirectoryDirSyncControl;
import dev.salesforcesync.model.ObjectGuid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests of reading and following, made through the SDK and nothing else: what the server itself costs. */
final class BareRequests {
    private static final int PAGE = 1_000;

    private final LDAPConnection connection;
    private final String root;
    private final String[] attributes;
    private @Nullable ASN1OctetString cookie;
    private long usn;

    BareRequests(LDAPConnection connection, String root, Set<String> wanted) {
        this.connection = connection;
        this.root = root;
        this.attributes = PersonDecoder.attributes(wanted).toArray(new String[0]);
    }

    /** Reads everybody whom a search finds, page by page. */
    int everybody(String base, String filter) throws LDAPException {
        SearchRequest request = new SearchRequest(base, SearchScope.SUB, Filter.create(filter), attributes);
        int entries = 0;
        @Nullable ASN1OctetString next = null;
        while (true) {
            request.setControls(PagedSearch.DOMAIN_SCOPE, new SimplePagedResultsControl(PAGE, next, true));
            SearchResult page = connection.search(request);
            entries += page.getEntryCount();
            SimplePagedResultsControl answer = Objects.requireNonNull(SimplePagedResultsControl.get(page));
            if (!answer.moreResultsToReturn()) {
                return entries;
            }
            next = answer.getCookie();
        }
    }

    /** Begins to follow. */
    void begin(Following.Mode mode) throws LDAPException {
        if (mode == Following.Mode.USN) {
            usn = ServerIdentity.read(connection).highestUsn();
        } else {
            replicate(Filter.createEqualityFilter("objectGUID", new byte[16]));
        }
    }

    /** Asks what changed and reads those again below one base, as many at once as a feed does. */
    int changes(Following.Mode mode, String base, String filter) throws LDAPException {
        List<SearchResultEntry> changed;
        if (mode == Following.Mode.USN) {
            long highest = ServerIdentity.read(connection).highestUsn();
            changed = highest == usn ? List.of() : connection.search(newer()).getSearchEntries();
            usn = highest;
        } else {
            changed = replicate(ChangeSource.CONCERNED);
        }
        List<ObjectGuid> people = changed.stream()
                .flatMap(entry -> PersonDecoder.guid(entry).stream())
                .toList();
        int found = 0;
        for (int from = 0; from < people.size(); from += PeopleSearch.FILTER_PARTS) {
            List<ObjectGuid> some = people.subList(from, Math.min(people.size(), from + PeopleSearch.FILTER_PARTS));
            SearchRequest again = new SearchRequest(
                    base, SearchScope.SUB, PeopleSearch.anyOf(some, Filter.create(filter)), attributes);
            again.setControls(PagedSearch.DOMAIN_SCOPE);
            found += connection.search(again).getEntryCount();
        }
        return found;
    }

    private SearchRequest newer() {
        SearchRequest request = new SearchRequest(
                root,
                SearchScope.SUB,
                Filter.createANDFilter(
                        Filter.createGreaterOrEqualFilter("uSNChanged", Long.toString(usn + 1)),
                        ChangeSource.CONCERNED),
                "objectGUID",
                "objectClass",
                "name",
                "sAMAccountName",
                "isDeleted");
        request.setControls(PagedSearch.SHOW_DELETED, ChangeSource.EXTENDED_DN, PagedSearch.DOMAIN_SCOPE);
        return request;
    }

    private List<SearchResultEntry> replicate(Filter filter) throws LDAPException {
        Set<String> replicated =
                new LinkedHashSet<>(List.of("objectClass", "name", "parentGUID", "isDeleted", "member"));
        replicated.addAll(Arrays.asList(attributes));
        replicated.removeIf(name -> name.startsWith("msDS-") || name.equals("uSNChanged"));
        List<SearchResultEntry> entries = new ArrayList<>();
        while (true) {
            SearchRequest request = new SearchRequest(root, SearchScope.SUB, filter, replicated.toArray(new String[0]));
            request.setControls(
                    new ActiveDirectoryDirSyncControl(
                            true, ActiveDirectoryDirSyncControl.FLAG_INCREMENTAL_VALUES, Integer.MAX_VALUE, cookie),
                    ChangeSource.EXTENDED_DN);
            SearchResult result = connection.search(request);
            entries.addAll(result.getSearchEntries());
            ActiveDirectoryDirSyncControl answer = Objects.requireNonNull(ActiveDirectoryDirSyncControl.get(result));
            cookie = answer.getCookie();
            if (answer.getFlags() == 0) {
                return entries;
            }
        }
    }
}
