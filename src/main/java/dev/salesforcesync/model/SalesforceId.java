package dev.salesforcesync.model;

import java.nio.charset.StandardCharsets;

/**
 * A Salesforce record id, shown in its case-safe form of 18 characters.
 *
 * <p>The last three characters are a checksum over the upper-case letters of the first fifteen (Salesforce Help,
 * "Convert 15-character ID to 18-character ID"), so fifteen are kept, in six bits each: there are several ids for each of
 * up to a million people.
 *
 * @param head the first ten characters
 * @param tail the five after them
 */
public record SalesforceId(long head, int tail) implements Comparable<SalesforceId> {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    /** In the order of ASCII, so that numbers are ordered like texts. */
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static final int SHORT = 15;
    private static final int LONG = 18;
    private static final int BITS = 6;
    private static final int HEAD = 10;

    /**
     * Reads an id of 15 or 18 characters; throws {@link IllegalArgumentException} for anything else. The last three of 18
     * tell no ids apart and are not looked at.
     */
    public SalesforceId(String value) {
        this(number(value, 0, HEAD), (int) number(value, HEAD, SHORT));
        if (value.length() != SHORT && value.length() != LONG) {
            throw new IllegalArgumentException("not a Salesforce id");
        }
        number(value, SHORT, value.length());
    }

    private static long number(String value, int from, int to) {
        if (value.length() < to) {
            throw new IllegalArgumentException("not a Salesforce id");
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            number = (number << BITS) | digit(value.charAt(i));
        }
        return number;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'A' && c <= 'Z') {
            return c - 'A' + 10;
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 36;
        }
        throw new IllegalArgumentException("not a Salesforce id");
    }

    /** The 18 characters. */
    public String value() {
        byte[] text = new byte[LONG];
        write(head, text, 0, HEAD);
        write(tail, text, HEAD, SHORT);
        for (int part = 0; part < LONG - SHORT; part++) {
            int bits = 0;
            for (int i = 0; i < 5; i++) {
                byte c = text[part * 5 + i];
                if (c >= 'A' && c <= 'Z') {
                    bits |= 1 << i;
                }
            }
            text[SHORT + part] = (byte) ALPHABET.charAt(bits);
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void write(long number, byte[] text, int from, int to) {
        long rest = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (byte) DIGITS.charAt((int) (rest & 63));
            rest >>>= BITS;
        }
    }

    /**
     * Spreads out ids that were given one after the other: otherwise they lie so close together that an immutable map of
     * 20,000 users takes seconds.
     */
    @Override
    public int hashCode() {
        long mixed = (head * 31 + tail) * 0x9E3779B97F4A7C15L;
        return (int) (mixed ^ (mixed >>> 32));
    }

    /** In the order of the text form. */
    @Override
    public int compareTo(SalesforceId other) {
        int first = Long.compare(head, other.head);
        return first != 0 ? first : Integer.compare(tail, other.tail);
    }

    @Override
    public String toString() {
        return value();
    }
}
