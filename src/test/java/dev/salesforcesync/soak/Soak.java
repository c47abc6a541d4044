package dev.salesforcesync.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.sandbox.Expectation;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import dev.salesforcesync.sandbox.salesforce.org.RowConcerned;
import dev.salesforcesync.soak.Somebody.Where;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Round after round: random edits on both sides while calls fail, then fair weather until the operator says that both
 * sides agree; at that word everything must be as it has to be. Half of the rounds go without an anchor in the org, half
 * with one. Now and then so many leave at once that the guard must
 * hold them; then, and only then, somebody looks at status.held and approves.
 */
final class Soak implements AutoCloseable {
    private static final Duration ROUND = Duration.ofHours(6);
    /** The guard's window, with an hour to spare, because it counts by the hour. */
    private static final Duration DAY = Duration.ofHours(25);

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GLANCE = Duration.ofMillis(25);
    private static final int MOST_NUDGES = 12;
    private static final int EVERY_MASS_LEAVE = 10;
    private static final String LEAVERS = "deactivate";
    private static final Set<String> NOTHING = Set.of();

    private final int rounds;
    private final int people;
    private final long seed;
    private final Random random;
    private final Site site;
    private final Memory memory = new Memory();
    private final Town town;
    private final Administrator administrator;
    private final Weather weather;
    private final BlindRepeats blindRepeats = new BlindRepeats();
    private final Figures figures = new Figures();
    private Instant anchored = Instant.MAX;
    private Instant massLeft = Instant.EPOCH;
    private long readTo;

    Soak(int rounds, int people, long seed) {
        this.rounds = rounds;
        this.people = people;
        this.seed = seed;
        this.random = new Random(seed);
        this.site = new Site("soak" + Long.toUnsignedString(seed, 36));
        this.town = new Town(site, memory, random);
        this.administrator = new Administrator(site.org().org(), memory, random);
        this.weather = new Weather(site.org().faults(), random);
    }

    /** Leavers whom the guard lets through a day. */
    private int leaversAllowed() {
        return Math.max(30, people / 10);
    }

    private int anchorRound() {
        return rounds / 2 + 2;
    }

    private int editsOfARound() {
        return Math.max(16, people / 50);
    }

    Figures run() throws LDAPException {
        Instant begin = Instant.now();
        town.settle(people);
        site.play(leaversAllowed());
        town.beginRound();
        converge(0, NOTHING);
        judge(0);
        for (int round = 1; round <= rounds || (round <= 2 * rounds && !metEverything()); round++) {
            round(round);
            figures.rounds = round;
            if (round % 20 == 0) {
                System.out.println("soak: round " + round + " of " + rounds);
            }
        }
        assertThat(metEverything()).as("faults met: %s", figures.faults).isTrue();
        assertThat(figures.approvals)
                .as("batches that the guard held")
                .isGreaterThanOrEqualTo(rounds / EVERY_MASS_LEAVE);
        figures.took = Duration.between(begin, Instant.now());
        figures.users = org().count("User");
        return figures;
    }

    private static boolean isMassLeave(int round) {
        return round > 0 && round % EVERY_MASS_LEAVE == 0;
    }

    private boolean metEverything() {
        return figures.faults.keySet().containsAll(weather.all());
    }

    private Org org() {
        return site.org().org();
    }

    private void round(int round) throws LDAPException {
        town.beginRound();
        boolean mass = isMassLeave(round);
        site.skewOrg(Duration.ofSeconds(random.nextInt(960) - 480));
        weather.begin(seed * 1000 + round);
        edits(editsOfARound() / 2);
        if (round == anchorRound()) {
            site.anchor();
            anchored = site.clock().instant().plus(ROUND);
        }
        if (random.nextInt(3) == 0) {
            site.touchConnection();
        }
        site.touchPolicy();
        glance();
        edits(editsOfARound() / 2);
        List<String> leavers = mass ? massLeave() : List.of();
        site.touchPolicy();
        glance();
        weather.end();
        org().setSeats(Weather.LICENCE, 100_000);
        site.pass(ROUND);
        site.touchConnection();
        site.touchPolicy();
        converge(round, mayHold(round));
        judge(round);
        if (administrator.confirmMails()) {
            site.touchPolicy();
            converge(round, mayHold(round));
            judge(round);
        }
        if (mass) {
            assertThat(leavers).isNotEmpty();
            town.beginRound();
            everybodyBack();
            site.touchPolicy();
            converge(round, mayHold(round));
            judge(round);
        }
    }

