package dev.salesforcesync.sandbox.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import dev.salesforcesync.model.ObjectGuid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The searches of one connection. A paged search is evaluated once; its cookie stands for the identities still to be
 * shown and is worth nothing on another connection (MS-ADTS 3.1.1.3.4.1).
 */
final class SearchSession {
    static final String SHOW_DELETED = "1.2.840.113556.1.4.417";
    static final String DOMAIN_SCOPE = "1.2.840.113556.1.4.1339";
    static final String EXTENDED_DN = "1.2.840.113556.1.4.529";
    private static final Set<String> CONTROLS =
            Set.of(SHOW_DELETED, DOMAIN_SCOPE, EXTENDED_DN, SimplePagedResultsControl.PAGED_RESULTS_OID);
    private static final int MAX_OPEN_COOKIES = 10;

    private final Domain domain;
    private final DirectoryLimits limits;
    private final DirectoryFaults faults;
    private final Map<String, Open> rest = new LinkedHashMap<>();
    private long cookies;

    SearchSession(Domain domain, DirectoryLimits limits, DirectoryFaults faults) {
        this.domain = domain;
        this.limits = limits;
        this.faults = faults;
    }

    /**
     * One answer.
     *
     * @param hits what to show now, in order
     * @param view how to show it
     * @param code how the search ends after that
     */
    record Answer(
            List<ObjectGuid> hits,
            EntryView view,
            boolean reference,
            ResultCode code,
            Optional<SimplePagedResultsControl> page) {}

    /** What a paged search has still to show, of how many in all. */
    private record Open(List<ObjectGuid> rest, int total) {}

    Answer answer(SearchRequestProtocolOp request, List<Control> controls) throws LDAPException {
        refuseUnknown(controls);
        EntryView view = new EntryView(
                domain,
                request.getAttributes(),
                has(controls, EXTENDED_DN),
                limits.maxValRange(),
                faults.hiddenAttributes());
        Optional<SimplePagedResultsControl> paging = paging(controls);
        boolean subtree = request.getScope().equals(SearchScope.SUB);
        if (paging.isEmpty() || faults.pagingIgnored()) {
            List<ObjectGuid> all = evaluate(request, controls);
            int most = request.getSizeLimit() > 0
                    ? Math.min(limits.maxPageSize(), request.getSizeLimit())
                    : limits.maxPageSize();
            boolean over = all.size() > most;
            return new Answer(
                    over ? all.subList(0, most) : all,
                    view,
                    subtree && reference(request, controls),
                    over ? ResultCode.SIZE_LIMIT_EXCEEDED : ResultCode.SUCCESS,
                    Optional.empty());
        }
        ASN1OctetString cookie = paging.get().getCookie();
        boolean first = cookie == null || cookie.getValueLength() == 0;
        Open open = first ? begin(evaluate(request, controls)) : resume(cookie);
        if (!first && faults.emptiesThisPage()) {
            return new Answer(
                    List.of(),
                    view,
                    false,
                    ResultCode.SUCCESS,
                    Optional.of(new SimplePagedResultsControl(0, new ASN1OctetString())));
        }
        int size = Math.min(Math.max(1, paging.get().getSize()), limits.maxPageSize());
        int shown = Math.min(size, open.rest().size());
        boolean last =
                faults.countsResults() ? shown < size : shown == open.rest().size();
        ASN1OctetString next = last
                ? new ASN1OctetString()
                : keep(new Open(open.rest().subList(shown, open.rest().size()), open.total()));
        return new Answer(
                open.rest().subList(0, shown),
                view,
                first && subtree && reference(request, controls),
                ResultCode.SUCCESS,
                Optional.of(new SimplePagedResultsControl(faults.countsResults() && !last ? open.total() : 0, next)));
    }

    /** Shows one hit; empty when it is gone or hidden by now. */
    Optional<Entry> show(ObjectGuid guid, EntryView view) {
        synchronized (domain) {
            return domain.of(guid)
                    .filter(node -> !faults.isHidden(node.dn))
                    .map(node -> faults.show(node.dn, view.show(node)));
        }
    }

