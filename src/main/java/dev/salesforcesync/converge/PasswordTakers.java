package dev.salesforcesync.converge;

import java.util.Optional;

/** Which policies take passwords in, as this process sees them. */
public interface PasswordTakers {

    /** The policy, if it takes passwords in now. */
    Optional<Taker> find(ResourceName policy);

    /** Whether there is a policy of that name that means to, ready or not. */
    boolean captures(ResourceName policy);

    /**
     * A policy that takes passwords in.
     *
     * @param previewed whether nothing is ever written for it, so that nothing need be kept
     */
    record Taker(PasswordScope scope, PasswordOrder order, boolean previewed) {}
}
