package dev.salesforcesync.directory;

import com.unboundid.asn1.ASN1Integer;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.sdk.Control;
import dev.salesforcesync.model.ObjectGuid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.UUID;

/** Puts an entry that denies one account something in front of an object's access control (MS-DTYP 2.4.4 to 2.4.6). */
final class Denial {
    /** To see what is below a container. */
    static final int LIST = 0x04;

    /** To read attributes. */
    static final int READ = 0x10;

    /** The attribute member (MS-ADA2). */
    static final UUID MEMBER = UUID.fromString("bf9679c0-0de6-11d0-a285-00aa003049e2");

    private static final int DESCRIPTOR_HEADER = 20;
    private static final int LIST_HEADER = 8;
    private static final short DACL_PRESENT_SELF_RELATIVE = (short) 0x8004;
    private static final byte DENIED = 0x01;
    private static final byte DENIED_OBJECT = 0x06;
    private static final int OBJECT_TYPE_PRESENT = 1;
    private static final byte REVISION_FOR_OBJECTS = 4;

    private Denial() {}

    /** Confines a request to the part of a descriptor that says who may do what (MS-ADTS 3.1.1.3.4.1.11). */
    static Control onlyAccess() {
        return new Control(
                "1.2.840.113556.1.4.801", true, new ASN1OctetString(new ASN1Sequence(new ASN1Integer(4)).encode()));
    }

    /** A descriptor of nothing but access control: what was allowed before, without what is denied now. */
    static byte[] in(byte[] descriptor, byte[] sid, int rights, Optional<UUID> attribute) {
        ByteBuffer before = ByteBuffer.wrap(descriptor).order(ByteOrder.LITTLE_ENDIAN);
        int at = before.getInt(16);
        int size = Short.toUnsignedInt(before.getShort(at + 2));
        int entries = Short.toUnsignedInt(before.getShort(at + 4));
        byte[] denied = entry(sid, rights, attribute);
        ByteBuffer after =
                ByteBuffer.allocate(DESCRIPTOR_HEADER + size + denied.length).order(ByteOrder.LITTLE_ENDIAN);
        after.put((byte) 1).put((byte) 0).putShort((short) (before.getShort(2) | DACL_PRESENT_SELF_RELATIVE));
        after.putInt(0).putInt(0).putInt(0).putInt(DESCRIPTOR_HEADER);
        after.put(REVISION_FOR_OBJECTS).put((byte) 0).putShort((short) (size + denied.length));
        after.putShort((short) (entries + 1)).putShort((short) 0);
        after.put(denied).put(descriptor, at + LIST_HEADER, size - LIST_HEADER);
        return after.array();
    }

    private static byte[] entry(byte[] sid, int rights, Optional<UUID> attribute) {
        int size = 8 + attribute.map(any -> 20).orElse(0) + sid.length;
        ByteBuffer entry = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        entry.put(attribute.isPresent() ? DENIED_OBJECT : DENIED).put((byte) 0).putShort((short) size);
        entry.putInt(rights);
        attribute.ifPresent(type -> entry.putInt(OBJECT_TYPE_PRESENT).put(new ObjectGuid(type).toBytes()));
        return entry.put(sid).array();
    }
}