    private List<ObjectGuid> evaluate(SearchRequestProtocolOp request, List<Control> controls) throws LDAPException {
        synchronized (domain) {
            boolean deletedToo = has(controls, SHOW_DELETED) && faults.tombstonesReadable();
            Node base = base(request.getBaseDN(), deletedToo);
            DomainFilter filter = new DomainFilter(domain, request.getFilter());
            Collection<Node> candidates = request.getScope().equals(SearchScope.BASE)
                    ? List.of(base)
                    : filter.candidates().orElseGet(() -> domain.subtree(base.dn));
            boolean inConfiguration = base.dn.isDescendantOf(domain.configuration(), true);
            List<ObjectGuid> hits = new ArrayList<>();
            for (Node node : candidates) {
                if (node.dn.matchesBaseAndScope(base.dn, request.getScope())
                        && (deletedToo || !node.deleted)
                        && (deletedToo || !node.dn.equals(domain.deletedObjects()))
                        && (inConfiguration || !node.dn.isDescendantOf(domain.configuration(), true))
                        && !faults.isHidden(node.dn)
                        && filter.matches(node)) {
                    hits.add(node.guid);
                }
            }
            return hits;
        }
    }

    private Node base(String name, boolean deletedToo) throws LDAPException {
        Optional<Node> base = domain.find(name);
        if (base.isEmpty()
                || faults.isHidden(base.get().dn)
                || (base.get().deleted && !deletedToo)
                || (base.get().dn.equals(domain.deletedObjects()) && !deletedToo)) {
            throw DomainWrites.refuse(
                    ResultCode.NO_SUCH_OBJECT,
                    "0000208D: NameErr: DSID-0310028B, problem 2001 (NO_OBJECT), data 0, best match of:\n\t'"
                            + domain.root + "'\n");
        }
        return base.get();
    }

    private static Open begin(List<ObjectGuid> hits) {
        return new Open(hits, hits.size());
    }

    private ASN1OctetString keep(Open open) {
        String name = "page-" + ++cookies;
        rest.put(name, new Open(List.copyOf(open.rest()), open.total()));
        if (rest.size() > MAX_OPEN_COOKIES) {
            rest.remove(rest.keySet().iterator().next());
        }
        return new ASN1OctetString(name);
    }

    private Open resume(ASN1OctetString cookie) throws LDAPException {
        Open open = rest.remove(new String(cookie.getValue(), StandardCharsets.UTF_8));
        if (open == null) {
            throw DomainWrites.refuse(
                    ResultCode.UNWILLING_TO_PERFORM, "00002042: SvcErr: DSID-031A11E5, problem 5003, data 0");
        }
        return open;
    }

    private boolean reference(SearchRequestProtocolOp request, List<Control> controls) throws LDAPException {
        synchronized (domain) {
            boolean atRoot = domain.find(request.getBaseDN())
                    .filter(node -> node.dn.equals(domain.root))
                    .isPresent();
            return faults.references() || (atRoot && !has(controls, DOMAIN_SCOPE));
        }
    }

    private static void refuseUnknown(List<Control> controls) throws LDAPException {
        for (Control control : controls) {
            if (control.isCritical() && !CONTROLS.contains(control.getOID())) {
                throw DomainWrites.refuse(
                        ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, "00000057: LdapErr: DSID-0C0907D3, unknown control");
            }
        }
    }

    private static Optional<SimplePagedResultsControl> paging(List<Control> controls) throws LDAPException {
        for (Control control : controls) {
            if (control.getOID().equals(SimplePagedResultsControl.PAGED_RESULTS_OID)) {
                return Optional.of(
                        new SimplePagedResultsControl(control.getOID(), control.isCritical(), control.getValue()));
            }
        }
        return Optional.empty();
    }

    private static boolean has(List<Control> controls, String oid) {
        return controls.stream().anyMatch(control -> control.getOID().equals(oid));
    }
}
