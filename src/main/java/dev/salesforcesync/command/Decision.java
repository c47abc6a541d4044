package dev.salesforcesync.command;

import dev.salesforcesync.api.v1alpha1.Mode;
import dev.salesforcesync.command.Arguments.Verb;
import dev.salesforcesync.command.Preview.Outcome;
import dev.salesforcesync.converge.RunReport;
import dev.salesforcesync.converge.RunReport.FailureGroup;
import dev.salesforcesync.model.Completeness;
import dev.salesforcesync.model.HeldBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was decided for one policy, as people and programs read it. */
final class Decision {
    private final Offer offer;
    private final RunReport report;
    private final List<String> told;

    Decision(Offer offer, Outcome.Decided decided) {
        this.offer = offer;
        this.report = decided.report();
        this.told = decided.answer().lines();
    }

    /** The annotation's answer, of a plan under a summary. */
    List<String> lines(Verb verb) {
        List<String> lines = new ArrayList<>();
        if (verb == Verb.PLAN) {
            lines.addAll(summary());
            lines.add("");
        }
        lines.addAll(told);
        return lines;
    }

    private List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add("# summary of SyncPolicy " + offer.name());
        lines.add("hash: " + report.plan().hash());
        lines.add("spec.mode: " + mode(offer.mode()) + "; this is a preview, nothing was written");
        lines.add("directory: " + directory());
        lines.add("people: " + counts(people()));
        lines.add("actions: " + counts(actions()));
        if (report.held().isEmpty()) {
            lines.add("held: nothing");
        }
        report.held()
                .forEach(batch -> lines.add("held: " + batch.hash() + " since " + batch.since() + ": "
                        + counts(new TreeMap<>(batch.counts()))));
        report.failures()
                .forEach(group -> lines.add("failing: " + group.code() + " " + group.count() + ": " + group.message()));
        return lines;
    }

    /** The same for programs. */
    Map<String, Object> forPrograms(Verb verb) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("policy", offer.name().toString());
        if (verb == Verb.PLAN) {
            answer.put("hash", report.plan().hash());
            answer.put("mode", mode(offer.mode()));
            answer.put("directoryComplete", report.completeness().isProven());
            answer.put("people", people());
            answer.put("actions", actions());
            answer.put("held", report.held().stream().map(Decision::held).toList());
            answer.put(
                    "failing",
                    report.failures().stream()
                            .collect(Collectors.toMap(
                                    FailureGroup::code, FailureGroup::count, Integer::sum, TreeMap::new)));
        }
        answer.put("lines", told);
        return answer;
    }

    private static Map<String, Object> held(HeldBatch batch) {
        return Map.of(
                "hash", batch.hash(),
                "since", batch.since().toString(),
                "counts", new TreeMap<>(batch.counts()));
    }

    private String directory() {
        return report.completeness() instanceof Completeness.Unproven unproven
                ? "not proven complete, so nobody's absence counts: " + unproven.reason() + ". " + unproven.message()
                : "read completely";
    }

    private Map<String, Integer> people() {
        RunReport.People people = report.people();
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("inScope", people.inScope());
        counts.put("linked", people.linked());
        counts.put("pending", people.pending());
        counts.put("failing", people.failing());
        counts.put("ambiguous", people.ambiguous());
        counts.put("unmatched", people.unmatched());
        counts.put("orphaned", people.orphaned());
        counts.put("leaving", people.left());
        return counts;
    }

    private Map<String, Integer> actions() {
        Map<String, Integer> counts = new TreeMap<>();
        report.plan().actions().forEach(action -> counts.merge(action.getClass().getSimpleName(), 1, Integer::sum));
        return counts;
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String mode(Mode mode) {
        String name = mode.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
