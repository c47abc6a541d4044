package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Entry;
import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.AccountState.Activity;
import dev.salesforcesync.model.AccountState.Lockout;
import dev.salesforcesync.model.AccountState.PasswordState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decodes what an entry says about its account; the only place that knows the bits and the times. */
final class AccountDecoder {
    /** What is read for it. The computed ones cannot be followed, only read again. */
    static final List<String> ATTRIBUTES = List.of(
            "userAccountControl",
            "accountExpires",
            "lockoutTime",
            "pwdLastSet",
            "lastLogonTimestamp",
            "msDS-User-Account-Control-Computed",
            "msDS-UserPasswordExpiryTimeComputed");

    private static final int ACCOUNT_DISABLED = 0x2;
    private static final int LOCKED_OUT = 0x10;

    private final DomainPolicy policy;

    AccountDecoder(DomainPolicy policy) {
        this.policy = policy;
    }

    /** Empty when what decides over a person's access cannot be read. */
    Optional<AccountState> decode(Entry entry) {
        Long control = entry.getAttributeValueAsLong("userAccountControl");
        if (control == null) {
            return Optional.empty();
        }
        Optional<Instant> expiresAt = Optional.empty();
        if (entry.hasAttribute("accountExpires")) {
            try {
                expiresAt = FileTimes.parse(entry.getAttributeValue("accountExpires"));
            } catch (NumberFormatException | DateTimeException e) {
                return Optional.empty();
            }
        }
        return Optional.of(new AccountState(
                (control & ACCOUNT_DISABLED) == 0,
                expiresAt,
                lockout(entry),
                password(entry),
                time(entry, "lastLogonTimestamp")
                        .map(at -> new Activity(Optional.of(at)))
                        .orElse(Activity.NEVER)));
    }

    /**
     * The computed attribute knows when a lockout has run out; without it, a lockout counts until it is lifted
     * (MS-ADTS 3.1.1.4.5.17).
     */
    private Lockout lockout(Entry entry) {
        Optional<Instant> since = time(entry, "lockoutTime");
        Long computed = entry.getAttributeValueAsLong("msDS-User-Account-Control-Computed");
        boolean inForce = computed == null ? since.isPresent() : (computed & LOCKED_OUT) != 0;
        return inForce
                ? new Lockout(
                        true,
                        since,
                        since.flatMap(begin -> policy.lockoutDuration().map(begin::plus)))
                : Lockout.NONE;
    }

    private static PasswordState password(Entry entry) {
        Optional<Instant> setAt = time(entry, "pwdLastSet");
        boolean mustChange = "0".equals(entry.getAttributeValue("pwdLastSet"));
        Optional<Instant> expiresAt = time(entry, "msDS-UserPasswordExpiryTimeComputed");
        return new PasswordState(setAt, mustChange, expiresAt);
    }

    /** A time that only informs: what cannot be understood is as good as missing. */
    private static Optional<Instant> time(Entry entry, String attribute) {
        String value = entry.getAttributeValue(attribute);
        try {
            return value == null ? Optional.empty() : FileTimes.parse(value);
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
