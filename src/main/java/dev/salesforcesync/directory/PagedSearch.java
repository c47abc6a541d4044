package dev.salesforcesync.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import dev.salesforcesync.model.Completeness.Unproven;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A subtree search read page by page over one connection (RFC 2696), a page in memory at a time. */
final class PagedSearch {
    /** Only the domain itself: no references to other naming contexts (MS-ADTS 3.1.1.3.4.1). */
    static final Control DOMAIN_SCOPE = new Control("1.2.840.113556.1.4.1339", false);

    /** Tombstones too (MS-ADTS 3.1.1.3.4.1). */
    static final Control SHOW_DELETED = new Control("1.2.840.113556.1.4.417", true);

    private final Session session;
    private final int pageSize;

    PagedSearch(Session session, int pageSize) {
        this.session = session;
        this.pageSize = pageSize;
    }

    /** How a search ended. */
    sealed interface Ending {
        /** The server said that there is nothing more. */
        record Complete() implements Ending {}

        /** The answer may be a part. */
        record Partial(Unproven doubt) implements Ending {
            /** For those who can only use the whole. */
            LDAPException asException() {
                return new LDAPException(ResultCode.UNAVAILABLE, doubt.reason() + ": " + doubt.message());
            }
        }

        /** The search failed, perhaps after some pages. */
        record Broken(LDAPException cause) implements Ending {}
    }

    /** What to do with an entry; may itself ask the same connection. */
    interface Sink {
        void take(SearchResultEntry entry) throws LDAPException;
    }

    /**
     * A search that finds few: all at once, which spares servers keeping a place for the next page; page by page only
     * when that is refused. The sink may be given an entry twice.
     */
    Ending few(String baseDn, Filter filter, Collection<String> attributes, List<Control> extra, Sink sink) {
        SearchRequest request = request(baseDn, filter, attributes);
        List<Control> controls = new ArrayList<>(extra);
        controls.add(DOMAIN_SCOPE);
        request.setControls(controls);
        try {
            return search(request, sink).getReferenceCount() > 0
                    ? new Ending.Partial(LdapFailures.referral())
                    : new Ending.Complete();
        } catch (LDAPException e) {
            return e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)
                    ? run(baseDn, filter, attributes, extra, sink)
                    : ended(e);
        }
    }

    private static SearchRequest request(String baseDn, Filter filter, Collection<String> attributes) {
        return new SearchRequest(
                baseDn,
                SearchScope.SUB,
                DereferencePolicy.NEVER,
                0,
                0,
                false,
                filter,
                attributes.toArray(new String[0]));
    }

    /**
     * A search read to its end. A server that announces another page and then shows nothing may have lost its place, or
     * there were exactly as many entries as fit. Unless as many came as it had said there are, it is asked once more in
     * pages of another size, and must not do so again. The sink may be given an entry twice.
     */
    Ending run(String baseDn, Filter filter, Collection<String> attributes, List<Control> extra, Sink sink) {
        try {
            SearchRequest request = request(baseDn, filter, attributes);
            Optional<Ending> ending = pages(request, pageSize, extra, sink, true);
            if (ending.isEmpty()) {
                int others = pageSize > 2 ? pageSize - pageSize / 3 : pageSize + 1;
                ending = pages(request, others, extra, sink, false);
            }
            return ending.orElseGet(() -> new Ending.Partial(new Unproven(
                    "PageEmpty",
                    "The server announced another page and then showed nothing, twice. It is read again.")));
        } catch (LDAPException e) {
            return ended(e);
        }
    }

    /**
     * Empty when a page that was announced was the last, and empty.
     *
     * @param counting whether such a page is an end when as many came as the server had said there are
     */
    private Optional<Ending> pages(SearchRequest request, int size, List<Control> extra, Sink sink, boolean counting)
            throws LDAPException {
        @Nullable ASN1OctetString cookie = null;
        boolean references = false;
        Tally tally = new Tally();
        while (true) {
            List<Control> controls = new ArrayList<>(extra);
            controls.add(DOMAIN_SCOPE);
            controls.add(new SimplePagedResultsControl(size, cookie, true));
            request.setControls(controls);
            SearchResult page = search(request, sink);
            references |= page.getReferenceCount() > 0;
            tally.received += page.getEntryCount();
            SimplePagedResultsControl next = SimplePagedResultsControl.get(page);
            if (next == null) {
                return Optional.of(new Ending.Partial(new Unproven(
                        "PagingNotConfirmed",
                        "The server did not say whether there are more pages. Is it a domain controller?")));
            }
            if (!next.moreResultsToReturn()) {
                boolean announcedInVain = cookie != null && page.getEntryCount() == 0;
                if (announcedInVain && !(counting && tally.isWhole())) {
                    return Optional.empty();
                }
                return Optional.of(references ? new Ending.Partial(LdapFailures.referral()) : new Ending.Complete());
            }
            cookie = next.getCookie();
            tally.announced.add(next.getSize());
        }
    }

    /**
     * What came, beside how many entries the server says there are (RFC 2696, section 2). Samba counts them when it is
     * first asked, says so with each page that another one follows, and announces one more page whenever the last is
     * full. A number that is said of two pages or more, and is always the same, is neither that of one page nor that of
     * what came so far.
     */
    private static final class Tally {
        private final List<Integer> announced = new ArrayList<>();
        private int received;

        boolean isWhole() {
            return announced.size() > 1 && announced.stream().allMatch(total -> total == received);
        }
    }

    private Ending ended(LDAPException cause) {
        session.note(cause);
        Optional<Unproven> truncation = LdapFailures.truncation(cause.getResultCode());
        return truncation.isPresent() ? new Ending.Partial(truncation.get()) : new Ending.Broken(cause);
    }

    private SearchResult search(SearchRequest request, Sink sink) throws LDAPException {
        SearchResult page;
        try {
            page = session.connection().search(request);
        } catch (LDAPSearchException e) {
            // What arrived before the end is as true as any other entry.
            if (e.getSearchEntries() != null && !LdapFailures.breaksConnection(e)) {
                takeAll(e.getSearchEntries(), sink);
            }
            throw e;
        }
        takeAll(page.getSearchEntries(), sink);
        return page;
    }

    private static void takeAll(List<SearchResultEntry> entries, Sink sink) throws LDAPException {
        for (SearchResultEntry entry : entries) {
            sink.take(entry);
        }
    }
}
