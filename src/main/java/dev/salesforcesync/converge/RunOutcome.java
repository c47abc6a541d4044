package dev.salesforcesync.converge;

import dev.salesforcesync.converge.RunReport.People;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.DirectoryPicture.EntryProblem;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Plan;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.Linking.LinkProblem;
import dev.salesforcesync.salesforce.RowOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Gathers what became of a decision, and makes the run's report of it. Not safe for several threads. */
final class RunOutcome {
    private final Decision decision;
    private final long generation;
    private final Failures failures = new Failures();
    private final Map<String, Integer> written = new TreeMap<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> failed = new HashSet<>();

    /** People whose own row failed: what they get beside it waits for that. */
    private final Set<ObjectGuid> failedRows = new HashSet<>();

    private final Set<String> carriedOut = new HashSet<>();
    private int createdLinks;
    private boolean ledgerLost;
    private boolean inDoubt;
    private Optional<Instant> retryAt = Optional.empty();

    RunOutcome(Decision decision, long generation) {
        this.decision = decision;
        this.generation = generation;
        for (LinkProblem problem : decision.standings().problems()) {
            // to be left alone is what the connection asks for: nothing that anybody has to mend
            if (problem.code() != Linking.Code.ProtectedUser) {
                failures.add(problem.code().name(), problem.message(), problem.person());
            }
        }
        for (Plan.LeftAlone left : decision.standings().leftAlone()) {
            if (left.problem()) {
                failures.add(left.code(), left.message(), Optional.of(left.person()));
            }
        }
        for (EntryProblem problem : decision.picture().problems()) {
            failures.add(problem.code(), problem.message(), Optional.empty());
        }
    }

    void acted(Action action, String pass, RowOutcome row) {
        String key = action.key();
        if (row instanceof RowOutcome.Written || row instanceof RowOutcome.Unknown) {
            carriedOut.add(key);
        }
        inDoubt |= row instanceof RowOutcome.Unknown;
        if (row instanceof RowOutcome.Written) {
            written.merge(pass, 1, Integer::sum);
            done.add(key);
            createdLinks += action instanceof Action.Create ? 1 : 0;
        } else if (!(row instanceof RowOutcome.NotSent)) {
            Failure failure = RunScribe.failureOf(row);
            failed.add(key);
            if (action.right().isEmpty() && !(action instanceof Action.Refer)) {
                failedRows.add(action.person());
            }
            fails(action, failure);
        }
    }

    /** An action that was let through and yet waits, for its back-off or because the ledger lost something. */
    void waits(Action action, Failure why) {
        if (why.reason().equals("LedgerLost")) {
            ledgerLost = true;
        } else {
            fails(action, why);
        }
    }

    private void fails(Action action, Failure failure) {
        failures.add(
                failure.reason(),
                failure.message(),
                Optional.of(action.person()),
                action.right().flatMap(right -> action.subjects().stream().findFirst()));
    }

    /** Whether nobody knows what became of some row. */
    boolean isInDoubt() {
        return inDoubt;
    }

    /** Whether Salesforce did it, or may have done it. */
    boolean mayBeDone(Action action) {
        return carriedOut.contains(action.key());
    }

    void retryAt(Optional<Instant> next, Optional<Failure> stopped, Instant now) {
        retryAt = next;
        if (stopped.isPresent() && stopped.get() instanceof Failure.Transient again) {
            Duration wait =
                    again.atLeast().compareTo(Duration.ofSeconds(5)) < 0 ? Duration.ofSeconds(5) : again.atLeast();
            retryAt = Optional.of(now.plus(wait));
        }
    }

    RunReport report(Verdicts verdicts, Optional<Failure> stopped, Instant begin, Instant end) {
        Plan whole = decision.plan();
        Plan remaining = new Plan(
                whole.actions().stream()
                        .filter(action -> !done.contains(action.key()))
                        .toList(),
                decision.standings().leftAlone(),
                List.of(),
                List.of(),
                whole.pendingVerification(),
                whole.drifted());
        Map<String, Duration> phases = new LinkedHashMap<>(decision.phases());
        Duration before = phases.values().stream().reduce(Duration.ZERO, Duration::plus);
        phases.put("write", Duration.between(begin, end).minus(before));
        return new RunReport(
                generation,
                begin,
                end,
                decision.picture().completeness(),
                decision.picture().foreign(),
                people(remaining),
                decision.standings().census().linkedActive(),
                remaining,
                written,
                verdicts.waiting(decision.verdict()),
                failures.groups(),
                stopped,
                phases,
                ledgerLost,
                retryAt);
    }

    /** Whether it waits for a row that failed: of the person himself, or of the one referred to. */
    private boolean behindAFailure(Action action) {
        if (action instanceof Action.Refer refer
                && refer.target().filter(failedRows::contains).isPresent()) {
            return true;
        }
        boolean besideTheRow = action.right().isPresent() || action instanceof Action.Refer;
        return besideTheRow && failedRows.contains(action.person());
    }

    private People people(Plan remaining) {
        Standings standings = decision.standings();
        Census census = standings.census();
        Set<ObjectGuid> pending = new HashSet<>();
        Set<ObjectGuid> leaving = new HashSet<>();
        for (Action action : remaining.actions()) {
            if (!failed.contains(action.key()) && !behindAFailure(action)) {
                pending.add(action.person());
            }
            if (action instanceof Action.Deactivate || action instanceof Action.Freeze) {
                leaving.add(action.person());
            }
        }
        int ambiguous = (int) standings.problems().stream()
                .filter(problem -> problem.code() == Linking.Code.AmbiguousMatch)
                .count();
        return new People(
                census.meant(),
                census.linked() + createdLinks,
                pending.size(),
                failures.count(),
                ambiguous,
                standings.orphans().size(),
                remaining.pendingVerification(),
                leaving.size(),
                census.unmatched() - createdLinks);
    }
}
