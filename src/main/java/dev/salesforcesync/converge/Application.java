package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Change;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Carries released actions out: pass by pass, what frees seats before what takes them, in batches of 200, several at
 * once. Stops between batches when it is told to, when the ledger can't be written, or when Salesforce takes nothing
 * more; never in the middle of one.
 */
final class Application {
    private static final Duration LOOK_UP = Duration.ofMillis(200);

    private final OrgSession session;
    private final String policy;
    private final Optional<String> anchorField;
    private final Map<SalesforceId, LoginRecord> loginRecords;
    private final Supplier<Optional<Failure>> stopSign;
    private final Listener listener;
    private volatile Optional<Failure> stopped = Optional.empty();
    private Owed owed = new Owed(List.of());
    private long lookedUp = System.nanoTime();
    private Effort effort = Effort.toDo(List.of(), 1);

    /** Told of every outcome, from several threads. */
    interface Listener {
        void acted(Action action, String pass, RowOutcome outcome);

        /** Another org has this username, which is in lower case. */
        default void nameRefused(String username) {}

        /** Between two calls, by the thread that carries out: time to look at something more urgent. */
        default void meanwhile() {}

        /** A pass began, or a call of it ended. */
        void progress(String pass, Effort effort);
    }

    Application(
            OrgSession session,
            String policy,
            Optional<String> anchorField,
            Map<SalesforceId, LoginRecord> loginRecords,
            Supplier<Optional<Failure>> stopSign,
            Listener listener) {
        this.session = session;
        this.policy = policy;
        this.anchorField = anchorField;
        this.loginRecords = Map.copyOf(loginRecords);
        this.stopSign = stopSign;
        this.listener = listener;
    }

    /** Why it ended before its end; empty when every action was at least tried. */
    Optional<Failure> carryOut(List<Action> released, Instant now) {
        effort = Effort.toDo(released, session.parallelCalls());
        owed = new Owed(released);
        ExecutorService workers = Executors.newFixedThreadPool(session.parallelCalls(), task -> {
            Thread thread = new Thread(task, "writer-" + policy);
            thread.setDaemon(true);
            return thread;
        });
        try {
            run(new LeaverPass(session, policy, loginRecords, true, now), only(released, Action.Freeze.class), workers);
            run(
                    new LeaverPass(session, policy, loginRecords, false, now),
                    only(released, Action.Deactivate.class),
                    workers);
            byKind(only(released, Action.Withdraw.class))
                    .forEach((kind, rights) -> run(new WithdrawPass(session, kind), rights, workers));
            List<Action> rows = withNamesFree(released, workers, now);
            List<Action> updates = only(rows, Action.Update.class);
            run(
                    new UpdatePass(session, "updating", false, false, now),
                    updates.stream().filter(action -> !hasRole(action)).toList(),
                    workers);
            run(
                    new UpdatePass(session, "updating roles", true, false, now),
                    updates.stream().filter(Application::hasRole).toList(),
                    workers);
            Set<ObjectGuid> back = people(comeBack(only(rows, Action.Reactivate.class), workers, now));
            Set<ObjectGuid> created = people(create(only(released, Action.Create.class), workers, now));
            byField(only(released, Action.Refer.class)).values().forEach(references -> {
                ReferPass pass = new ReferPass(session);
                run(pass, pass.possible(references), workers);
            });
            List<Action> possible = only(released, Action.Assign.class).stream()
                    .map(Action.Assign.class::cast)
                    .filter(grant -> grant.user().isPresent() || created.contains(grant.person()))
                    .filter(grant -> !grant.returning() || back.contains(grant.person()))
                    .map(Action.class::cast)
                    .toList();
            byKind(possible).forEach((kind, rights) -> run(new GrantPass(session, policy, kind), rights, workers));
            stopIfFailed(session.ledger().record(owed.settled(session.ledger().newcomers())));
            return stopped;
        } finally {
            workers.shutdown();
        }
    }

    /** Has contested usernames given up; whoever depends on one that was not waits for the next run. */
    private List<Action> withNamesFree(List<Action> released, ExecutorService workers, Instant now) {
        NameRelease names = new NameRelease(released);
        List<Action> givenFree =
                run(new UpdatePass(session, "releasing usernames", false, false, now), names.inBetween(), workers);
        Set<ObjectGuid> waiting = names.waiting(givenFree);
        return released.stream()
                .filter(action -> !waiting.contains(action.person()))
                .toList();
    }

    /** In the order in which they come, which is the canonical one; each kind is a call of its own. */
    private static Map<EntitlementKind, List<Action>> byKind(List<Action> rights) {
        Map<EntitlementKind, List<Action>> byKind = new LinkedHashMap<>();
        rights.forEach(
                action -> byKind.computeIfAbsent(action.right().orElseThrow().kind(), any -> new ArrayList<>())
                        .add(action));
        return byKind;
    }

    /** A call must not hold two rows of one user. */
    private static Map<String, List<Action>> byField(List<Action> references) {
        return references.stream()
                .collect(Collectors.groupingBy(
                        action -> ((Action.Refer) action).field(), TreeMap::new, Collectors.toList()));
    }

