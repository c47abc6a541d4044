package dev.salesforcesync.sandbox.salesforce.org;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The key and the secret of the client, and those that stand ready to take their place (help
 * xcloud.eca_stage_oauth_credentials): staged, swapped by "rotate", the old pair good for 30 days more.
 */
public final class Consumers {
    private static final Duration KEPT = Duration.ofDays(30);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final List<Staged> staged = new ArrayList<>();
    private Pair current;
    private int made;

    /** A consumer key and its secret; they change together. */
    public record Pair(String key, String secret) {
        @Override
        public String toString() {
            return "Pair[" + key + "]";
        }
    }

    /** What became of a pair in the staged slot. */
    public enum State {
        /** Made, not in use before it is rotated in. */
        ACTIVE,
        /** Was in use; still signs in. */
        ROTATED,
        EXPIRED;

        /** As the API writes it. */
        public String text() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    /** A pair in the staged slot. */
    public record Staged(String id, Pair pair, State state, Instant created, Instant expires) {}

    Consumers(Clock clock, Pair first) {
        this.clock = clock;
        this.current = first;
    }

    public synchronized Pair current() {
        return current;
    }

    public synchronized List<Staged> staged() {
        return staged.stream().map(this::asOfNow).toList();
    }

    /** The pair of this key that signs in now: the current one or one rotated out within the last 30 days. */
    public synchronized Optional<Pair> accepted(Predicate<String> key) {
        if (key.test(current.key())) {
            return Optional.of(current);
        }
        return staged().stream()
                .filter(one -> one.state() == State.ROTATED)
                .map(Staged::pair)
                .filter(pair -> key.test(pair.key()))
                .findFirst();
    }

    /** Makes a new pair ready. */
    public synchronized Staged stage() {
        var pair = new Pair("3MVG9" + letters(60), letters(64).toUpperCase(Locale.ROOT));
        made++;
        Instant now = clock.instant();
        var one = new Staged(
                "888000" + String.format(Locale.ROOT, "%09d", made), pair, State.ACTIVE, now, now.plus(KEPT));
        staged.add(one);
        return one;
    }

    /** Swaps a staged pair with the one in use; empty when there is no active one under this id. */
    public synchronized Optional<Staged> rotate(String id) {
        for (int at = 0; at < staged.size(); at++) {
            Staged one = asOfNow(staged.get(at));
            if (one.id().equals(id) && one.state() == State.ACTIVE) {
                Pair old = current;
                current = one.pair();
                var rotated = new Staged(
                        id, old, State.ROTATED, one.created(), clock.instant().plus(KEPT));
                staged.set(at, rotated);
                return Optional.of(rotated);
            }
        }
        return Optional.empty();
    }

    /** Revokes what is in the staged slot; false when there is nothing under this id. */
    public synchronized boolean delete(String id) {
        return staged.removeIf(one -> one.id().equals(id));
    }

    private Staged asOfNow(Staged one) {
        return one.expires().isAfter(clock.instant())
                ? one
                : new Staged(one.id(), one.pair(), State.EXPIRED, one.created(), one.expires());
    }

    private String letters(int count) {
        var text = new StringBuilder(count);
        for (int at = 0; at < count; at++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }
}
