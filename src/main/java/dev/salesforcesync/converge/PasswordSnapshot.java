package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How one policy's passwords stand.
 *
 * @param pending what Salesforce does not have yet
 * @param withoutUser those of them whose person has no Salesforce user yet
 * @param undecided those of them of whom it is not known whether they are meant
 * @param oldest when the oldest pending one that has a user, or may have one, came in
 * @param tally what was done since this process leads
 * @param trouble what keeps all of them from going on; empty when nothing does
 */
public record PasswordSnapshot(
        int pending, int withoutUser, int undecided, Optional<Instant> oldest, Tally tally, Optional<Failure> trouble) {

    public static final PasswordSnapshot NOTHING =
            new PasswordSnapshot(0, 0, 0, Optional.empty(), Tally.NOTHING, Optional.empty());

    /** The same while something keeps all of it. */
    public PasswordSnapshot withTrouble(Failure why) {
        return new PasswordSnapshot(pending, withoutUser, undecided, oldest, tally, Optional.of(why));
    }

    /**
     * What was done.
     *
     * @param refused what was not delivered and never will be, by a stable CamelCase word
     */
    public record Tally(long delivered, long mails, long unlocked, Optional<Instant> last, Map<String, Long> refused) {
        public static final Tally NOTHING = new Tally(0, 0, 0, Optional.empty(), Map.of());

        public Tally {
            refused = Map.copyOf(refused);
        }
    }
}
