package dev.salesforcesync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person's own directory entry says about the account, decoded from {@code userAccountControl},
 * {@code accountExpires}, {@code lockoutTime}, {@code lastLogonTimestamp} and the attributes that a domain controller
 * computes of them (MS-ADTS 2.2.16, 3.1.1.4.5.17).
 *
 * @param enabled false when ACCOUNTDISABLE is set
 * @param expiresAt when the account ends; empty for never
 * @param lockout whether the account is locked out
 * @param password how long the password is good
 * @param activity when somebody last logged on
 */
public record AccountState(
        boolean enabled, Optional<Instant> expiresAt, Lockout lockout, PasswordState password, Activity activity) {
    public static final AccountState ACTIVE =
            new AccountState(true, Optional.empty(), Lockout.NONE, PasswordState.UNKNOWN, Activity.NEVER);

    /** An account of which only this is known. */
    public AccountState(boolean enabled, Optional<Instant> expiresAt, boolean lockedOut) {
        this(
                enabled,
                expiresAt,
                lockedOut ? new Lockout(true, Optional.empty(), Optional.empty()) : Lockout.NONE,
                PasswordState.UNKNOWN,
                Activity.NEVER);
    }

    /** Whether the account has ended at {@code now}. */
    public boolean expired(Instant now) {
        return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
    }

    /** Whether the directory said, when it was read, that the account is locked out. */
    public boolean lockedOut() {
        return lockout.inForce();
    }

    /**
     * A lockout after too many wrong passwords.
     *
     * @param inForce whether it held when the entry was read
     * @param since when it began; it stays on the entry after it ran out, until the next logon
     * @param until when it runs out by the domain's own policy; empty for never or unknown. A policy for some people
     *     (msDS-ResultantPSO) may say otherwise, so the directory is asked again then
     */
    public record Lockout(boolean inForce, Optional<Instant> since, Optional<Instant> until) {
        public static final Lockout NONE = new Lockout(false, Optional.empty(), Optional.empty());
    }

    /**
     * How long the password is good.
     *
     * @param setAt when it was set; empty when it must be changed or was never set
     * @param mustChange whether it must be changed at the next logon ({@code pwdLastSet} is 0)
     * @param expiresAt when it ends; empty for never or unknown
     */
    public record PasswordState(Optional<Instant> setAt, boolean mustChange, Optional<Instant> expiresAt) {
        public static final PasswordState UNKNOWN = new PasswordState(Optional.empty(), false, Optional.empty());

        /** Whether it has ended at {@code now}. */
        public boolean expired(Instant now) {
            return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
        }
    }

    /**
     * The last sign of life that the domain's controllers share. It is behind the truth by up to
     * {@code msDS-LogonTimeSyncInterval} days, 14 unless set otherwise (MS-ADA1, lastLogonTimestamp).
     *
     * @param lastLogon the last logon that was shared; empty when nobody ever logged on
     */
    public record Activity(Optional<Instant> lastLogon) {
        public static final Activity NEVER = new Activity(Optional.empty());

        public boolean neverLoggedOn() {
            return lastLogon.isEmpty();
        }
    }
}
