package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Backoff;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * When each refused action may be tried again. What a person must fix is tried slowly, what may pass by itself soon;
 * another action for the same person (something was fixed) is tried at once.
 */
final class RetryBook {
    private static final Backoff SOON = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));
    private static final int EARLY = 4;
    private static final Backoff SLOWLY = new Backoff(Duration.ofMinutes(10), Duration.ofHours(6));

    /** For how long a username that another org has is not asked for again. */
    static final Duration NAME_TAKEN = Duration.ofHours(1);

    /** More names than this are not kept in mind: the rest is asked for again. */
    private static final int MOST_NAMES = 10_000;

    /** Drawn once, not for each person: whoever failed together is tried again together, by one comparison. */
    private final double jitter;

    private final Map<Concern, Entry> entries = new HashMap<>();
    private final Map<String, Instant> names = new HashMap<>();

    RetryBook() {
        this(ThreadLocalRandom.current().nextDouble());
    }

    RetryBook(double jitter) {
        this.jitter = jitter;
    }

    /**
     * What an attempt is about: a person's own row, or one of his rights or references, whose troubles are not the row's.
     */
    private record Concern(ObjectGuid person, Optional<GivenRight> right, Optional<String> reference) {
        static Concern of(Action action) {
            return new Concern(
                    action.person(),
                    action.right(),
                    action instanceof Action.Refer refer ? Optional.of(refer.field()) : Optional.empty());
        }
    }

    /** @param early how much sooner it may go along when a comparison takes place anyway */
    private record Entry(
            String actionKey, int failures, Instant at, Instant notBefore, Duration early, Failure failure) {}

    /** Why the action has to wait now; empty when it may be tried. */
    Optional<Failure> waiting(Action action, Instant now) {
        Entry entry = entries.get(Concern.of(action));
        return entry != null
                        && entry.actionKey().equals(action.key())
                        && entry.notBefore().minus(entry.early()).isAfter(now)
                ? Optional.of(entry.failure())
                : Optional.empty();
    }

    void failed(Action action, Failure failure, Instant now) {
        Entry before = entries.get(Concern.of(action));
        int failures = before != null && before.actionKey().equals(action.key()) ? before.failures() + 1 : 1;
        Backoff backoff = failure instanceof Failure.Terminal ? SLOWLY : SOON;
        Duration delay = backoff.delay(failures, jitter);
        Duration early = delay.dividedBy(EARLY);
        if (failure instanceof Failure.Transient again && again.atLeast().compareTo(delay) > 0) {
            delay = again.atLeast();
            early = Duration.ZERO;
        }
        entries.put(Concern.of(action), new Entry(action.key(), failures, now, now.plus(delay), early, failure));
    }

    /** Who could not be frozen and was deactivated a moment later is still looked at again. */
    void succeeded(Action action) {
        entries.computeIfPresent(
                Concern.of(action), (concern, entry) -> entry.actionKey().equals(action.key()) ? null : entry);
    }

    /** Another org has this username, given in lower case. */
    void nameRefused(String name, Instant now) {
        if (names.size() < MOST_NAMES) {
            names.put(name, now.plus(NAME_TAKEN));
        }
    }

    /** The usernames not to ask for now, in lower case. */
    Set<String> refusedNames(Instant now) {
        names.values().removeIf(until -> !until.isAfter(now));
        return Set.copyOf(names.keySet());
    }

    /** Those for whom something is to be tried again. */
    Set<ObjectGuid> people() {
        return entries.keySet().stream().map(Concern::person).collect(Collectors.toSet());
    }

    /** Forgets everybody else: what is no longer to be done needs no second attempt. */
    void keepOnly(Set<ObjectGuid> people) {
        entries.keySet().removeIf(concern -> !people.contains(concern.person()));
    }

    /** Forgets everything: rules, credentials or the org changed, so that every answer may be another. */
    void clear() {
        entries.clear();
        names.clear();
    }

    /**
     * When the next entry may be tried again. One whose time came before the run ended in which it failed is due at once;
     * an older one had its turn in that run, and waits for something else.
     *
     * @param begin of the run that ends now
     */
    Optional<Instant> next(Instant begin, Instant now) {
        return entries.values().stream()
                .filter(entry -> entry.notBefore().isAfter(now) || !entry.at().isBefore(begin))
                .map(entry -> entry.notBefore().isAfter(now) ? entry.notBefore() : now)
                .min(Comparator.naturalOrder());
    }
}
