package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.sandbox.directory.AdSchema.AttributeKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Adds, changes and moves as a domain controller does, with its refusals (MS-ADTS 3.1.1.5). */
final class DomainWrites {
    private static final Set<String> NAMING = Set.of("cn", "ou", "dc", "name", "instanceType");

    private final Domain domain;
    private final ServerSupplied supplied;

    DomainWrites(Domain domain) {
        this.domain = domain;
        this.supplied = new ServerSupplied(domain);
    }

    /**
     * Adds an object and what the server supplies.
     *
     * @param trusted whether attributes that the server keeps may be given, as a loaded file does
     */
    Node add(Entry request, boolean trusted) throws LDAPException {
        synchronized (domain) {
            DN dn = request.getParsedDN();
            if (domain.at(dn).isPresent()) {
                throw refuse(ResultCode.ENTRY_ALREADY_EXISTS, "00002071: UpdErr: DSID-031A11E2, problem 6005");
            }
            boolean isRoot = dn.equals(domain.root);
            DN parent = dn.getParent();
            if (!isRoot && (parent == null || domain.at(parent).isEmpty())) {
                throw refuse(ResultCode.NO_SUCH_OBJECT, "0000208D: NameErr: DSID-03112B64, problem 2001 (NO_OBJECT)");
            }
            ObjectGuid guid = domain.nextIdentity();
            Entry entry = new Entry(dn, domain.schema);
            Optional<String> password = Optional.empty();
            Map<String, Attribute> links = new TreeMap<>();
            for (Attribute attribute : request.getAttributes()) {
                AttributeKind kind = writable(attribute.getName(), trusted);
                if (isPassword(kind)) {
                    password = Optional.of(passwordOf(kind, attribute.getValueByteArray()));
                } else if (Domain.LINKED.containsKey(kind.name())) {
                    links.put(kind.name(), attribute);
                } else {
                    entry.addAttribute(new Attribute(kind.name(), domain.schema, attribute.getRawValues()));
                }
            }
            supplied.complete(entry, dn, guid, password.isPresent());
            Node node = new Node(guid, dn, entry);
            node.password = password;
            domain.put(node);
            domain.stamp(node);
            entry.setAttribute("uSNCreated", Long.toString(node.usn));
            domain.stampAll(node);
            for (Attribute link : links.values()) {
                link(node, new Modification(ModificationType.ADD, link.getName(), link.getValues()));
            }
            if (!links.isEmpty()) {
                domain.stamp(node);
            }
            return node;
        }
    }

    void modify(String name, List<Modification> modifications, boolean trusted) throws LDAPException {
        synchronized (domain) {
            Node node = existing(name);
            List<Modification> plain = new ArrayList<>();
            List<Modification> links = new ArrayList<>();
            Optional<String> password = node.password;
            for (Modification change : modifications) {
                AttributeKind kind = writable(change.getAttributeName(), trusted);
                if (isPassword(kind)) {
                    byte[][] values = change.getValueByteArrays();
                    if (values.length > 0 && !change.getModificationType().equals(ModificationType.DELETE)) {
                        password = Optional.of(passwordOf(kind, values[0]));
                        plain.add(new Modification(ModificationType.REPLACE, "pwdLastSet", FileTime.of(Instant.now())));
                    }
                } else if (Domain.LINKED.containsKey(kind.name())) {
                    links.add(new Modification(
                            change.getModificationType(),
                            kind.name(),
                            change.getAttribute().getValues()));
                } else {
                    plain.add(checked(change, kind, trusted));
                }
            }
            Entry next = plain.isEmpty() ? node.entry.duplicate() : Entry.applyModifications(node.entry, false, plain);
            Optional<String> nextPassword = password;
            Optional<String> passwordBefore = node.password;
            // Links of this change carry the number that the change itself gets.
            for (Modification change : links) {
                link(node, change);
            }
            domain.change(node, () -> {
                node.entry = next;
                node.password = nextPassword;
                next.setAttribute("whenChanged", ServerSupplied.time(Instant.now()));
            });
            if (!nextPassword.equals(passwordBefore)) {
                nextPassword.ifPresent(
                        caught -> domain.passwordAgents().forEach(agent -> agent.accept(node.guid, caught)));
            }
        }
    }

    void rename(String name, String newRdn, Optional<String> newParent) throws LDAPException {
        synchronized (domain) {
            Node node = existing(name);
            DN old = node.dn;
            DN parent = newParent.isPresent() ? existing(newParent.get()).dn : old.getParent();
            DN target = new DN(new RDN(newRdn), parent);
            if (!target.equals(old) && domain.at(target).isPresent()) {
                throw refuse(ResultCode.ENTRY_ALREADY_EXISTS, "00002071: UpdErr: DSID-031A11E2, problem 6005");
            }
            int depth = old.getRDNs().length;
            for (Node one : List.copyOf(domain.subtree(old))) {
                RDN[] rdns = one.dn.getRDNs();
                DN moved = target;
                for (int i = rdns.length - depth - 1; i >= 0; i--) {
                    moved = new DN(rdns[i], moved);
                }
                domain.move(one, moved);
            }
            domain.change(node, () -> supplied.nameAfter(node.entry, target.getRDN()));
            // A move counts as a change of the name, though its value is the same (MS-ADTS 3.1.1.5.4).
            node.stamps.put("name", node.usn);
        }
    }

