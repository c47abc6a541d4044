package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Random changes of a small world of units, people and groups; the seed makes them repeatable. */
final class RandomHistory {
    private final LiveDomain domain;
    private final Random random;
    private final List<String> units = new ArrayList<>();
    private final Map<String, String> people = new LinkedHashMap<>();
    private final List<String> groups = new ArrayList<>();
    private int names;

    RandomHistory(LiveDomain domain, long seed) throws LDAPException {
        this.domain = domain;
        this.random = new Random(seed);
        for (String name : List.of("A", "B", "C")) {
            units.add(domain.unit(name));
        }
        units.add(domain.unitIn(units.get(0), "AA"));
        for (int i = 0; i < 4; i++) {
            groups.add(domain.group("g" + i));
        }
        for (int i = 0; i < 8; i++) {
            hire();
        }
    }

    /** Where people of the followed request are: one unit with another in it. */
    String followed() {
        return units.get(0);
    }

    List<String> namedGroups() {
        return groups.subList(0, 2);
    }

    /** Makes one change; what is impossible just now is no change. Tells what it was. */
    String step() throws LDAPException {
        return switch (random.nextInt(13)) {
            case 0, 1 -> hire();
            case 2 -> fire();
            case 3, 4 -> edit();
            case 5 -> rename();
            case 6 -> move();
            case 7 -> moveUnit();
            case 8, 9 -> join();
            case 10 -> leave();
            case 11 -> nest();
            default -> clear();
        };
    }

    private String hire() throws LDAPException {
        String name = "P" + names++;
        String unit = pick(units.subList(0, units.size()));
        domain.personIn(unit, name, new Attribute("department", "D" + random.nextInt(3)));
        people.put(name, unit);
        return "hired " + name;
    }

    private String fire() throws LDAPException {
        if (people.size() < 4) {
            return "nobody to spare";
        }
        String name = somebody();
        domain.delete(dn(name));
        people.remove(name);
        return "fired " + name;
    }

    private String edit() throws LDAPException {
        String name = somebody();
        switch (random.nextInt(4)) {
            case 0 -> domain.set(dn(name), "department", "D" + random.nextInt(1000));
            case 1 -> domain.set(dn(name), "userAccountControl", random.nextBoolean() ? "544" : "546");
            case 2 -> domain.set(dn(name), "manager", dn(somebody()));
            default -> domain.set(dn(name), "accountExpires", Long.toString(133_000_000_000_000_000L + names));
        }
        return "edited " + name;
    }

    private String clear() throws LDAPException {
        String name = somebody();
        domain.set(dn(name), random.nextBoolean() ? "department" : "manager");
        return "cleared " + name;
    }

    private String rename() throws LDAPException {
        String old = somebody();
        String name = "R" + names++;
        String unit = Objects.requireNonNull(people.get(old));
        domain.move(dn(old), "CN=" + name, unit);
        people.remove(old);
        people.put(name, unit);
        return "renamed " + old + " to " + name;
    }

    private String move() throws LDAPException {
        String name = somebody();
        String unit = pick(units);
        domain.move(dn(name), "CN=" + name, unit);
        people.put(name, unit);
        return "moved " + name + " to " + unit;
    }

    /** The nested unit wanders, or takes another name. */
    private String moveUnit() throws LDAPException {
        String old = units.get(3);
        String parent = units.get(random.nextInt(3));
        String now = "OU=U" + names++ + "," + parent;
        domain.move(old, now.substring(0, now.indexOf(',')), parent);
        units.set(3, now);
        people.replaceAll((name, unit) -> unit.equals(old) ? now : unit);
        return "moved the unit to " + now;
    }

    private String join() throws LDAPException {
        String name = somebody();
        String group = pick(groups);
        domain.tryAddMember(group, dn(name));
        return name + " joined " + group;
    }

    private String leave() throws LDAPException {
        String name = somebody();
        String group = pick(groups);
        domain.tryRemoveMember(group, dn(name));
        return name + " left " + group;
    }

    private String nest() throws LDAPException {
        String outer = pick(groups);
        String inner = pick(groups);
        if (outer.equals(inner)) {
            return "no nesting";
        }
        if (random.nextBoolean()) {
            domain.tryAddMember(outer, inner);
            return inner + " nested in " + outer;
        }
        domain.tryRemoveMember(outer, inner);
        return inner + " taken out of " + outer;
    }

    private String somebody() {
        return pick(List.copyOf(people.keySet()));
    }

    private String dn(String name) {
        return "CN=" + name + "," + people.get(name);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