    /** The operator works for a while; edits that follow may meet it in the middle of anything. */
    private void glance() {
        try {
            await().atMost(Duration.ofMillis(200 + random.nextInt(800)))
                    .pollInterval(GLANCE)
                    .until(() -> site.told().settled());
        } catch (ConditionTimeoutException stillAtIt) {
            Figures.count(figures.waits, "edited while it worked");
        }
    }

    private List<String> massLeave() {
        List<String> leavers = new ArrayList<>();
        for (int i = 0; i < leaversAllowed() + 10; i++) {
            town.pick(Somebody::isHere).ifPresent(person -> {
                town.leave(person, Where.DISABLED);
                leavers.add(person.employee);
            });
        }
        massLeft = site.clock().instant().plus(ROUND);
        Figures.count(figures.edits, "mass leave");
        return leavers;
    }

    private void everybodyBack() {
        for (int i = 0; i < leaversAllowed() + 10; i++) {
            town.pick(person -> person.where == Where.DISABLED).ifPresent(town::comeBack);
        }
    }

    private void edits(int count) {
        for (int i = 0; i < count; i++) {
            String kind = edit(random.nextInt(100));
            Figures.count(figures.edits, kind);
        }
    }

    private String edit(int die) {
        if (die < 12) {
            Somebody person = town.hire();
            if (random.nextInt(6) == 0) {
                town.leave(person);
                return "hired and gone";
            }
            if (random.nextInt(6) == 0) {
                town.rename(person, "early." + person.account + "@soak.example.com");
                return "hired and renamed";
            }
            return "hired";
        }
        if (die < 15) {
            Somebody person = town.newcomer();
            administrator.prepare(person);
            town.hire(person);
            return "hired with a user made by hand";
        }
        if (die < 27) {
            return did(town.pick(Somebody::isHere), town::leave, "left");
        }
        if (die < 41) {
            return did(town.pick(person -> !person.isHere()), town::comeBack, "came back");
        }
        if (die < 60) {
            return did(town.pick(Somebody::isHere), town::change, "changed");
        }
        if (die < 63) {
            Optional<Somebody> heir = town.pick(this::isFollowed);
            return did(
                    town.pick(this::isFollowed),
                    giver -> heir.ifPresent(person -> town.inherit(person, giver)),
                    "inherited a name");
        }
        if (die < 66) {
            Optional<Somebody> other = town.pick(this::isFollowed);
            return did(
                    town.pick(this::isFollowed),
                    one -> other.ifPresent(person -> town.swap(one, person)),
                    "swapped names");
        }
        return byHand(die);
    }

    /** Whose user follows the directory, even by name. */
    private boolean isFollowed(Somebody person) {
        return person.isHere() && administrator.knows(person) && !memory.keptAsIs(person.employee);
    }

    private String byHand(int die) {
        if (die < 78) {
            return did(
                    town.pick(person -> person.isHere() && administrator.mayDeactivate(person)),
                    administrator::meddle,
                    "meddled with by hand");
        }
        if (die < 86) {
            return did(
                    town.pick(person -> person.isHere() && administrator.knows(person)),
                    administrator::entitle,
                    "entitled by hand");
        }
        if (die < 90) {
            return did(
                    town.pick(person -> person.isHere() && administrator.knows(person)),
                    administrator::switchActive,
                    "switched active by hand");
        }
        if (die < 94) {
            return did(
                    town.pick(person -> person.isHere() && administrator.mayDeactivate(person)),
                    administrator::switchFrozen,
                    "switched frozen by hand");
        }
        if (die < 97) {
            return did(
                    town.pick(person -> !person.isHere() && administrator.knows(person)),
                    administrator::activate,
                    "activated a leaver by hand");
        }
        administrator.addStranger();
        return "added by hand";
    }

    private static String did(Optional<Somebody> person, java.util.function.Consumer<Somebody> edit, String what) {
        person.ifPresent(edit);
        return person.isPresent() ? what : "nothing";
    }

    /**
     * What the guard may hold in this round: leavers when there are too many within a day, and after the anchor, which is
     * an update of everybody, whatever else updates somebody within a day.
     */
    private Set<String> mayHold(int round) {
        Set<String> kinds = new HashSet<>();
        if (Duration.between(massLeft, site.clock().instant()).compareTo(DAY) <= 0) {
            kinds.add(LEAVERS);
        }
        if (round >= anchorRound()
                && Duration.between(anchored, site.clock().instant()).compareTo(DAY) <= 0) {
            kinds.addAll(List.of("update", "reactivate", "removeEntitlement", "changeUsernameOrEmail"));
        }
        return kinds;
    }

