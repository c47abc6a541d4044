package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Backoff;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SignInState;
import dev.salesforcesync.password.KeptPassword;
import dev.salesforcesync.password.PasswordQueue;
import dev.salesforcesync.password.Sealer;
import dev.salesforcesync.plan.Guard;
import dev.salesforcesync.policy.PasswordFitness;
import dev.salesforcesync.policy.Protection;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.SalesforceOrg.NewPassword;
import dev.salesforcesync.salesforce.SalesforceReason;
import dev.salesforcesync.telemetry.PasswordTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The captured passwords of one policy on their way to Salesforce. Used by one thread; the snapshot by any. */
final class PolicyPasswords {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyPasswords.class);
    private static final Duration UNTIL_WOKEN = Duration.ofMinutes(1);
    private static final Duration UNDECIDED_AGAIN = Duration.ofSeconds(5);
    private static final Duration UNKNOWN_AGAIN = Duration.ofSeconds(1);
    private static final Duration HOLDERS_GOOD_FOR = Duration.ofMinutes(1);
    private static final Backoff SOON = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));
    private static final int RACES = 8;

    private final ResourceName name;
    private final Engines engines;
    private final PasswordTally tally;
    private final PasswordQueue queue;
    private final PasswordTakers takers;
    private final PasswordSeals seals;
    private final PasswordTelemetry telemetry;
    private final Clock clock;
    private volatile PasswordSnapshot snapshot = PasswordSnapshot.NOTHING;
    private final Set<String> done = new HashSet<>();
    private Optional<Failure> trouble = Optional.empty();
    private Instant notBefore = Instant.EPOCH;
    private Instant undecidedNotBefore = Instant.EPOCH;
    private int failures;
    private Optional<Holders> holders = Optional.empty();

    PolicyPasswords(
            ResourceName name,
            Engines engines,
            PasswordTally tally,
            PasswordQueue queue,
            PasswordTakers takers,
            PasswordSeals seals,
            PasswordTelemetry telemetry,
            Clock clock) {
        this.name = name;
        this.engines = engines;
        this.tally = tally;
        this.queue = queue;
        this.takers = takers;
        this.seals = seals;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /** Who holds a protected permission set, for a while. */
    private record Holders(SalesforceOrg org, Set<SalesforceId> users, Instant until) {}

    /** A change whose user is known, and how he may sign in. */
    private record Ready(KeptPassword kept, SignInState state) {}

    PasswordSnapshot snapshot() {
        return snapshot;
    }

    void trouble(Failure failure) {
        trouble = Optional.of(failure);
        show(List.of(), 0, 0);
    }

    /** Nothing is kept for this policy. */
    Duration nothing() {
        trouble = Optional.empty();
        failures = 0;
        show(List.of(), 0, 0);
        return UNTIL_WOKEN;
    }

    /** Carries on as far as it goes; says when to try again at the latest. */
    Duration take(List<KeptPassword> kept) {
        Optional<PolicyOrder> order = engines.orderOf(name);
        List<KeptPassword> alive = new ArrayList<>();
        Duration timeToLive = order.map(PolicyOrder::passwords)
                .filter(passwords -> passwords.mode() == PasswordOrder.Mode.CAPTURE)
                .map(PasswordOrder::timeToLive)
                .orElse(Duration.ofDays(7));
        done.retainAll(kept.stream().map(PolicyPasswords::version).collect(Collectors.toSet()));
        boolean given = order.filter(now -> now.passwords().mode() != PasswordOrder.Mode.CAPTURE)
                .isPresent();
        for (KeptPassword one : kept) {
            if (done.contains(version(one))) {
                continue;
            }
            if (given) {
                settle(one, "NoLongerCaptured");
            } else if (one.receivedAt().isBefore(clock.instant().minus(timeToLive))) {
                settle(one, "TimeToLiveEnded");
            } else {
                alive.add(one);
            }
        }
        alive.sort(Comparator.comparing(KeptPassword::receivedAt));
        Optional<Failure> standing = order.isEmpty()
                ? Optional.of(new Failure.Waiting("DependencyNotReady", "The policy is not in force."))
                : whyNot(order.get());
        if (standing.isPresent()) {
            trouble = standing;
            show(alive, 0, 0);
            return UNTIL_WOKEN;
        }
        OrgSession session = engines.session(order.get().connection()).orElseThrow();
        List<KeptPassword> undecided =
                alive.stream().filter(one -> one.person().isEmpty()).toList();
        int left = decide(undecided);
        Map<KeptPassword, SalesforceId> linked = new LinkedHashMap<>();
        for (KeptPassword one : alive) {
            one.person()
                    .map(session.ledger().links()::get)
                    .filter(link -> link.policy().equals(name.toString()))
                    .map(PersonLink::user)
                    .ifPresent(user -> linked.put(one, user));
        }
        int withoutUser = alive.size() - undecided.size() - linked.size();
        if (!linked.isEmpty() && !clock.instant().isBefore(notBefore)) {
            send(order.get(), session, linked);
        } else if (linked.isEmpty()) {
            trouble = Optional.empty();
        }
        List<KeptPassword> still = queueNow(alive);
        show(still, withoutUser, left);
        return wait(!linked.isEmpty() && !still.isEmpty(), left > 0);
    }

    /** Those that are still there; what was settled a moment ago may not have been heard of yet. */
    private List<KeptPassword> queueNow(List<KeptPassword> before) {
        return before.stream().filter(one -> !done.contains(version(one))).toList();
    }

    private static String version(KeptPassword kept) {
        return kept.id() + ":" + kept.receivedAt();
    }

    private Duration wait(boolean unsent, boolean unasked) {
        Duration wait = UNTIL_WOKEN;
        Instant now = clock.instant();
        if (unsent && notBefore.isAfter(now)) {
            wait = Duration.between(now, notBefore);
        }
        if (unasked) {
            Duration asked =
                    undecidedNotBefore.isAfter(now) ? Duration.between(now, undecidedNotBefore) : Duration.ZERO;
            wait = asked.compareTo(wait) < 0 ? asked : wait;
        }
        return wait.plusMillis(1);
    }

    private Optional<Failure> whyNot(PolicyOrder order) {
        if (order.suspended()) {
            return Optional.of(new Failure.Waiting("Suspended", "The policy is suspended; passwords are kept sealed."));
        }
        if (order.safety().mode() == Guard.Mode.PREVIEW) {
            return Optional.of(new Failure.Waiting(
                    "Preview", "The mode Preview writes nothing; passwords that came before are kept sealed."));
        }
        Optional<String> stopped = engines.writeSwitch().stopped();
        if (stopped.isPresent()) {
            return Optional.of(new Failure.Waiting("WritesStopped", stopped.get()));
        }
        return engines.session(order.connection()).isPresent()
                ? Optional.empty()
                : Optional.of(new Failure.Waiting(
                        "DependencyNotReady",
                        "The SalesforceConnection '" + order.connection().name()
                                + "' is missing or not ready; passwords are kept sealed."));
    }

    /** Asks the directory now whom these are of; tells how many it could not be asked for. */
    private int decide(List<KeptPassword> undecided) {
        if (undecided.isEmpty() || clock.instant().isBefore(undecidedNotBefore)) {
            return undecided.size();
        }
        Optional<PasswordTakers.Taker> taker = takers.find(name);
        Result<Sealer> sealer = seals.now();
        if (taker.isEmpty() || !(sealer instanceof Result.Ok<Sealer> seal)) {
            undecidedNotBefore = clock.instant().plus(UNDECIDED_AGAIN);
            return undecided.size();
        }
        int left = 0;
        for (KeptPassword one : undecided) {
            if (left > 0) {
                left++; // the directory does not answer: one question is enough
            } else if (!decide(one, taker.get(), seal.value())) {
                left++;
                undecidedNotBefore = clock.instant().plus(UNDECIDED_AGAIN);
            }
        }
        return left;
    }

    private boolean decide(KeptPassword one, PasswordTakers.Taker taker, Sealer sealer) {
        Optional<SealedSecret> opened = SealedSecret.open(sealer, one);
        if (opened.isEmpty()) {
            settle(one, "SealingKeyLost");
            return true;
        }
        try (SealedSecret secret = opened.get()) {
            Result<Optional<Person>> meant = taker.scope().meant(secret.name());
            if (!(meant instanceof Result.Ok<Optional<Person>> ok)) {
                return false;
            }
            Optional<ObjectGuid> person = ok.value().map(Person::guid);
            if (person.isPresent()) {
                var whom = new dev.salesforcesync.password.Whom.ByGuid(person.get());
                String id = SealedSecret.id(sealer, one.policy(), person, whom);
                Optional<Boolean> kept = Keeping.keep(
                        queue,
                        new KeptPassword(
                                id,
                                one.policy(),
                                person,
                                one.receivedAt(),
                                one.changedAt(),
                                one.sequence(),
                                one.agent(),
                                Optional.empty(),
                                SealedSecret.digest(sealer, id, secret.secret()),
                                SealedSecret.seal(sealer, id, secret.secret(), whom),
                                Optional.empty(),
                                ""),
                        RACES);
                if (kept.isEmpty()) {
                    return false;
                }
            }
            done.add(version(one));
            queue.remove(one);
            return true;
        }
    }

    private void send(PolicyOrder order, OrgSession session, Map<KeptPassword, SalesforceId> linked) {
        List<KeptPassword> all = List.copyOf(linked.keySet());
        for (int from = 0; from < all.size(); from += SalesforceOrg.MAX_PASSWORDS) {
            List<KeptPassword> some = all.subList(from, Math.min(all.size(), from + SalesforceOrg.MAX_PASSWORDS));
            Optional<Failure> stopped = some(order, session, some, linked);
            trouble = stopped;
            if (stopped.isPresent()) {
                failures++;
                Duration pause = pause(stopped.get());
                notBefore = clock.instant().plus(pause);
                LOG.info(
                        "policy {}: {} passwords wait for {} ms: {}",
                        name,
                        all.size() - from,
                        pause.toMillis(),
                        stopped.get().reason());
                return;
            }
            failures = 0;
        }
    }

    /** Somebody waits for his password: an org that is back is noticed within seconds, only its limits are waited for. */
    private Duration pause(Failure why) {
        Duration delay = SOON.delay(failures, ThreadLocalRandom.current().nextDouble());
        boolean limited = why.reason().equals(SalesforceReason.API_BUDGET_EXHAUSTED)
                || why.reason().equals(SalesforceReason.REQUEST_LIMIT_EXCEEDED);
        return limited
                        && why instanceof Failure.Transient again
                        && again.atLeast().compareTo(delay) > 0
                ? again.atLeast()
                : delay;
    }

    /** @return why the rest has to wait; empty when it need not */
    private Optional<Failure> some(
            PolicyOrder order, OrgSession session, List<KeptPassword> some, Map<KeptPassword, SalesforceId> linked) {
        Result<List<SignInState>> read =
                session.org().signInStates(some.stream().map(linked::get).toList());
        Result<Protection> protection = read.flatMap(states -> protection(order, session));
        if (protection instanceof Result.Failed<Protection> failed) {
            return Optional.of(failed.failure());
        }
        Result<Sealer> sealer = seals.now();
        if (sealer instanceof Result.Failed<Sealer> failed) {
            return Optional.of(failed.failure());
        }
        Map<SalesforceId, SignInState> states = ((Result.Ok<List<SignInState>>) read)
                .value().stream().collect(Collectors.toMap(state -> state.user().id(), Function.identity()));
        List<Ready> ready = new ArrayList<>();
        for (KeptPassword one : some) {
            SignInState state = states.get(linked.get(one));
            if (state == null) {
                continue;
            }
            Optional<String> obstacle = PasswordFitness.obstacle(state, ((Result.Ok<Protection>) protection).value());
            if (obstacle.isPresent()) {
                settle(one, obstacle.get());
            } else if (one.attempt()
                    .filter(attempt -> !attempt.changedBefore().equals(state.passwordSet()))
                    .isPresent()) {
                // The call whose answer was lost did set it: Salesforce says that it was set since.
                delivered(one);
            } else {
                attempt(one, state).ifPresent(noted -> ready.add(new Ready(noted, state)));
            }
        }
        return set(order, session, ready, ((Result.Ok<Sealer>) sealer).value());
    }

    /** Notes that it is about to be sent; empty when a newer one came meanwhile or that can't be noted. */
    private Optional<KeptPassword> attempt(KeptPassword one, SignInState state) {
        return queue.replace(one.attempted(new KeptPassword.Attempt(clock.instant(), state.passwordSet())))
                        instanceof Result.Ok<Optional<KeptPassword>> noted
                ? noted.value()
                : Optional.empty();
    }

    private Optional<Failure> set(PolicyOrder order, OrgSession session, List<Ready> ready, Sealer sealer) {
        List<SealedSecret> secrets = new ArrayList<>();
        List<Ready> sent = new ArrayList<>();
        try {
            for (Ready one : ready) {
                Optional<SealedSecret> opened = SealedSecret.open(sealer, one.kept());
                if (opened.isEmpty()) {
                    settle(one.kept(), "SealingKeyLost");
                } else {
                    secrets.add(opened.get());
                    sent.add(one);
                }
            }
            List<NewPassword> passwords = new ArrayList<>();
            for (int i = 0; i < sent.size(); i++) {
                passwords.add(new NewPassword(
                        sent.get(i).state().user().id(), secrets.get(i).secret()));
            }
            List<RowOutcome> outcomes = session.org().setPasswords(passwords);
            Optional<Failure> stopped = Optional.empty();
            for (int i = 0; i < sent.size(); i++) {
                stopped = ended(order, session, sent.get(i), outcomes.get(i)).or(keep(stopped));
            }
            return stopped;
        } finally {
            secrets.forEach(SealedSecret::close);
        }
    }

    private static java.util.function.Supplier<Optional<Failure>> keep(Optional<Failure> before) {
        return () -> before;
    }

    private Optional<Failure> ended(PolicyOrder order, OrgSession session, Ready one, RowOutcome outcome) {
        if (outcome instanceof RowOutcome.Written) {
            delivered(one.kept());
            unlock(order, session, one.state());
            return Optional.empty();
        }
        if (outcome instanceof RowOutcome.Refused refused) {
            String word = refused.failure().reason();
            settle(one.kept(), word);
            if (order.passwords().mailWhenRefused() && word.startsWith("Password")) {
                boolean mailed = session.org().mailReset(one.state().user().id()) instanceof RowOutcome.Written;
                telemetry.ended("mail", mailed ? "sent" : "refused");
                if (mailed) {
                    tally.mailed();
                }
            }
            return Optional.empty();
        }
        if (outcome instanceof RowOutcome.Unknown unknown) {
            telemetry.ended("password", "unknown");
            notBefore = clock.instant().plus(UNKNOWN_AGAIN);
            return Optional.of(unknown.failure());
        }
        return Optional.of(((RowOutcome.NotSent) outcome).failure());
    }

    private void unlock(PolicyOrder order, OrgSession session, SignInState state) {
        if (order.passwords().unlock() && state.locked() && state.login().isPresent()) {
            boolean done = session.org().unlock(List.of(state.login().get())).get(0) instanceof RowOutcome.Written;
            telemetry.ended("unlock", done ? "done" : "failed");
            if (done) {
                tally.unlocked();
            }
        }
    }

    private void delivered(KeptPassword kept) {
        Instant now = clock.instant();
        done.add(version(kept));
        queue.replace(kept.settled("Delivered", now));
        tally.delivered(now);
        telemetry.delivered(Duration.between(kept.receivedAt(), now));
        telemetry.ended("password", "delivered");
    }

    /** It will never be delivered: it is erased, and counted by the word. */
    private void settle(KeptPassword kept, String word) {
        done.add(version(kept));
        queue.replace(kept.settled(word, clock.instant()));
        tally.refused(word);
        telemetry.ended("password", word);
        LOG.info(
                "policy {}: the password of {} was erased: {}",
                name,
                kept.person().map(ObjectGuid::toString).orElse("somebody unknown"),
                word);
    }

    private Result<Protection> protection(PolicyOrder order, OrgSession session) {
        Set<String> sets = session.protectedPermissionSets();
        boolean fresh = holders.filter(
                        known -> known.org() == session.org() && clock.instant().isBefore(known.until()))
                .isPresent();
        if (!fresh) {
            Result<Set<SalesforceId>> read = sets.isEmpty()
                    ? Result.ok(Set.of())
                    : session.org().urgent().assigneesOf(sets);
            if (read instanceof Result.Failed<Set<SalesforceId>> failed) {
                return Result.failed(failed.failure());
            }
            holders = Optional.of(new Holders(
                    session.org(),
                    ((Result.Ok<Set<SalesforceId>>) read).value(),
                    clock.instant().plus(HOLDERS_GOOD_FOR)));
        }
        return Result.ok(new Protection(
                order.rules().connection(),
                session.description(),
                holders.map(Holders::users).orElse(Set.of())));
    }

    private void show(List<KeptPassword> pending, int withoutUser, int undecided) {
        snapshot = new PasswordSnapshot(
                pending.size(),
                withoutUser,
                undecided,
                withoutUser == pending.size()
                        ? Optional.empty()
                        : pending.stream().map(KeptPassword::receivedAt).min(Comparator.naturalOrder()),
                tally.snapshot(),
                trouble);
    }
}
