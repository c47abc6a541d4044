package dev.salesforcesync.policy;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.DesiredUser.DesiredReference;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one generation of rules wanted for each person when it was asked last, and from what. Equal input has equal
 * outcome, so who is as he was is not evaluated again. What is compared is all that rules can see, not a digest of it:
 * the person as the picture holds him anyway, and his groups, of which many people have the same.
 */
final class DesireMemory {
    private final boolean readsTime;
    private Map<ObjectGuid, Remembered> remembered = new HashMap<>();

    /** Of people who went since everybody was asked for last. */
    private final Map<ObjectGuid, String> formerNames = new HashMap<>();

    private final Map<Set<String>, Set<String>> knownGroups = new HashMap<>();
    private int evaluated;

    /**
     * Remembers nothing yet.
     *
     * @param readsTime whether a rule names {@code now}; otherwise time counts only by what has expired
     */
    DesireMemory(boolean readsTime) {
        this.readsTime = readsTime;
    }

    /** Evaluates the rules. */
    @FunctionalInterface
    interface Evaluation {
        Desire desire(Person person, Set<String> groups, Instant now);
    }

    private record Remembered(Person person, Set<String> groups, boolean expired, Instant at, Desire desire) {
        /** The same with what is equal and newer, so that the picture before need not be kept. */
        Remembered of(Person newer, Set<String> same, Instant now) {
            return new Remembered(newer, same, expired, now, desire);
        }
    }

    /** Asks for everybody in the picture; who is not in it is forgotten. */
    synchronized Map<ObjectGuid, Desire> desires(
            DirectoryPicture picture, Map<ObjectGuid, Set<String>> groups, Instant now, Evaluation evaluation) {
        Map<ObjectGuid, Remembered> next = new HashMap<>(picture.people().size() * 4 / 3 + 1);
        Map<ObjectGuid, Desire> desires = new HashMap<>(picture.people().size() * 4 / 3 + 1);
        IdentityHashMap<Set<String>, Set<String>> met = new IdentityHashMap<>();
        evaluated = 0;
        picture.people().forEach((guid, person) -> {
            Set<String> his = met.computeIfAbsent(groups.getOrDefault(guid, Set.of()), this::known);
            boolean expired = person.account().expired(now);
            Remembered before = remembered.get(guid);
            Remembered current = before != null && sees(before, person, his, expired, now)
                    ? before.of(person, his, now)
                    : evaluated(person, his, expired, now, evaluation);
            next.put(guid, current);
            desires.put(guid, current.desire());
        });
        formerNames.clear();
        knownGroups.clear();
        met.values().forEach(set -> knownGroups.put(set, set));
        remembered = next;
        return desires;
    }

    /** Asks for some people and remembers the others as they were; who is not in the picture any more is forgotten. */
    synchronized Map<ObjectGuid, Desire> desiresOf(
            Set<ObjectGuid> people, DirectoryPicture picture, Instant now, Evaluation evaluation) {
        Map<ObjectGuid, Desire> desires = new HashMap<>();
        evaluated = 0;
        for (ObjectGuid guid : people) {
            Person person = picture.people().get(guid);
            if (person == null) {
                Remembered gone = remembered.remove(guid);
                if (gone != null) {
                    formerNames.put(guid, gone.person().dn());
                }
                continue;
            }
            Set<String> his = known(GroupSets.of(guid, picture.memberships()));
            boolean expired = person.account().expired(now);
            Remembered before = remembered.get(guid);
            Remembered current = before != null && sees(before, person, his, expired, now)
                    ? before.of(person, his, now)
                    : evaluated(person, his, expired, now, evaluation);
            remembered.put(person.guid(), current);
            desires.put(person.guid(), current.desire());
        }
        return desires;
    }

    /** What somebody was called who went since everybody was asked for last. */
    synchronized Optional<String> formerName(ObjectGuid guid) {
        return Optional.ofNullable(formerNames.get(guid));
    }

    /** Those who were wanted with a reference that fits when they were asked for last. */
    synchronized Set<ObjectGuid> referring(Predicate<DesiredReference> fits) {
        Set<ObjectGuid> referring = new HashSet<>();
        remembered.forEach((guid, one) -> {
            if (People.references(one.desire()).stream().anyMatch(fits)) {
                referring.add(guid);
            }
        });
        return referring;
    }

    private Remembered evaluated(
            Person person, Set<String> groups, boolean expired, Instant now, Evaluation evaluation) {
        evaluated++;
        return new Remembered(person, groups, expired, now, evaluation.desire(person, groups, now));
    }

    /** The same object as last time for an equal set, so that comparing it is nothing. */
    private Set<String> known(Set<String> groups) {
        return knownGroups.computeIfAbsent(groups, any -> any);
    }

    /** For how many people the rules were evaluated when this was asked last. */
    synchronized int evaluated() {
        return evaluated;
    }

    /** Whether the rules see what they saw before. */
    private boolean sees(Remembered before, Person person, Set<String> groups, boolean expired, Instant now) {
        return before.expired() == expired
                && (!readsTime || before.at().equals(now))
                && before.groups().equals(groups)
                && same(before.person(), person);
    }

    private static boolean same(Person one, Person other) {
        return one.equals(other)
                || (one.account().enabled() == other.account().enabled()
                        && one.account().lockedOut() == other.account().lockedOut()
                        && one.dn().equals(other.dn())
                        && one.attributes().equals(other.attributes()));
    }
}
