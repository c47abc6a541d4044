package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.plan.Deliberation;
import dev.salesforcesync.plan.Explainer;
import dev.salesforcesync.plan.PlanText;
import dev.salesforcesync.plan.Whom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The open questions about one policy. They are asked by one thread and answered by another: by a run that reads and
 * decides as ever and ends before its first write.
 */
final class Inquiry {
    private Set<Question> open = Set.of();
    private Map<Question, Answer> answers = Map.of();

    /** Takes what is open now and forgets the answers to everything else; tells whether something is new. */
    synchronized boolean ask(Set<Question> questions) {
        boolean news = !open.containsAll(questions);
        open = Set.copyOf(questions);
        Map<Question, Answer> kept = new HashMap<>(answers);
        kept.keySet().retainAll(open);
        answers = Map.copyOf(kept);
        return news;
    }

    synchronized List<Answer> answers() {
        return List.copyOf(answers.values());
    }

    private synchronized Set<Question> unanswered() {
        return open.stream().filter(question -> !answers.containsKey(question)).collect(Collectors.toSet());
    }

    private synchronized void answer(Answer answer) {
        if (open.contains(answer.question())) {
            Map<Question, Answer> more = new HashMap<>(answers);
            more.put(answer.question(), answer);
            answers = Map.copyOf(more);
        }
    }

    /** Answers what is open by one deliberation, if anything is; tells whether it did. */
    boolean answerBy(Supplier<Result<Deliberation>> deliberation) {
        Set<Question> questions = unanswered();
        if (questions.isEmpty()) {
            return false;
        }
        Result<Deliberation> result = deliberation.get();
        for (Question question : questions) {
            if (result instanceof Result.Failed<Deliberation> failed) {
                answer(refusal(question, failed.failure()));
            } else if (result instanceof Result.Ok<Deliberation> ok) {
                answer(new Answer(question, lines(question, ok.value())));
            }
        }
        return true;
    }

    /** Answers what is open with the reason why it can't be answered; tells whether anything was. */
    boolean refuse(Failure why) {
        Set<Question> questions = unanswered();
        questions.forEach(question -> answer(refusal(question, why)));
        return !questions.isEmpty();
    }

    static Answer refusal(Question question, Failure why) {
        return new Answer(
                question,
                List.of("There is no answer now: " + why.reason() + ". " + why.message()
                        + " Ask again when that has passed."),
                Optional.of(why.reason()));
    }

    private static List<String> lines(Question question, Deliberation run) {
        List<String> lines = new ArrayList<>();
        lines.add("policy: " + run.policy().rules().policy() + ", directory read at "
                + run.picture().readAt());
        if (question.kind() == Question.Kind.PLAN) {
            lines.addAll(PlanText.of(run));
            return lines;
        }
        lines.add("asked for: " + question.asked().strip().replaceAll("\\p{Cntrl}", "?"));
        List<ObjectGuid> people = Whom.find(run, question.asked());
        if (people.isEmpty()) {
            lines.add("Nobody of that name is in this policy's searches, and no user of that name stands for anybody."
                    + " Ask by objectGUID for somebody who has left.");
        } else if (people.size() > 1) {
            lines.add(people.size() + " people have that name. Ask again by objectGUID for one of:");
            people.forEach(person -> lines.add(person.toString()));
        } else {
            Explainer.explain(run, people.get(0)).text().lines().forEach(lines::add);
        }
        return lines;
    }
}
