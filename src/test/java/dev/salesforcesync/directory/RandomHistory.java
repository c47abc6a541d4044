package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.model.ObjectGuid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random changes of a small world of units, people and groups; the seed makes them repeatable. */
final class RandomHistory {
    /** Beginnings of names that need escaping in a DN or a filter, or that no one expects (RFC 4514 section 2.4). */
    private static final List<String> BEGINNINGS =
            List.of("P", "Ä ö, ", "#", "\"q\" ", "a+b=c;", "<x>\\y", "山田 ", "(*)", "a/b ", "CN=");

    /** What a domain says to what cannot be done just now. */
    private static final Set<ResultCode> REFUSALS = Set.of(
            ResultCode.OPERATIONS_ERROR,
            ResultCode.ENTRY_ALREADY_EXISTS,
            ResultCode.ATTRIBUTE_OR_VALUE_EXISTS,
            ResultCode.NO_SUCH_ATTRIBUTE,
            ResultCode.CONSTRAINT_VIOLATION,
            ResultCode.NO_SUCH_OBJECT,
            ResultCode.UNWILLING_TO_PERFORM);

    private final LiveDomain domain;
    private final Random random;
    private final String world;
    private final List<String> units = new ArrayList<>();
    private final Map<ObjectGuid, String> people = new LinkedHashMap<>();
    private final Map<ObjectGuid, String> groups = new LinkedHashMap<>();
    private final List<ObjectGuid> deadPeople = new ArrayList<>();
    private final List<ObjectGuid> deadGroups = new ArrayList<>();
    private final List<String> named;
    private int names;

    RandomHistory(LiveDomain domain, long seed) throws LDAPException {
        this.domain = domain;
        this.random = new Random(seed);
        this.world = "w" + Long.toUnsignedString(seed, 36) + "-" + Long.toString(System.nanoTime() & 0xfffffL, 36);
        String root = domain.unit(world);
        for (String name : List.of("A", "B", "C")) {
            units.add(domain.unitIn(root, name));
        }
        units.add(domain.unitIn(units.get(0), "AA"));
        for (int i = 0; i < 5; i++) {
            found(i == 4 ? units.get(3) : units.get(1), groupName(i));
        }
        this.named = List.of("CN=" + groupName(0) + "," + units.get(1), groupName(1), groupName(5));
        for (int i = 0; i < 8; i++) {
            hire();
        }
    }

    /** Where people of the followed request are: one unit with another in it. */
    String followed() {
        return units.get(0);
    }

    /** One group by its DN, one by its name, and one that is not there yet. */
    List<String> namedGroups() {
        return named;
    }

    /** Makes one change; what is impossible just now is no change. Tells what it was. */
    String step() throws LDAPException {
        int kind = random.nextInt(24);
        try {
            return switch (kind) {
                case 0, 1 -> hire();
                case 2 -> fire();
                case 3, 4 -> edit();
                case 5 -> rename();
                case 6 -> move();
                case 7 -> moveUnit();
                case 8, 9, 10 -> join();
                case 11 -> leave();
                case 12, 13 -> nest();
                case 14 -> clear();
                case 15, 16 -> restorePerson();
                case 17 -> lockOut();
                case 18 -> changePrimaryGroup();
                case 19 -> random.nextInt(3) == 0 ? endUnit() : hire();
                case 20 -> endGroup();
                case 21 -> found(pick(units), groupName(random.nextInt(7)));
                case 22 -> restoreGroup();
                default -> renameGroup();
            };
        } catch (LDAPException e) {
            if (REFUSALS.contains(e.getResultCode())) {
                return "refused: " + kind;
            }
            throw e;
        }
    }

    /** Ends the world; first everybody leaves his primary group, which could not be deleted otherwise. */
    void end() throws LDAPException {
        for (String dn : people.values()) {
            domain.set(dn, "primaryGroupID", "513");
        }
        domain.deleteTree("OU=" + world + "," + domain.unit());
    }

