package dev.salesforcesync.model;

import java.time.Instant;

/**
 * An e-mail address that Salesforce accepted and will show only once the user has confirmed it (72 hours, Salesforce
 * Help "Change a user's email address"). Asking again would send the user another mail.
 *
 * @param addressDigest a digest of the address in lower case; the address itself is not kept
 */
public record PendingEmail(SalesforceId user, String addressDigest, Instant since) {}
