package dev.salesforcesync.password.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;

/** Compares what somebody shows with what is known, in a time that tells nothing of how alike they are. */
final class Secrets {
    private Secrets() {}

    /** Whether one of the known values was shown; all of them are looked at, whatever comes of the first. */
    static boolean isAnyOf(byte[] shown, Collection<String> known) {
        byte[] digest = digest(shown);
        boolean found = false;
        for (String one : known) {
            found |= MessageDigest.isEqual(digest, digest(one.getBytes(StandardCharsets.UTF_8)));
        }
        return found && shown.length > 0;
    }

    /** Of equal length whatever is shown, since the length of a secret tells something too. */
    private static byte[] digest(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
