package dev.salesforcesync.converge;

import dev.salesforcesync.converge.PolicySnapshot.Phase;
import dev.salesforcesync.converge.RulesInForce.Ruling;
import dev.salesforcesync.directory.DirectoryFeed;
import dev.salesforcesync.directory.FeedUpdate;
import dev.salesforcesync.directory.ReadRequest;
import dev.salesforcesync.failure.Backoff;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Guard;
import dev.salesforcesync.plan.Whom;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.salesforce.SalesforceReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converges one SyncPolicy: compiles its rules, compares both sides when something changed, in full when that is due or
 * in doubt, and between that asks both sides cheaply whether anything did.
 */
final class PolicyEngine implements Loop.Turn, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyEngine.class);
    private static final Duration UNTIL_WOKEN = Duration.ofHours(1);
    private static final Duration SLOW = Duration.ofMinutes(10);

    private final ResourceName name;
    private final Engines engines;
    private final Runnable onChange;
    private final Clock clock;
    private final Loop loop;
    private final RetryBook retries = new RetryBook();
    private final Agenda agenda = new Agenda();
    private final Attention attention = new Attention();
    private final KeptPosition position;
    private final BudgetPause pause = new BudgetPause();
    private final AtomicBoolean othersMoved = new AtomicBoolean();
    private final Inquiry inquiry;
    private final PasswordsFollowed passwords;
    private final Meanwhile meanwhile = new Meanwhile();
    private final WorkUnderWay work;

    private volatile Optional<PolicyOrder> order = Optional.empty();
    private volatile PolicySnapshot snapshot = PolicySnapshot.EMPTY;
    private volatile Optional<PolicyOrder> acceptedEarlier = Optional.empty();
    private volatile boolean stopping;

    private final FollowedDirectory directory;
    private final FollowedOrg org = new FollowedOrg(System::nanoTime);
    private final PlacesSeen placesSeen = new PlacesSeen();
    private final RulesInForce rules = new RulesInForce();
    private Optional<CompiledPolicy> inForce = Optional.empty();
    private Standings standings = Standings.NONE;
    private volatile Optional<PolicyOrder> newestTaken = Optional.empty();
    private Optional<OrgSession> usedSession = Optional.empty();
    private int failures;

    /** Whether this turn came as far as answering: a question that came later waits for the next. */
    private boolean answering;

    PolicyEngine(ResourceName name, Engines engines, Runnable onChange, Clock clock) {
        this.name = name;
        this.engines = engines;
        this.onChange = onChange;
        this.clock = clock;
        this.inquiry = new Inquiry(person -> this.explainPassword(person));
        this.passwords = new PasswordsFollowed(name, engines, clock);
        this.work = new WorkUnderWay(name, clock, System::nanoTime);
        this.loop = new Loop("policy-" + name, this);
        this.position = new KeptPosition(name, clock);
        this.directory = new FollowedDirectory(engines.edges(), loop::wake);
    }

    /** @param remembered the order that an earlier process accepted last */
    void offer(PolicyOrder next, Optional<PolicyOrder> remembered) {
        acceptedEarlier = remembered;
        if (!order.equals(Optional.of(next))) {
            order = Optional.of(next);
            loop.wake();
        }
    }

    /** The policy is gone or can't be understood: writing ends at the next pause. */
    void withdraw() {
        order = Optional.empty();
        loop.wake();
    }

    void wake() {
        loop.wake();
    }

    /** Another policy on the org means other people now. */
    void reconsider() {
        othersMoved.set(true);
        loop.wake();
    }

    /** Everything ends at its next pause, without waiting for it. */
    void beginStop() {
        stopping = true;
        loop.end();
    }

    /** What people want to know now; what is left out is answered or of no interest any more. */
    void ask(Set<Question> questions) {
        if (inquiry.ask(questions, clock.instant())) {
            loop.wake();
        }
    }

    List<Answer> answers() {
        return inquiry.answers();
    }

    PolicySnapshot snapshot() {
        return work.progress().map(snapshot::withProgress).orElse(snapshot);
    }

    Optional<PolicyOrder> order() {
        return order;
    }

    private List<String> explainPassword(ObjectGuid person) {
        return order.filter(now -> now.passwords().mode() == PasswordOrder.Mode.CAPTURE)
                .map(now -> engines.explainPassword(name, person))
                .orElse(List.of());
    }

    @Override
    public Duration take() {
        answering = false;
        Duration next = turn();
        return answering || newestTaken.isEmpty() ? next : refuse(next);
    }

    /** Until when to sleep at the most, so that nobody who asks waits for ever. */
    private Duration refuse(Duration next) {
        Duration patience = snapshot.suspended() ? Duration.ZERO : Inquiry.PATIENCE;
        if (inquiry.refuse(whyNoAnswer(), clock.instant().minus(patience))) {
            onChange.run();
        }
        return inquiry.isOpen() && next.compareTo(patience) > 0 ? patience : next;
    }

    private Failure whyNoAnswer() {
        if (snapshot.suspended()) {
            return new Failure.Waiting("Suspended", "The policy is suspended: nothing is read.");
        }
        return snapshot.failure()
                .orElseGet(() -> new Failure.Waiting(
                        "Progressing", "No rules of this policy are in force yet; see its condition Accepted."));
    }

    private Duration turn() {
        newestTaken = order;
        if (newestTaken.isEmpty()) {
            if (engines.retire(name, this)) {
                directory.close();
                loop.end();
            }
            return UNTIL_WOKEN;
        }
        PolicyOrder current = newestTaken.get();
        if (current.suspended()) {
            agenda.dueNow("the policy was suspended");
            show(snapshot.standingStill(current.generation()));
            return UNTIL_WOKEN;
        }
        Optional<OrgSession> session = engines.session(current.connection());
        if (session.isEmpty()) {
            show(snapshot.withFailure(
                    current.generation(),
                    new Failure.Waiting(
                            "DependencyNotReady",
                            "The SalesforceConnection '" + current.connection().name()
                                    + "' is missing or not ready; see its conditions.")));
            return UNTIL_WOKEN;
        }
        forgetTroublesOfAnother(session.get());
        useDirectoryOf(current);
        Optional<Ruling> ruling = rulingOn(current, session.get());
        if (ruling.isEmpty()) {
            return UNTIL_WOKEN;
        }
        return follow(ruling.get().order(), session.get(), ruling.get().policy());
    }

    private void forgetTroublesOfAnother(OrgSession session) {
        boolean same = usedSession.filter(old -> old.org() == session.org()).isPresent();
        if (!same) {
            retries.clear();
            pause.end();
            failures = 0;
            agenda.dueNow("the connection is ready");
        }
        boolean lost = snapshot.report().filter(RunReport::ledgerLost).isPresent();
        if (lost && session.ledger().lostEpoch().isEmpty()) {
            agenda.dueNow("the loss of the ledger was accepted");
        }
        usedSession = Optional.of(session);
    }

    private void useDirectoryOf(PolicyOrder current) {
        if (directory.use(current.directory())) {
            failures = 0;
            agenda.dueNow("the directory's settings are new");
        }
    }

    /** What is carried out: the newest order, or while its rules are refused the one before. */
    private Optional<Ruling> rulingOn(PolicyOrder current, OrgSession session) {
        RulesInForce.Answer answer = rules.judge(current, acceptedEarlier, session.description());
        boolean sameRules = inForce.equals(answer.running().map(Ruling::policy));
        inForce = answer.running().map(Ruling::policy);
        if (!sameRules) {
            retries.clear();
            pause.end();
            agenda.dueForAll("the rules are new");
        }
        if (answer.problems().isEmpty()) {
            snapshot = snapshot.accepted(current.generation());
            return answer.running();
        }
        if (answer.news()) {
            LOG.warn(
                    "policy {} generation {} is refused: {} problems",
                    name,
                    current.generation(),
                    answer.problems().size());
        }
        show(snapshot.refused(
                current.generation(), answer.problems(), answer.running().isPresent()));
        return answer.running();
    }

    private Duration follow(PolicyOrder current, OrgSession session, CompiledPolicy policy) {
        ReadRequest request = new ReadRequest(
                current.searches(),
                policy.groupsRead(),
                attributes(policy),
                current.minimumPeople(),
                current.canaries());
        if (agenda.heed(current, () -> engines.writeSwitch().stopped().isPresent())) {
            pause.lookAgain();
        }
        Result<DirectoryFeed> feed = directory.feed(
                request,
                current.times().changes(),
                Optional.ofNullable(session.ledger().positions().get(name.toString())),
                current.acceptServerBehind());
        if (feed instanceof Result.Failed<DirectoryFeed> failed) {
            return failed(failed.failure(), current);
        }
        Task task = new Task(current, session, policy, ((Result.Ok<DirectoryFeed>) feed).value());
        show(snapshot.withRights(directory.rights(request, task.order().times().changes(), clock.instant())));
        if (pause.lasts(clock.instant())) {
            return lookAfterLeavers(task);
        }
        if (othersMoved.getAndSet(false)) {
            agenda.dueAfterPause("another policy means other people");
        }
        askBothSides(task);
        boolean unread = task.feed().picture().isEmpty();
        answering = true;
        if (inquiry.answerBy(
                () -> newRun(task).deliberate(engines.prioritiesOn(task.order().connection())))) {
            onChange.run();
        }
        noteReading(unread, task);
        if (agenda.isDueForAll(clock.instant())) {
            return atWork(task, () -> compare(task));
        }
        if (agenda.isDueForSome(clock.instant())) {
            return atWork(task, () -> lookAtSome(task));
        }
        return passwords.again(
                task, agenda.untilNext(clock.instant(), task.order().times()));
    }

    /** Lets what the directory tells meanwhile be looked at afterwards. */
    private Duration atWork(Task task, Supplier<Duration> run) {
        work.begins(() -> task.session().org().callsSent().values().stream()
                .mapToLong(Long::longValue)
                .sum());
        meanwhile.begins(clock.instant());
        Duration next;
        boolean news;
        try {
            next = run.get();
        } finally {
            attention.to(meanwhile.changed());
            news = meanwhile.ends();
            if (news) {
                agenda.dueForSome();
            }
            if (work.ends(snapshot.report())) {
                onChange.run();
            }
        }
        return news ? agenda.untilNext(clock.instant(), task.order().times()) : next;
    }

    /** What is read in full on behalf of few tells nothing of who changed. */
    private void noteReading(boolean unread, Task task) {
        if (unread && task.feed().picture().isPresent()) {
            agenda.dueAfterPause("the directory was read anew meanwhile");
        }
    }

    /** What the rules read, and what people call each other by: somebody may ask for a person. */
    private static Set<String> attributes(CompiledPolicy policy) {
        Set<String> attributes = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        attributes.addAll(policy.attributesRead());
        attributes.addAll(Whom.NAMES);
        return attributes;
    }

    private void askBothSides(Task task) {
        Instant now = clock.instant();
        if (agenda.asksDirectory(now, task.order().times(), directory.wasHinted())) {
            askDirectory(task);
            agenda.directoryAsked(clock.instant());
        }
        if (agenda.asksSalesforce(now, task.order().times())) {
            if (org.news(OrgQuestion.of(task.session(), task.policy())) instanceof Result.Ok<FollowedOrg.News> ok
                    && !ok.value().isEmpty()) {
                agenda.dueForSome();
            }
            agenda.salesforceAsked(clock.instant());
        }
    }

    /** While the budget allows nothing else. */
    private Duration lookAfterLeavers(Task task) {
        boolean hinted = directory.wasHinted();
        if (pause.asksDirectory(clock.instant(), task.order().times(), hinted)) {
            pause.directoryAsked(clock.instant(), askDirectory(task));
        }
        boolean writes = task.order().safety().mode() != Guard.Mode.PREVIEW;
        boolean unread = task.feed().picture().isEmpty();
        if (writes && pause.takesItsTurn(clock.instant())) {
            int linkedActive = snapshot.report().map(RunReport::linkedActive).orElse(0);
            Result<Optional<RunReport>> result = newRun(task).carryOutForLeavers(pause.seen(), linkedActive);
            if (result instanceof Result.Ok<Optional<RunReport>> ok) {
                ok.value().ifPresent(this::lookedAfter);
            } else if (result instanceof Result.Failed<Optional<RunReport>> failed) {
                LOG.warn(
                        "policy {} could not look after leavers: {} {}",
                        name,
                        failed.failure().reason(),
                        failed.failure().message());
                pause.failed(clock.instant());
            }
        }
        noteReading(unread, task);
        return pause.untilNext(clock.instant(), task.order().times());
    }

    private void lookedAfter(RunReport leavers) {
        LOG.info("policy {} looked after leavers: {} written", name, leavers.written());
        pause.retryAt(leavers.retryAt());
        PolicySnapshot idle = snapshot.idle();
        show(idle.report()
                .map(report -> idle.withNews(report.withHeld(leavers.held())))
                .orElse(idle));
    }

    /** While rows go out, which may take long: whoever leaves now does not wait for the end of it. */
    private void lookUp(Task task) {
        if (work.progress().isEmpty()
                || !meanwhile.asks(clock.instant(), task.order().times())) {
            return;
        }
        Set<ObjectGuid> changed =
                task.feed().poll() instanceof Result.Ok<FeedUpdate> ok ? meanwhile.learn(ok.value()) : Set.of();
        if (!changed.isEmpty() && task.feed().picture().isPresent()) {
            int linkedActive = snapshot.report().map(RunReport::linkedActive).orElse(0);
            // With a memory of refusals of its own: the one of the policy is in use by the run that goes on.
            Result<Optional<RunReport>> left =
                    newRun(task, new RetryBook(), () -> {}).carryOutForLeavers(changed, linkedActive);
            if (left instanceof Result.Ok<Optional<RunReport>> ok && ok.value().isPresent()) {
                LOG.info(
                        "policy {} looked after leavers while it writes: {} written",
                        name,
                        ok.value().get().written());
            }
        }
        meanwhile.asked(clock.instant());
    }

    /** Whether something changed. */
    private boolean askDirectory(Task task) {
        Result<FeedUpdate> update = task.feed().poll();
        if (update instanceof Result.Failed<FeedUpdate> failed) {
            LOG.info(
                    "policy {} cannot ask the directory for changes: {}",
                    name,
                    failed.failure().reason());
        } else if (update instanceof Result.Ok<FeedUpdate> ok) {
            if (ok.value() instanceof FeedUpdate.Changed changed) {
                LOG.debug(
                        "policy {}: {} people changed in the directory",
                        name,
                        changed.people().size());
                attention.to(changed.people());
                agenda.dueForSome();
                return true;
            } else if (ok.value() instanceof FeedUpdate.ReadAgain again) {
                LOG.info("policy {} reads the directory again: {} {}", name, again.reason(), again.message());
                agenda.dueAfterPause("the directory must be read again");
                return true;
            }
        }
        return false;
    }

    private Duration compare(Task task) {
        long started = System.nanoTime();
        boolean anew = agenda.isAnew();
        LOG.info("policy {} {}: {}", name, agenda.isAnew() ? "reads both sides" : "looks at changes", agenda.reason());
        if (!agenda.isAnew() && task.feed().poll() instanceof Result.Failed<FeedUpdate> failed) {
            return failed(failed.failure(), task.order());
        }
        onChange.run();
        Result<RunEnd> result = newRun(task)
                .carryOut(
                        agenda.isAnew(),
                        standings,
                        engines.prioritiesOn(task.order().connection()))
                .flatMap(end -> positionKept(end, task));
        if (result instanceof Result.Failed<RunEnd> failed) {
            return unfinished(failed.failure(), task);
        }
        RunEnd end = ((Result.Ok<RunEnd>) result).value();
        agenda.ran(
                clock.instant(),
                Duration.ofNanos(System.nanoTime() - started),
                end.report(),
                task.order().times());
        LOG.info(
                "policy {} compared {} people in {} ms: {} written, {} pending, {} failing, {} held batches",
                name,
                end.report().people().inScope(),
                Duration.between(end.report().startedAt(), end.report().finishedAt())
                        .toMillis(),
                end.report().written(),
                end.report().people().pending(),
                end.report().people().failing(),
                end.report().held().size());
        return finished(end, task, anew);
    }

    private Duration lookAtSome(Task task) {
        // A preview remembers nothing, not even whom it found, so there is nothing that could be looked at by itself.
        Result<Optional<RunEnd>> result = task.order().safety().mode() == Guard.Mode.PREVIEW
                ? Result.ok(Optional.empty())
                : newRun(task)
                        .carryOutAbout(
                                attention.people(),
                                standings,
                                engines.prioritiesOn(task.order().connection()))
                        .flatMap(end -> end.isEmpty()
                                ? Result.ok(end)
                                : positionKept(end.get(), task).map(Optional::of));
        if (result instanceof Result.Failed<Optional<RunEnd>> failed) {
            return unfinished(failed.failure(), task);
        }
        Optional<RunEnd> end = ((Result.Ok<Optional<RunEnd>>) result).value();
        if (end.isEmpty()) {
            show(snapshot.idle());
            agenda.someAreTooMany();
            return agenda.untilNext(clock.instant(), task.order().times());
        }
        agenda.lookedAtSome(end.get().report());
        LOG.debug(
                "policy {} looked at some: {} written", name, end.get().report().written());
        return finished(end.get(), task, false);
    }

    private Result<RunEnd> positionKept(RunEnd end, Task task) {
        return task.order().safety().mode() == Guard.Mode.PREVIEW
                ? Result.ok(end)
                : position.keep(task.session().ledger(), task.feed()).map(kept -> end);
    }

    private Duration finished(RunEnd end, Task task, boolean everybody) {
        failures = 0;
        standings = end.standings();
        passwords.saw(task, attention.people(), everybody);
        attention.heeded(end.report().plan(), standings, unconfirmed(task.session()));
        RunReport report = end.report();
        report.phases().forEach(engines.telemetry()::phase);
        show(snapshot.withReport(report));
        return spentBudget(report.stoppedBy())
                .map(budget -> pauseFor(budget, task))
                .orElseGet(() -> agenda.untilNext(clock.instant(), task.order().times()));
    }

    private static Set<ObjectGuid> unconfirmed(OrgSession session) {
        Set<SalesforceId> users = session.ledger().pendingEmails().keySet();
        return users.isEmpty()
                ? Set.of()
                : session.ledger().links().values().stream()
                        .filter(link -> users.contains(link.user()))
                        .map(PersonLink::person)
                        .collect(Collectors.toSet());
    }

    private Duration unfinished(Failure failure, Task task) {
        return spentBudget(Optional.of(failure))
                .map(budget -> pauseFor(budget, task))
                .orElseGet(() -> failed(failure, task.order()));
    }

    private static Optional<Failure.Transient> spentBudget(Optional<Failure> why) {
        return why.filter(failure -> failure.reason().equals(SalesforceReason.API_BUDGET_EXHAUSTED))
                .filter(Failure.Transient.class::isInstance)
                .map(Failure.Transient.class::cast);
    }

    private Duration pauseFor(Failure.Transient budget, Task task) {
        LOG.warn("policy {} pauses: {}", name, budget.message());
        show(snapshot.withFailure(
                snapshot.generation(),
                new Failure.Transient(
                        budget.reason(),
                        budget.message() + " Until then nobody is created or changed; who leaves still loses access.",
                        budget.atLeast())));
        pause.begin(clock.instant(), budget.atLeast());
        return lookAfterLeavers(task);
    }

    private Run newRun(Task task) {
        return newRun(task, retries, () -> lookUp(task));
    }

    private Run newRun(Task task, RetryBook refusals, Runnable lookUp) {
        return new Run(
                name,
                task.session(),
                task.feed(),
                org,
                placesSeen,
                task.policy(),
                task.order(),
                refusals,
                engines,
                clock,
                new Run.Listener() {
                    @Override
                    public void enters(Phase phase) {
                        LOG.debug("policy {}: {}", name, phase);
                        work.enters(phase);
                        onChange.run();
                    }

                    @Override
                    public void writes(String pass, Effort effort) {
                        LOG.debug("policy {}: {} {} of {}", name, pass, effort.done(), effort.total());
                        work.writes(pass, effort);
                        onChange.run();
                    }

                    @Override
                    public void meanwhile() {
                        lookUp.run();
                    }

                    @Override
                    public Optional<Failure> stopSign() {
                        return stopSignNow();
                    }
                });
    }

    private Optional<Failure> stopSignNow() {
        Optional<String> stopped = engines.writeSwitch().stopped();
        if (stopped.isPresent()) {
            return Optional.of(new Failure.Waiting("WritesStopped", stopped.get()));
        }
        if (stopping) {
            return Optional.of(
                    new Failure.Waiting("Stopping", "The operator is stopping; it goes on after its start."));
        }
        return order.equals(newestTaken)
                ? Optional.empty()
                : Optional.of(
                        new Failure.Waiting("Superseded", "The policy changed; it starts over with the new one."));
    }

    private Duration failed(Failure failure, PolicyOrder current) {
        failures++;
        if (failure.reason().equals("LedgerConflict")) {
            usedSession.ifPresent(used -> engines.distrustLedger(used.orgId(), current.connection()));
        }
        LOG.warn("policy {} did not finish: {} {}", name, failure.reason(), failure.message());
        show(snapshot.withFailure(snapshot.generation(), failure));
        if (failure instanceof Failure.Terminal) {
            return SLOW;
        }
        Duration delay =
                Backoff.DEFAULT.delay(failures, ThreadLocalRandom.current().nextDouble());
        return failure instanceof Failure.Transient again && again.atLeast().compareTo(delay) > 0
                ? again.atLeast()
                : delay;
    }

    private void show(PolicySnapshot next) {
        if (!next.equals(snapshot)) {
            snapshot = next;
            onChange.run();
        }
    }

    @Override
    public void failed(RuntimeException bug) {
        show(snapshot.withFailure(
                order.map(PolicyOrder::generation).orElse(0L),
                new Failure.Transient(
                        "InternalError", "The operator met a bug; see its log. Nothing is lost, it tries again.")));
    }

    @Override
    public void close() {
        beginStop();
        loop.close();
        directory.close();
    }
}
