package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.salesforcesync.model.ObjectGuid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The objects of one naming context with their indexes and links. Whoever reads or writes holds this object's
 * monitor.
 */
final class Domain {
    /** Equality indexes, as AD has them. */
    private static final Set<String> INDEXED =
            Set.of("samaccountname", "userprincipalname", "cn", "mail", "employeeid", "displayname");

    /** Attributes that hold links, with their back links. */
    static final Map<String, String> LINKED = Map.of("member", "memberOf", "manager", "directReports");

    final DN root;
    final String dnsName;
    final String netbiosName;
    final Schema schema = AdSchema.build();
    final Links members = new Links(false);
    final Links managers = new Links(true);

    private final TreeMap<DN, Node> byDn = new TreeMap<>();
    private final Map<ObjectGuid, Node> byGuid = new HashMap<>();
    private final TreeMap<Long, Node> byUsn = new TreeMap<>();
    private final Map<String, Map<String, Set<Node>>> byValue = new HashMap<>();
    private final Set<Consumer<ObjectGuid>> listeners = new LinkedHashSet<>();
    private final Set<BiConsumer<ObjectGuid, String>> passwordAgents = new CopyOnWriteArraySet<>();
    private final Map<UUID, Long> replicatedFrom = new TreeMap<>();
    private UUID invocationId = UUID.randomUUID();
    private long usn = 12_000;
    private int rid = 1_103;
    private long identities;
    private boolean recycleBin;

    Domain(DN root, String dnsName, String netbiosName) {
        this.root = root;
        this.dnsName = dnsName;
        this.netbiosName = netbiosName;
        INDEXED.forEach(name -> byValue.put(name, new HashMap<>()));
    }

    DN below(RDN rdn) {
        return new DN(rdn, root);
    }

    DN deletedObjects() {
        return below(new RDN("CN", "Deleted Objects"));
    }

    DN configuration() {
        return below(new RDN("CN", "Configuration"));
    }

    /** Whether what is deleted keeps everything for a while (MS-ADTS 3.1.1.9.1). */
    boolean hasRecycleBin() {
        return recycleBin;
    }

    void enableRecycleBin() {
        recycleBin = true;
    }

    long highestUsn() {
        return usn;
    }

    UUID invocationId() {
        return invocationId;
    }

    /** What a restored or promoted server does: its counter starts a history of its own. */
    void renewInvocationId() {
        invocationId = UUID.randomUUID();
    }

