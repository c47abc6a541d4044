package dev.salesforcesync.converge;

import dev.salesforcesync.directory.DirectorySettings;
import dev.salesforcesync.directory.Following;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.plan.Guard;
import dev.salesforcesync.plan.Kind;
import dev.salesforcesync.policy.PolicyRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a SyncPolicy asks for, references and secrets resolved.
 *
 * @param connection the connection it works on
 * @param suspended nothing is read and nothing is written
 * @param rules who becomes what
 * @param directory how to reach the domain
 * @param searches where to look for people
 * @param minimumPeople a read that finds fewer proves nothing
 * @param canaries DNs that every complete read contains
 * @param safety what may be written without asking
 * @param times how often is looked
 * @param acceptServerBehind the token of a position in the directory's changes that is gone for good
 * @param runNow changes whenever somebody asks for a run at once
 * @param passwords how passwords follow
 */
public record PolicyOrder(
        long generation,
        ResourceName connection,
        boolean suspended,
        PolicyRules rules,
        DirectorySettings directory,
        List<Search> searches,
        int minimumPeople,
        List<String> canaries,
        Safety safety,
        Times times,
        Optional<String> acceptServerBehind,
        Optional<String> runNow,
        PasswordOrder passwords) {
    public PolicyOrder {
        searches = List.copyOf(searches);
        canaries = List.copyOf(canaries);
    }

    /** This accepted order as it goes on while the rules of a newer one are refused. */
    PolicyOrder keptUnder(PolicyOrder newer) {
        boolean braking = newer.safety().mode() == Guard.Mode.PREVIEW;
        return new PolicyOrder(
                generation,
                connection,
                newer.suspended(),
                rules.under(newer.rules().connection()),
                newer.directory(),
                searches,
                minimumPeople,
                canaries,
                braking ? newer.safety() : safety,
                times,
                newer.acceptServerBehind(),
                newer.runNow(),
                newer.passwords());
    }

    /** Whether another order reads what this one reads, and when, so that only what is decided may differ. */
    boolean readsAs(PolicyOrder other) {
        return new PolicyOrder(
                        other.generation(),
                        connection,
                        suspended,
                        other.rules(),
                        directory,
                        searches,
                        minimumPeople,
                        canaries,
                        other.safety(),
                        times,
                        acceptServerBehind,
                        runNow,
                        other.passwords())
                .equals(other);
    }

    /** The same order for somebody who only wants to know what it would come to: nothing of it is carried out. */
    public PolicyOrder previewed() {
        return new PolicyOrder(
                generation,
                connection,
                suspended,
                rules,
                directory,
                searches,
                minimumPeople,
                canaries,
                new Safety(Guard.Mode.PREVIEW, safety.limits(), safety.floor(), safety.approvals()),
                times,
                acceptServerBehind,
                runNow,
                passwords);
    }

    /** What may be written without asking. */
    public record Safety(Guard.Mode mode, Map<Kind, Guard.Limit> limits, int floor, Set<String> approvals) {
        public Safety {
            limits = Map.copyOf(limits);
            approvals = Set.copyOf(approvals);
        }
    }

    /**
     * How often is looked.
     *
     * @param changes how the directory is followed
     * @param directoryPoll time between two questions for changes in the directory
     * @param salesforcePoll time between two questions for changes made by others in Salesforce
     * @param fullComparison time between two full comparisons
     */
    public record Times(
            Following.Mode changes, Duration directoryPoll, Duration salesforcePoll, Duration fullComparison) {}
}
