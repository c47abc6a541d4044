package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Optional;

/** Makes and checks record ids: 15 characters of which the last 3 of 18 are a check of upper and lower case. */
public final class SalesforceId {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final int SHORT = 15;
    private static final int LONG = 18;

    private SalesforceId() {}

    /** The id number {@code number} of the objects with this three-character prefix in one instance. */
    public static String of(String prefix, String instance, long number) {
        var id = new char[SHORT];
        java.util.Arrays.fill(id, '0');
        prefix.getChars(0, 3, id, 0);
        instance.getChars(0, Math.min(3, instance.length()), id, 3);
        long rest = number;
        for (int at = SHORT - 1; rest > 0; at--) {
            id[at] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return withCheck(new String(id));
    }

    /** The 18-character form of a 15- or 18-character id; empty when it is neither. */
    public static Optional<String> normalize(String id) {
        if (id.length() != SHORT && id.length() != LONG) {
            return Optional.empty();
        }
        for (int at = 0; at < id.length(); at++) {
            if (DIGITS.indexOf(id.charAt(at)) < 0) {
                return Optional.empty();
            }
        }
        String full = withCheck(id.substring(0, SHORT));
        // Clients that lower-case an 18-character id are not understood here, as they are not by most of the API.
        return id.length() == SHORT || full.equals(id) ? Optional.of(full) : Optional.empty();
    }

    private static String withCheck(String id) {
        var full = new StringBuilder(LONG).append(id);
        for (int block = 0; block < 3; block++) {
            int bits = 0;
            for (int at = 0; at < 5; at++) {
                char c = id.charAt(block * 5 + at);
                if (c >= 'A' && c <= 'Z') {
                    bits |= 1 << at;
                }
            }
            full.append(CHECK.charAt(bits));
        }
        return full.toString();
    }
}
