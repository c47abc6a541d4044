package dev.salesforcesync.converge;

import dev.salesforcesync.plan.Action;
import dev.salesforcesync.salesforce.SalesforceOrg;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How much of some writing is done. Rows that must go one call at a time count as many times as calls go out at once
 * otherwise, so that the time that is left can be told from the time that was spent.
 *
 * @param done rows whose call has ended
 * @param total rows in all, at the least {@code done}; some of them may turn out impossible
 * @param spent what {@code done} came to, in rows that may go side by side
 * @param needed what {@code total} comes to, at the least {@code spent}
 * @param parallel calls that go out at once
 */
record Effort(int done, int total, long spent, long needed, int parallel) {
    /** The first calls go out together and end together: from fewer rounds than this no rate can be told. */
    static final int ENOUGH_ROUNDS = 3;

    private static final Duration ENOUGH_TIME = Duration.ofSeconds(5);

    static Effort toDo(List<Action> actions, int parallel) {
        int rows = 0;
        long needed = 0;
        for (Action action : actions) {
            boolean alone = goesAlone(action);
            rows++;
            needed += alone && !(action instanceof Action.Create) ? parallel : 1;
            if (isTwoRows(action)) {
                rows++;
                needed += alone ? parallel : 1;
            }
        }
        return new Effort(0, rows, 0, needed, parallel);
    }

    private static boolean goesAlone(Action action) {
        return action instanceof Action.Refer
                || action.changes().containsKey(CreatePass.ROLE)
                || action.right()
                        .filter(right -> GrantPass.locksMembership(right.kind()))
                        .isPresent();
    }

    /** A role is given after the user is there, and sign-in is opened after the user is active. */
    private static boolean isTwoRows(Action action) {
        return (action instanceof Action.Create create && create.changes().containsKey(CreatePass.ROLE))
                || (action instanceof Action.Reactivate back
                        && back.unfreeze()
                        && !back.changes().isEmpty());
    }

    /** After some more rows. */
    Effort after(int rows, boolean oneAtATime) {
        int nowDone = done + rows;
        long nowSpent = spent + (long) rows * (oneAtATime ? parallel : 1);
        return new Effort(nowDone, Math.max(total, nowDone), nowSpent, Math.max(needed, nowSpent), parallel);
    }

    /** How much longer it takes if it goes on like this; empty while nobody can tell. */
    Optional<Duration> left(Duration elapsed) {
        boolean enough = spent >= (long) ENOUGH_ROUNDS * parallel * SalesforceOrg.MAX_ROWS
                && elapsed.compareTo(ENOUGH_TIME) >= 0;
        return enough
                ? Optional.of(Duration.ofMillis(Math.round(elapsed.toMillis() * ((double) (needed - spent) / spent))))
                : Optional.empty();
    }
}
