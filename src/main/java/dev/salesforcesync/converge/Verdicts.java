package dev.salesforcesync.converge;

import dev.salesforcesync.converge.PolicyOrder.Safety;
import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.HeldBatch;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.ReleasedBatch;
import dev.salesforcesync.model.SpentAllowance;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Guard;
import dev.salesforcesync.plan.Guard.GuardInput;
import dev.salesforcesync.plan.Kind;
import dev.salesforcesync.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks the guard with what the ledger remembers, and has the ledger remember what the guard said. */
final class Verdicts {
    /** The guard's sliding window: a drip over a day counts like a flood. */
    private static final Duration WINDOW = Duration.ofHours(24);

    private final OrgLedger ledger;
    private final String policy;
    private final Safety safety;

    /** Who was a newcomer when the guard was asked: the run itself may change that. */
    private Set<ObjectGuid> newcomersJudged = Set.of();

    Verdicts(OrgLedger ledger, ResourceName policy, Safety safety) {
        this.ledger = ledger;
        this.policy = policy.toString();
        this.safety = safety;
    }

    Guard.Verdict judge(Plan plan, int linkedActiveUsers, Instant now) {
        return judge(plan, linkedActiveUsers, safety.approvals(), now);
    }

    /** The same for a plan that says nothing of anybody but leavers: a batch of something else is not touched by it. */
    Guard.Verdict judgeLeavers(Plan plan, int linkedActiveUsers, Instant now) {
        Set<String> ofLeaversAlone = heldBefore().stream()
                .filter(batch -> batch.counts().keySet().equals(Set.of(Kind.DEACTIVATE.name())))
                .map(HeldBatch::hash)
                .filter(safety.approvals()::contains)
                .collect(Collectors.toSet());
        Guard.Verdict verdict = judge(plan, linkedActiveUsers, ofLeaversAlone, now);
        return new Guard.Verdict(
                verdict.released(), verdict.held(), verdict.spent(), Set.of(), verdict.counted(), verdict.waiting());
    }

    private Guard.Verdict judge(Plan plan, int linkedActiveUsers, Set<String> approvals, Instant now) {
        newcomersJudged = new HashSet<>(newcomers());
        plan.actions().stream()
                .filter(Action.Create.class::isInstance)
                .map(Action::person)
                .forEach(newcomersJudged::add);
        return Guard.judge(
                plan,
                new GuardInput(
                        safety.mode(),
                        linkedActiveUsers,
                        safety.limits(),
                        safety.floor(),
                        releasedInWindow(now),
                        heldBefore().stream().map(Verdicts::forGuard).toList(),
                        approvals,
                        releasedHashes(),
                        newcomers(),
                        now));
    }

    /**
     * What must be stored before the first write: new batches, dropped ones, released ones, and the allowance that is
     * used up. Nothing in Preview, which leaves no trace.
     */
    List<LedgerChange> changes(Guard.Verdict verdict, Instant now) {
        List<LedgerChange> changes = new ArrayList<>();
        if (safety.mode() == Guard.Mode.PREVIEW) {
            return changes;
        }
        Set<String> known = heldBefore().stream().map(HeldBatch::hash).collect(Collectors.toSet());
        verdict.held().stream()
                .filter(batch -> !known.contains(batch.hash()))
                .forEach(batch -> changes.add(new LedgerChange.Put(new Entry.Held(forLedger(batch)))));
        Set<String> gone = new HashSet<>(verdict.dropped());
        gone.addAll(verdict.spent());
        gone.forEach(hash -> changes.add(new LedgerChange.Remove(Entry.Held.key(policy, hash))));
        verdict.spent()
                .forEach(hash ->
                        changes.add(new LedgerChange.Put(new Entry.Released(new ReleasedBatch(policy, hash, now)))));
        changes.addAll(allowances(verdict.counted(), now));
        ledger.releasedBatches().stream()
                .filter(batch ->
                        batch.policy().equals(policy) && !safety.approvals().contains(batch.hash()))
                .forEach(batch -> changes.add(new LedgerChange.Remove(Entry.Released.key(policy, batch.hash()))));
        return changes;
    }