    /** The same in every run for the same sequence of adds, never used twice. */
    ObjectGuid nextIdentity() {
        String name = dnsName + "#" + identities++;
        return new ObjectGuid(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    int nextRid() {
        return rid++;
    }

    /** The binary form of a SID of this domain (MS-DTYP 2.4.2.2). */
    byte[] sid(int relativeId) {
        ByteBuffer sid = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
        sid.put((byte) 1).put((byte) 5).put(new byte[] {0, 0, 0, 0, 0, 5});
        sid.putInt(21).putInt(1_004_336_348).putInt(1_177_238_915).putInt(682_003_330);
        return sid.putInt(relativeId).array();
    }

    Collection<Node> all() {
        return Collections.unmodifiableCollection(byDn.values());
    }

    Optional<Node> at(DN dn) {
        return Optional.ofNullable(byDn.get(dn));
    }

    Optional<Node> of(ObjectGuid guid) {
        return Optional.ofNullable(byGuid.get(guid));
    }

    Set<Node> withValue(String attribute, String value) {
        return byValue.getOrDefault(attribute.toLowerCase(Locale.ROOT), Map.of())
                .getOrDefault(value.toLowerCase(Locale.ROOT), Set.of());
    }

    static boolean isIndexed(String attribute) {
        return INDEXED.contains(attribute.toLowerCase(Locale.ROOT));
    }

    Collection<Node> changedFrom(long first) {
        return byUsn.tailMap(first).values();
    }

    /** An object and all below it: neighbours, because DNs sort from the root down. */
    List<Node> subtree(DN base) {
        return byDn.tailMap(base).values().stream()
                .takeWhile(node -> node.dn.isDescendantOf(base, true))
                .toList();
    }

    Optional<Links> links(String attribute) {
        return switch (attribute.toLowerCase(Locale.ROOT)) {
            case "member", "memberof" -> Optional.of(members);
            case "manager", "directreports" -> Optional.of(managers);
            default -> Optional.empty();
        };
    }

    /** Finds an object by DN or by {@code <GUID=…>} (MS-ADTS 3.1.1.3.1.2.4). */
    Optional<Node> find(String name) throws LDAPException {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.startsWith("<GUID=") && name.endsWith(">")) {
            try {
                return of(ObjectGuid.parse(name.substring(6, name.length() - 1)));
            } catch (IllegalArgumentException e) {
                throw new LDAPException(ResultCode.INVALID_DN_SYNTAX, "0000208F: NameErr: DSID-03100225, problem 2006");
            }
        }
        try {
            return at(new DN(name));
        } catch (LDAPException e) {
            throw new LDAPException(
                    ResultCode.INVALID_DN_SYNTAX, "0000208F: NameErr: DSID-03100225, problem 2006 (BAD_NAME)", e);
        }
    }

    void put(Node node) {
        byDn.put(node.dn, node);
        byGuid.put(node.guid, node);
        index(node, true);
    }

    /** Gives an object its next place; its identity stays. */
    void move(Node node, DN target) {
        byDn.remove(node.dn);
        node.dn = target;
        byDn.put(target, node);
    }

    /** Replaces an object's attributes and moves the change counter. */
    void change(Node node, Runnable change) {
        index(node, false);
        Entry before = node.entry.duplicate();
        change.run();
        stamp(node);
        stampChanged(node, before);
        index(node, true);
        tell(node);
    }

    /** Notes when each attribute of a new object came. */
    void stampAll(Node node) {
        node.entry
                .getAttributes()
                .forEach(attribute -> node.stamps.put(attribute.getName().toLowerCase(Locale.ROOT), node.usn));
        tell(node);
    }

    private void stampChanged(Node node, Entry before) {
        Set<String> names = new HashSet<>();
        before.getAttributes()
                .forEach(attribute -> names.add(attribute.getName().toLowerCase(Locale.ROOT)));
        node.entry
                .getAttributes()
                .forEach(attribute -> names.add(attribute.getName().toLowerCase(Locale.ROOT)));
        for (String name : names) {
            if (!Objects.equals(before.getAttribute(name), node.entry.getAttribute(name))) {
                node.stamps.put(name, node.usn);
            }
        }
    }

    private void tell(Node node) {
        listeners.forEach(listener -> listener.accept(node.guid));
    }

    /** Told of each change, under this object's monitor. */
    /** Who catches passwords as they are set, with the identity of whose it is; called after the change. */
    Set<BiConsumer<ObjectGuid, String>> passwordAgents() {
        return passwordAgents;
    }

    Set<Consumer<ObjectGuid>> listeners() {
        return listeners;
    }

    /** How far the changes of other databases have come, as a real controller's up-to-dateness vector says. */
    Map<UUID, Long> replicatedFrom() {
        return replicatedFrom;
    }

    void stamp(Node node) {
        byUsn.remove(node.usn);
        node.usn = ++usn;
        byUsn.put(usn, node);
        node.entry.setAttribute(new Attribute("uSNChanged", schema, Long.toString(usn)));
    }

    private void index(Node node, boolean present) {
        for (String name : INDEXED) {
            String[] values = node.entry.getAttributeValues(name);
            for (String value : values == null ? new String[0] : values) {
                Map<String, Set<Node>> index = byValue.computeIfAbsent(name, key -> new HashMap<>());
                String key = value.toLowerCase(Locale.ROOT);
                if (present) {
                    index.computeIfAbsent(key, missing -> new LinkedHashSet<>()).add(node);
                } else {
                    index.getOrDefault(key, new LinkedHashSet<>()).remove(node);
                }
            }
        }
    }
}
