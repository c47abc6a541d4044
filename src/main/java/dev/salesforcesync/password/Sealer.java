package dev.salesforcesync.password;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals with AES-256-GCM (NIST SP 800-38D) under the newest key, opens with any it was given, and recognises what it saw
 * before by a keyed digest. Safe for use by several threads.
 */
public final class Sealer {
    public static final int KEY_BYTES = 32;

    private static final byte VERSION = 1;
    private static final int ID_BYTES = 4;
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + ID_BYTES + IV_BYTES;

    private final List<Key> keys;
    private final SecureRandom random = new SecureRandom();

    /**
     * One with these keys.
     *
     * @param keys 32 bytes each, the newest first
     */
    public Sealer(List<byte[]> keys) {
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length != KEY_BYTES)) {
            throw new IllegalArgumentException("a sealing key has 32 bytes");
        }
        this.keys = keys.stream().map(Key::of).toList();
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Key(byte[] id, SecretKeySpec sealing, SecretKeySpec digesting) {
        static Key of(byte[] material) {
            return new Key(
                    Arrays.copyOf(derived(material, "id"), ID_BYTES),
                    new SecretKeySpec(derived(material, "seal"), "AES"),
                    new SecretKeySpec(derived(material, "digest"), "HmacSHA256"));
        }

        private static byte[] derived(byte[] material, String use) {
            return mac(
                    new SecretKeySpec(material, "HmacSHA256"), use.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Key[]";
        }
    }

    /**
     * Seals.
     *
     * @param about what it belongs to: it opens beside nothing else
     */
    public byte[] seal(byte[] clear, byte[] about) {
        Key key = keys.get(0);
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, iv, about).doFinal(clear);
            return ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                    .put(VERSION)
                    .put(key.id())
                    .put(iv)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot seal", e);
        }
    }

    /** What was sealed, to be wiped by the caller; empty when none of the keys opens it. */
    public Optional<byte[]> open(byte[] sealed, byte[] about) {
        if (sealed.length < HEAD_BYTES + TAG_BITS / 8 || sealed[0] != VERSION) {
            return Optional.empty();
        }
        byte[] id = Arrays.copyOfRange(sealed, 1, 1 + ID_BYTES);
        byte[] iv = Arrays.copyOfRange(sealed, 1 + ID_BYTES, HEAD_BYTES);
        for (Key key : keys) {
            if (Arrays.equals(id, key.id())) {
                try {
                    return Optional.of(cipher(Cipher.DECRYPT_MODE, key, iv, about)
                            .doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES));
                } catch (AEADBadTagException forged) {
                    return Optional.empty();
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException("this JVM cannot open what is sealed", e);
                }
            }
        }
        return Optional.empty();
    }

    /** The same for the same bytes as long as the key is the same; says nothing to whoever has no key. */
    public byte[] digest(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts)
                .mapToInt(part -> Integer.BYTES + part.length)
                .sum());
        for (byte[] part : parts) {
            all.putInt(part.length).put(part);
        }
        try {
            return mac(keys.get(0).digesting(), all.array());
        } finally {
            Arrays.fill(all.array(), (byte) 0);
        }
    }

    public static boolean same(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    private static Cipher cipher(int mode, Key key, byte[] iv, byte[] about) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.sealing(), new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(about);
        return cipher;
    }

    private static byte[] mac(SecretKeySpec key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HmacSHA256", e);
        }
    }
}
