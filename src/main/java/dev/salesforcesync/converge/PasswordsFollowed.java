package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SignInState;
import dev.salesforcesync.plan.Guard;
import dev.salesforcesync.policy.Protection;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.salesforce.SalesforceOrg;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets a policy's reset mails and unlockings follow after each of its turns that came to its end. */
final class PasswordsFollowed {
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private final ResourceName name;
    private final Engines engines;
    private final PasswordLife life;
    private final Clock clock;
    private boolean sawAll;
    private boolean left;
    private Instant tried = Instant.EPOCH;

    PasswordsFollowed(ResourceName name, Engines engines, Clock clock) {
        this.name = name;
        this.engines = engines;
        this.clock = clock;
        this.life = new PasswordLife(
                name, clock, engines.passwordTally(name), engines.telemetry().passwords()::ended);
    }

    /**
     * A turn came to its end.
     *
     * @param changed who was looked at, if it was not everybody
     * @param everybody whether both sides were read anew
     */
    void saw(Task task, Set<ObjectGuid> changed, boolean everybody) {
        PasswordOrder order = task.order().passwords();
        boolean writes = task.order().safety().mode() != Guard.Mode.PREVIEW
                && engines.writeSwitch().stopped().isEmpty();
        if (order.mode() == PasswordOrder.Mode.NONE
                || !writes
                || task.feed().picture().isEmpty()) {
            sawAll = false;
            left = false;
            return;
        }
        SalesforceOrg org = task.session().org();
        left = life.saw(
                new PasswordLife.Seen(
                        order,
                        task.feed().picture().get(),
                        task.session().ledger(),
                        () -> protection(task),
                        states(org),
                        calls(org)),
                everybody || !sawAll ? Optional.empty() : Optional.of(changed));
        sawAll = true;
        tried = clock.instant();
        engines.passwordsFollowed(name, life.trouble());
    }

    /** Tries what was left over, when that is due; says for how long the engine may sleep then. */
    Duration again(Task task, Duration sleep) {
        if (!left) {
            return sleep;
        }
        Instant due = tried.plus(AGAIN);
        if (!clock.instant().isBefore(due)) {
            saw(task, Set.of(), false);
        }
        Duration wait = left ? AGAIN : sleep;
        return wait.compareTo(sleep) < 0 ? wait : sleep;
    }

    private static PasswordLife.OrgStates states(SalesforceOrg org) {
        return new PasswordLife.OrgStates() {
            @Override
            public Result<List<SignInState>> of(Collection<SalesforceId> users) {
                return org.signInStates(users);
            }

            @Override
            public Result<Set<SalesforceId>> neverSet(Instant createdSince) {
                return org.usersWithoutPassword(createdSince);
            }
        };
    }

    private static PasswordCalls calls(SalesforceOrg org) {
        return new PasswordCalls() {
            @Override
            public RowOutcome mailReset(SalesforceId user) {
                return org.mailReset(user);
            }

            @Override
            public List<RowOutcome> unlock(List<SalesforceId> logins) {
                return org.unlock(logins);
            }
        };
    }

    private static Result<Protection> protection(Task task) {
        Set<String> sets = task.session().protectedPermissionSets(task.policy());
        Result<Set<SalesforceId>> holders = sets.isEmpty()
                ? Result.ok(Set.of())
                : task.session().org().urgent().assigneesOf(sets);
        return holders.map(users -> new Protection(
                task.policy().rules().connection(), task.session().description(), users));
    }

    /** For a snapshot of a policy whose passwords are not captured. */
    static PasswordSnapshot snapshot(PasswordTally tally, Optional<Failure> trouble) {
        return new PasswordSnapshot(0, 0, 0, Optional.empty(), tally.snapshot(), trouble);
    }
}