    private String hire() throws LDAPException {
        String unit = pick(units);
        String name = name();
        ObjectGuid guid = domain.personIn(unit, name, new Attribute("department", "D" + random.nextInt(3)));
        people.put(guid, "CN=" + name + "," + unit);
        return "hired " + people.get(guid);
    }

    private String fire() throws LDAPException {
        if (people.size() < 4) {
            return "nobody to spare";
        }
        ObjectGuid guid = somebody();
        String dn = dn(guid);
        domain.delete(dn);
        people.remove(guid);
        deadPeople.add(guid);
        return "fired " + dn;
    }

    private String restorePerson() throws LDAPException {
        if (deadPeople.isEmpty()) {
            return "nobody to restore";
        }
        ObjectGuid guid = pick(deadPeople);
        String dn = "CN=" + name() + "," + pick(units);
        domain.restore(guid, dn);
        deadPeople.remove(guid);
        people.put(guid, dn);
        return "restored " + guid + " as " + dn;
    }

    private String edit() throws LDAPException {
        String dn = dn(somebody());
        switch (random.nextInt(4)) {
            case 0 -> domain.set(dn, "department", "D" + random.nextInt(1000));
            case 1 -> domain.set(dn, "userAccountControl", random.nextBoolean() ? "544" : "546");
            case 2 -> domain.set(dn, "manager", dn(somebody()));
            default -> domain.set(dn, "accountExpires", expiry());
        }
        return "edited " + dn;
    }

    private String expiry() {
        return switch (random.nextInt(4)) {
            case 0 -> "0";
            case 1 -> Long.toString(Long.MAX_VALUE);
            default -> Long.toString(133_000_000_000_000_000L + random.nextInt(1_000_000) * 10_000_000_000L);
        };
    }

    private String clear() throws LDAPException {
        String dn = dn(somebody());
        domain.set(dn, random.nextBoolean() ? "department" : "manager");
        return "cleared " + dn;
    }

    private String lockOut() throws LDAPException {
        String dn = dn(somebody());
        if (random.nextBoolean()) {
            domain.lockOut(dn);
            return "locked " + dn;
        }
        domain.set(dn, "lockoutTime", "0");
        return "unlocked " + dn;
    }

    private String changePrimaryGroup() throws LDAPException {
        String dn = dn(somebody());
        if (groups.isEmpty() || random.nextInt(3) == 0) {
            domain.set(dn, "primaryGroupID", "513");
            return "back to the usual primary group: " + dn;
        }
        String group = pick(List.copyOf(groups.values()));
        domain.tryAddMember(group, dn);
        int rid = ByteBuffer.wrap(domain.sid(group))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(24);
        domain.set(dn, "primaryGroupID", Integer.toString(rid));
        return "primary group of " + dn + ": " + group;
    }

    private String rename() throws LDAPException {
        ObjectGuid guid = somebody();
        String old = dn(guid);
        return place(guid, "CN=" + name(), parent(old));
    }

    private String move() throws LDAPException {
        ObjectGuid guid = somebody();
        return place(guid, rdn(dn(guid)), pick(units));
    }

    private String place(ObjectGuid guid, String rdn, String unit) throws LDAPException {
        String old = dn(guid);
        domain.move(old, rdn, unit);
        people.put(guid, rdn + "," + unit);
        return "moved " + old + " to " + people.get(guid);
    }

    /** The nested unit wanders, or takes another name. */
    private String moveUnit() throws LDAPException {
        String old = units.get(3);
        String parent = units.get(random.nextInt(3));
        String rdn = "OU=U" + names++ + (random.nextBoolean() ? "\\, Ü" : "");
        domain.move(old, rdn, parent);
        String now = rdn + "," + parent;
        units.set(3, now);
        for (Map<ObjectGuid, String> all : List.of(people, groups)) {
            all.replaceAll((guid, dn) -> parent(dn).equals(old) ? rdn(dn) + "," + now : dn);
        }
        return "moved the unit to " + now;
    }

    /** The nested unit ends with all that is in it; another begins. */
    private String endUnit() throws LDAPException {
        String old = units.get(3);
        domain.deleteTree(old);
        bury(people, deadPeople, old);
        bury(groups, deadGroups, old);
        String rdn = "U" + names++;
        units.set(3, domain.unitIn(units.get(random.nextInt(3)), rdn));
        while (people.size() < 4) {
            hire();
        }
        return "ended the unit " + old;
    }

