package dev.salesforcesync.sandbox.salesforce.org;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Security tokens, wrong passwords in a row, and how often each user signed in lately. */
final class SignInRecords {
    private static final String TOKEN_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int TOKEN_LENGTH = 25;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Clock clock;
    private final SignInPolicy policy;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<String, Wrong> wrong = new HashMap<>();
    private final Map<String, Rate> rates = new HashMap<>();

    private record Wrong(int times, Instant last) {}

    private record Rate(Instant since, int times) {}

    SignInRecords(Clock clock, SignInPolicy policy) {
        this.clock = clock;
        this.policy = policy;
    }

    /** What the user's mail of the security token says. */
    synchronized String tokenOf(String userId) {
        return tokens.computeIfAbsent(userId, id -> newToken());
    }

    /** A changed password makes the token void; a new one goes out by mail. */
    synchronized void resetToken(String userId) {
        tokens.put(userId, newToken());
    }

    /** Counts a wrong password; true when it is the one that locks the user out. */
    synchronized boolean countWrong(String userId) {
        Wrong now = wrong.merge(
                userId, new Wrong(1, clock.instant()), (old, one) -> new Wrong(old.times() + 1, one.last()));
        return now.times() >= policy.lockoutAttempts();
    }

    /** Whether the lockout of this user is over. */
    synchronized boolean lockoutIsOver(String userId) {
        Wrong last = wrong.get(userId);
        return last != null && last.last().plus(policy.lockoutTime()).isBefore(clock.instant());
    }

    synchronized void forgetWrong(String userId) {
        wrong.remove(userId);
    }

    /** Whether this user was locked out as far as this register knows. */
    synchronized boolean reachedLimit(String userId) {
        Wrong last = wrong.get(userId);
        return last != null && last.times() >= policy.lockoutAttempts();
    }

    /** Counts a sign-in; false when the user has used up his hour. */
    synchronized boolean countSignIn(String userId) {
        Instant now = clock.instant();
        Rate rate = rates.get(userId);
        if (rate == null || !rate.since().plus(HOUR).isAfter(now)) {
            rate = new Rate(now, 0);
        }
        rates.put(userId, new Rate(rate.since(), rate.times() + 1));
        return rate.times() < policy.signInsPerHour();
    }

    private String newToken() {
        var token = new StringBuilder(TOKEN_LENGTH);
        for (int at = 0; at < TOKEN_LENGTH; at++) {
            token.append(TOKEN_LETTERS.charAt(random.nextInt(TOKEN_LETTERS.length())));
        }
        return token.toString();
    }
}
