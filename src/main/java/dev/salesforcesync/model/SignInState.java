package dev.salesforcesync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * How one user may sign in, as Salesforce showed him.
 *
 * @param user as he was read
 * @param login his sign-in record; empty when he has none
 * @param frozen whether somebody froze him
 * @param locked whether he is locked out after too many wrong passwords
 * @param singleSignOn whether he signs in by somebody else's word, so that a password in Salesforce is of no use
 * @param passwordSet when his password was last set or reset; empty for never
 * @param created when the user was made
 */
public record SignInState(
        SalesforceUser user,
        Optional<SalesforceId> login,
        boolean frozen,
        boolean locked,
        boolean singleSignOn,
        Optional<Instant> passwordSet,
        Instant created) {

    public boolean active() {
        return user.active();
    }

    /** Never shows the user, so that he cannot slip into a log. */
    @Override
    public String toString() {
        return "SignInState[" + user.id() + "]";
    }
}
