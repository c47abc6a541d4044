package dev.salesforcesync.sandbox.salesforce.org;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Salted passwords and the org's policy: eight characters, letters and numbers, none of the last three. */
final class Passwords {
    private static final int MIN_LENGTH = 8;
    private static final int HISTORY = 3;
    private static final int MAX_BYTES = 16_000;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, List<Salted>> byUser = new ConcurrentHashMap<>();
    private final Set<String> expired = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("ArrayRecordComponent") // Compared by what is in it, in constant time, and in no other way.
    private record Salted(byte[] salt, byte[] hash) {}

    void set(String userId, String password) {
        if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES || password.length() < MIN_LENGTH) {
            throw new ApiRefusal(
                    ErrorCode.INVALID_NEW_PASSWORD,
                    "Your password must be at least " + MIN_LENGTH + " characters long.");
        }
        if (password.chars().noneMatch(Character::isLetter) || password.chars().noneMatch(Character::isDigit)) {
            throw new ApiRefusal(ErrorCode.INVALID_NEW_PASSWORD, "Your password must include letters and numbers");
        }
        byUser.compute(userId, (id, old) -> {
            List<Salted> history = old == null ? List.of() : old;
            if (history.stream().anyMatch(earlier -> matches(earlier, password))) {
                throw new ApiRefusal(ErrorCode.INVALID_NEW_PASSWORD, "invalid repeated password");
            }
            var next = new ArrayList<Salted>();
            next.add(salted(password));
            history.stream().limit(HISTORY - 1L).forEach(next::add);
            return next;
        });
        expired.remove(userId);
    }

    /** Sets a random password and tells it, as resetPassword does. */
    String reset(String userId) {
        var bytes = new byte[9];
        random.nextBytes(bytes);
        String password = Base64.getUrlEncoder().encodeToString(bytes) + "a1";
        set(userId, password);
        expired.add(userId);
        return password;
    }

    /** Whether the password was made by a reset: its user must choose another one. */
    boolean isExpired(String userId) {
        return expired.contains(userId);
    }

    boolean isPasswordOf(String userId, String password) {
        List<Salted> history = byUser.getOrDefault(userId, List.of());
        return !history.isEmpty() && matches(history.get(0), password);
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
