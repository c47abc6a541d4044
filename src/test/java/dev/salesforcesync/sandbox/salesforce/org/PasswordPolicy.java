package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Duration;

/**
 * What an org asks of passwords (help, "Set Password Policies").
 *
 * @param minimumLength characters at least
 * @param lettersAndNumbers whether a password must have both
 * @param history how many passwords of a user are remembered and refused, the present one included; 0 to 24
 * @param lifetime a password expires when it is so old; {@link Duration#ZERO} for never
 * @param oneChangeADay "Require a minimum 1 day password lifetime"
 * @param selfSet "Allow use of setPassword() API for self-resets"
 */
public record PasswordPolicy(
        int minimumLength,
        boolean lettersAndNumbers,
        int history,
        Duration lifetime,
        boolean oneChangeADay,
        boolean selfSet) {

    /** As in a new org. */
    public static final PasswordPolicy DEFAULT = new PasswordPolicy(8, true, 3, Duration.ofDays(90), false, false);

    public PasswordPolicy {
        if (history < 0 || history > 24) {
            throw new IllegalArgumentException("not a length of history: " + history);
        }
    }

    /** Remembers so many passwords of each user. */
    public PasswordPolicy withHistory(int passwords) {
        return new PasswordPolicy(minimumLength, lettersAndNumbers, passwords, lifetime, oneChangeADay, selfSet);
    }

    /** A password can be changed once in 24 hours. */
    public PasswordPolicy withOneChangeADay() {
        return new PasswordPolicy(minimumLength, lettersAndNumbers, history, lifetime, true, selfSet);
    }

    /** Passwords expire after this time. */
    public PasswordPolicy withLifetime(Duration time) {
        return new PasswordPolicy(minimumLength, lettersAndNumbers, history, time, oneChangeADay, selfSet);
    }

    /** Users may set their own password as if they were administrators. */
    public PasswordPolicy withSelfSet() {
        return new PasswordPolicy(minimumLength, lettersAndNumbers, history, lifetime, oneChangeADay, true);
    }
}
