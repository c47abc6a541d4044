package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.model.ObjectGuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Deletes, restores and recycles as a domain controller does, with and without a recycle bin (MS-ADTS 3.1.1.5.5). */
final class DomainDeletions {
    /** What a tombstone keeps (MS-ADTS 3.1.1.5.5.1.1). */
    private static final Set<String> KEPT_ON_TOMBSTONE = Set.of(
            "objectclass",
            "objectguid",
            "objectsid",
            "samaccountname",
            "usncreated",
            "usnchanged",
            "whencreated",
            "whenchanged",
            "instancetype",
            "useraccountcontrol",
            "grouptype");

    /** What even an object that may come back does not keep (MS-ADTS 3.1.1.5.5.1.2). */
    private static final Set<String> LOST_WHEN_DELETED = Set.of("objectcategory", "samaccounttype");

    private final Domain domain;
    private final ServerSupplied supplied;

    DomainDeletions(Domain domain) {
        this.domain = domain;
        this.supplied = new ServerSupplied(domain);
    }

    /**
     * Turns an object into a tombstone, or into a deleted object that keeps everything where there is a recycle bin; its
     * links end, or are not seen any more, without touching the objects at their other end.
     */
    void delete(String name, boolean tree) throws LDAPException {
        synchronized (domain) {
            Node node = DomainWrites.existing(domain, name);
            List<Node> doomed = new ArrayList<>(domain.subtree(node.dn));
            if (doomed.size() > 1 && !tree) {
                throw DomainWrites.refuse(
                        ResultCode.NOT_ALLOWED_ON_NONLEAF, "00002015: UpdErr: DSID-031A1268, problem 6003");
            }
            for (int i = doomed.size() - 1; i >= 0; i--) {
                bury(doomed.get(i));
            }
        }
    }

    /**
     * Brings a tombstone back to life (MS-ADTS 3.1.1.5.3.7). Without the recycle bin its links stay ended, and of its
     * attributes there are only those that a tombstone keeps; an account comes back disabled. With it everything is as
     * it was, until the object was recycled: then nothing brings it back.
     */
    void restore(String name, String newDn, List<Modification> others) throws LDAPException {
        synchronized (domain) {
            Node node = domain.find(name)
                    .filter(one -> one.deleted)
                    .orElseThrow(() -> DomainWrites.refuse(
                            ResultCode.NO_SUCH_OBJECT, "0000208D: NameErr: DSID-0310028D, problem 2001 (NO_OBJECT)"));
            if (node.entry.hasAttribute("isRecycled")) {
                throw DomainWrites.refuse(
                        ResultCode.UNWILLING_TO_PERFORM, "0000209A: SvcErr: DSID-031A11E2, it was recycled");
            }
            DN target = new DN(newDn);
            if (domain.at(target).isPresent()) {
                throw DomainWrites.refuse(
                        ResultCode.ENTRY_ALREADY_EXISTS, "00002071: UpdErr: DSID-031A11E2, problem 6005");
            }
            DN parent = target.getParent();
            if (parent == null || domain.at(parent).filter(one -> !one.deleted).isEmpty()) {
                throw DomainWrites.refuse(
                        ResultCode.NO_SUCH_OBJECT, "0000208D: NameErr: DSID-03112B64, problem 2001 (NO_OBJECT)");
            }
            Entry living =
                    others.isEmpty() ? node.entry.duplicate() : Entry.applyModifications(node.entry, false, others);
            living.setDN(target);
            supplied.revive(living, domain.hasRecycleBin());
            domain.move(node, target);
            domain.change(node, () -> {
                node.entry = living;
                supplied.nameAfter(living, target.getRDN());
                node.deleted = false;
            });
            node.stamps.put("name", node.usn);
            domain.members.bringBack(node.guid);
            domain.managers.bringBack(node.guid);
        }
    }

    /** Takes from a deleted object what it had kept: its time in the recycle bin is over (MS-ADTS 3.1.1.5.5.1.3). */
    void recycle(ObjectGuid guid) throws LDAPException {
        synchronized (domain) {
            Node node = domain.of(guid)
                    .filter(one -> one.deleted)
                    .orElseThrow(
                            () -> DomainWrites.refuse(ResultCode.NO_SUCH_OBJECT, "0000208D: NameErr: DSID-0310028D"));
            domain.members.recycle(guid);
            domain.managers.recycle(guid);
            domain.change(node, () -> {
                Entry recycled = tombstone(node);
                for (String kept : List.of("cn", "ou", "name", "isDeleted", "lastKnownParent", "msDS-LastKnownRDN")) {
                    Optional.ofNullable(node.entry.getAttribute(kept)).ifPresent(recycled::setAttribute);
                }
                recycled.setAttribute("isRecycled", "TRUE");
                node.entry = recycled;
            });
        }
    }

    private void bury(Node node) throws LDAPException {
        for (Links links : List.of(domain.members, domain.managers)) {
            if (domain.hasRecycleBin()) {
                links.putAside(node.guid);
            } else {
                links.forget(node.guid);
            }
        }
        DN parent = node.dn.getParent();
        RDN old = node.dn.getRDN();
        RDN rdn = new RDN(old.getAttributeNames()[0], old.getAttributeValues()[0] + "\nDEL:" + node.guid);
        domain.move(node, new DN(rdn, domain.deletedObjects()));
        domain.change(node, () -> {
            Entry deleted = domain.hasRecycleBin() ? deletedObject(node) : tombstone(node);
            deleted.addAttribute("isDeleted", "TRUE");
            deleted.addAttribute("lastKnownParent", parent.toString());
            if (domain.hasRecycleBin()) {
                deleted.addAttribute("msDS-LastKnownRDN", old.getAttributeValues()[0]);
            }
            node.entry = deleted;
            supplied.nameAfter(deleted, rdn);
            node.deleted = true;
        });
    }

    private Entry tombstone(Node node) {
        return keeping(node, KEPT_ON_TOMBSTONE::contains);
    }

    private Entry deletedObject(Node node) {
        return keeping(node, name -> !LOST_WHEN_DELETED.contains(name));
    }

    private Entry keeping(Node node, Predicate<String> kept) {
        Entry entry = new Entry(node.dn, domain.schema);
        for (Attribute attribute : node.entry.getAttributes()) {
            if (kept.test(attribute.getName().toLowerCase(Locale.ROOT))) {
                entry.addAttribute(attribute);
            }
        }
        return entry;
    }
}