    private static void bury(Map<ObjectGuid, String> living, List<ObjectGuid> dead, String unit) {
        for (ObjectGuid guid : List.copyOf(living.keySet())) {
            if (parent(living.getOrDefault(guid, "")).equals(unit)) {
                living.remove(guid);
                dead.add(guid);
            }
        }
    }

    private String found(String unit, String name) throws LDAPException {
        String dn = domain.groupIn(unit, name, name);
        groups.put(domain.guid(dn), dn);
        return "founded " + dn;
    }

    private String endGroup() throws LDAPException {
        if (groups.isEmpty()) {
            return "no group to end";
        }
        ObjectGuid guid = pick(List.copyOf(groups.keySet()));
        String dn = groups.getOrDefault(guid, "");
        domain.delete(dn);
        groups.remove(guid);
        deadGroups.add(guid);
        return "ended " + dn;
    }

    private String restoreGroup() throws LDAPException {
        if (deadGroups.isEmpty()) {
            return "no group to restore";
        }
        ObjectGuid guid = pick(deadGroups);
        String dn = "CN=" + groupName(random.nextInt(7)) + "," + pick(units);
        domain.restore(guid, dn);
        deadGroups.remove(guid);
        groups.put(guid, dn);
        return "restored the group " + guid + " as " + dn;
    }

    /** Another place, common name or account name, from a few that are also asked for. */
    private String renameGroup() throws LDAPException {
        if (groups.isEmpty()) {
            return "no group to rename";
        }
        ObjectGuid guid = pick(List.copyOf(groups.keySet()));
        String old = groups.getOrDefault(guid, "");
        if (random.nextBoolean()) {
            String name = groupName(random.nextInt(7));
            domain.set(old, "sAMAccountName", name);
            return "the account name of " + old + " is " + name;
        }
        String rdn = "CN=" + groupName(random.nextInt(7));
        String unit = pick(units);
        domain.move(old, rdn, unit);
        groups.put(guid, rdn + "," + unit);
        return "moved " + old + " to " + groups.get(guid);
    }

    private String join() throws LDAPException {
        String dn = dn(somebody());
        String group = group();
        domain.tryAddMember(group, dn);
        return dn + " joined " + group;
    }

    private String leave() throws LDAPException {
        String dn = dn(somebody());
        String group = group();
        domain.tryRemoveMember(group, dn);
        return dn + " left " + group;
    }

    private String nest() throws LDAPException {
        String outer = group();
        String inner = group();
        if (outer.equals(inner)) {
            return "no nesting";
        }
        if (random.nextInt(3) > 0) {
            domain.tryAddMember(outer, inner);
            return inner + " nested in " + outer;
        }
        domain.tryRemoveMember(outer, inner);
        return inner + " taken out of " + outer;
    }

    private String group() throws LDAPException {
        if (groups.isEmpty()) {
            found(pick(units), groupName(random.nextInt(7)));
        }
        return pick(List.copyOf(groups.values()));
    }

    private String groupName(int number) {
        return world + "-g" + number;
    }

    private String name() {
        return new RDN("CN", pick(BEGINNINGS) + world + "-" + names++)
                .toString()
                .substring(3)
                // RFC 4514 leaves it open whether this is escaped; Samba wants it.
                .replace("=", "\\3D");
    }

    private ObjectGuid somebody() {
        return pick(List.copyOf(people.keySet()));
    }

    private String dn(ObjectGuid person) {
        return people.getOrDefault(person, "");
    }

    private static String rdn(String dn) {
        return dn.substring(0, dn.length() - parent(dn).length() - 1);
    }

    private static String parent(String dn) {
        for (int at = 0; at < dn.length(); at++) {
            if (dn.charAt(at) == '\\') {
                at++;
            } else if (dn.charAt(at) == ',') {
                return dn.substring(at + 1);
            }
        }
        return "";
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
