package dev.salesforcesync.model;

import java.time.Duration;
import java.time.Instant;

/**
 * An e-mail address that Salesforce accepted and will show only once the user has confirmed it (72 hours, Salesforce
 * Help "Change a user's email address"). Asking again would send the user another mail.
 *
 * @param addressDigest a digest of the address in lower case; the address itself is not kept
 * @param shownDigest the same of the address that Salesforce showed when it was asked; {@link #NONE} where it showed
 *     none, empty where nobody knows any longer
 */
public record PendingEmail(SalesforceId user, String addressDigest, String shownDigest, Instant since) {
    /** Stands for the digest of no address. */
    public static final String NONE = "-";

    private static final Duration VALIDITY = Duration.ofDays(3);

    /**
     * Whether the user may still confirm it: not when the address is there, nor when another one came instead, because
     * only one change waits at a time, nor when the link in the mail has expired.
     *
     * @param digestNow of the address that Salesforce shows now, or {@link #NONE}
     */
    public boolean isOpen(String digestNow, Instant now) {
        boolean sameAsThen = shownDigest.isEmpty() || shownDigest.equals(digestNow);
        return sameAsThen
                && !addressDigest.equals(digestNow)
                && since.plus(VALIDITY).isAfter(now);
    }
}