    /** Gives back the allowance of what was let through and then not done: refused, stopped, or waiting for its turn. */
    List<LedgerChange> givenBack(Guard.Verdict verdict, Collection<Action> done, Instant judged) {
        Map<Kind, Set<ObjectGuid>> people = new EnumMap<>(Kind.class);
        done.forEach(action -> Guard.counted(action, newcomersJudged)
                .forEach(kind ->
                        people.computeIfAbsent(kind, any -> new HashSet<>()).add(action.person())));
        Instant hour = judged.truncatedTo(ChronoUnit.HOURS);
        List<LedgerChange> changes = new ArrayList<>();
        for (SpentAllowance spent : ledger.spent()) {
            Kind kind = Kind.valueOf(spent.kind());
            int unused = verdict.counted().getOrDefault(kind, 0)
                    - people.getOrDefault(kind, Set.of()).size();
            if (spent.hour().equals(hour) && unused > 0) {
                int left = spent.count() - unused;
                changes.add(
                        left > 0
                                ? new LedgerChange.Put(new Entry.Spent(new SpentAllowance(spent.kind(), hour, left)))
                                : new LedgerChange.Remove(Entry.Spent.key(spent.kind(), hour)));
            }
        }
        return changes;
    }

    /** The batches that wait, those included that the newest verdict said nothing of. */
    List<HeldBatch> waiting() {
        return List.copyOf(heldBefore());
    }

    /** The batches that wait after the verdict, as everybody outside the guard knows them. */
    List<HeldBatch> waiting(Guard.Verdict verdict) {
        return verdict.held().stream().map(this::forLedger).toList();
    }

    private List<LedgerChange> allowances(Map<Kind, Integer> counted, Instant now) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        List<LedgerChange> changes = new ArrayList<>();
        counted.forEach((kind, count) -> {
            int before = ledger.spent().stream()
                    .filter(spent ->
                            spent.kind().equals(kind.name()) && spent.hour().equals(hour))
                    .mapToInt(SpentAllowance::count)
                    .sum();
            if (count > 0) {
                changes.add(
                        new LedgerChange.Put(new Entry.Spent(new SpentAllowance(kind.name(), hour, before + count))));
            }
        });
        ledger.spent().stream()
                .filter(spent -> spent.hour().isBefore(hour.minus(WINDOW)))
                .forEach(spent -> changes.add(new LedgerChange.Remove(Entry.Spent.key(spent.kind(), spent.hour()))));
        return changes;
    }

    private Map<Kind, Integer> releasedInWindow(Instant now) {
        Map<Kind, Integer> released = new EnumMap<>(Kind.class);
        for (SpentAllowance spent : ledger.spent()) {
            if (spent.hour().isAfter(now.minus(WINDOW))) {
                released.merge(Kind.valueOf(spent.kind()), spent.count(), Integer::sum);
            }
        }
        return released;
    }

    private Set<ObjectGuid> newcomers() {
        return ledger.newcomers().entrySet().stream()
                .filter(newcomer -> newcomer.getValue().equals(policy))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Collection<HeldBatch> heldBefore() {
        return ledger.heldBatches().stream()
                .filter(batch -> batch.policy().equals(policy))
                .toList();
    }

    private Set<String> releasedHashes() {
        return ledger.releasedBatches().stream()
                .filter(batch -> batch.policy().equals(policy))
                .map(ReleasedBatch::hash)
                .collect(Collectors.toSet());
    }

    private static Guard.HeldBatch forGuard(HeldBatch batch) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        batch.counts().forEach((kind, count) -> counts.put(Kind.valueOf(kind), count));
        return new Guard.HeldBatch(batch.hash(), List.copyOf(batch.actionKeys()), counts, batch.since());
    }

    private HeldBatch forLedger(Guard.HeldBatch batch) {
        Map<String, Integer> counts = new HashMap<>();
        batch.counts().forEach((kind, count) -> counts.put(kind.name(), count));
        return new HeldBatch(batch.hash(), policy, batch.since(), counts, Set.copyOf(batch.keys()));
    }
}
