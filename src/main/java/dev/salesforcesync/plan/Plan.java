package dev.salesforcesync.plan;

import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything to do, in the order in which it is done: what frees seats stands before what takes them.
 *
 * @param actions in canonical order
 * @param leftAlone people for whom something might be expected and nothing is done, with the reason
 * @param ended holds whose ground is gone without any action: somebody else gave back what we had taken
 * @param lost rights that we gave and that somebody else took: what is given to that user from now on is not ours
 * @param pendingVerification e-mail changes that wait for the user's confirmation
 * @param drifted fields that differ because somebody else changed them, where the policy only reports that
 */
public record Plan(
        List<Action> actions,
        List<LeftAlone> leftAlone,
        List<Hold> ended,
        List<LostRight> lost,
        int pendingVerification,
        int drifted) {
    static final int SAMPLE = 10;
    private static final int PREFIX = 8;

    public Plan {
        actions = actions.stream().sorted(CanonicalOrder.INSTANCE).toList();
        leftAlone = List.copyOf(leftAlone);
        ended = List.copyOf(ended);
        lost = List.copyOf(lost);
    }

    public boolean isEmpty() {
        return actions.isEmpty();
    }

    /** Equal for equal lists of actions, reasons included; 16 hexadecimal digits. */
    public String hash() {
        return Canonical.digest(actions.stream()
                .flatMap(action -> Stream.of(action.key(), action.reason()))
                .toList());
    }

    /** How many actions there are of each kind; an action counts under every kind it has. */
    public Map<Kind, Integer> counts() {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        for (Action action : actions) {
            for (Kind kind : action.kinds()) {
                counts.merge(kind, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** The first few actions, as far as anybody may see them. */
    public List<Sample> sample() {
        return actions.stream()
                .limit(SAMPLE)
                .map(action -> new Sample(
                        action.person().toString().substring(0, PREFIX),
                        action.getClass().getSimpleName(),
                        action.subjects()))
                .toList();
    }

    /**
     * One action without any value.
     *
     * @param person the first eight digits of the person's identity
     * @param action what is done, such as {@code Update}
     * @param fields names of the fields it writes, or the name of the right that it gives or takes
     */
    public record Sample(String person, String action, List<String> fields) {}

    /** A right that a user no longer holds. */
    public record LostRight(SalesforceId user, GivenRight right) {}

    /**
     * Somebody for whom nothing is done.
     *
     * @param code a stable CamelCase word, such as {@code DeactivatedByOthers}, {@code NoProfile},
     *     {@code ProtectedUser}, {@code ReadIncomplete}, or the code of the person's {@code Desire.Problem}
     * @param problem whether a person should look at it; the rest is as intended
     * @param field the field concerned; may be empty
     * @param message what to do, without values
     */
    public record LeftAlone(
            ObjectGuid person,
            Optional<SalesforceId> user,
            String code,
            boolean problem,
            Optional<String> field,
            String message) {}
}
