package dev.salesforcesync.plan;

import dev.salesforcesync.model.Hold;
import java.util.List;

/**
 * The holds on one user.
 *
 * @param ours those of the policy that plans
 * @param heldByOthers whether another policy or a schedule holds him too
 */
record Holding(List<Hold> ours, boolean heldByOthers) {

    static Holding of(List<Hold> holds, String policy) {
        List<Hold> ours =
                holds.stream().filter(hold -> hold.policy().equals(policy)).toList();
        return new Holding(ours, ours.size() < holds.size());
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