    /** Waits until the operator says that both sides agree, doing on the way what a person on call would do. */
    private void converge(int round, Set<String> mayHold) {
        figures.convergences++;
        boolean firstHold = true;
        int nudges = 0;
        Site.Told told = settled(round);
        while (!told.converged()) {
            if (!told.held().isEmpty()) {
                assertThat(mayHold)
                        .as(
                                "round %d: the guard held although the edits were within its limits\n%s",
                                round, site.everythingTold())
                        .containsAll(told.kindsHeld());
                if (isMassLeave(round) && told.kindsHeld().contains(LEAVERS) && firstHold) {
                    assertHeldInFact(round);
                    firstHold = false;
                }
                figures.approvals++;
                site.approve(told.held());
            } else {
                assertThat(nudges++)
                        .as("round %d of seed %d does not converge\n%s", round, seed, site.everythingTold())
                        .isLessThan(MOST_NUDGES);
                Figures.count(figures.waits, told.reason());
                site.pass(Duration.ofMinutes(20));
                if (told.reason().equals("DependencyNotReady")) {
                    site.touchConnection();
                }
                site.touchPolicy();
            }
            told = settled(round);
        }
    }

    /** Nobody of a held batch has lost anything yet. */
    private void assertHeldInFact(int round) {
        int active = 0;
        for (Row user : org().records("User")) {
            if (town.gone().contains(user.text("EmployeeNumber")) && user.flag("IsActive")) {
                active++;
            }
        }
        assertThat(active).as("round %d: leavers who wait", round).isGreaterThan(leaversAllowed() / 2);
    }

    /** What the policy says once it has come to an end with its newest generation, or stays with one trouble. */
    private Site.Told settled(int round) {
        Instant[] since = {Instant.now()};
        String[] reason = {""};
        try {
            return await().atMost(PATIENCE).pollInterval(GLANCE).until(site::told, told -> {
                if (!told.reason().equals(reason[0])) {
                    reason[0] = told.reason();
                    since[0] = Instant.now();
                }
                boolean stays = Duration.between(since[0], Instant.now()).compareTo(Duration.ofSeconds(2)) > 0;
                return told.converged()
                        || (told.settled() && stays)
                        || told.reason().equals("PlanHeld");
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("round " + round + " of seed " + seed + ": no end\n" + site.everythingTold(), e);
        }
    }

    private void judge(int round) throws LDAPException {
        memory.everGone.addAll(town.gone());
        Verdict verdict = Judge.judge(
                org(),
                Expectation.read(
                        site.directory(), Site.OU, Site.EVERYBODY, site.clock().instant()),
                memory,
                new Judge.Wishes(Site.READERS, Site.SELLERS, Site.ROLE));
        List<Journal.Entry> entries = site.org().journal().since(readTo);
        readTo = site.org().journal().last();
        blindRepeats.read(entries);
        List<String> wrong = new ArrayList<>(verdict.all());
        blindRepeats.found().forEach(text -> wrong.add("repeated blindly: " + text));
        entries.forEach(entry -> unjustified(entry).forEach(wrong::add));
        count(entries);
        assertThat(wrong).as("round %d of seed %d\n%s", round, seed, figures).isEmpty();
        remember();
    }

    /** Rows that took something from somebody who was here all the time. */
    private List<String> unjustified(Journal.Entry entry) {
        Set<String> gone = town.gone();
        return entry.call().concerned().stream()
                .filter(RowConcerned::takesAccess)
                .map(row -> userConcerned(entry, row))
                .filter(user -> !gone.contains(user.text("EmployeeNumber")))
                .map(user -> "wrongly taken: call " + entry.number() + " took from " + user.text("EmployeeNumber")
                        + ", who was here")
                .toList();
    }

    private Row userConcerned(Journal.Entry entry, RowConcerned row) {
        String id = entry.call().objectType().equals("UserLogin")
                ? org().record("UserLogin", row.id()).orElseThrow().text("UserId")
                : row.id();
        return org().record("User", id).orElseThrow();
    }

    private void count(List<Journal.Entry> entries) {
        for (Journal.Entry entry : entries) {
            figures.calls++;
            figures.writes += entry.call().write() ? 1 : 0;
            if (!entry.fault().isEmpty()) {
                Figures.count(figures.faults, entry.fault());
            }
        }
        figures.lost = blindRepeats.lost();
        figures.blind = blindRepeats.found().size();
    }

    /** From now on everybody's user is known. */
    private void remember() {
        for (Row user : org().records("User")) {
            String employee = user.text("EmployeeNumber");
            if (memory.hired.contains(employee)) {
                memory.userOf.putIfAbsent(employee, user.id());
            }
        }
    }

    @Override
    public void close() {
        site.close();
    }
}
