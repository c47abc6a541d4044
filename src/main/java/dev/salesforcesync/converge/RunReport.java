package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.Completeness;
import dev.salesforcesync.model.DirectoryPicture.ForeignMember;
import dev.salesforcesync.model.HeldBatch;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one full comparison saw and did.
 *
 * @param generation the generation of the policy it ran for
 * @param completeness whether the directory was read completely
 * @param foreign members of the groups read who belong to another domain and are in none of this policy's searches
 * @param people people by state
 * @param linkedActive active users that somebody stands for
 * @param plan what is still to be done after this run: everything in Preview, what is held, refused or not sent
 *     otherwise
 * @param written confirmed rows by action: created, updated, deactivated, frozen, reactivated
 * @param held batches that wait for a person
 * @param failures people for whom something did not come out right, by stable code
 * @param stoppedBy why writing stopped before its end; empty when it went through
 * @param phases how long each phase took
 * @param ledgerLost whether creations and takings waited because the ledger lost something
 * @param retryAt when a refused or unsent row may be tried again; empty when there is none
 */
public record RunReport(
        long generation,
        Instant startedAt,
        Instant finishedAt,
        Completeness completeness,
        List<ForeignMember> foreign,
        People people,
        int linkedActive,
        Plan plan,
        Map<String, Integer> written,
        List<HeldBatch> held,
        List<FailureGroup> failures,
        Optional<Failure> stoppedBy,
        Map<String, Duration> phases,
        boolean ledgerLost,
        Optional<Instant> retryAt) {
    public RunReport {
        foreign = List.copyOf(foreign);
        written = Map.copyOf(written);
        held = List.copyOf(held);
        failures = List.copyOf(failures);
        phases = Map.copyOf(phases);
    }

    /** The same with other batches waiting. */
    RunReport withHeld(List<HeldBatch> waiting) {
        return new RunReport(
                generation,
                startedAt,
                finishedAt,
                completeness,
                foreign,
                people,
                linkedActive,
                plan,
                written,
                waiting,
                failures,
                stoppedBy,
                phases,
                ledgerLost,
                retryAt);
    }

    /** How many rows Salesforce confirmed. */
    public int rowsWritten() {
        return written.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * People by state.
     *
     * @param inScope meant by the policy
     * @param linked with a Salesforce user that stands for them
     * @param pending with something still to be done
     * @param failing with something that did not come out right
     * @param ambiguous with more than one candidate
     * @param orphaned Salesforce users nobody stands for
     * @param pendingVerification whose new e-mail address waits for their confirmation
     * @param left linked people whose user is to be or is taken away
     * @param unmatched meant by the policy and without a Salesforce user
     */
    public record People(
            int inScope,
            int linked,
            int pending,
            int failing,
            int ambiguous,
            int orphaned,
            int pendingVerification,
            int left,
            int unmatched) {}

    /**
     * People with one trouble.
     *
     * @param code a stable word, such as SalesforceDuplicateUserName
     * @param message what to do
     * @param sample at most ten of them
     */
    public record FailureGroup(String code, String message, int count, List<ObjectGuid> sample) {
        public FailureGroup {
            sample = List.copyOf(sample);
        }
    }
}
