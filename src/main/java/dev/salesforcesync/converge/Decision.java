package dev.salesforcesync.converge;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Guard;
import dev.salesforcesync.plan.Plan;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Everything one comparison found out and decided before its first write.
 *
 * @param linking of those it decided about
 * @param standings how everybody stands now, those included about whom it was decided earlier
 * @param settledEmails users whose e-mail change no longer waits for them
 * @param at the instant that every rule saw as now
 */
record Decision(
        CompiledPolicy policy,
        DirectoryPicture picture,
        Linking linking,
        Plan plan,
        Guard.Verdict verdict,
        Map<SalesforceId, LoginRecord> loginRecords,
        Standings standings,
        Set<SalesforceId> settledEmails,
        Map<String, Duration> phases,
        Instant at) {}
