package dev.salesforcesync.directory;

import com.unboundid.asn1.ASN1OctetString;
import dev.salesforcesync.model.ObjectGuid;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What can be read out of a DirSync cookie. It is opaque by MS-ADTS 3.1.1.3.4.1.3 and returned as it came; its
 * up-to-dateness vector, in the layout of version 3 as Windows and Samba write it, tells whether another controller
 * knows as much. An unknown layout just tells nothing.
 */
final class DirSyncCookie {
    private static final byte[] MAGIC = "MSDS".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 3;
    private static final int AT_VERSION = 4;
    private static final int AT_VECTOR_LENGTH = 24;
    private static final int AT_HIGHEST_USN = 44;
    private static final int AT_SERVER = 52;
    private static final int AT_VECTOR = 68;

    private DirSyncCookie() {}

    static ChangePosition position(String domain, Optional<ASN1OctetString> cookie) {
        byte[] bytes = cookie.map(ASN1OctetString::getValue).orElse(new byte[0]);
        Map<UUID, Long> known = new HashMap<>();
        String server = "";
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.length >= AT_VECTOR
                    && Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))
                    && buffer.getInt(AT_VERSION) == VERSION) {
                UUID own = guid(bytes, AT_SERVER);
                server = own.toString();
                if (buffer.getInt(AT_VECTOR_LENGTH) > 0) {
                    vector(bytes, buffer, known);
                }
                known.merge(own, buffer.getLong(AT_HIGHEST_USN), Math::max);
            }
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            known.clear();
        }
        return new ChangePosition(domain, server, known, Base64.getEncoder().encodeToString(bytes));
    }

    /** UPTODATE_VECTOR version 1 or 2 (MS-DRSR 5.166): the second adds a time to each cursor. */
    private static void vector(byte[] bytes, ByteBuffer buffer, Map<UUID, Long> known) {
        int cursorLength = buffer.getInt(AT_VECTOR) == 1 ? 24 : 32;
        int count = buffer.getInt(AT_VECTOR + 8);
        int at = AT_VECTOR + 16;
        for (int i = 0; i < count; i++) {
            known.put(guid(bytes, at), buffer.getLong(at + 16));
            at += cursorLength;
        }
    }

    private static UUID guid(byte[] bytes, int at) {
        return ObjectGuid.ofBytes(Arrays.copyOfRange(bytes, at, at + 16)).value();
    }
}
