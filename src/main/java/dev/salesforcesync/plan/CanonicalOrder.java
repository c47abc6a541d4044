package dev.salesforcesync.plan;

import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.GivenRight;
import java.util.Comparator;

/**
 * Fields that refer to others are written when everybody is there. Seats are freed before they are taken, and rights are taken before the profile changes and given after it: permission
 * sets go before the licences that they need, and come after them (salesforce/dml-lib#31). Within that, people stand in
 * the order of their identities.
 */
enum CanonicalOrder implements Comparator<Action> {
    INSTANCE;

    private static final Comparator<Action> ORDER = Comparator.<Action>comparingInt(CanonicalOrder::rank)
            .thenComparingInt(CanonicalOrder::turn)
            .thenComparing(Action::person)
            .thenComparing(action ->
                    action.right().map(right -> right.entitlement().value()).orElse(""))
            .thenComparing(Action::key);

    @Override
    public int compare(Action one, Action other) {
        return ORDER.compare(one, other);
    }

    private static int rank(Action action) {
        if (action instanceof Action.Freeze) {
            return 0;
        }
        if (action instanceof Action.Deactivate) {
            return 1;
        }
        if (action instanceof Action.Withdraw) {
            return 2;
        }
        if (action instanceof Action.Update) {
            return 3;
        }
        if (action instanceof Action.Reactivate) {
            return 4;
        }
        if (action instanceof Action.Create) {
            return 5;
        }
        return action instanceof Action.Refer ? 6 : 7;
    }

    /** Among rights of one rank. */
    private static int turn(Action action) {
        return action.right()
                .map(GivenRight::kind)
                .map(kind -> action instanceof Action.Withdraw ? whenTaken(kind) : whenGiven(kind))
                .orElse(0);
    }

    /** Sets before the licences that they need. */
    private static int whenTaken(EntitlementKind kind) {
        return switch (kind) {
            case PERMISSION_SET_GROUP -> 0;
            case PERMISSION_SET -> 1;
            case PERMISSION_SET_LICENSE -> 2;
            case PUBLIC_GROUP -> 3;
            case QUEUE -> 4;
        };
    }

    /** Licences before the sets that need them. */
    private static int whenGiven(EntitlementKind kind) {
        return switch (kind) {
            case PERMISSION_SET_LICENSE -> 0;
            case PERMISSION_SET -> 1;
            case PERMISSION_SET_GROUP -> 2;
            case PUBLIC_GROUP -> 3;
            case QUEUE -> 4;
        };
    }
}
