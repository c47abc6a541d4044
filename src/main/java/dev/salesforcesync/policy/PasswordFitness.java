package dev.salesforcesync.policy;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.SignInState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides which users get passwords, reset mails and unlockings at all, and when. Every no has a stable word. */
public final class PasswordFitness {
    /** Clocks of domain and org differ; a change that the org has may seem a little older than it is. */
    public static final Duration CLOCKS = Duration.ofMinutes(5);

    private PasswordFitness() {}

    /** Why a user gets neither password nor mail; empty when he does. */
    public static Optional<String> obstacle(SignInState state, Protection protection) {
        if (protection.of(state.user()).isPresent()) {
            return Optional.of(protection.isOurselves(state.user()) ? "UserIsIntegrationUser" : "UserProtected");
        }
        if (!state.active()) {
            return Optional.of("UserInactive");
        }
        if (state.frozen()) {
            return Optional.of("UserFrozen");
        }
        return state.singleSignOn() ? Optional.of("UserSignsInElsewhere") : Optional.empty();
    }

    /**
     * Whether Salesforce is to send its reset mail: to somebody who became a user and never had a password there, or
     * whose password changed in the directory after it was last set in Salesforce. Asked again after the mail it says no,
     * for a reset is a setting. What happened before passwords began to follow is left alone.
     *
     * @param since when passwords of this policy began to follow
     */
    public static boolean wantsMail(SignInState state, AccountState account, Instant since) {
        if (!account.enabled()) {
            return false;
        }
        if (state.passwordSet().isEmpty()) {
            return !state.created().plus(CLOCKS).isBefore(since);
        }
        return account.password()
                .setAt()
                .filter(changed -> changed.isAfter(since))
                .filter(changed -> changed.isAfter(state.passwordSet().get().plus(CLOCKS)))
                .isPresent();
    }
}
