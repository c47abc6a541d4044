package dev.salesforcesync.sandbox.salesforce.org;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Faults by chance that come out the same for the same seed: whether call number N meets one, and which, depends
 * on seed and N only, however many threads call.
 *
 * @param rate share of the calls that meet a fault, 0 to 1
 * @param kinds the faults to choose from
 */
public record RandomFaults(long seed, double rate, List<Fault> kinds) {
    public RandomFaults {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("not a share: " + rate);
        }
        if (kinds.isEmpty() && rate > 0) {
            throw new IllegalArgumentException("no faults to choose from");
        }
        kinds = List.copyOf(kinds);
    }

    /** The fault of the call with this number, counted from 0. */
    Optional<Fault> of(long call) {
        var random = new SplittableRandom(new SplittableRandom(seed).nextLong() + call);
        return random.nextDouble() < rate ? Optional.of(kinds.get(random.nextInt(kinds.size()))) : Optional.empty();
    }
}
