package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.plan.Deliberation;
import dev.salesforcesync.plan.Explainer;
import dev.salesforcesync.plan.PlanText;
import dev.salesforcesync.plan.Whom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The open questions about one policy. They are asked by one thread and answered by another: by a run that reads and
 * decides as ever and ends before its first write.
 */
final class Inquiry {
    /** A connection that is being tested, or a directory that hangs up, is no answer: most such troubles pass. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Function<ObjectGuid, List<String>> more;
    private Map<Question, Instant> open = Map.of();
    private Map<Question, Answer> answers = Map.of();

    /** @param more lines about one person that a run does not know of */
    Inquiry(Function<ObjectGuid, List<String>> more) {
        this.more = more;
    }

    /** Takes what is open now and forgets the answers to everything else; tells whether something is new. */
    synchronized boolean ask(Set<Question> questions, Instant now) {
        boolean news = !open.keySet().containsAll(questions);
        Map<Question, Instant> asked = new HashMap<>();
        questions.forEach(question -> asked.put(question, open.getOrDefault(question, now)));
        open = Map.copyOf(asked);
        Map<Question, Answer> kept = new HashMap<>(answers);
        kept.keySet().retainAll(questions);
        answers = Map.copyOf(kept);
        return news;
    }

    synchronized List<Answer> answers() {
        return List.copyOf(answers.values());
    }

    private synchronized Set<Question> unanswered() {
        return open.keySet().stream()
                .filter(question -> !answers.containsKey(question))
                .collect(Collectors.toSet());
    }

    private synchronized void answer(Answer answer) {
        if (open.containsKey(answer.question())) {
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
                answer(told(question, ok.value()));
            }
        }
        return true;
    }

    /** Answers what was asked up to then with the reason why it can't be answered; tells whether anything was. */
    boolean refuse(Failure why, Instant upTo) {
        Set<Question> questions = unanswered().stream()
                .filter(question -> !asked(question).isAfter(upTo))
                .collect(Collectors.toSet());
        questions.forEach(question -> answer(refusal(question, why)));
        return !questions.isEmpty();
    }

    private synchronized Instant asked(Question question) {
        return open.getOrDefault(question, Instant.EPOCH);
    }

    boolean isOpen() {
        return !unanswered().isEmpty();
    }

    static Answer refusal(Question question, Failure why) {
        return new Answer(
                question,
                List.of("There is no answer now: " + why.reason() + ". " + why.message()
                        + " Ask again when that has passed."),
                new Answer.Ending.Refused(why.reason()));
    }

    private Answer told(Question question, Deliberation run) {
        List<String> lines = new ArrayList<>();
        lines.add("policy: " + run.policy().rules().policy() + ", directory read at "
                + run.picture().readAt());
        if (question.kind() == Question.Kind.PLAN) {
            lines.addAll(PlanText.of(run));
            return new Answer(question, lines, new Answer.Ending.Told());
        }
        lines.add("asked for: " + question.asked().strip().replaceAll("\\p{Cntrl}", "?"));
        List<ObjectGuid> people = Whom.find(run, question.asked());
        if (people.size() == 1) {
            Explainer.explain(run, people.get(0)).text().lines().forEach(lines::add);
            lines.addAll(more.apply(people.get(0)));
            return new Answer(question, lines, new Answer.Ending.Told());
        }
        if (people.isEmpty()) {
            lines.add("Nobody of that name is in this policy's searches, and no user of that name stands for anybody."
                    + " Ask by objectGUID for somebody who has left.");
        } else {
            lines.add(people.size() + " people have that name. Ask again by objectGUID for one of:");
            people.forEach(person -> lines.add(person.toString()));
        }
        return new Answer(question, lines, new Answer.Ending.NotOnePerson());
    }
}
