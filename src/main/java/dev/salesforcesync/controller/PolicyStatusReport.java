package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.Mode;
import dev.salesforcesync.api.v1alpha1.SyncPolicySpec;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.converge.PolicySnapshot;
import dev.salesforcesync.converge.RunReport;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Completeness;
import dev.salesforcesync.model.HeldBatch;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Kind;
import dev.salesforcesync.plan.Plan;
import dev.salesforcesync.status.ConditionSet;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says in a SyncPolicy's status what its engine saw and did. */
final class PolicyStatusReport {
    private static final int MOST_HELD = 20;
    private static final int MOST_FAILURES = 10;

    private PolicyStatusReport() {}

    static SyncPolicyStatus describe(
            SyncPolicyStatus before, SyncPolicySpec spec, long generation, Result<PolicySnapshot> seen, Instant now) {
        PolicyView view = new PolicyView(spec, generation, seen);
        Optional<RunReport> report = view.report();
        return new SyncPolicyStatus(
                generation,
                conditions(before, generation, view, now),
                report.map(r -> held(r.held())).orElse(before.held()),
                report.map(PolicyStatusReport::users).orElse(before.users()),
                report.map(PolicyStatusReport::plan).orElse(before.plan()),
                view.progress()
                        .filter(progress -> LongWork.isLong(progress, now))
                        .map(PolicyStatusReport::progress)
                        .orElse(null),
                report.map(r -> failures(r.failures())).orElse(before.failures()),
                report.filter(r -> r.completeness().isProven())
                        .map(r -> Times.rfc3339(r.startedAt()))
                        .orElse(before.lastFullRead()),
                report.filter(r -> r.rowsWritten() > 0)
                        .map(r -> Times.rfc3339(r.finishedAt()))
                        .orElse(before.lastChange()),
                report.filter(r -> view.converged())
                        .map(r -> Times.rfc3339(r.finishedAt()))
                        .orElse(before.lastSuccess()),
                before.answers(),
                before.passwords());
    }

    private static List<Condition> conditions(SyncPolicyStatus before, long generation, PolicyView view, Instant now) {
        ConditionSet set = new ConditionSet(before.conditions(), generation, now);
        set.summary(view.readiness());
        accepted(set, view);
        RightsReport.describe(set, view.rights());
        if (view.report().isEmpty()) {
            Optional<Failure> failure = view.failure();
            String reason = failure.map(Failure::reason).orElse("Progressing");
            set.unknown("DirectoryComplete", reason, "The directory has not been read yet.");
            set.unknown("UsersConverged", reason, "Nothing has been compared yet.");
            set.set("PlanHeld", false, "NothingHeld", "No plan waits for approval.");
            return set.build();
        }
        RunReport report = view.report().get();
        if (report.completeness() instanceof Completeness.Unproven unproven) {
            set.set("DirectoryComplete", false, unproven.reason(), unproven.message());
        } else {
            set.set(
                    "DirectoryComplete",
                    true,
                    "Succeeded",
                    "The last read saw everything it asked for." + foreign(report));
        }
        converged(set, view, report);
        if (report.held().isEmpty()) {
            set.set("PlanHeld", false, "NothingHeld", "No plan waits for approval.");
        } else {
            set.set("PlanHeld", true, "OverLimit", PolicyView.heldMessage(report));
        }
        return set.build();
    }

    private static String foreign(RunReport report) {
        return report.foreign().isEmpty()
                ? ""
                : " " + report.foreign().size() + " members of its groups belong to another domain (first: "
                        + report.foreign().get(0).origin() + "); they need a policy that reads that domain.";
    }

    private static void accepted(ConditionSet set, PolicyView view) {
        PolicySnapshot.Acceptance acceptance = view.acceptance();
        if (acceptance instanceof PolicySnapshot.Acceptance.Accepted) {
            set.set("Accepted", true, "Succeeded", "The rules hold together and fit the org.");
        } else if (acceptance instanceof PolicySnapshot.Acceptance.Refused refused) {
            set.set("Accepted", false, "RulesRefused", PolicyView.problems(refused));
        } else if (view.translationFailure().isPresent()) {
            Failure failure = view.translationFailure().get();
            set.set("Accepted", false, failure.reason(), failure.message());
        } else {
            set.unknown("Accepted", "Progressing", "The rules are checked as soon as the connection is ready.");
        }
    }

