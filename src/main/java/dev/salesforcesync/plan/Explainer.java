package dev.salesforcesync.plan;

import dev.salesforcesync.model.Completeness;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Explanation.Stage;
import dev.salesforcesync.plan.Explanation.Step;
import dev.salesforcesync.plan.Plan.LeftAlone;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.DesiredRights.Right;
import dev.salesforcesync.policy.DesiredUser;
import dev.salesforcesync.policy.DesiredUser.Grant;
import dev.salesforcesync.policy.Linking.LinkProblem;
import dev.salesforcesync.policy.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells one person's decision from what a run decided; it decides nothing itself. */
public final class Explainer {
    private final Deliberation run;
    private final ObjectGuid person;
    private final Optional<PersonLink> link;
    private final Optional<SalesforceUser> user;
    private final List<Step> steps = new ArrayList<>();

    private Explainer(Deliberation run, ObjectGuid person) {
        this.run = run;
        this.person = person;
        this.link = run.input().linking().links().stream()
                .filter(one -> one.person().equals(person))
                .findFirst();
        this.user = link.flatMap(one -> run.input().users().stream()
                .filter(candidate -> candidate.id().equals(one.user()))
                .findFirst());
    }

    /** Why the run decided as it did for this person, who need not be one that it knows. */
    public static Explanation explain(Deliberation run, ObjectGuid person) {
        return new Explainer(run, person).explain();
    }

    private Explanation explain() {
        directory();
        scope();
        linking();
        sighting();
        if (run.input().desires().get(person) instanceof Desire.Wanted wanted) {
            entitlements(wanted.user());
            fields(wanted.user());
        }
        holds();
        boolean acts = plan();
        boolean left = leftAlone();
        if (!acts && !left) {
            nothing();
        }
        return new Explanation(person, steps);
    }

    private void directory() {
        Person seen = run.picture().people().get(person);
        if (seen == null) {
            step(Stage.DIRECTORY, "NotSeen", "none of the searches found " + person + "; " + completeness());
            return;
        }
        List<String> groups = run.picture().memberships().entrySet().stream()
                .filter(group -> group.getValue().contains(person))
                .map(group -> "member of " + group.getKey())
                .sorted()
                .toList();
        step(
                Stage.DIRECTORY,
                "Seen",
                person + ", " + Wording.quoted(seen.dn()) + ", account "
                        + (seen.account().enabled() ? "enabled" : "disabled")
                        + seen.account().expiresAt().map(end -> ", ends " + end).orElse("") + "; " + completeness(),
                groups.isEmpty() ? List.of("member of none of the groups that the policy names") : groups);
    }

    private String completeness() {
        return run.picture().completeness() instanceof Completeness.Unproven unproven
                ? "the read was not complete: " + unproven.reason()
                : "the read was complete";
    }

    private void scope() {
        Desire desire = run.input().desires().get(person);
        if (desire instanceof Desire.Wanted) {
            step(Stage.SCOPE, "InScope", "the policy means this person");
        } else if (desire instanceof Desire.OutOfScope out) {
            step(Stage.SCOPE, "OutOfScope", "the policy does not mean this person: " + out.reason());
        } else if (desire instanceof Desire.Problem problem) {
            step(
                    Stage.SCOPE,
                    problem.code(),
                    "the rules have no answer for this person, " + problem.field() + ": " + problem.message());
        } else {
            step(Stage.SCOPE, "NotJudged", "the rules judge only those whom the searches find");
        }
    }

    private void linking() {
        link.ifPresent(found -> step(
                Stage.LINK,
                "Linked",
                "stands for Salesforce user " + found.user()
                        + user.map(one -> ", " + Wording.quoted(one.username()) + ", "
                                        + (one.active() ? "active" : "inactive")
                                        + (run.input().frozen().contains(one.id()) ? ", frozen" : ""))
                                .orElse("")
                        + Optional.ofNullable(run.input().linking().foundBy().get(person))
                                .map(by -> "; found by " + by)
                                .orElse("")));
        List<LinkProblem> problems = problems().toList();
        for (LinkProblem problem : problems) {
            step(
                    Stage.LINK,
                    problem.code().name(),
                    problem.message() + problem.user().map(id -> "; user " + id).orElse(""),
                    candidates(problem));
        }
        if (run.input().linking().unmatched().contains(person)) {
            step(Stage.LINK, "Unmatched", "no Salesforce user stands for this person");
        } else if (link.isEmpty() && problems.isEmpty()) {
            step(Stage.LINK, "NotLinked", "no user is looked for");
        }
    }

    private Stream<LinkProblem> problems() {
        return run.input().linking().problems().stream()
                .filter(problem -> problem.person().equals(Optional.of(person)));
    }

    /** Both sides of an ambiguity: the users that one person matches, or the people who match one user. */
    private List<String> candidates(LinkProblem problem) {
        List<String> lines = new ArrayList<>();
        problem.candidates().forEach(id -> lines.add("candidate: user " + id));
        problem.user()
                .ifPresent(id -> run.input().linking().problems().stream()
                        .filter(other -> other.code() == problem.code()
                                && other.user().equals(problem.user())
                                && !other.person().equals(problem.person()))
                        .flatMap(other -> other.person().stream())
                        .forEach(other -> lines.add("the same user matches: person " + other)));
        return lines;
    }

