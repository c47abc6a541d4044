package dev.salesforcesync.policy;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one generation of rules wanted for each person when it was asked last, and from what. Equal input has equal
 * outcome, so who is as he was is not evaluated again. What is compared is all that rules can see, not a digest of it:
 * the person as the picture holds him anyway, and his groups, of which many people have the same.
 */
final class DesireMemory {
    private final boolean readsTime;
    private Map<ObjectGuid, Remembered> remembered = Map.of();
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
        knownGroups.clear();
        met.values().forEach(set -> knownGroups.put(set, set));
        remembered = next;
        return desires;
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
