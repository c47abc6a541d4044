package dev.salesforcesync.converge;

import dev.salesforcesync.converge.PolicyOrder.Safety;
import dev.salesforcesync.converge.PolicySnapshot.Phase;
import dev.salesforcesync.directory.DirectoryFeed;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Deliberation;
import dev.salesforcesync.plan.Guard;
import dev.salesforcesync.plan.Plan;
import dev.salesforcesync.policy.CompiledPolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One comparison, or one look after leavers, from the first read to the last write. */
final class Run {
    private final ResourceName name;
    private final OrgSession session;
    private final DirectoryFeed directory;
    private final FollowedOrg followedOrg;
    private final PlacesSeen placesSeen;
    private final CompiledPolicy policy;
    private final Safety safety;
    private final long generation;
    private final RetryBook retries;
    private final Engines engines;
    private final Clock clock;
    private final Listener listener;

    /** Told how far the run has come; asked whether it may go on. */
    interface Listener {
        void enters(Phase phase);

        /** A pass began, or a call of it ended. */
        void writes(String pass, Effort effort);

        /** Between two calls, by the thread that began the run: time to look at something more urgent. */
        void meanwhile();

        /** Why writing must end now; empty while it may go on. */
        Optional<Failure> stopSign();
    }

    Run(
            ResourceName name,
            OrgSession session,
            DirectoryFeed directory,
            FollowedOrg followedOrg,
            PlacesSeen placesSeen,
            CompiledPolicy policy,
            PolicyOrder order,
            RetryBook retries,
            Engines engines,
            Clock clock,
            Listener listener) {
        this.name = name;
        this.session = session;
        this.directory = directory;
        this.followedOrg = followedOrg;
        this.placesSeen = placesSeen;
        this.policy = policy;
        this.safety = order.safety();
        this.generation = order.generation();
        this.retries = retries;
        this.engines = engines;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Compares and writes.
     *
     * @param anew whether both sides are read in full, even if what is known of them is current
     * @param before how everybody stood
     */
    Result<RunEnd> carryOut(boolean anew, Standings before, Map<String, Integer> priorities) {
        Instant begin = clock.instant();
        Verdicts verdicts = new Verdicts(session.ledger(), name, safety);
        return comparison(listener::enters)
                .decide(
                        anew,
                        before,
                        priorities,
                        retries.refusedNames(begin),
                        (plan, linkedActive) -> verdicts.judge(plan, linkedActive, begin))
                .flatMap(decision -> heed(decision, verdicts, begin));
    }

    /**
     * Decides about some people, with whom everybody is among whom the last comparison left something undone, and
     * writes.
     *
     * @param before how everybody stood
     * @return empty when it must be decided about everybody; then nothing was done
     */
    Result<Optional<RunEnd>> carryOutAbout(
            Set<ObjectGuid> concerned, Standings before, Map<String, Integer> priorities) {
        Instant begin = clock.instant();
        Verdicts verdicts = new Verdicts(session.ledger(), name, safety);
        Set<ObjectGuid> people = new HashSet<>(concerned);
        people.addAll(retries.people());
        return comparison(listener::enters)
                .decideAbout(
                        people,
                        before,
                        priorities,
                        retries.refusedNames(begin),
                        (plan, linkedActive) -> verdicts.judge(plan, linkedActive, begin))
                .flatMap(decision -> decision.isEmpty()
                        ? Result.ok(Optional.empty())
                        : heed(decision.get(), verdicts, begin).map(Optional::of));
    }

    private Result<RunEnd> heed(Decision decision, Verdicts verdicts, Instant begin) {
        followedOrg.heed();
        retries.keepOnly(decision.plan().actions().stream().map(Action::person).collect(Collectors.toSet()));
        return act(decision, verdicts, begin).map(report -> new RunEnd(report, decision.standings()));
    }

    private Comparison comparison(Consumer<Phase> progress) {
        return new Comparison(
                name, session, directory, followedOrg, placesSeen, policy, engines.meant(), clock, progress);
    }

    /** Compares and writes nothing, for somebody who wants to know what would be done, and why. */
    Result<Deliberation> deliberate(Map<String, Integer> priorities) {
        Instant begin = clock.instant();
        Verdicts verdicts = new Verdicts(session.ledger(), name, safety);
        return comparison(phase -> {})
                .deliberate(
                        priorities,
                        retries.refusedNames(begin),
                        safety.mode(),
                        (plan, linkedActive) -> verdicts.judge(plan, linkedActive, begin),
                        action -> notNow(action, begin));
    }

    /**
     * Takes from leavers what the policy takes, by urgent calls alone.
     *
     * @param linkedActive how many active users somebody stood for, when that was known last
     * @return empty when nobody left who was not looked at before
     */
    Result<Optional<RunReport>> carryOutForLeavers(LeaversSeen seen, int linkedActive) {
        Instant begin = clock.instant();
        Verdicts verdicts = new Verdicts(session.ledger(), name, safety);
        return new LeaversOnly(name, session, directory, policy, engines.meant(), clock)
                .decide(person -> true, seen, plan -> verdicts.judgeLeavers(plan, linkedActive, begin))
                .flatMap(decision -> decision.isEmpty()
                        ? Result.ok(Optional.empty())
                        : act(decision.get(), verdicts, begin)
                                .map(report -> Optional.of(report.withHeld(verdicts.waiting()))));
    }

    /**
     * The same for those of some people who left, while another run writes. Where the guard would hold one of them nobody
     * is touched: that is for a run that sees everybody.
     *
     * @param changed people who changed
     */
    Result<Optional<RunReport>> carryOutForLeavers(Set<ObjectGuid> changed, int linkedActive) {
        Instant begin = clock.instant();
        Verdicts verdicts = new Verdicts(session.ledger(), name, safety);
        return new LeaversOnly(name, session, directory, policy, engines.meant(), clock)
                .decide(changed::contains, new LeaversSeen(), plan -> verdicts.judgeLeavers(plan, linkedActive, begin))
                .flatMap(found -> {
                    Optional<Decision> decision = found.filter(
                                    one -> one.verdict().waiting().isEmpty())
                            .filter(one -> !one.plan().isEmpty());
                    return decision.isEmpty()
                            ? Result.ok(Optional.empty())
                            : act(decision.get(), verdicts, begin).map(Optional::of);
                });
    }

    private Result<RunReport> act(Decision decision, Verdicts verdicts, Instant begin) {
        List<LedgerChange> changes = new ArrayList<>(verdicts.changes(decision.verdict(), begin));
        if (safety.mode() != Guard.Mode.PREVIEW) {
            remember(decision, changes);
        }
        return session.ledger()
                .record(changes)
                .map(stored -> safety.mode() == Guard.Mode.PREVIEW
                        ? new RunOutcome(decision, generation)
                                .report(verdicts, Optional.empty(), begin, clock.instant())
                        : write(decision, verdicts, begin));
    }

    private void remember(Decision decision, List<LedgerChange> changes) {
        Map<SalesforceId, PersonLink> found =
                decision.linking().found().stream().collect(Collectors.toMap(PersonLink::user, Function.identity()));
        if (!found.isEmpty()) {
            for (PersonLink earlier : session.ledger().links().values()) {
                PersonLink heir = found.get(earlier.user());
                if (heir != null && !heir.person().equals(earlier.person())) {
                    changes.add(new LedgerChange.Remove(Entry.Link.key(earlier.person())));
                }
            }
        }
        decision.linking().found().forEach(link -> changes.add(new LedgerChange.Put(new Entry.Link(link))));
        for (SalesforceId user : decision.settledEmails()) {
            changes.add(new LedgerChange.Remove(Entry.Email.key(user)));
        }
        for (Hold ended : decision.plan().ended()) {
            changes.add(new LedgerChange.Remove(Entry.Taken.key(ended.user())));
        }
        Set<ObjectGuid> unfinished = new HashSet<>();
        decision.plan().actions().forEach(action -> unfinished.add(action.person()));
        decision.plan().leftAlone().forEach(left -> unfinished.add(left.person()));
        decision.linking().links().stream()
                .map(PersonLink::person)
                .filter(person -> !unfinished.contains(person)
                        && name.toString().equals(session.ledger().newcomers().get(person)))
                .forEach(person -> changes.add(new LedgerChange.Remove(Entry.Newcomer.key(person))));
        for (Plan.LostRight lost : decision.plan().lost()) {
            changes.add(new LedgerChange.TakeBack(lost.user(), lost.right()));
        }
    }

    private RunReport write(Decision decision, Verdicts verdicts, Instant begin) {
        RunOutcome outcome = new RunOutcome(decision, generation);
        List<Action> ready = new ArrayList<>();
        for (Action action : decision.verdict().released()) {
            Optional<Failure> wait = notNow(action, begin);
            if (wait.isPresent()) {
                outcome.waits(action, wait.get());
            } else {
                ready.add(action);
            }
        }
        RunScribe scribe = new RunScribe(name, session.orgId(), engines, retries, outcome, clock);
        Application application = new Application(
                session,
                name.toString(),
                policy.rules().anchorField(),
                decision.loginRecords(),
                listener::stopSign,
                scribe.listening(listener));
        followedOrg.sent(ready);
        Optional<Failure> ended = application.carryOut(ready, begin);
        if (outcome.isInDoubt()) {
            followedOrg.doubt();
        }
        Optional<Failure> unstored = giveBack(decision, verdicts, outcome, begin);
        Optional<Failure> stopped = ended.or(() -> unstored);
        outcome.retryAt(retries.next(begin, clock.instant()), stopped, clock.instant());
        return outcome.report(verdicts, stopped, begin, clock.instant());
    }

    /** Without it, somebody who fails again and again would use up what the guard allows for everybody. */
    private Optional<Failure> giveBack(Decision decision, Verdicts verdicts, RunOutcome outcome, Instant begin) {
        List<Action> done = decision.verdict().released().stream()
                .filter(outcome::mayBeDone)
                .toList();
        List<LedgerChange> changes = verdicts.givenBack(decision.verdict(), done, begin);
        return session.ledger().record(changes) instanceof Result.Failed<Integer> failed
                ? Optional.of(failed.failure())
                : Optional.empty();
    }

    /** Why an action that the guard let through waits all the same. */
    private Optional<Failure> notNow(Action action, Instant now) {
        boolean risky = action instanceof Action.Create
                || action instanceof Action.Freeze
                || action instanceof Action.Deactivate
                || action instanceof Action.Withdraw;
        if (risky && session.ledger().lostEpoch().isPresent()) {
            return Optional.of(new Failure.Waiting(
                    "LedgerLost",
                    "Parts of the operator's memory of this org are missing; nobody is created or deactivated and no right is taken until"
                            + " the connection's spec.acceptLedgerLoss says '"
                            + session.ledger().lostEpoch().orElseThrow() + "'."));
        }
        return retries.waiting(action, now);
    }
}