    private void sighting() {
        Sighting sighting = run.input().sightings().get(person);
        if (sighting == null) {
            return;
        }
        String means = sighting instanceof Sighting.Present
                ? "there and meant"
                : leaving(new Leaving(run.policy().rules().lifecycle()).step(sighting));
        step(Stage.SIGHTING, word(sighting), means);
    }

    private static String word(Sighting sighting) {
        return sighting.getClass().getSimpleName();
    }

    private static String leaving(Leaving.Step step) {
        if (!step.certain()) {
            return step.reason() + ", so nothing is taken";
        }
        return "counts as " + step.reason() + "; the policy's answer to that is "
                + switch (step.leave()) {
                    case NONE -> "None";
                    case FREEZE -> "Freeze";
                    case DEACTIVATE -> "Deactivate";
                    case FREEZE_THEN_DEACTIVATE -> "FreezeThenDeactivate";
                };
    }

    private void entitlements(DesiredUser wanted) {
        grant("Profile", wanted.profile());
        grant("Role", wanted.role());
        for (Right right : wanted.rights().given()) {
            step(Stage.ENTITLEMENTS, "Given", named(right) + " by " + String.join("; ", right.groups()));
        }
        for (Right right : wanted.rights().denied()) {
            step(
                    Stage.ENTITLEMENTS,
                    "Denied",
                    named(right) + " by " + String.join("; ", right.groups()) + ", whoever gives it");
        }
        if (!wanted.rights().proven()) {
            step(Stage.ENTITLEMENTS, "ReadIncomplete", "the read was not complete, so no right is taken");
        }
    }

    private void grant(String what, Optional<Grant> grant) {
        grant.ifPresent(one -> step(
                Stage.ENTITLEMENTS,
                what,
                Wording.quoted(one.name()) + " by " + one.group() + (one.privileged() ? ", privileged" : "")));
    }

    private static String named(Right right) {
        return right.entitlement().kind() + " "
                + Wording.quoted(right.entitlement().name());
    }

    private void fields(DesiredUser wanted) {
        List<String> lines = wanted.fields().stream()
                .map(field -> Wording.field(field, user.flatMap(one -> one.field(field.name()))))
                .toList();
        step(Stage.FIELDS, "Wanted", "the policy answers for " + lines.size() + " fields", lines);
    }

    private void holds() {
        for (Hold hold : run.input().holds()) {
            if (link.filter(one -> one.user().equals(hold.user())).isPresent()) {
                step(
                        Stage.HOLDS,
                        hold.reason(),
                        hold.policy() + " has taken since " + hold.since() + ": "
                                + Stream.of(hold.froze() ? "sign-in" : "", hold.deactivated() ? "the seat" : "")
                                        .filter(taken -> !taken.isEmpty())
                                        .collect(Collectors.joining(" and ")));
            }
        }
    }

    private boolean plan() {
        Deliberation.Fates fates = run.fates();
        boolean any = false;
        for (Action action : run.plan().actions()) {
            if (action.person().equals(person)) {
                any = true;
                fates.of(action).forEach(one -> action(one.getKey(), one.getValue()));
            }
        }
        return any;
    }

    private void action(Action part, Deliberation.Fate fate) {
        String subject = part.right().isPresent() ? " " + String.join(", ", part.subjects()) : "";
        step(Stage.PLAN, part.getClass().getSimpleName(), part.reason() + subject, changes(part.changes()));
        step(Stage.OUTCOME, fate.word(), fate.sentence());
    }

    private static List<String> changes(Map<String, Change> changes) {
        return changes.entrySet().stream()
                .map(change -> Wording.change(change.getKey(), change.getValue()))
                .toList();
    }

    private boolean leftAlone() {
        List<LeftAlone> left = run.plan().leftAlone().stream()
                .filter(one -> one.person().equals(person))
                .toList();
        left.forEach(one -> step(
                Stage.LEFT_ALONE,
                one.code(),
                one.field().map(field -> field + ": ").orElse("") + one.message()));
        return !left.isEmpty();
    }

    /** What the stages before have said already, in one word. */
    private void nothing() {
        if (link.isPresent()) {
            Sighting sighting = run.input().sightings().get(person);
            if (sighting instanceof Sighting.Present) {
                outcome("AsWanted", "nothing differs in what the policy answers for");
            } else if (user.filter(SalesforceUser::active).isEmpty()) {
                outcome("NothingToTake", "the user is inactive already");
            } else {
                outcome("NothingToTake", "the policy's answer to this leaves the user as he is");
            }
        } else if (run.input().linking().unmatched().contains(person)) {
            outcome(
                    "NotCreated",
                    run.policy().rules().lifecycle().create()
                            ? "nobody is created who is not there and enabled"
                            : "spec.lifecycle.create is false");
        } else if (problems().findAny().isPresent()) {
            outcome("NotLinked", "nothing is done until the link is certain");
        } else {
            outcome("NotMeant", "the policy does nothing for this person");
        }
    }

    private void outcome(String word, String sentence) {
        step(Stage.OUTCOME, word, sentence);
    }

    private void step(Stage stage, String word, String sentence) {
        step(stage, word, sentence, List.of());
    }

    private void step(Stage stage, String word, String sentence, List<String> details) {
        steps.add(new Step(stage, word, sentence, details));
    }
}
