package dev.salesforcesync.plan;

import java.util.Comparator;

/** Seats are freed before they are taken; within that, people stand in the order of their identities. */
enum CanonicalOrder implements Comparator<Action> {
    INSTANCE;

    private static final Comparator<Action> ORDER = Comparator.<Action>comparingInt(CanonicalOrder::rank)
            .thenComparing(Action::person)
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
        if (action instanceof Action.Update) {
            return 2;
        }
        return action instanceof Action.Reactivate ? 3 : 4;
    }
}
