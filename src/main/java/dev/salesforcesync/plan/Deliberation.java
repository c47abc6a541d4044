package dev.salesforcesync.plan;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that one run knew and decided before its first write: what explaining goes by, so that it can say nothing
 * else than what is done.
 *
 * @param policy the rules in force
 * @param picture the directory as read
 * @param input what planning went by
 * @param plan what it came to
 * @param mode how much goes ahead on its own
 * @param verdict what the guard lets through, and what it holds
 * @param waits why an action that the guard let through waits all the same, by {@link Action#key}; without values
 */
public record Deliberation(
        CompiledPolicy policy,
        DirectoryPicture picture,
        PlanInput input,
        Plan plan,
        Guard.Mode mode,
        Guard.Verdict verdict,
        Map<String, String> waits) {
    public Deliberation {
        waits = Map.copyOf(waits);
    }

    /** Judges single actions; for many, as it looks through the verdict once. */
    Fates fates() {
        return new Fates(this);
    }

    /** What becomes of an action, as a stable word and a sentence. */
    record Fate(String word, String sentence) {}

    /** Says of each action what becomes of it now. */
    static final class Fates {
        private final Deliberation run;
        private final Set<String> released = new HashSet<>();

        private Fates(Deliberation run) {
            this.run = run;
            Parts.of(run.verdict().released()).forEach(part -> released.add(part.key()));
        }

        /** One fate for each part of the action that the guard can hold on its own. */
        List<Map.Entry<Action, Fate>> of(Action action) {
            return Parts.of(List.of(action)).stream()
                    .map(part -> Map.entry(part, ofPart(action, part)))
                    .toList();
        }

        private Fate ofPart(Action action, Action part) {
            for (Guard.HeldBatch batch : run.verdict().held()) {
                if (batch.keys().contains(part.key())) {
                    return new Fate(
                            "Held",
                            "held by the guard in batch " + batch.hash() + " since " + batch.since()
                                    + "; spec.safety.approve with that hash releases it");
                }
            }
            if (run.mode() == Guard.Mode.PREVIEW) {
                return new Fate("Preview", "not carried out: spec.mode is Preview");
            }
            if (!released.contains(part.key())) {
                return new Fate("Held", "held by the guard");
            }
            String waits = run.waits().get(action.key());
            return waits == null
                    ? new Fate("Released", "the guard lets it through; it is carried out by the next comparison")
                    : new Fate("Waits", "the guard lets it through, and yet it waits: " + waits);
        }
    }
}
