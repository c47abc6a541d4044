package dev.salesforcesync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person's own directory entry says about the account, decoded from {@code userAccountControl},
 * {@code accountExpires} and {@code lockoutTime} (MS-ADTS 2.2.16, 3.1.1.4.5.17).
 *
 * @param enabled false when ACCOUNTDISABLE is set
 * @param expiresAt when the account ends; empty for never
 * @param lockedOut whether the directory says that the account is locked out right now
 */
public record AccountState(boolean enabled, Optional<Instant> expiresAt, boolean lockedOut) {
    public static final AccountState ACTIVE = new AccountState(true, Optional.empty(), false);

    /** Whether the account has ended at {@code now}. */
    public boolean expired(Instant now) {
        return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
    }
}
