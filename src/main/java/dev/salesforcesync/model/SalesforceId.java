package dev.salesforcesync.model;

/**
 * A Salesforce record id in its case-safe form of 18 characters.
 *
 * <p>The last three characters are a checksum over the upper-case letters of the first fifteen (Salesforce Help,
 * "Convert 15-character ID to 18-character ID").
 */
public record SalesforceId(String value) implements Comparable<SalesforceId> {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    public SalesforceId {
        if (value.length() == 15) {
            value = value + checksum(value);
        }
        if (value.length() != 18 || !value.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c))) {
            throw new IllegalArgumentException("not a Salesforce id");
        }
    }

    private static String checksum(String fifteen) {
        StringBuilder suffix = new StringBuilder(3);
        for (int part = 0; part < 3; part++) {
            int bits = 0;
            for (int i = 0; i < 5; i++) {
                char c = fifteen.charAt(part * 5 + i);
                if (c >= 'A' && c <= 'Z') {
                    bits |= 1 << i;
                }
            }
            suffix.append(ALPHABET.charAt(bits));
        }
        return suffix.toString();
    }

    /**
     * Spreads out what the text makes of ids that were given one after the other: as {@code String} has it, they lie so
     * close together that an immutable map of 20,000 users takes seconds.
     */
    @Override
    public int hashCode() {
        int mixed = value.hashCode() * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    @Override
    public int compareTo(SalesforceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
