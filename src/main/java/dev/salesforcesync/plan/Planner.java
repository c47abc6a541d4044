package dev.salesforcesync.plan;

import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.Sighting;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what is desired with what is observed. */
public final class Planner {
    private Planner() {}

    /** Everything to do; the answer does not depend on the order of anything that comes in. */
    public static Plan plan(CompiledPolicy policy, PlanInput input) {
        throw new UnsupportedOperationException();
    }

    /** The digest under which a written value is remembered for {@link PlanInput#applied}. */
    public static String digestOf(String value) {
        return Canonical.digest(List.of(value));
    }

    /**
     * What planning goes by.
     *
     * @param desires what the rules want, by person
     * @param linking who stands for whom
     * @param sightings how each linked person was last seen; who has none is left alone
     * @param users the org's users as read, linked ones among them
     * @param frozen users whose sign-in is frozen, by whomever
     * @param holds what was taken from users of this policy and not given back, by every policy and schedule
     * @param pendingEmails e-mail changes that Salesforce accepted and the user has not confirmed
     * @param applied digests of the values last written, by user and field; empty where unknown. Only for
     *     {@code drift: Report}
     */
    public record PlanInput(
            Map<ObjectGuid, Desire> desires,
            Linking linking,
            Map<ObjectGuid, Sighting> sightings,
            Collection<SalesforceUser> users,
            Set<SalesforceId> frozen,
            Collection<Hold> holds,
            Set<PendingEmail> pendingEmails,
            Map<SalesforceId, Map<String, String>> applied,
            OrgDescription org) {
        public PlanInput {
            desires = Map.copyOf(desires);
            sightings = Map.copyOf(sightings);
            users = List.copyOf(users);
            frozen = Set.copyOf(frozen);
            holds = List.copyOf(holds);
            pendingEmails = Set.copyOf(pendingEmails);
            applied = Map.copyOf(applied);
        }
    }

    /** An e-mail address asked for and not yet confirmed by the user, compared without regard to case. */
    public record PendingEmail(SalesforceId user, String email) {
        @Override
        public String toString() {
            return "PendingEmail[" + user + "]";
        }
    }
}