    private static Set<ObjectGuid> people(List<Action> actions) {
        return actions.stream().map(Action::person).collect(Collectors.toSet());
    }

    /** Answers those who are active again. */
    private List<Action> comeBack(List<Action> returners, ExecutorService workers, Instant now) {
        Map<Boolean, List<Action>> byRow = new TreeMap<>(returners.stream()
                .collect(Collectors.partitioningBy(action -> action.changes().isEmpty())));
        List<Action> toOpen = new ArrayList<>(byRow.getOrDefault(true, List.of()));
        List<Action> rows = byRow.getOrDefault(false, List.of());
        List<Action> active = run(new UpdatePass(session, "reactivating", false, true, now), rows, workers);
        toOpen.addAll(active);
        run(
                new UnfreezePass(session, loginRecords),
                toOpen.stream()
                        .filter(action -> action instanceof Action.Reactivate back && back.unfreeze())
                        .toList(),
                workers);
        return active;
    }

    /** Answers those who have a user now. */
    private List<Action> create(List<Action> joiners, ExecutorService workers, Instant now) {
        List<Action> created =
                run(new CreatePass(session, policy, anchorField, now, listener::nameRefused, owed), joiners, workers);
        List<Action> roles =
                created.stream().filter(Application::hasRole).map(this::roleOf).toList();
        run(new UpdatePass(session, "giving roles", true, false, now), roles, workers);
        return created;
    }

    private Action roleOf(Action created) {
        PersonLink link = Objects.requireNonNull(session.ledger().links().get(created.person()));
        Change role = Objects.requireNonNull(created.changes().get(CreatePass.ROLE));
        return new Action.Update(
                created.person(), link.user(), new TreeMap<>(Map.of(CreatePass.ROLE, role)), false, created.reason());
    }

    private static boolean hasRole(Action action) {
        return action.changes().containsKey(CreatePass.ROLE);
    }

    private static List<Action> only(List<Action> released, Class<? extends Action> kind) {
        return released.stream().filter(kind::isInstance).toList();
    }

    /** Runs one pass; answers the actions that Salesforce confirmed. */
    private List<Action> run(Pass pass, List<Action> actions, ExecutorService workers) {
        List<Action> written = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        if (!actions.isEmpty()) {
            progress(pass, 0);
        }
        for (int from = 0; from < actions.size(); from += SalesforceOrg.MAX_ROWS) {
            List<Action> batch = actions.subList(from, Math.min(from + SalesforceOrg.MAX_ROWS, actions.size()));
            CompletableFuture<Void> call = CompletableFuture.runAsync(
                    () -> {
                        written.addAll(runBatch(pass, batch));
                        progress(pass, batch.size());
                    },
                    workers);
            calls.add(call);
            if (pass.oneAtATime()) {
                await(call);
            }
        }
        calls.forEach(this::await);
        return List.copyOf(written);
    }

    /** Waits for a call, and looks up now and then while that lasts. */
    private void await(CompletableFuture<Void> call) {
        boolean interrupted = false;
        while (!call.isDone()) {
            try {
                call.get(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException goesOn) {
                listener.meanwhile();
            } catch (InterruptedException stopping) {
                // What is under way comes to its end; the stop sign keeps the next batch from being sent.
                interrupted = true;
            } catch (ExecutionException failed) {
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        call.join();
        long now = System.nanoTime();
        if (now - lookedUp >= LOOK_UP.toNanos()) {
            lookedUp = now;
            listener.meanwhile();
        }
    }

    private synchronized void progress(Pass pass, int rows) {
        effort = effort.after(rows, pass.oneAtATime());
        listener.progress(pass.name(), effort);
    }

    private List<Action> runBatch(Pass pass, List<Action> batch) {
        if (stopped.isEmpty()) {
            stopSign.get().ifPresent(this::stop);
        }
        if (stopped.isEmpty()) {
            stopIfFailed(session.ledger().record(pass.before(batch)));
        }
        if (stopped.isPresent()) {
            RowOutcome notSent = new RowOutcome.NotSent(stopped.get());
            batch.forEach(action -> listener.acted(action, pass.name(), notSent));
            return List.of();
        }
        List<RowOutcome> outcomes = pass.send(batch);
        List<Action> written = new ArrayList<>();
        List<LedgerChange> changes = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            RowOutcome outcome = outcomes.get(i);
            changes.addAll(pass.after(batch.get(i), outcome));
            listener.acted(batch.get(i), pass.name(), outcome);
            if (outcome instanceof RowOutcome.Written) {
                written.add(batch.get(i));
                owed.written(batch.get(i));
            } else if (outcome instanceof RowOutcome.NotSent notSent) {
                stop(notSent.failure());
            }
        }
        stopIfFailed(session.ledger().record(changes));
        return written;
    }

    private void stopIfFailed(Result<Integer> recorded) {
        if (recorded instanceof Result.Failed<Integer> failed) {
            stop(failed.failure());
        }
    }

    private synchronized void stop(Failure why) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(why);
        }
    }
}
