package dev.salesforcesync.sandbox.salesforce.org;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Salted passwords, kept to the org's policy. */
final class Passwords {
    private static final int MAX_BYTES = 16_000;
    private static final Duration DAY = Duration.ofDays(1);

    private final Clock clock;
    private final PasswordPolicy policy;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Kept> byUser = new ConcurrentHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // Compared by what is in it, in constant time, and in no other way.
    private record Salted(byte[] salt, byte[] hash) {}

    /** A user's passwords, newest first; {@code temporary} when a reset made the newest one. */
    private record Kept(List<Salted> history, Instant changed, boolean temporary) {}

    Passwords(Clock clock, PasswordPolicy policy) {
        this.clock = clock;
        this.policy = policy;
    }

    /**
     * Changes a password.
     *
     * @throws ApiRefusal INVALID_NEW_PASSWORD when the policy does not allow it; "invalid repeated password" and
     *     "Your password must include letters and numbers" are texts of real orgs, the others follow them
     */
    void set(String userId, String password) {
        requireForm(password);
        byUser.compute(userId, (id, old) -> {
            boolean tooSoon = policy.oneChangeADay()
                    && old != null
                    && !old.temporary()
                    && clock.instant().isBefore(old.changed().plus(DAY));
            if (tooSoon) {
                throw refused("You can change your password only once in 24 hours.");
            }
            return changed(old, password, false);
        });
    }

    /** Sets a random password and tells it, as resetPassword does. */
    String reset(String userId) {
        var bytes = new byte[9];
        random.nextBytes(bytes);
        String password = Base64.getUrlEncoder().encodeToString(bytes) + "a1";
        byUser.compute(userId, (id, old) -> changed(old, password, true));
        return password;
    }

    /** What puts the passwords of this user back as they are now. */
    Runnable memory(String userId) {
        Optional<Kept> now = Optional.ofNullable(byUser.get(userId));
        return () -> now.ifPresentOrElse(kept -> byUser.put(userId, kept), () -> byUser.remove(userId));
    }

    private Kept changed(@Nullable Kept old, String password, boolean temporary) {
        List<Salted> history = old == null ? List.of() : old.history();
        if (history.stream().limit(policy.history()).anyMatch(earlier -> matches(earlier, password))) {
            throw refused("invalid repeated password");
        }
        var next = new ArrayList<Salted>();
        next.add(salted(password));
        history.stream().limit(Math.max(0, policy.history() - 1L)).forEach(next::add);
        return new Kept(List.copyOf(next), clock.instant(), temporary);
    }

    private void requireForm(String password) {
        if (password.length() < policy.minimumLength()) {
            throw refused("Your password must be at least " + policy.minimumLength() + " characters long.");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw refused("Your password cannot exceed 16,000 bytes.");
        }
        boolean plain = password.chars().noneMatch(Character::isLetter)
                || password.chars().noneMatch(Character::isDigit);
        if (policy.lettersAndNumbers() && plain) {
            throw refused("Your password must include letters and numbers");
        }
    }

    /** Whether the user must choose another password: a reset made this one, or it is too old. */
    boolean isExpired(String userId) {
        Kept kept = byUser.get(userId);
        return kept != null
                && (kept.temporary()
                        || (!policy.lifetime().isZero()
                                && !clock.instant().isBefore(kept.changed().plus(policy.lifetime()))));
    }

    boolean isPasswordOf(String userId, String password) {
        Kept kept = byUser.get(userId);
        return kept != null && matches(kept.history().get(0), password);
    }

    private static ApiRefusal refused(String text) {
        return new ApiRefusal(ErrorCode.INVALID_NEW_PASSWORD, text);
    }

    private Salted salted(String password) {
        var salt = new byte[16];
        random.nextBytes(salt);
        return new Salted(salt, hash(salt, password));
    }

    private static boolean matches(Salted salted, String password) {
        return MessageDigest.isEqual(salted.hash(), hash(salted.salt(), password));
    }

    private static byte[] hash(byte[] salt, String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
