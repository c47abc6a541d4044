package dev.salesforcesync.policy;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.DesiredUser.DesiredField;
import java.time.Instant;
import java.util.HashMap;
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

    private record Remembered(Person person, Set<String> groups, boolean expired, Instant at, Desire desire) {}

    /** Asks for everybody in the picture; who is not in it is forgotten. */
    synchronized Map<ObjectGuid, Desire> desires(
            DirectoryPicture picture, Map<ObjectGuid, Set<String>> groups, Instant now, Evaluation evaluation) {
        Map<ObjectGuid, Remembered> next = new HashMap<>(picture.people().size() * 4 / 3 + 1);
        Map<ObjectGuid, Desire> desires = new HashMap<>(picture.people().size() * 4 / 3 + 1);
        Map<Set<String>, Set<String>> sameGroups = new HashMap<>();
        Map<DesiredField, DesiredField> sameFields = new HashMap<>();
        picture.people().forEach((guid, person) -> {
            Set<String> his = sameGroups.computeIfAbsent(groups.getOrDefault(guid, Set.of()), Set::copyOf);
            boolean expired = person.account().expired(now);
            Remembered before = remembered.get(guid);
            Desire desire = before != null && sees(before, person, his, expired, now)
                    ? before.desire()
                    : shared(evaluation.desire(person, his, now), sameFields);
            next.put(guid, new Remembered(person, his, expired, now, desire));
            desires.put(guid, desire);
        });
        remembered = next;
        return desires;
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

    /** Many people have the same language, time zone or department: one object is enough for all of them. */
    private static Desire shared(Desire desire, Map<DesiredField, DesiredField> sameFields) {
        if (!(desire instanceof Desire.Wanted wanted)) {
            return desire;
        }
        DesiredUser user = wanted.user();
        return new Desire.Wanted(
                wanted.person(),
                new DesiredUser(
                        user.fields().stream()
                                .map(field -> sameFields.computeIfAbsent(field, any -> any))
                                .toList(),
                        user.profile(),
                        user.role(),
                        user.rights(),
                        user.usernames(),
                        user.references(),
                        user.obstacle()));
    }
}
