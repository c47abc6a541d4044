package dev.salesforcesync.plan;

import dev.salesforcesync.model.ObjectGuid;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at the whole plan before the first write; it holds, it never silently drops. */
public final class Guard {
    private Guard() {}

    /** Decides which actions go ahead now; the answer does not depend on the order of anything that comes in. */
    public static Verdict judge(Plan plan, GuardInput input) {
        return new Judgement(plan, input).verdict();
    }

    /**
     * What an action counts as. Fields that somebody gets who is only just being created, his role and whom he refers to
     * among them, come after the call that creates him, and are still part of that.
     *
     * @param newcomers people who are or were created and have not got everything yet
     */
    public static Set<Kind> counted(Action action, Set<ObjectGuid> newcomers) {
        Set<Kind> kinds = action.kinds();
        if (!kinds.contains(Kind.UPDATE) || !newcomers.contains(action.person())) {
            return kinds;
        }
        Set<Kind> without = EnumSet.copyOf(kinds);
        without.remove(Kind.UPDATE);
        return without;
    }

    /** How much goes ahead on its own. */
    public enum Mode {
        /** Nothing is written; the verdict says what Enforce would hold. */
        PREVIEW,
        /** Everything waits for the hash of its batch. */
        APPROVE,
        /** Only what is over a limit waits. */
        ENFORCE
    }

    /**
     * How many people one kind may concern within the window: the lower of both counts, but never less than the floor.
     *
     * @param percent of the linked active users, rounded down
     * @param count a number
     */
    public record Limit(int percent, int count) {
        int people(int base, int floor) {
            return Math.max(floor, (int) Math.min(count, (long) percent * base / 100));
        }
    }

    /**
     * What judging goes by.
     *
     * @param linkedActiveUsers the base of percentages
     * @param limits kinds without one are not limited
     * @param floor no limit is lower; 5 by default
     * @param releasedInWindow people per kind already concerned within the sliding window, by every policy on the org;
     *     approved batches left out
     * @param held batches waiting from before
     * @param approvals hashes that people have approved
     * @param spent hashes of batches that were released before: approving is for once
     * @param newcomers people who were created and have not got everything yet: the rest of that is no mass update
     * @param now stands in new batches as {@code since}
     */
    public record GuardInput(
            Mode mode,
            int linkedActiveUsers,
            Map<Kind, Limit> limits,
            int floor,
            Map<Kind, Integer> releasedInWindow,
            Collection<HeldBatch> held,
            Set<String> approvals,
            Set<String> spent,
            Set<ObjectGuid> newcomers,
            Instant now) {
        public GuardInput {
            newcomers = Set.copyOf(newcomers);
            limits = Map.copyOf(limits);
            releasedInWindow = Map.copyOf(releasedInWindow);
            held = List.copyOf(held);
            approvals = Set.copyOf(approvals);
            spent = Set.copyOf(spent);
        }

        /** Without anybody who was created and has not got everything. */
        public GuardInput(
                Mode mode,
                int linkedActiveUsers,
                Map<Kind, Limit> limits,
                int floor,
                Map<Kind, Integer> releasedInWindow,
                Collection<HeldBatch> held,
                Set<String> approvals,
                Set<String> spent,
                Instant now) {
            this(mode, linkedActiveUsers, limits, floor, releasedInWindow, held, approvals, spent, Set.of(), now);
        }
    }

    /**
     * Actions that wait for approval; never changes.
     *
     * @param hash over the sorted keys
     * @param keys of the actions, sorted
     * @param counts people per kind
     * @param since when it was formed
     */
    public record HeldBatch(String hash, List<String> keys, Map<Kind, Integer> counts, Instant since) {
        public HeldBatch {
            keys = keys.stream().sorted().toList();
            counts = Map.copyOf(counts);
        }
    }

    /**
     * What goes ahead, and what waits.
     *
     * @param released in canonical order; an update may have lost the fields that wait
     * @param held batches that wait from now on: earlier ones unchanged, and at most one new one
     * @param spent hashes of the approved batches that are released by this verdict; each must be remembered
     * @param dropped hashes of earlier batches of which nothing qualifies any longer
     * @param counted people per kind to add to the window when {@code released} is written; approved ones left out
     * @param waiting people per kind who wait
     */
    public record Verdict(
            List<Action> released,
            List<HeldBatch> held,
            Set<String> spent,
            Set<String> dropped,
            Map<Kind, Integer> counted,
            Map<Kind, Integer> waiting) {
        public Verdict {
            released = List.copyOf(released);
            held = List.copyOf(held);
            spent = Set.copyOf(spent);
            dropped = Set.copyOf(dropped);
            counted = Map.copyOf(counted);
            waiting = Map.copyOf(waiting);
        }
    }
}
