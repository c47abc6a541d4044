package dev.salesforcesync.plan;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.Linking.Code;
import dev.salesforcesync.policy.Linking.LinkProblem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A whole plan as lines of text for somebody who asked for it, under a report of how people and users found each other.
 * It holds identities and values, so it belongs in no log, status or event.
 */
public final class PlanText {
    private final Deliberation run;
    private final Linking linking;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Deliberation run) {
        this.run = run;
        this.linking = run.input().linking();
    }

    /** Report and plan; no line holds a line break. */
    public static List<String> of(Deliberation run) {
        PlanText text = new PlanText(run);
        text.counts();
        text.problems();
        text.orphans();
        text.leftAlone();
        text.actions();
        return List.copyOf(text.lines);
    }

    /** How many people are meant and have no user, and no trouble with finding one. */
    public static int unmatched(Linking linking) {
        return linking.unmatched().size();
    }

    private void counts() {
        lines.add("# report");
        lines.add("linked: " + linking.links().size());
        Map<String, Integer> by = new TreeMap<>();
        linking.links()
                .forEach(link -> by.merge(linking.foundBy().getOrDefault(link.person(), "Ledger"), 1, Integer::sum));
        by.forEach((how, count) -> lines.add("linked by " + how + ": " + count));
        lines.add("unmatched: " + unmatched(linking));
        Map<Code, Integer> codes = new EnumMap<>(Code.class);
        linking.problems().forEach(problem -> codes.merge(problem.code(), 1, Integer::sum));
        for (Code code : Code.values()) {
            lines.add(code.name() + ": " + codes.getOrDefault(code, 0));
        }
        lines.add("orphans: " + linking.orphans().size());
    }

    private void problems() {
        lines.add("");
        lines.add("# people and users who are not linked, or not acted on");
        linking.unmatched().stream().sorted().forEach(person -> lines.add("Unmatched person=" + person));
        for (LinkProblem problem : linking.problems()) {
            String candidates = problem.candidates().isEmpty()
                    ? ""
                    : " candidates="
                            + problem.candidates().stream()
                                    .map(SalesforceId::value)
                                    .collect(Collectors.joining(","));
            lines.add(problem.code() + problem.person().map(PlanText::person).orElse("")
                    + problem.user().map(PlanText::user).orElse("") + candidates + " " + problem.message());
        }
    }

    private void orphans() {
        lines.add("");
        lines.add("# orphans: active users for whom nobody stands");
        Map<SalesforceId, SalesforceUser> users = run.input().users().stream()
                .collect(Collectors.toMap(SalesforceUser::id, Function.identity(), (one, other) -> one));
        for (SalesforceId id : linking.orphans()) {
            lines.add("Orphan" + user(id)
                    + Optional.ofNullable(users.get(id))
                            .map(user -> " username=" + Wording.quoted(user.username()))
                            .orElse(""));
        }
    }

    private void leftAlone() {
        lines.add("");
        lines.add("# left alone");
        run.plan().leftAlone().stream()
                .map(left -> left.code() + person(left.person())
                        + left.user().map(PlanText::user).orElse("")
                        + left.field().map(field -> " field=" + field).orElse("") + " " + left.message())
                .sorted()
                .forEach(lines::add);
    }

    private void actions() {
        lines.add("");
        lines.add("# plan " + run.plan().hash() + ": " + run.plan().actions().size() + " actions");
        if (run.mode() == Guard.Mode.PREVIEW) {
            new TreeMap<>(run.verdict().waiting())
                    .forEach((kind, people) ->
                            lines.add("the guard would hold in Enforce: " + kind + " of " + people + " people"));
        }
        Deliberation.Fates fates = run.fates();
        for (Action action : run.plan().actions()) {
            fates.of(action).forEach(one -> lines.add(line(one.getKey(), one.getValue())));
        }
    }

    private static String line(Action action, Deliberation.Fate fate) {
        String what = action.right()
                .map(right ->
                        " " + right.kind().name().toLowerCase(Locale.ROOT) + "=" + String.join(",", action.subjects()))
                .orElseGet(() -> action.changes().entrySet().stream()
                        .map(change -> " " + Wording.change(change.getKey(), change.getValue()))
                        .collect(Collectors.joining(";")));
        return action.getClass().getSimpleName() + person(action.person())
                + action.existingUser().map(PlanText::user).orElse("") + " reason=" + Wording.quoted(action.reason())
                + " state=" + fate.word() + what;
    }

    private static String person(ObjectGuid person) {
        return " person=" + person;
    }

    private static String user(SalesforceId user) {
        return " user=" + user;
    }
}
