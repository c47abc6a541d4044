package dev.salesforcesync.password;

import dev.salesforcesync.model.ObjectGuid;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is kept of one person's newest change: sealed until Salesforce has it, then only that it was there.
 *
 * @param id names it in the store; says nothing of the person
 * @param person whose it is; empty while that is not known
 * @param attempt present once it may have been sent
 * @param digest recognises the same password without telling it
 * @param sealed the password and, while the person is not known, his name; empty once it is settled
 * @param version of the store, for a replacement that is one only if nobody was faster
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; to be copied would leave more to be wiped
public record KeptPassword(
        String id,
        TargetId policy,
        Optional<ObjectGuid> person,
        Instant receivedAt,
        Optional<Instant> changedAt,
        OptionalLong sequence,
        Agent agent,
        Optional<Attempt> attempt,
        byte[] digest,
        byte[] sealed,
        Optional<Settlement> settled,
        String version) {

    /**
     * A call that was about to be made.
     *
     * @param changedBefore when the password in Salesforce had last been set before it, by Salesforce's word
     */
    public record Attempt(Instant at, Optional<Instant> changedBefore) {}

    /** What became of it; the word is stable and from a closed set. */
    public record Settlement(String word, Instant at) {}

    public boolean pending() {
        return settled.isEmpty();
    }

    public KeptPassword attempted(Attempt next) {
        return new KeptPassword(
                id,
                policy,
                person,
                receivedAt,
                changedAt,
                sequence,
                agent,
                Optional.of(next),
                digest,
                sealed,
                settled,
                version);
    }

    /** The same to be sent again as if it never had been. */
    public KeptPassword unsent() {
        return new KeptPassword(
                id,
                policy,
                person,
                receivedAt,
                changedAt,
                sequence,
                agent,
                Optional.empty(),
                digest,
                sealed,
                settled,
                version);
    }

    /** Only that it was there: the password is gone. */
    public KeptPassword settled(String word, Instant at) {
        return new KeptPassword(
                id,
                policy,
                person,
                receivedAt,
                changedAt,
                sequence,
                agent,
                Optional.empty(),
                digest,
                new byte[0],
                Optional.of(new Settlement(word, at)),
                version);
    }

    /**
     * Whether this one was set after another of the same person. What the directory says of the moment counts; where it
     * says nothing, whatever comes later is newer.
     */
    public boolean isNewerThan(KeptPassword other) {
        if (changedAt.isPresent() && other.changedAt.isPresent()) {
            int order = changedAt.get().compareTo(other.changedAt.get());
            if (order != 0) {
                return order > 0;
            }
        }
        if (sequence.isPresent() && other.sequence.isPresent() && agent == other.agent) {
            return sequence.getAsLong() > other.sequence.getAsLong();
        }
        return true;
    }

    @Override
    public String toString() {
        return "KeptPassword[" + policy + " " + agent + "]";
    }
}
