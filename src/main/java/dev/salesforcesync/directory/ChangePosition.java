package dev.salesforcesync.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How far the changes of a domain are known, on the word of one domain controller.
 *
 * @param domain the naming context it is about
 * @param server the invocation id of the controller's database; empty when it could not be read
 * @param known for each database of the domain, as far as the controller tells: up to which update sequence number its
 *     changes are known (the up-to-dateness vector, MS-DRSR 4.1.10.2). Without DirSync it is the controller's own
 * @param cookie what DirSync wants to see again (MS-ADTS 3.1.1.3.4.1.3), in Base64; empty when changes are followed by
 *     update sequence numbers
 */
public record ChangePosition(String domain, String server, Map<UUID, Long> known, String cookie) {
    private static final String FORMAT = "1";
    private static final int TOKEN_BYTES = 6;

    public ChangePosition {
        known = Map.copyOf(known);
    }

    /** Whether one position holds everything that another holds. */
    public enum Coverage {
        /** It holds all, or is of another domain and has nothing to do with it. */
        YES,
        NO,
        /** The positions are of different controllers and tell too little. */
        UNKNOWN
    }

    /** Whether this position has seen everything that an older one had seen. */
    public Coverage covers(ChangePosition older) {
        if (!domain.equals(older.domain())) {
            return Coverage.YES;
        }
        Coverage all = Coverage.YES;
        for (Map.Entry<UUID, Long> one : older.known().entrySet()) {
            Long reached = known.get(one.getKey());
            if (reached == null) {
                all = Coverage.UNKNOWN;
            } else if (reached < one.getValue()) {
                return Coverage.NO;
            }
        }
        return older.known().isEmpty() ? Coverage.UNKNOWN : all;
    }

    /** One line without blanks, for the ledger. */
    public String toText() {
        StringBuilder text = new StringBuilder(FORMAT)
                .append('|')
                .append(domain.replace(' ', '_'))
                .append('|')
                .append(server);
        new TreeMap<>(known)
                .forEach((database, usn) ->
                        text.append('|').append(database).append('=').append(usn));
        return text.toString();
    }

    /** A short name for this position, by which a person can say that the domain will never come to it again. */
    public String token() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(toText().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, TOKEN_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Reads what {@link #toText()} wrote, but for the cookie; empty for anything else. */
    public static Optional<ChangePosition> parse(String text) {
        String[] parts = text.split("\\|", -1);
        if (parts.length < 3 || !parts[0].equals(FORMAT)) {
            return Optional.empty();
        }
        Map<UUID, Long> known = new TreeMap<>();
        try {
            for (int i = 3; i < parts.length; i++) {
                int equals = parts[i].indexOf('=');
                known.put(
                        UUID.fromString(parts[i].substring(0, equals)), Long.parseLong(parts[i].substring(equals + 1)));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
        return Optional.of(new ChangePosition(parts[1], parts[2], known, ""));
    }

    byte[] cookieBytes() {
        return Base64.getDecoder().decode(cookie);
    }
}
