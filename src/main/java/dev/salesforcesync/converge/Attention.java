package dev.salesforcesync.converge;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.plan.Creating;
import dev.salesforcesync.plan.Plan;
import dev.salesforcesync.plan.Plan.LeftAlone;
import dev.salesforcesync.policy.Linking;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Whom a policy has to look at without looking at everybody: those who changed, and those with whom it is not done. */
final class Attention {
    private static final Set<Linking.Code> SETTLED_BY_OTHERS =
            Set.of(Linking.Code.ProtectedUser, Linking.Code.ClaimedByOtherPolicy);

    private final Set<ObjectGuid> changed = new HashSet<>();
    private Set<ObjectGuid> unfinished = Set.of();

    void to(Collection<ObjectGuid> people) {
        changed.addAll(people);
    }

    /** Those who changed and those with whom the last comparison was not done. */
    Set<ObjectGuid> people() {
        Set<ObjectGuid> people = new HashSet<>(changed);
        people.addAll(unfinished);
        return people;
    }

    boolean isOnAnybody() {
        return !changed.isEmpty();
    }

    /**
     * A comparison that decided about these people, or about everybody, came to its end.
     *
     * @param remaining what it left to be done
     * @param unconfirmed people of whom a confirmation is awaited
     */
    void heeded(Plan remaining, Standings standings, Collection<ObjectGuid> unconfirmed) {
        changed.clear();
        Set<ObjectGuid> still = new HashSet<>(unconfirmed);
        still.addAll(standings.lingering());
        remaining.actions().forEach(action -> still.add(action.person()));
        standings.problems().stream()
                .filter(problem -> !SETTLED_BY_OTHERS.contains(problem.code()))
                .forEach(problem -> problem.person().ifPresent(still::add));
        standings.leftAlone().stream()
                .filter(left -> left.code().equals(Creating.NAMES_TAKEN))
                .map(LeftAlone::person)
                .forEach(still::add);
        unfinished = still;
    }
}
