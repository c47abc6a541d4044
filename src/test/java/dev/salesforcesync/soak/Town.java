package dev.salesforcesync.soak;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import dev.salesforcesync.soak.Somebody.Where;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** The people in the directory, and whatever happens to them there. */
final class Town {
    private static final String NEVER = "9223372036854775807";
    private static final long SECONDS_FROM_1601_TO_1970 = 11_644_473_600L;
    private static final List<String> FAMILIES = List.of(
            "Smith",
            "Müller",
            "Nguyễn",
            "O'Brien",
            "Øster & Søn",
            "Šimek <jr>",
            "d'Ávila \"Zé\"",
            "Back\\slash",
            "王",
            "Li");
    private static final List<String> DEPARTMENTS =
            List.of("Sales", "Marketing", "R&D", "Finance", "Legal", "Support", "IT", "HR");
    private static final int ATTEMPTS = 200;

    private final SandboxDirectory directory;
    private final Clock clock;
    private final Memory memory;
    private final Random random;
    private final List<Somebody> people = new ArrayList<>();
    private final Set<Somebody> busy = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private int numbers;

    Town(Site site, Memory memory, Random random) {
        this.directory = site.directory();
        this.clock = site.clock();
        this.memory = memory;
        this.random = random;
    }

    /** Fills the empty town. */
    void settle(int count) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(enter(new Somebody(++numbers)).dn());
        }
        directory.modify(
                Site.EVERYBODY, new Modification(ModificationType.ADD, "member", members.toArray(new String[0])));
    }

    /** From here on everybody may have one thing happen to them once more. */
    void beginRound() {
        busy.clear();
        gone.clear();
        people.stream().filter(person -> !person.isHere()).forEach(person -> gone.add(person.employee));
    }

    /** Everybody who was gone at some moment of this round: only they may have lost anything. */
    Set<String> gone() {
        return Set.copyOf(gone);
    }

    int here() {
        return (int) people.stream().filter(Somebody::isHere).count();
    }

    /** Somebody like this to whom nothing has happened yet in this round. */
    Optional<Somebody> pick(Predicate<Somebody> like) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Somebody person = people.get(random.nextInt(people.size()));
            if (like.test(person) && busy.add(person)) {
                return Optional.of(person);
            }
        }
        return Optional.empty();
    }

    /** Somebody new, not in the directory yet. */
    Somebody newcomer() {
        Somebody person = new Somebody(++numbers);
        busy.add(person);
        return person;
    }

    /** Somebody new begins. */
    Somebody hire() {
        return hire(newcomer());
    }

    Somebody hire(Somebody person) {
        enter(person);
        join(Site.EVERYBODY, person);
        return person;
    }

    private Somebody enter(Somebody person) {
        person.where = Where.HERE;
        directory.add(
                person.dn(),
                new Attribute("objectClass", "user"),
                new Attribute("sAMAccountName", person.account),
                new Attribute("userPrincipalName", person.upn),
                new Attribute("userAccountControl", "512"),
                new Attribute("givenName", "First " + random.nextInt(1000)),
                new Attribute("sn", family()),
                new Attribute("mail", person.upn),
                new Attribute("department", department()),
                new Attribute("employeeID", person.employee));
        if (memory.hired.add(person.employee)) {
            people.add(person);
        }
        return person;
    }

    private String family() {
        return FAMILIES.get(random.nextInt(FAMILIES.size())) + " " + random.nextInt(1000);
    }

    private String department() {
        return DEPARTMENTS.get(random.nextInt(DEPARTMENTS.size()));
    }

    private void join(String group, Somebody person) {
        directory.modify(group, new Modification(ModificationType.ADD, "member", person.dn()));
    }

    private void quit(String group, Somebody person) {
        directory.modify(group, new Modification(ModificationType.DELETE, "member", person.dn()));
    }

    private void set(Somebody person, String attribute, String value) {
        directory.modify(person.dn(), new Modification(ModificationType.REPLACE, attribute, value));
    }

    /** Somebody leaves, in one of the ways there are. */
    void leave(Somebody person) {
        gone.add(person.employee);
        switch (random.nextInt(6)) {
            case 0 -> leave(person, Where.DELETED);
            case 1 -> leave(person, Where.MOVED);
            case 2 -> leave(person, Where.DROPPED);
            case 3 -> leave(person, Where.EXPIRED);
            default -> leave(person, Where.DISABLED);
        }
    }

    void leave(Somebody person, Where how) {
        gone.add(person.employee);
        switch (how) {
            case DISABLED -> set(person, "userAccountControl", "514");
            case EXPIRED -> expire(person, random.nextBoolean() ? Duration.ofMinutes(-5) : Duration.ofHours(1));
            case MOVED -> directory.move(person.dn(), "CN=" + person.cn, Site.ELSEWHERE);
            case DROPPED -> quit(Site.EVERYBODY, person);
            case DELETED -> directory.delete(person.dn());
            default -> throw new IllegalArgumentException("no way to leave: " + how);
        }
        person.where = how;
    }

    private void expire(Somebody person, Duration in) {
        Instant end = clock.instant().plus(in);
        set(person, "accountExpires", Long.toString((end.getEpochSecond() + SECONDS_FROM_1601_TO_1970) * 10_000_000));
    }

    /** Somebody who left is back; whoever was deleted is hired anew, as another object of the directory. */
    void comeBack(Somebody person) {
        Where was = person.where;
        switch (was) {
            case DISABLED -> set(person, "userAccountControl", "512");
            case EXPIRED -> set(person, "accountExpires", NEVER);
            case MOVED -> directory.move(person.dn(), "CN=" + person.cn, Site.OU);
            case DROPPED -> join(Site.EVERYBODY, person);
            case DELETED -> {
                person.reads = false;
                person.sells = false;
                hire(person);
            }
            default -> throw new IllegalArgumentException("is here");
        }
        person.where = Where.HERE;
    }

    /** An attribute of somebody changes. */
    void change(Somebody person) {
        switch (random.nextInt(7)) {
            case 0 -> set(person, "sn", family());
            case 1 -> set(person, "givenName", "Given " + random.nextInt(1000));
            case 2 -> set(person, "department", department());
            case 3 -> set(person, "mail", person.account + "." + random.nextInt(1000) + "@mail.example.com");
            case 4 -> {
                // A user kept as he is has the old name, by which a later re-hire would not be found.
                if (!memory.keptAsIs(person.employee)) {
                    rename(person, person.account + "." + random.nextInt(100_000) + "@soak.example.com");
                }
            }
            case 5 -> {
                String cn = person.account + "-" + random.nextInt(100_000);
                directory.move(person.dn(), "CN=" + cn, Site.OU);
                person.cn = cn;
            }
            default -> regroup(person);
        }
    }

    private void regroup(Somebody person) {
        if (random.nextBoolean()) {
            person.reads = !person.reads;
            regroup(person, Site.READERS, person.reads);
        } else {
            person.sells = !person.sells;
            regroup(person, Site.SELLERS, person.sells);
        }
    }

    private void regroup(Somebody person, String group, boolean in) {
        if (in) {
            join(group, person);
        } else {
            quit(group, person);
        }
    }

    void rename(Somebody person, String upn) {
        set(person, "userPrincipalName", upn);
        person.upn = upn;
    }

    /** One person gets the name that another has given up. */
    void inherit(Somebody heir, Somebody giver) {
        String name = giver.upn;
        rename(giver, giver.account + "." + random.nextInt(100_000) + "@soak.example.com");
        rename(heir, name);
    }

    /** Two people get each other's names. */
    void swap(Somebody one, Somebody other) {
        String first = one.upn;
        String second = other.upn;
        rename(one, "between." + one.account + "@soak.example.com");
        rename(other, first);
        rename(one, second);
    }
}
