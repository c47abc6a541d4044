package dev.salesforcesync.plan;

import dev.salesforcesync.model.Hold;
import java.util.List;

/**
 * The holds on one user.
 *
 * @param ours those of the policy that plans
 * @param others those of other policies and of schedules
 */
record Holding(List<Hold> ours, List<Hold> others) {

    private static final Holding NONE = new Holding(List.of(), List.of());

    static Holding of(List<Hold> holds, String policy) {
        if (holds.isEmpty()) {
            return NONE;
        }
        List<Hold> ours =
                holds.stream().filter(hold -> hold.policy().equals(policy)).toList();
        return new Holding(
                ours,
                holds.stream().filter(hold -> !hold.policy().equals(policy)).toList());
    }

    boolean heldByOthers() {
        return !others.isEmpty();
    }

    /** Whether the deactivation was nobody's who keeps a hold: then it is not ours to undo, whoever else holds him. */
    boolean deactivatedBySomebodyElse() {
        return !deactivated() && others.stream().noneMatch(Hold::deactivated);
    }

    /** Whether the freezing of a frozen user was nobody's who keeps a hold. */
    boolean frozenBySomebodyElse() {
        return !froze() && others.stream().noneMatch(Hold::froze);
    }

    boolean froze() {
        return ours.stream().anyMatch(Hold::froze);
    }

    boolean deactivated() {
        return ours.stream().anyMatch(Hold::deactivated);
    }

    /** Why he is brought back. */
    String returned() {
        return "NoLonger" + ours.stream().map(Hold::reason).sorted().findFirst().orElse("Held");
    }
}
