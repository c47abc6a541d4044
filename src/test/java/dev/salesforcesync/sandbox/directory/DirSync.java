package dev.salesforcesync.sandbox.directory;

import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Exception;
import com.unboundid.asn1.ASN1Integer;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.model.ObjectGuid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The DirSync control (MS-ADTS 3.1.1.3.4.1.3) in the way of a Windows domain controller: pages, increments of linked
 * values, empty attributes for cleared ones, a filter evaluated on the present state, a cookie that another database
 * does not take.
 */
final class DirSync {
    static final String OID = "1.2.840.113556.1.4.841";

    private static final int OBJECT_SECURITY = 1;
    private static final int INCREMENTAL_VALUES = 0x80000000;

    /** Always shown, and no reason to show an object. */
    private static final Set<String> ALWAYS = Set.of("objectguid", "instancetype");

    private static final Set<String> NOT_REPLICATED = Set.of(
            "usnchanged", "usncreated", "whenchanged", "distinguishedname", "badpwdcount", "lastlogon", "objectclass");

    private final Domain domain;
    private final DirectoryLimits limits;
    private final DirectoryFaults faults;

    DirSync(Domain domain, DirectoryLimits limits, DirectoryFaults faults) {
        this.domain = domain;
        this.limits = limits;
        this.faults = faults;
    }

    /** One answer. */
    record Answer(List<Entry> entries, Control control) {}

    /**
     * Where a cookie stands. Until the last page only the objects go on: one that changed twice is on a late page, with
     * what changed of it since the first (MS-DRSR 5.217, USN_VECTOR).
     */
    private record Place(long objects, long attributes) {}

    private record Ask(int flags, ASN1OctetString cookie) {
        boolean incremental() {
            return (flags & INCREMENTAL_VALUES) != 0;
        }
    }

    Answer answer(SearchRequestProtocolOp request, Control control, boolean extendedDn) throws LDAPException {
        Ask ask = parse(control);
        synchronized (domain) {
            if (domain.find(request.getBaseDN())
                    .filter(node -> node.dn.equals(domain.root))
                    .isEmpty()) {
                throw DomainWrites.refuse(
                        ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "00002098: SecErr: not the root of a naming context");
            }
            if ((ask.flags() & OBJECT_SECURITY) == 0 && !faults.replicationAllowed()) {
                throw DomainWrites.refuse(
                        ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "00002105: SecErr: DSID-0315166D, problem 4003");
            }
            Place from = cookie(ask.cookie().getValue());
            DomainFilter filter = new DomainFilter(domain, request.getFilter());
            List<Entry> entries = new ArrayList<>();
            long reached = from.objects();
            boolean more = false;
            for (Node node : domain.changedFrom(from.objects() + 1)) {
                if (entries.size() >= limits.maxPageSize()) {
                    more = true;
                    break;
                }
                reached = node.usn;
                if (visible(node) && filter.matches(node)) {
                    show(node, from.attributes(), request.getAttributes(), ask.incremental(), extendedDn)
                            .ifPresent(entries::add);
                }
            }
            Place next =
                    more ? new Place(reached, from.attributes()) : new Place(domain.highestUsn(), domain.highestUsn());
            return new Answer(entries, response(more, next));
        }
    }

    private boolean visible(Node node) {
        boolean elsewhere = node.dn.isDescendantOf(domain.configuration(), true);
        return !elsewhere && !faults.isHidden(node.dn) && (!node.deleted || faults.tombstonesReadable());
    }

    private Optional<Entry> show(Node node, long since, List<String> asked, boolean incremental, boolean extended) {
        EntryView view = new EntryView(domain, List.of("1.1"), extended, Integer.MAX_VALUE, faults.hiddenAttributes());
        Entry entry = new Entry(view.show(node).getDN(), domain.schema);
        boolean created = node.number("uSNCreated", 0) > since && !node.deleted;
        boolean worth = created;
        for (String name : asked.isEmpty() ? allNames(node) : asked) {
            String lower = name.toLowerCase(Locale.ROOT);
            Optional<AdSchema.AttributeKind> kind = AdSchema.attribute(name);
            if (kind.isEmpty() || faults.hiddenAttributes().contains(lower)) {
                continue;
            }
            Optional<Links> links =
                    Domain.LINKED.containsKey(kind.get().name()) ? domain.links(lower) : Optional.empty();
            if (links.isPresent()) {
                worth |= addLinks(entry, node, kind.get().name(), links.get(), since, incremental, extended);
            } else if (ALWAYS.contains(lower)) {
                add(entry, node, kind.get().name());
            } else if (created && lower.equals("objectclass")) {
                add(entry, node, kind.get().name());
            } else if (!NOT_REPLICATED.contains(lower) && node.stamps.getOrDefault(lower, 0L) > since) {
                worth = true;
                add(entry, node, kind.get().name());
            }
        }
        add(entry, node, "objectGUID");
        return worth ? Optional.of(entry) : Optional.empty();
    }

