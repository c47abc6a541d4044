package dev.salesforcesync.converge;

import dev.salesforcesync.converge.PolicySnapshot.Phase;
import dev.salesforcesync.converge.PolicySnapshot.Progress;
import dev.salesforcesync.directory.DirectoryReader;
import dev.salesforcesync.directory.DirectorySettings;
import dev.salesforcesync.directory.ReadRequest;
import dev.salesforcesync.failure.Backoff;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.PolicyCompilation;
import dev.salesforcesync.policy.PolicyCompiler;
import dev.salesforcesync.policy.PolicyRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converges one SyncPolicy: compiles its rules, compares both sides in full when something is due, and between that
 * asks both sides cheaply whether anything changed.
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

    private volatile Optional<PolicyOrder> order = Optional.empty();
    private volatile PolicySnapshot snapshot = PolicySnapshot.EMPTY;
    private volatile boolean stopping;

    private Optional<DirectorySettings> directorySettings = Optional.empty();
    private Optional<DirectoryReader> directory = Optional.empty();
    private Optional<Compiled> newest = Optional.empty();
    private Optional<CompiledPolicy> inForce = Optional.empty();
    private Optional<OrgSession> usedSession = Optional.empty();
    private int failures;

    /** What compiling was last asked for: the same question has the same answer. */
    private record Compiled(PolicyRules rules, OrgDescription org, PolicyCompilation result) {
        boolean answers(PolicyRules asked, OrgDescription askedOrg) {
            return rules.equals(asked)
                    && org.userFields().equals(askedOrg.userFields())
                    && org.profiles().equals(askedOrg.profiles())
                    && org.roles().equals(askedOrg.roles());
        }
    }

    PolicyEngine(ResourceName name, Engines engines, Runnable onChange, Clock clock) {
        this.name = name;
        this.engines = engines;
        this.onChange = onChange;
        this.clock = clock;
        this.loop = new Loop("policy-" + name, this);
        loop.start();
    }

    void offer(PolicyOrder next) {
        if (!order.equals(Optional.of(next))) {
            order = Optional.of(next);
            loop.wake();
        }
    }

    void wake() {
        loop.wake();
    }

    PolicySnapshot snapshot() {
        return snapshot;
    }

    Optional<PolicyOrder> order() {
        return order;
    }

    @Override
    public Duration take() {
        if (order.isEmpty()) {
            return UNTIL_WOKEN;
        }
        PolicyOrder current = order.get();
        if (current.suspended()) {
            show(snapshot.standingStill(current.generation()));
            return UNTIL_WOKEN;
        }
        Optional<OrgSession> session = engines.session(current.connection());
        if (session.isEmpty()) {
            show(snapshot.withFailure(new Failure.Waiting(
                    "DependencyNotReady",
                    "The SalesforceConnection '" + current.connection().name()
                            + "' is missing or not ready; see its conditions.")));
            return UNTIL_WOKEN;
        }
        forgetTroublesOfAnother(session.get());
        useDirectoryOf(current);
        Optional<CompiledPolicy> policy = compile(current, session.get());
        if (policy.isEmpty()) {
            return UNTIL_WOKEN;
        }
        return follow(current, session.get(), policy.get());
    }

    private void forgetTroublesOfAnother(OrgSession session) {
        boolean same = usedSession.filter(old -> old.org() == session.org()).isPresent();
        if (!same) {
            retries.clear();
            failures = 0;
            agenda.dueNow("the connection is ready");
        }
        usedSession = Optional.of(session);
    }

    private void useDirectoryOf(PolicyOrder current) {
        if (!directorySettings.equals(Optional.of(current.directory()))) {
            directory.ifPresent(DirectoryReader::close);
            directory = Optional.of(engines.edges().directory(current.directory()));
            directorySettings = Optional.of(current.directory());
            failures = 0;
            agenda.dueNow("the directory's settings are new");
        }
    }

    /** The rules in force: the newest, or while those are refused the ones before. */
    private Optional<CompiledPolicy> compile(PolicyOrder current, OrgSession session) {
        boolean answered = newest.filter(c -> c.answers(current.rules(), session.description()))
                .isPresent();
        if (!answered) {
            newest = Optional.of(new Compiled(
                    current.rules(),
                    session.description(),
                    PolicyCompiler.compile(current.rules(), session.description())));
        }
        PolicyCompilation result = newest.orElseThrow().result();
        if (result instanceof PolicyCompilation.Accepted accepted) {
            boolean isNew = !inForce.equals(Optional.of(accepted.policy()));
            inForce = Optional.of(accepted.policy());
            if (isNew) {
                retries.clear();
                agenda.dueNow("the rules are new");
            }
            snapshot = snapshot.accepted(current.generation());
            return inForce;
        }
        PolicyCompilation.Refused refused = (PolicyCompilation.Refused) result;
        if (!answered) {
            LOG.warn(
                    "policy {} generation {} is refused: {} problems",
                    name,
                    current.generation(),
                    refused.problems().size());
        }
        show(snapshot.refused(current.generation(), refused.problems(), inForce.isPresent()));
        return inForce;
    }

    private Duration follow(PolicyOrder current, OrgSession session, CompiledPolicy policy) {
        ReadRequest request = new ReadRequest(
                current.searches(),
                policy.groupsRead(),
                policy.attributesRead(),
                current.minimumPeople(),
                current.canaries());
        agenda.heed(current, engines.writeSwitch().stopped().isPresent());
        askBothSides(current, session, request);
        if (!agenda.isDue(clock.instant())) {
            return agenda.untilNext(clock.instant(), current.times());
        }
        return compare(current, session, policy, request);
    }

    private void askBothSides(PolicyOrder current, OrgSession session, ReadRequest request) {
        Instant now = clock.instant();
        agenda.directoryQuestion(now, current.times()).ifPresent(mark -> {
            if (directory.orElseThrow().changedSince(mark, request) instanceof Result.Ok<Boolean> ok && ok.value()) {
                agenda.dueAfterPause("the directory changed");
            }
            agenda.directoryAsked(clock.instant());
        });
        agenda.salesforceQuestion(now, current.times()).ifPresent(since -> {
            if (session.org()
                                    .changedByOthersSince(
                                            since,
                                            session.description().runningUser().id())
                            instanceof Result.Ok<Boolean> ok
                    && ok.value()) {
                agenda.dueAfterPause("somebody changed users in Salesforce");
            }
            agenda.salesforceAsked(clock.instant());
        });
    }

    private Duration compare(PolicyOrder current, OrgSession session, CompiledPolicy policy, ReadRequest request) {
        DirectoryReader reader = directory.orElseThrow();
        Instant begin = clock.instant();
        LOG.info("policy {} compares both sides: {}", name, agenda.reason());
        show(snapshot.withProgress(new Progress(Phase.READING, 0, 0, begin)));
        Result<RunReport> result = reader.mark()
                .flatMap(mark -> run(current, session, policy, request, reader).map(report -> {
                    agenda.ran(mark, begin, clock.instant(), report, current.times());
                    return report;
                }));
        if (result instanceof Result.Failed<RunReport> failed) {
            return failed(failed.failure(), current);
        }
        failures = 0;
        RunReport report = ((Result.Ok<RunReport>) result).value();
        report.phases().forEach(engines.telemetry()::phase);
        LOG.info(
                "policy {} compared {} people in {} ms: {} written, {} pending, {} failing, {} held batches",
                name,
                report.people().inScope(),
                Duration.between(report.startedAt(), report.finishedAt()).toMillis(),
                report.written(),
                report.people().pending(),
                report.people().failing(),
                report.held().size());
        show(snapshot.withReport(report));
        return agenda.untilNext(clock.instant(), current.times());
    }

    private Result<RunReport> run(
            PolicyOrder current,
            OrgSession session,
            CompiledPolicy policy,
            ReadRequest request,
            DirectoryReader reader) {
        Run run = new Run(name, session, reader, policy, current, retries, engines, clock, new Run.Listener() {
            @Override
            public void progress(Phase phase, int done, int total) {
                Instant since = snapshot.progress().map(Progress::since).orElse(clock.instant());
                show(snapshot.withProgress(new Progress(phase, done, total, since)));
            }

            @Override
            public Optional<Failure> stopSign() {
                return stopSignFor(current);
            }
        });
        return run.carryOut(request, engines.prioritiesOn(current.connection()));
    }

    private Optional<Failure> stopSignFor(PolicyOrder current) {
        Optional<String> stopped = engines.writeSwitch().stopped();
        if (stopped.isPresent()) {
            return Optional.of(new Failure.Waiting("WritesStopped", stopped.get()));
        }
        if (stopping) {
            return Optional.of(
                    new Failure.Waiting("Stopping", "The operator is stopping; it goes on after its start."));
        }
        return order.equals(Optional.of(current))
                ? Optional.empty()
                : Optional.of(
                        new Failure.Waiting("Superseded", "The policy changed; it starts over with the new one."));
    }

    private Duration failed(Failure failure, PolicyOrder current) {
        failures++;
        if (failure.reason().equals("LedgerConflict")) {
            engines.distrustLedger(current.connection());
        }
        LOG.warn("policy {} did not finish: {} {}", name, failure.reason(), failure.message());
        show(snapshot.withFailure(failure));
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
        show(snapshot.withFailure(new Failure.Transient(
                "InternalError", "The operator met a bug; see its log. Nothing is lost, it tries again.")));
    }

    @Override
    public void close() {
        stopping = true;
        loop.close();
        directory.ifPresent(DirectoryReader::close);
    }
}
