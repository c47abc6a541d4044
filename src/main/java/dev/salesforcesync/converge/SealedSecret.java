package dev.salesforcesync.converge;

import dev.salesforcesync.directory.PersonName;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.password.KeptPassword;
import dev.salesforcesync.password.Sealer;
import dev.salesforcesync.password.TargetId;
import dev.salesforcesync.password.Whom;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A password and how its person was called, as they are sealed together: nobody's name is kept in the open. Wiped by
 * {@link #close()}.
 */
final class SealedSecret implements AutoCloseable {
    private static final int ID_BYTES = 20;

    private final byte[] secret;
    private final String called;

    private SealedSecret(byte[] secret, String called) {
        this.secret = secret;
        this.called = called;
    }

    byte[] secret() {
        return secret;
    }

    /** How the person was called. */
    PersonName name() {
        String name = called.substring(1);
        return switch (called.charAt(0)) {
            case 'g' -> new PersonName.ByGuid(ObjectGuid.parse(name));
            case 'a' -> new PersonName.ByAccountName(name);
            default -> new PersonName.ByPrincipalName(name);
        };
    }

    private static String text(Whom whom) {
        if (whom instanceof Whom.ByGuid by) {
            return "g" + by.guid();
        }
        return whom instanceof Whom.ByAccountName by ? "a" + by.sam() : "u" + ((Whom.ByPrincipalName) whom).upn();
    }

    static PersonName name(Whom whom) {
        return new SealedSecret(new byte[0], text(whom)).name();
    }

    /** A name in the store that is the same for the same person and tells nobody who he is. */
    static String id(Sealer sealer, TargetId policy, Optional<ObjectGuid> person, Whom whom) {
        byte[] digest = sealer.digest(
                utf8(policy.toString()),
                person.map(guid -> utf8("g" + guid))
                        .orElseGet(() -> utf8(text(whom).toLowerCase(java.util.Locale.ROOT))));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
    }

    static byte[] digest(Sealer sealer, String id, byte[] secret) {
        return sealer.digest(utf8("password"), utf8(id), secret);
    }

    static byte[] seal(Sealer sealer, String id, byte[] secret, Whom whom) {
        byte[] name = utf8(text(whom));
        ByteBuffer clear = ByteBuffer.allocate(Integer.BYTES + secret.length + name.length)
                .putInt(secret.length)
                .put(secret)
                .put(name);
        try {
            return sealer.seal(clear.array(), utf8(id));
        } finally {
            Arrays.fill(clear.array(), (byte) 0);
        }
    }

    /** Empty when no key opens it. */
    static Optional<SealedSecret> open(Sealer sealer, KeptPassword kept) {
        return sealer.open(kept.sealed(), utf8(kept.id())).map(clear -> {
            try {
                ByteBuffer read = ByteBuffer.wrap(clear);
                byte[] secret = new byte[read.getInt()];
                read.get(secret);
                return new SealedSecret(
                        secret, new String(clear, read.position(), read.remaining(), StandardCharsets.UTF_8));
            } finally {
                Arrays.fill(clear, (byte) 0);
            }
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "SealedSecret[]";
    }
}
