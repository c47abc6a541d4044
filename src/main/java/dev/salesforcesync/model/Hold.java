package dev.salesforcesync.model;

import java.time.Instant;

/**
 * Something we took from a Salesforce user, remembered until it is given back. Only what stands here is ever given
 * back: somebody who was deactivated by a human stays so.
 *
 * @param user from whom
 * @param person the person he stands for
 * @param policy who took it, as {@code namespace/name}
 * @param reason why, as a stable word: Disabled, Expired, Deleted, OutOfScope
 * @param froze whether the freezing was ours
 * @param deactivated whether the deactivation was ours
 * @param since when it was decided
 */
public record Hold(
        SalesforceId user,
        ObjectGuid person,
        String policy,
        String reason,
        boolean froze,
        boolean deactivated,
        Instant since) {}
