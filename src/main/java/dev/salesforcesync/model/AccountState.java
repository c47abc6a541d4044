package dev.salesforcesync.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    private static final int MOMENTS = 6;

    /** The lowest of the bits that say which moments are known. */
    private static final int FIRST_MOMENT = 8;

    /** An account of which only this is known. */
    public AccountState(boolean enabled, Optional<Instant> expiresAt, boolean lockedOut) {
        this(
                enabled,
                expiresAt,
                lockedOut ? new Lockout(true, Optional.empty(), Optional.empty()) : Lockout.NONE,
                PasswordState.UNKNOWN,
                Activity.NEVER);
    }

    /** One bit for each yes and for each moment that is known, then the moments. */
    void write(PackedTexts.Writer writer) {
        int yes = (enabled ? 1 : 0) | (lockout.inForce() ? 2 : 0) | (password.mustChange() ? 4 : 0);
        List<Optional<Instant>> moments = List.of(
                expiresAt,
                lockout.since(),
                lockout.until(),
                password.setAt(),
                password.expiresAt(),
                activity.lastLogon());
        for (int i = 0; i < MOMENTS; i++) {
            yes |= moments.get(i).isPresent() ? FIRST_MOMENT << i : 0;
        }
        writer.number(yes);
        moments.forEach(moment -> moment.ifPresent(writer::moment));
    }

    static AccountState read(PackedTexts.Reader reader) {
        int yes = reader.number();
        List<Optional<Instant>> moments = new ArrayList<>(MOMENTS);
        for (int i = 0; i < MOMENTS; i++) {
            moments.add((yes & (FIRST_MOMENT << i)) == 0 ? Optional.empty() : Optional.of(reader.moment()));
        }
        return new AccountState(
                (yes & 1) != 0,
                moments.get(0),
                new Lockout((yes & 2) != 0, moments.get(1), moments.get(2)),
                new PasswordState(moments.get(3), (yes & 4) != 0, moments.get(4)),
                new Activity(moments.get(5)));
    }

    static void skip(PackedTexts.Reader reader) {
        int yes = reader.number();
        for (int left = Integer.bitCount(yes & -FIRST_MOMENT); left > 0; left--) {
            reader.skipMoment();
        }
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
