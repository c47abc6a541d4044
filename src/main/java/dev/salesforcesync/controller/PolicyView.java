package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.Mode;
import dev.salesforcesync.api.v1alpha1.SyncPolicySpec;
import dev.salesforcesync.converge.PolicySnapshot;
import dev.salesforcesync.converge.RunReport;
import dev.salesforcesync.directory.RightsFinding;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Completeness;
import dev.salesforcesync.model.HeldBatch;
import dev.salesforcesync.status.Readiness;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One policy at this moment: what its spec asks for and what its engine says, summed up. */
record PolicyView(SyncPolicySpec spec, long generation, Result<PolicySnapshot> seen) {
    private static final int MOST_PROBLEMS = 5;

    private Optional<PolicySnapshot> snapshot() {
        return seen instanceof Result.Ok<PolicySnapshot> ok ? Optional.of(ok.value()) : Optional.empty();
    }

    /** Why the resource could not even be turned into an order. */
    Optional<Failure> translationFailure() {
        return seen instanceof Result.Failed<PolicySnapshot> failed ? Optional.of(failed.failure()) : Optional.empty();
    }

    Optional<Failure> failure() {
        return translationFailure().or(() -> snapshot().flatMap(PolicySnapshot::failure));
    }

    Optional<RunReport> report() {
        return snapshot().flatMap(PolicySnapshot::report);
    }

    /** What the engine is busy with; empty while it waits. */
    Optional<PolicySnapshot.Progress> progress() {
        return snapshot().flatMap(PolicySnapshot::progress);
    }

    /** What the bind account may not do; empty while nobody could be asked. */
    Optional<List<RightsFinding>> rights() {
        return snapshot().flatMap(PolicySnapshot::rights);
    }

    PolicySnapshot.Acceptance acceptance() {
        return snapshot()
                .filter(s -> s.generation() >= generation)
                .map(PolicySnapshot::acceptance)
                .orElse(new PolicySnapshot.Acceptance.Pending());
    }

    /** Both sides agree, or in Preview the plan that would make them agree is published. */
    boolean converged() {
        return failure().isEmpty() && readiness() instanceof Readiness.Ready;
    }

    Readiness readiness() {
        Optional<Failure> failure = translationFailure();
        if (failure.isPresent()) {
            return Readiness.of(failure.get());
        }
        PolicySnapshot now = snapshot().orElseThrow();
        if (now.suspended()) {
            return new Readiness.Suspended("spec.suspend is true: nothing is read and nothing is written.");
        }
        if (acceptance() instanceof PolicySnapshot.Acceptance.Refused refused) {
            return new Readiness.Stalled("RulesRefused", problems(refused));
        }
        if (now.failure().isPresent() && now.generation() >= generation) {
            return Readiness.of(now.failure().get());
        }
        return now.report()
                .filter(report -> report.generation() == generation)
                .map(this::readiness)
                .orElseGet(() -> working(now));
    }

    private static Readiness working(PolicySnapshot now) {
        String what = now.progress()
                .map(progress -> switch (progress.phase()) {
                    case READING -> "Reading directory and org.";
                    case PLANNING -> "Comparing directory and org.";
                    case WRITING -> "Writing to Salesforce: " + LongWork.rows(progress) + " rows.";
                })
                .orElse("About to begin.");
        return new Readiness.Reconciling("Progressing", what);
    }

    private Readiness readiness(RunReport report) {
        if (report.ledgerLost()) {
            return new Readiness.Stalled(
                    "LedgerLost",
                    "Parts of the operator's memory of this org are missing; see the conditions of the"
                            + " SalesforceConnection '" + spec.connectionRef().name() + "'.");
        }
        if (report.completeness() instanceof Completeness.Unproven unproven) {
            return new Readiness.Stalled(unproven.reason(), unproven.message());
        }
        if (report.stoppedBy()
                .filter(why -> why.reason().equals("WritesStopped"))
                .isPresent()) {
            return new Readiness.Stalled(
                    "WritesStopped", "Writing is switched off for the whole installation; the plan waits.");
        }
        if (!report.held().isEmpty()) {
            return new Readiness.Stalled("PlanHeld", heldMessage(report));
        }
        if (report.people().failing() * 100L
                > (long) spec.safety().maxFailing().percent()
                        * Math.max(1, report.people().inScope())) {
            return new Readiness.Reconciling("UsersFailing", failingMessage(report));
        }
        if (report.stoppedBy().isPresent()) {
            return new Readiness.Reconciling(
                    "ProgressingWithRetry",
                    "Writing was interrupted (" + report.stoppedBy().get().reason() + "); it goes on.");
        }
        return spec.mode() == Mode.PREVIEW
                ? new Readiness.Ready("Previewed", "The plan is published in status.plan; mode Preview writes nothing.")
                : new Readiness.Ready("Succeeded", "Directory and org agree.");
    }

    static String problems(PolicySnapshot.Acceptance.Refused refused) {
        String told = refused.problems().stream()
                .limit(MOST_PROBLEMS)
                .map(Object::toString)
                .collect(Collectors.joining("; "));
        int more = refused.problems().size() - MOST_PROBLEMS;
        return told
                + (more > 0 ? "; and " + more + " more" : "")
                + (refused.earlierInForce() ? ". The last accepted rules stay in force." : "");
    }

    static String heldMessage(RunReport report) {
        return "Over the limits of spec.safety, so it waits: "
                + report.held().stream()
                        .map(HeldBatch::hash)
                        .sorted()
                        .limit(MOST_PROBLEMS)
                        .collect(Collectors.joining(", "))
                + ". Look at status.held and status.plan, then add the hash to spec.safety.approve.";
    }

    static String failingMessage(RunReport report) {
        return report.failures().stream()
                .limit(MOST_PROBLEMS)
                .map(group -> group.code() + " (" + group.count() + "): " + group.message())
                .collect(Collectors.joining(" "));
    }
}
