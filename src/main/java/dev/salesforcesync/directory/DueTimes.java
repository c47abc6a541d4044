package dev.salesforcesync.directory;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The moments at which a person's account changes its state without any change in the directory: a lockout runs out, a
 * password expires, the account expires, nobody has logged on for so long. Only moments of the coming day are held;
 * every half day everybody is looked through for the next.
 */
final class DueTimes {
    private static final Duration HORIZON = Duration.ofHours(24);
    private static final Duration RENEWAL = Duration.ofHours(12);

    /** A lockout that lasts longer than the domain's policy says is looked at again. */
    private static final Duration STILL_LOCKED = Duration.ofMinutes(5);

    private final Set<Duration> inactivity;
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private Instant renewed = Instant.MIN;

    /**
     * Makes a wheel.
     *
     * @param inactivity after how long without a logon people are to be looked at
     */
    DueTimes(Set<Duration> inactivity) {
        this.inactivity = Set.copyOf(inactivity);
    }

    private record Due(Instant at, ObjectGuid person) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at.compareTo(other.at);
        }
    }

    /** Looks everybody through. */
    void renew(Collection<Person> people, Instant now) {
        queue.clear();
        renewed = now;
        people.forEach(person -> add(person, now));
    }

    /** Looks one person through; earlier moments of his stay and are harmless. */
    void add(Person person, Instant now) {
        AccountState account = person.account();
        Instant end = renewed.isBefore(now) ? now.plus(HORIZON) : renewed.plus(HORIZON);
        Stream<Instant> known = Stream.of(
                        account.expiresAt().stream(),
                        account.password().expiresAt().stream(),
                        inactivity.stream()
                                .flatMap(length ->
                                        account.activity().lastLogon().stream().map(last -> last.plus(length))))
                .flatMap(moments -> moments);
        known.filter(at -> at.isAfter(now) && !at.isAfter(end)).forEach(at -> queue.add(new Due(at, person.guid())));
        if (account.lockedOut()) {
            account.lockout()
                    .until()
                    .map(until -> until.isAfter(now) ? until : now.plus(STILL_LOCKED))
                    .filter(at -> !at.isAfter(end))
                    .ifPresent(at -> queue.add(new Due(at, person.guid())));
        }
    }

    /** Who is due; each is told once for each moment. */
    Set<ObjectGuid> due(Collection<Person> people, Instant now) {
        Set<ObjectGuid> due = new HashSet<>();
        while (!queue.isEmpty() && !queue.peek().at().isAfter(now)) {
            due.add(queue.remove().person());
        }
        if (!renewed.plus(RENEWAL).isAfter(now)) {
            renew(people, now);
        }
        return due;
    }
}
