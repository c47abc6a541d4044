package dev.salesforcesync.converge;

import dev.salesforcesync.converge.PasswordOrder.Mode;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SignInState;
import dev.salesforcesync.policy.PasswordFitness;
import dev.salesforcesync.policy.Protection;
import dev.salesforcesync.salesforce.RowOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reset mails and unlockings of one policy. What a turn of its engine saw of people is held against how their users may
 * sign in; Salesforce itself says when a password was last set there, so a mail is never sent twice, whoever led before.
 * The ledger holds since when this goes on and moves that up, so that after a start few people have to be asked for.
 * Used by the engine's thread.
 */
final class PasswordLife {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordLife.class);

    /** What the directory was asked for may be that old when it is looked at. */
    private static final Duration SAFELY_PAST = Duration.ofHours(1);

    /** The most mails of one turn; the others follow with the next. */
    static final int MOST_MAILS = 200;

    private final ResourceName policy;
    private final Clock clock;
    private final PasswordTally tally;
    private final BiConsumer<String, String> ended;
    private final Set<ObjectGuid> lockedOut = new HashSet<>();
    private final Set<ObjectGuid> unlocking = new HashSet<>();
    private final Set<ObjectGuid> unfinished = new HashSet<>();
    private final Map<ObjectGuid, String> told = new HashMap<>();
    private Optional<Failure> trouble = Optional.empty();

    /** @param ended is told what was done and what came of it, for the metrics */
    PasswordLife(ResourceName policy, Clock clock, PasswordTally tally, BiConsumer<String, String> ended) {
        this.policy = policy;
        this.clock = clock;
        this.tally = tally;
        this.ended = ended;
    }

    /**
     * What one turn saw.
     *
     * @param protection of the connection; asked for only when somebody is due
     */
    record Seen(
            PasswordOrder order,
            DirectoryPicture picture,
            OrgLedger ledger,
            Supplier<Result<Protection>> protection,
            OrgStates states,
            PasswordCalls calls) {}

    /** How users may sign in now. */
    interface OrgStates {
        Result<List<SignInState>> of(Collection<SalesforceId> users);

        /** Active users made since then who never had a password. */
        Result<Set<SalesforceId>> neverSet(Instant createdSince);
    }

    /** Why the last turn could not do all of it. */
    Optional<Failure> trouble() {
        return trouble;
    }

    /**
     * Does what has become due.
     *
     * @param changed who may be other than before; empty for everybody
     * @return whether something is left for the next turn
     */
    boolean saw(Seen seen, Optional<Set<ObjectGuid>> changed) {
        trouble = Optional.empty();
        noteLockouts(seen, changed);
        if (seen.order().mode() == Mode.NONE) {
            unfinished.clear();
            return false;
        }
        Instant since = seen.order().mode() == Mode.RESET_EMAIL ? since(seen.ledger()) : Instant.MAX;
        Map<SalesforceId, Person> users = candidates(seen, changed, since);
        if (trouble.isPresent()) {
            return true;
        }
        if (users.isEmpty()) {
            moveUp(seen, changed);
            return false;
        }
        Result<List<SignInState>> states = seen.states().of(users.keySet());
        if (states instanceof Result.Failed<List<SignInState>> failed) {
            trouble = Optional.of(failed.failure());
            users.values().forEach(person -> unfinished.add(person.guid()));
            return true;
        }
        act(seen, users, ((Result.Ok<List<SignInState>>) states).value(), since);
        moveUp(seen, changed);
        return !unfinished.isEmpty() || !unlocking.isEmpty();
    }

    private void noteLockouts(Seen seen, Optional<Set<ObjectGuid>> changed) {
        if (!seen.order().unlock() || seen.order().mode() == Mode.NONE) {
            lockedOut.clear();
            unlocking.clear();
            return;
        }
        Map<ObjectGuid, Person> people = seen.picture().people();
        for (ObjectGuid guid : changed.orElse(people.keySet())) {
            Person person = people.get(guid);
            if (person != null && person.account().lockedOut()) {
                lockedOut.add(guid);
                unlocking.remove(guid);
            } else if (lockedOut.remove(guid) && person != null) {
                unlocking.add(guid);
            }
        }
    }

    /** Who may be due, by what the directory says alone, by user. */
    private Map<SalesforceId, Person> candidates(Seen seen, Optional<Set<ObjectGuid>> changed, Instant since) {
        Set<ObjectGuid> wanted = new HashSet<>(unlocking);
        Map<ObjectGuid, PersonLink> links = seen.ledger().links();
        Map<ObjectGuid, Person> people = seen.picture().people();
        if (seen.order().mode() == Mode.RESET_EMAIL) {
            Set<ObjectGuid> looked = new HashSet<>(changed.orElseGet(links::keySet));
            looked.addAll(unfinished);
            for (ObjectGuid guid : looked) {
                Person person = people.get(guid);
                boolean moved = person != null
                        && person.account()
                                .password()
                                .setAt()
                                .filter(set -> set.isAfter(since))
                                .isPresent();
                if (moved || (person != null && changed.isPresent()) || unfinished.contains(guid)) {
                    wanted.add(guid);
                }
            }
            if (changed.isEmpty()) {
                wanted.addAll(joiners(seen, since));
            }
        }
        if (trouble.isPresent()) {
            return Map.of();
        }
        unfinished.clear();
        Map<SalesforceId, Person> users = new LinkedHashMap<>();
        wanted.stream().sorted().forEach(guid -> {
            PersonLink link = links.get(guid);
            Person person = people.get(guid);
            if (link != null && person != null && link.policy().equals(policy.toString())) {
                users.put(link.user(), person);
            }
        });
        return users;
    }

    private Set<ObjectGuid> joiners(Seen seen, Instant since) {
        Result<Set<SalesforceId>> asked = seen.states().neverSet(since.minus(PasswordFitness.CLOCKS));
        if (asked instanceof Result.Failed<Set<SalesforceId>> failed) {
            trouble = Optional.of(failed.failure());
            return Set.of();
        }
        Set<SalesforceId> users = ((Result.Ok<Set<SalesforceId>>) asked).value();
        return users.isEmpty()
                ? Set.of()
                : seen.ledger().links().values().stream()
                        .filter(link -> users.contains(link.user()))
                        .map(PersonLink::person)
                        .collect(Collectors.toSet());
    }

    private void act(Seen seen, Map<SalesforceId, Person> users, List<SignInState> states, Instant since) {
        Map<SalesforceId, ObjectGuid> toUnlock = new LinkedHashMap<>();
        int mails = 0;
        Result<Protection> read = seen.protection().get();
        if (read instanceof Result.Failed<Protection> failed) {
            trouble = Optional.of(failed.failure());
            users.values().forEach(person -> unfinished.add(person.guid()));
            return;
        }
        Protection protection = ((Result.Ok<Protection>) read).value();
        for (SignInState state : states) {
            Person person = users.get(state.user().id());
            if (person == null) {
                continue;
            }
            Optional<String> obstacle = PasswordFitness.obstacle(state, protection);
            if (unlocking.contains(person.guid())) {
                if (obstacle.isEmpty() && state.locked() && state.login().isPresent()) {
                    toUnlock.put(state.login().get(), person.guid());
                } else {
                    unlocking.remove(person.guid());
                }
            }
            if (since.equals(Instant.MAX) || !PasswordFitness.wantsMail(state, person.account(), since)) {
                continue;
            }
            if (obstacle.isPresent()) {
                if (!obstacle.get().equals(told.put(person.guid(), obstacle.get()))) {
                    tally.refused(obstacle.get());
                    ended.accept("mail", obstacle.get());
                }
            } else if (mails++ >= MOST_MAILS || trouble.isPresent()) {
                unfinished.add(person.guid());
            } else {
                mail(seen.calls(), state.user().id(), person.guid());
            }
        }
        unlock(seen.calls(), toUnlock);
    }

    private void mail(PasswordCalls calls, SalesforceId user, ObjectGuid person) {
        RowOutcome outcome = calls.mailReset(user);
        if (outcome instanceof RowOutcome.Written) {
            tally.mailed();
            ended.accept("mail", "sent");
        } else if (outcome instanceof RowOutcome.Refused refused) {
            tally.refused(refused.failure().reason());
            ended.accept("mail", "refused");
        } else {
            // Not sent, or nobody knows: the moment of the last reset, asked for again, tells.
            unfinished.add(person);
            trouble = Optional.of(
                    outcome instanceof RowOutcome.Unknown unknown
                            ? unknown.failure()
                            : ((RowOutcome.NotSent) outcome).failure());
            ended.accept("mail", "unknown");
        }
    }

    private void unlock(PasswordCalls calls, Map<SalesforceId, ObjectGuid> logins) {
        List<SalesforceId> all = new ArrayList<>(logins.keySet());
        for (int from = 0; from < all.size(); from += 200) {
            List<SalesforceId> some = all.subList(from, Math.min(all.size(), from + 200));
            List<RowOutcome> outcomes = calls.unlock(some);
            Map<SalesforceId, RowOutcome> byLogin = new HashMap<>();
            for (int i = 0; i < some.size(); i++) {
                byLogin.put(some.get(i), outcomes.get(i));
            }
            byLogin.forEach((login, outcome) -> {
                if (outcome instanceof RowOutcome.Written) {
                    tally.unlocked();
                    unlocking.remove(logins.get(login));
                } else if (outcome instanceof RowOutcome.Refused) {
                    unlocking.remove(logins.get(login));
                }
                ended.accept("unlock", outcome instanceof RowOutcome.Written ? "done" : "failed");
            });
        }
    }

    private String key() {
        return policy + "#passwords";
    }

    /** Since when this goes on; begins now when it is not known. */
    private Instant since(OrgLedger ledger) {
        String kept = ledger.positions().get(key());
        if (kept != null) {
            return Instant.parse(kept);
        }
        Instant now = clock.instant();
        keep(ledger, now);
        return now;
    }

    /** After everybody was looked at and nothing is left, what is long past need not be looked at again. */
    private void moveUp(Seen seen, Optional<Set<ObjectGuid>> changed) {
        if (seen.order().mode() == Mode.RESET_EMAIL
                && changed.isEmpty()
                && unfinished.isEmpty()
                && seen.picture().completeness().isProven()) {
            Instant past = seen.picture().readAt().minus(SAFELY_PAST);
            if (past.isAfter(since(seen.ledger()))) {
                keep(seen.ledger(), past);
            }
        }
    }

    private void keep(OrgLedger ledger, Instant moment) {
        if (ledger.record(List.of(new LedgerChange.Put(new Entry.Position(key(), moment.toString()))))
                instanceof Result.Failed<Integer> failed) {
            LOG.warn(
                    "policy {} could not keep since when reset mails are sent: {}",
                    policy,
                    failed.failure().reason());
        }
    }
}
