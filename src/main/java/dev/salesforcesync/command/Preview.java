package dev.salesforcesync.command;

import dev.salesforcesync.converge.Answer;
import dev.salesforcesync.converge.ConnectionSnapshot;
import dev.salesforcesync.converge.Edges;
import dev.salesforcesync.converge.Engines;
import dev.salesforcesync.converge.PolicySnapshot;
import dev.salesforcesync.converge.PolicySnapshot.Acceptance;
import dev.salesforcesync.converge.Question;
import dev.salesforcesync.converge.ResourceName;
import dev.salesforcesync.converge.RunReport;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Has the operator's engines decide and stop short of the first write: their orders, their org and their ledger only read. */
final class Preview implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Clock clock;
    private final Instant deadline;
    private final Telemetry telemetry = new Telemetry("command");
    private final Engines engines;
    private final BlockingQueue<ResourceName> news = new LinkedBlockingQueue<>();

    Preview(Edges edges, Clock clock, Duration timeout) {
        this.clock = clock;
        this.deadline = clock.instant().plus(timeout);
        this.engines = new Engines(edges, () -> Optional.of("This process only reads."), telemetry, clock);
        engines.listen(news::add, news::add);
    }

    /** What came of a policy. */
    sealed interface Outcome {
        /** Both sides were compared, and the question answered. */
        record Decided(RunReport report, Answer answer) implements Outcome {}

        /** They were not, and why; one line for each reason. */
        record Undecided(List<String> why) implements Outcome {
            public Undecided {
                why = List.copyOf(why);
            }
        }
    }

    /** Every policy that is to be taken into account is offered before the first question is asked. */
    void offer(Offer offer) {
        look(offer);
    }

    private PolicySnapshot look(Offer offer) {
        engines.offer(offer.connection(), offer.terms(), Optional.empty());
        return engines.offer(offer.name(), offer.order(), Optional.empty());
    }

    /** Waits until the policy was compared once: the others then know which people are meant by it. */
    Optional<Outcome.Undecided> compare(Offer offer) {
        return await(() -> troubleWith(offer)
                        .or(() -> look(offer).report().isPresent() ? Optional.of(List.of()) : Optional.empty()))
                .map(why -> why.isEmpty() ? Optional.<Outcome.Undecided>empty() : undecided(why))
                .orElseGet(() -> undecided(List.of(late())));
    }

    private static Optional<Outcome.Undecided> undecided(List<String> why) {
        return Optional.of(new Outcome.Undecided(why));
    }

    /** The answer to a question about a policy that was compared. */
    Outcome answer(Offer offer, Question question) {
        Optional<Answer> answer =
                await(() -> engines.ask(offer.name(), Set.of(question)).stream().findFirst());
        if (answer.isEmpty()) {
            return new Outcome.Undecided(List.of(late()));
        }
        Optional<RunReport> report = look(offer).report();
        return answer.get().refusal().isPresent() || report.isEmpty()
                ? new Outcome.Undecided(answer.get().lines())
                : new Outcome.Decided(report.get(), answer.get());
    }

    private Optional<List<String>> troubleWith(Offer offer) {
        ConnectionSnapshot connection = engines.offer(offer.connection(), offer.terms(), Optional.empty());
        if (connection.failure().isPresent()) {
            return Optional.of(
                    List.of("SalesforceConnection/" + offer.connection().name() + ": "
                            + sentence(connection.failure().get())));
        }
        PolicySnapshot policy = look(offer);
        String name = "SyncPolicy/" + offer.name().name();
        if (policy.suspended()) {
            return Optional.of(List.of(name + ": spec.suspend is true: nothing is read."));
        }
        if (policy.acceptance() instanceof Acceptance.Refused refused) {
            return Optional.of(refused.problems().stream()
                    .map(problem -> name + " " + problem)
                    .toList());
        }
        return policy.failure()
                .filter(failure -> !failure.reason().equals("DependencyNotReady"))
                .map(failure -> List.of(name + ": " + sentence(failure)));
    }

    private static String sentence(Failure failure) {
        return failure.reason() + ". " + failure.message();
    }

    private static String late() {
        return "There is no answer in time; give a longer --timeout.";
    }

    private <T> Optional<T> await(Supplier<Optional<T>> there) {
        Optional<T> found = there.get();
        try {
            while (found.isEmpty() && clock.instant().isBefore(deadline)) {
                news.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                news.clear();
                found = there.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    @Override
    public void close() {
        engines.close();
        telemetry.close();
    }
}
