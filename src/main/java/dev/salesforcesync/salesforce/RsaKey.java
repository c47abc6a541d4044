package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an RSA private key from PEM text (RFC 7468): PKCS#8 as it is, PKCS#1 wrapped into it. */
final class RsaKey {
    static final Failure INVALID = invalid("is not an RSA key in PEM (BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY)");

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA )?PRIVATE KEY)-----([^-]*)-----END \\1-----");
    /** Version 0 and the algorithm rsaEncryption, 1.2.840.113549.1.1.1, of a PrivateKeyInfo (RFC 5208, 5). */
    private static final byte[] VERSION_AND_ALGORITHM = {
        2, 1, 0, 0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 4;

    private RsaKey() {}

    static Result<PrivateKey> parse(String pem) {
        if (pem.contains("BEGIN ENCRYPTED PRIVATE KEY") || pem.contains("Proc-Type: 4,ENCRYPTED")) {
            return Result.failed(invalid("is encrypted; decrypt it (openssl pkcs8 -topk8 -nocrypt)"));
        }
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            return Result.failed(INVALID);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            byte[] pkcs8 = block.group(1).startsWith("RSA")
                    ? tagged(SEQUENCE, VERSION_AND_ALGORITHM, tagged(OCTET_STRING, new byte[0], der))
                    : der;
            return Result.ok(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return Result.failed(INVALID);
        }
    }

    /** One DER element (X.690, 8.1.3). */
    private static byte[] tagged(int tag, byte[] first, byte[] second) {
        int length = first.length + second.length;
        ByteArrayOutputStream der = new ByteArrayOutputStream(length + 4);
        der.write(tag);
        if (length > 0x7f) {
            int octets = length > 0xffff ? 3 : length > 0xff ? 2 : 1;
            der.write(0x80 | octets);
            for (int octet = octets - 1; octet >= 0; octet--) {
                der.write(length >> (8 * octet));
            }
        } else {
            der.write(length);
        }
        der.writeBytes(first);
        der.writeBytes(second);
        return der.toByteArray();
    }

    private static Failure invalid(String what) {
        return new Failure.Terminal(
                SalesforceReason.PRIVATE_KEY_INVALID,
                "The private key of jwtBearer " + what + ". Put the key whose certificate is uploaded to the app into "
                        + "the Secret.");
    }
}
