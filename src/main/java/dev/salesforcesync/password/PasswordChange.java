package dev.salesforcesync.password;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** One password as an agent caught it. Whoever holds it last wipes it by {@link #close()}. */
public final class PasswordChange implements AutoCloseable {
    private final Whom whom;
    private final byte[] secret;
    private final Optional<Instant> changedAt;
    private final OptionalLong sequence;
    private final Instant receivedAt;
    private final Agent agent;

    /**
     * Takes the secret over without copying it.
     *
     * @param secret the password in UTF-8
     * @param changedAt when it was set, as the agent knows it (pwdLastSet)
     * @param sequence the agent's own number of the change
     */
    public PasswordChange(
            Whom whom,
            byte[] secret,
            Optional<Instant> changedAt,
            OptionalLong sequence,
            Instant receivedAt,
            Agent agent) {
        this.whom = whom;
        this.secret = secret;
        this.changedAt = changedAt;
        this.sequence = sequence;
        this.receivedAt = receivedAt;
        this.agent = agent;
    }

    public Whom whom() {
        return whom;
    }

    /** The password itself, not a copy. */
    public byte[] secret() {
        return secret;
    }

    public Optional<Instant> changedAt() {
        return changedAt;
    }

    public OptionalLong sequence() {
        return sequence;
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    public Agent agent() {
        return agent;
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
    }

    /** Never shows the password nor whose it is. */
    @Override
    public String toString() {
        return "PasswordChange[" + agent + "]";
    }
}