    private void link(Node node, Modification change) throws LDAPException {
        String name = change.getAttributeName();
        Links links = domain.links(name).orElseThrow();
        List<ObjectGuid> targets = new ArrayList<>();
        for (String value : change.getValues()) {
            targets.add(existing(value).guid);
        }
        long usn = domain.highestUsn() + 1;
        if (change.getModificationType().equals(ModificationType.DELETE)) {
            if (targets.isEmpty()) {
                clear(links, node, usn);
            }
            for (ObjectGuid target : targets) {
                if (!links.remove(node.guid, target)) {
                    throw refuse(ResultCode.UNWILLING_TO_PERFORM, "00000561: SvcErr: DSID-031A1262, problem 5003");
                }
                links.stamp(node.guid, target, new LinkStamp(usn, false));
            }
            return;
        }
        if (change.getModificationType().equals(ModificationType.REPLACE) || name.equals("manager")) {
            clear(links, node, usn);
        }
        for (ObjectGuid target : targets) {
            if (!links.add(node.guid, target)) {
                throw refuse(ResultCode.ENTRY_ALREADY_EXISTS, "00000562: UpdErr: DSID-031A11FC, problem 6005");
            }
            links.stamp(node.guid, target, new LinkStamp(usn, true));
        }
    }

    private static void clear(Links links, Node node, long usn) {
        Set.copyOf(links.targets(node.guid))
                .forEach(target -> links.stamp(node.guid, target, new LinkStamp(usn, false)));
        links.clear(node.guid);
    }

    private Modification checked(Modification change, AttributeKind kind, boolean trusted) throws LDAPException {
        String[] values = change.getValues();
        if (kind.single() && values.length > 1) {
            throw refuse(
                    ResultCode.CONSTRAINT_VIOLATION, "00002081: AtrErr: DSID-03151904, multi-valued: " + kind.name());
        }
        if (kind.isInteger()) {
            for (String value : values) {
                if (!value.matches("-?[0-9]{1,19}")) {
                    throw refuse(ResultCode.INVALID_ATTRIBUTE_SYNTAX, "00000057: integer wanted: " + kind.name());
                }
            }
        }
        if (NAMING.contains(kind.name())) {
            throw refuse(ResultCode.NOT_ALLOWED_ON_RDN, "000020B1: UpdErr: DSID-030F0E35, problem 6004 (CANT_ON_RDN)");
        }
        boolean replaces = change.getModificationType().equals(ModificationType.REPLACE);
        if (!trusted
                && kind.name().equals("lockoutTime")
                && (!replaces || values.length != 1 || !values[0].equals("0"))) {
            throw refuse(ResultCode.UNWILLING_TO_PERFORM, "00000057: lockoutTime can only be set to 0");
        }
        if (!trusted && kind.name().equals("pwdLastSet") && values.length == 1) {
            return switch (values[0]) {
                case "0" -> change;
                case "-1" -> new Modification(ModificationType.REPLACE, kind.name(), FileTime.of(Instant.now()));
                default -> throw refuse(ResultCode.UNWILLING_TO_PERFORM, "00000057: pwdLastSet can be set to 0 or -1");
            };
        }
        return new Modification(change.getModificationType(), kind.name(), change.getRawValues());
    }

    private static boolean isPassword(AttributeKind kind) {
        return kind.name().equals("unicodePwd") || kind.name().equals("userPassword");
    }

    private static String passwordOf(AttributeKind kind, byte[] value) {
        if (kind.name().equals("userPassword")) {
            return new String(value, StandardCharsets.UTF_8);
        }
        String quoted = new String(value, StandardCharsets.UTF_16LE);
        return quoted.length() >= 2 ? quoted.substring(1, quoted.length() - 1) : quoted;
    }

    private static AttributeKind writable(String name, boolean trusted) throws LDAPException {
        AttributeKind kind = AdSchema.attribute(name)
                .orElseThrow(() ->
                        refuse(ResultCode.NO_SUCH_ATTRIBUTE, "00000057: attribute not defined in the schema: " + name));
        if (kind.system() && !trusted && !NAMING.contains(kind.name())) {
            throw refuse(
                    ResultCode.CONSTRAINT_VIOLATION,
                    "0000209A: SvcErr: DSID-031A1021, attribute is owned by the server: " + kind.name());
        }
        return kind;
    }

    private Node existing(String name) throws LDAPException {
        return existing(domain, name);
    }

    /** The living object of a name. */
    static Node existing(Domain domain, String name) throws LDAPException {
        return domain.find(name)
                .filter(node -> !node.deleted)
                .orElseThrow(() -> refuse(
                        ResultCode.NO_SUCH_OBJECT, "0000208D: NameErr: DSID-0310028D, problem 2001 (NO_OBJECT)"));
    }

    static LDAPException refuse(ResultCode code, String text) {
        return new LDAPException(code, text);
    }
}
