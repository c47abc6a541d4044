package dev.salesforcesync.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Active Directory's {@code objectGUID}: the identity of a person for life, whatever happens to names and places.
 *
 * <p>On the wire the first three fields are little-endian (MS-DTYP 2.3.4.2); as text it is the usual lower-case form.
 * The two numbers are kept and no {@link UUID}: there are several of these objects for each of up to a million people.
 *
 * @param high the first eight bytes of the text form
 * @param low the last eight bytes of the text form
 */
public record ObjectGuid(long high, long low) implements Comparable<ObjectGuid> {

    /** The identity that {@link UUID} has as well. */
    public ObjectGuid(UUID value) {
        this(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    public UUID value() {
        return new UUID(high, low);
    }

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
        return new ObjectGuid(high, low);
    }

    /** The 16 bytes as Active Directory stores them. */
    public byte[] toBytes() {
        byte[] bytes = new byte[16];
        ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        little.putInt(0, (int) (high >>> 32));
        little.putShort(4, (short) (high >>> 16));
        little.putShort(6, (short) high);
        ByteBuffer.wrap(bytes, 8, 8).order(ByteOrder.BIG_ENDIAN).putLong(low);
        return bytes;
    }

    /** Sees both halves apart: a {@link UUID} makes one number of those whose halves differ alike. */
    @Override
    public int hashCode() {
        long mixed = (high * 31 + low) * 0x9E3779B97F4A7C15L;
        return (int) (mixed ^ (mixed >>> 32));
    }

    /** In the order of the text form. */
    @Override
    public int compareTo(ObjectGuid other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return value().toString();
    }
}