    private static void converged(ConditionSet set, PolicyView view, RunReport report) {
        if (view.spec().mode() == Mode.PREVIEW) {
            set.set(
                    "UsersConverged",
                    report.plan().isEmpty(),
                    report.plan().isEmpty() ? "Succeeded" : "Preview",
                    report.plan().isEmpty()
                            ? "Directory and org agree."
                            : "The plan is published; mode Preview writes nothing.");
        } else if (report.people().failing() > 0) {
            set.set("UsersConverged", false, "UsersFailing", PolicyView.failingMessage(report));
        } else if (report.plan().isEmpty()) {
            set.set("UsersConverged", true, "Succeeded", "Directory and org agree.");
        } else {
            set.set(
                    "UsersConverged",
                    false,
                    "PlanPending",
                    "Some planned changes wait; see status.held and status.plan.");
        }
    }

    private static List<SyncPolicyStatus.HeldPlan> held(List<HeldBatch> batches) {
        return batches.stream()
                .sorted(Comparator.comparing(HeldBatch::since).thenComparing(HeldBatch::hash))
                .limit(MOST_HELD)
                .map(batch -> {
                    Map<String, Integer> counts = new TreeMap<>();
                    batch.counts().forEach((kind, count) -> counts.put(words(kind), count));
                    return new SyncPolicyStatus.HeldPlan(batch.hash(), Times.rfc3339(batch.since()), counts);
                })
                .toList();
    }

    /** CHANGE_USERNAME_OR_EMAIL becomes changeUsernameOrEmail, as in {@code spec.safety.limits}. */
    private static String words(String kind) {
        StringBuilder word = new StringBuilder();
        for (String part : kind.split("_", -1)) {
            word.append(word.isEmpty() ? "" : part.substring(0, 1))
                    .append((word.isEmpty() ? part : part.substring(1)).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }

    private static SyncPolicyStatus.@Nullable Users users(RunReport report) {
        RunReport.People people = report.people();
        return new SyncPolicyStatus.Users(
                people.inScope(),
                people.linked(),
                people.pending(),
                people.failing(),
                people.ambiguous(),
                people.orphaned(),
                people.unmatched());
    }

    private static SyncPolicyStatus.@Nullable Plan plan(RunReport report) {
        Plan plan = report.plan();
        Map<Kind, Integer> kinds = plan.counts();
        return new SyncPolicyStatus.Plan(
                plan.hash(),
                count(plan, Action.Create.class),
                count(plan, Action.Update.class) + count(plan, Action.Refer.class),
                count(plan, Action.Deactivate.class),
                count(plan, Action.Freeze.class),
                count(plan, Action.Reactivate.class),
                kinds.getOrDefault(Kind.GRANT_ENTITLEMENT, 0),
                kinds.getOrDefault(Kind.REMOVE_ENTITLEMENT, 0),
                plan.sample().stream()
                        .map(sample ->
                                sample.action() + " " + sample.person() + " " + String.join(",", sample.fields()))
                        .map(line -> line.length() > 256 ? line.substring(0, 255) + "…" : line)
                        .toList());
    }

    private static SyncPolicyStatus.@Nullable Progress progress(PolicySnapshot.Progress progress) {
        boolean writing = progress.phase() == PolicySnapshot.Phase.WRITING;
        return new SyncPolicyStatus.Progress(
                LongWork.phase(progress),
                LongWork.summary(progress),
                writing ? progress.done() : null,
                writing ? progress.total() : null,
                Times.rfc3339(progress.since()),
                progress.expectedEnd().map(Times::rfc3339).orElse(null));
    }

    private static int count(Plan plan, Class<? extends Action> kind) {
        return (int) plan.actions().stream().filter(kind::isInstance).count();
    }

    private static List<SyncPolicyStatus.FailureCount> failures(List<RunReport.FailureGroup> groups) {
        return groups.stream()
                .limit(MOST_FAILURES)
                .map(group -> new SyncPolicyStatus.FailureCount(
                        group.code(),
                        group.count(),
                        group.sample().stream().map(Object::toString).toList()))
                .toList();
    }
}
