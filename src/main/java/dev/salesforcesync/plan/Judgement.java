package dev.salesforcesync.plan;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.plan.Guard.GuardInput;
import dev.salesforcesync.plan.Guard.HeldBatch;
import dev.salesforcesync.plan.Guard.Limit;
import dev.salesforcesync.plan.Guard.Mode;
import dev.salesforcesync.plan.Guard.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One look of the guard at one plan. */
final class Judgement {
    private final GuardInput input;
    private final List<Action> parts;
    private final List<HeldBatch> held = new ArrayList<>();
    private final Set<String> spent = new TreeSet<>();
    private final Set<String> dropped = new TreeSet<>();

    /** Keys of parts that wait in batches from before. */
    private final Set<String> waitingKeys = new HashSet<>();

    /** Keys of parts that people have approved. */
    private final Set<String> approvedKeys = new HashSet<>();

    private final Set<ObjectGuid> newcomers = new HashSet<>();

    Judgement(Plan plan, GuardInput input) {
        this.input = input;
        this.parts = Parts.of(plan.actions());
        newcomers.addAll(input.newcomers());
        plan.actions().stream()
                .filter(Action.Create.class::isInstance)
                .map(Action::person)
                .forEach(newcomers::add);
    }

    Verdict verdict() {
        batches();
        Set<Kind> over = over();
        List<Action> free = new ArrayList<>();
        List<Action> approved = new ArrayList<>();
        List<Action> newlyHeld = new ArrayList<>();
        List<Action> waiting = new ArrayList<>();
        for (Action part : parts) {
            if (isAmong(approvedKeys, part)) {
                approved.add(part);
            } else if (isAmong(waitingKeys, part)) {
                waiting.add(part);
            } else if (input.mode() == Mode.APPROVE
                    || Guard.counted(part, newcomers).stream().anyMatch(over::contains)) {
                newlyHeld.add(part);
                waiting.add(part);
            } else {
                free.add(part);
            }
        }
        Map<Kind, Integer> waitingCounts = people(waiting);
        if (input.mode() == Mode.PREVIEW) {
            return new Verdict(List.of(), held, Set.of(), dropped, Map.of(), waitingCounts);
        }
        if (!newlyHeld.isEmpty()) {
            held.add(batch(newlyHeld));
        }
        List<Action> released = new ArrayList<>(free);
        released.addAll(approved);
        return new Verdict(Parts.joined(released), held, spent, dropped, people(free), waitingCounts);
    }

    /** Sorts batches from before into those that are released, still wait, or have nothing left to wait for. */
    private void batches() {
        if (input.held().isEmpty()) {
            return;
        }
        Set<String> present = new HashSet<>();
        parts.forEach(part -> present.add(part.key()));
        for (HeldBatch batch : input.held().stream()
                .sorted((one, other) -> one.hash().compareTo(other.hash()))
                .toList()) {
            boolean approved = input.mode() != Mode.PREVIEW
                    && input.approvals().contains(batch.hash())
                    && !input.spent().contains(batch.hash());
            if (batch.keys().stream().noneMatch(present::contains)) {
                dropped.add(batch.hash());
            } else if (approved) {
                spent.add(batch.hash());
                approvedKeys.addAll(batch.keys());
            } else {
                held.add(batch);
                waitingKeys.addAll(batch.keys());
            }
        }
    }

    /** A key is a digest: made for a hundred thousand parts it costs as much as everything else here. */
    private static boolean isAmong(Set<String> keys, Action part) {
        return !keys.isEmpty() && keys.contains(part.key());
    }

    /** Kinds that, with those who wait already, would concern more people within the window than their limits allow. */
    private Set<Kind> over() {
        Map<Kind, Integer> counts = people(
                parts.stream().filter(part -> !isAmong(approvedKeys, part)).toList());
        Set<Kind> over = EnumSet.noneOf(Kind.class);
        input.limits().forEach((kind, limit) -> {
            int concerned =
                    counts.getOrDefault(kind, 0) + input.releasedInWindow().getOrDefault(kind, 0);
            if (concerned > allowed(limit)) {
                over.add(kind);
            }
        });
        return over;
    }

    private int allowed(Limit limit) {
        return limit.people(input.linkedActiveUsers(), input.floor());
    }

    private Map<Kind, Integer> people(Collection<Action> actions) {
        Map<Kind, Set<ObjectGuid>> people = new EnumMap<>(Kind.class);
        for (Action action : actions) {
            for (Kind kind : Guard.counted(action, newcomers)) {
                people.computeIfAbsent(kind, any -> new HashSet<>()).add(action.person());
            }
        }
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        people.forEach((kind, who) -> counts.put(kind, who.size()));
        return counts;
    }

    private HeldBatch batch(List<Action> actions) {
        List<String> keys = actions.stream().map(Action::key).sorted().toList();
        String hash = Canonical.digest(keys);
        for (int again = 2; input.spent().contains(hash) || spent.contains(hash); again++) {
            // The same actions were approved once before: that approval must not count again.
            List<String> salted = new ArrayList<>(keys);
            salted.add("#" + again);
            hash = Canonical.digest(salted);
        }
        return new HeldBatch(hash, keys, people(actions), input.now());
    }
}
