package dev.salesforcesync.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Active Directory's {@code objectGUID}: the identity of a person for life, whatever happens to names and places.
 *
 * <p>On the wire the first three fields are little-endian (MS-DTYP 2.3.4.2); as text it is the usual lower-case form.
 */
public record ObjectGuid(UUID value) implements Comparable<ObjectGuid> {

    /** Reads the canonical text form; throws {@link IllegalArgumentException} for anything else. */
    public static ObjectGuid parse(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException("not an objectGUID");
        }
        return new ObjectGuid(UUID.fromString(text));
    }

    /** Reads the 16 bytes of the attribute's value; throws {@link IllegalArgumentException} for any other length. */
    public static ObjectGuid ofBytes(byte[] bytes) {
        if (bytes.length != 16) {
            throw new IllegalArgumentException("an objectGUID has 16 bytes, not " + bytes.length);
        }
        ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long high = (little.getInt(0) & 0xffffffffL) << 32
                | (little.getShort(4) & 0xffffL) << 16
                | (little.getShort(6) & 0xffffL);
        long low = ByteBuffer.wrap(bytes, 8, 8).order(ByteOrder.BIG_ENDIAN).getLong();
        return new ObjectGuid(new UUID(high, low));
    }

    /** The 16 bytes as Active Directory stores them. */
    public byte[] toBytes() {
        byte[] bytes = new byte[16];
        ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long high = value.getMostSignificantBits();
        little.putInt(0, (int) (high >>> 32));
        little.putShort(4, (short) (high >>> 16));
        little.putShort(6, (short) high);
        ByteBuffer.wrap(bytes, 8, 8).order(ByteOrder.BIG_ENDIAN).putLong(value.getLeastSignificantBits());
        return bytes;
    }

    /** Sees both halves apart: {@link UUID} makes one number of those whose halves differ alike. */
    @Override
    public int hashCode() {
        long mixed = (value.getMostSignificantBits() * 31 + value.getLeastSignificantBits()) * 0x9E3779B97F4A7C15L;
        return (int) (mixed ^ (mixed >>> 32));
    }

    /** In the order of the text form. */
    @Override
    public int compareTo(ObjectGuid other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