    private static List<String> allNames(Node node) {
        List<String> names = new ArrayList<>(node.stamps.keySet());
        names.add("member");
        names.add("manager");
        return names;
    }

    /** A cleared attribute is there without a value. */
    private void add(Entry entry, Node node, String name) {
        Attribute stored = node.entry.getAttribute(name);
        entry.setAttribute(
                stored == null
                        ? new Attribute(name, domain.schema, new String[0])
                        : new Attribute(name, domain.schema, stored.getRawValues()));
    }

    private boolean addLinks(
            Entry entry, Node node, String name, Links links, long since, boolean incremental, boolean extended) {
        List<String> added = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (Map.Entry<ObjectGuid, LinkStamp> link : links.stamps(node.guid).entrySet()) {
            Optional<Node> other = domain.of(link.getKey());
            if (link.getValue().usn() > since && other.isPresent()) {
                String dn = (extended ? "<GUID=" + other.get().guid + ">;" : "") + other.get().dn;
                (link.getValue().present() ? added : removed).add(dn);
            }
        }
        if (added.isEmpty() && removed.isEmpty()) {
            return false;
        }
        if (!incremental || !name.equals("member")) {
            List<String> all = new ArrayList<>();
            links.targets(node.guid)
                    .forEach(guid -> domain.of(guid)
                            .ifPresent(other -> all.add((extended ? "<GUID=" + guid + ">;" : "") + other.dn)));
            entry.setAttribute(new Attribute(name, all));
            return true;
        }
        if (!added.isEmpty()) {
            entry.setAttribute(new Attribute(name + ";range=1-1", added));
        }
        if (!removed.isEmpty()) {
            entry.setAttribute(new Attribute(name + ";range=0-0", removed));
        }
        return true;
    }

    private static Ask parse(Control control) throws LDAPException {
        ASN1OctetString value = control.getValue();
        try {
            ASN1Element[] parts = ASN1Sequence.decodeAsSequence(value == null ? new byte[0] : value.getValue())
                    .elements();
            return new Ask(
                    ASN1Integer.decodeAsInteger(parts[0]).intValue(), ASN1OctetString.decodeAsOctetString(parts[2]));
        } catch (ASN1Exception | IndexOutOfBoundsException e) {
            throw DomainWrites.refuse(ResultCode.PROTOCOL_ERROR, "00000057: LdapErr: DirSync control not understood");
        }
    }

    private Control response(boolean more, Place place) {
        ASN1Sequence value = new ASN1Sequence(
                new ASN1Integer(more ? 1 : 0), new ASN1Integer(0), new ASN1OctetString(writeCookie(place)));
        return new Control(OID, false, new ASN1OctetString(value.encode()));
    }

    /** The layout of version 3 with an up-to-dateness vector of this one database. */
    private byte[] writeCookie(Place place) {
        byte[] own = new ObjectGuid(domain.invocationId()).toBytes();
        Map<UUID, Long> others = domain.replicatedFrom();
        ByteBuffer cookie = ByteBuffer.allocate(108 + 24 * others.size()).order(ByteOrder.LITTLE_ENDIAN);
        cookie.put("MSDS".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(0)
                .putInt(0)
                .putInt(0);
        cookie.putInt(40 + 24 * others.size())
                .putLong(place.objects())
                .putLong(0)
                .putLong(place.attributes())
                .put(own);
        cookie.putInt(1).putInt(0).putInt(1 + others.size()).putInt(0).put(own).putLong(place.objects());
        others.forEach((database, seen) ->
                cookie.put(new ObjectGuid(database).toBytes()).putLong(seen));
        return cookie.array();
    }

    private Place cookie(byte[] bytes) throws LDAPException {
        if (bytes.length == 0) {
            return new Place(0, 0);
        }
        if (faults.cookiesRejected() || bytes.length < 108) {
            throw DomainWrites.refuse(
                    ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, "00000057: LdapErr: the cookie is not taken");
        }
        byte[] server = new byte[16];
        ByteBuffer cookie = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        cookie.position(52).get(server);
        if (ObjectGuid.ofBytes(server).value().equals(domain.invocationId())) {
            return new Place(cookie.getLong(28), cookie.getLong(44));
        }
        // A cookie of another controller: what its vector says of this one.
        Set<Long> own = new HashSet<>();
        for (int at = 84; at + 24 <= bytes.length; at += 24) {
            byte[] database = new byte[16];
            cookie.position(at).get(database);
            if (ObjectGuid.ofBytes(database).value().equals(domain.invocationId())) {
                own.add(cookie.getLong(at + 16));
            }
        }
        long seen = own.stream().findFirst().orElse(0L);
        return new Place(seen, seen);
    }
}
