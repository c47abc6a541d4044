package dev.salesforcesync.converge;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Guard;
import dev.salesforcesync.plan.Plan;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Everything one full comparison found out and decided before its first write.
 *
 * @param linkedActive active users that somebody stands for
 * @param settledEmails users whose e-mail change no longer waits for them
 * @param at the instant that every rule saw as now
 */
record Decision(
        CompiledPolicy policy,
        DirectoryPicture picture,
        Collection<Desire> desires,
        Linking linking,
        Plan plan,
        Guard.Verdict verdict,
        Map<SalesforceId, LoginRecord> loginRecords,
        int linkedActive,
        Set<SalesforceId> settledEmails,
        Map<String, Duration> phases,
        Instant at) {

    int inScope() {
        return (int) desires.stream()
                .filter(desire -> !(desire instanceof Desire.OutOfScope))
                .count();
    }
}
