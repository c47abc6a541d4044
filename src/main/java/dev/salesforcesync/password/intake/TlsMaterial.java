package dev.salesforcesync.password.intake;

import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Exception;
import com.unboundid.asn1.ASN1Integer;
import com.unboundid.asn1.ASN1Null;
import com.unboundid.asn1.ASN1ObjectIdentifier;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.util.OID;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the listeners show and whom they trust, of a Secret as cert-manager lays it out.
 *
 * @param chain the server's certificate and those above it ({@code tls.crt})
 * @param key its private key ({@code tls.key})
 * @param clientAuthorities who may sign clients' certificates ({@code ca.crt}); empty: no client shows one
 */
public record TlsMaterial(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientAuthorities) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]*)-----END \\1-----");

    /** rsaEncryption (RFC 8017, A.1) and id-ecPublicKey (RFC 5480, 2.1.1). */
    private static final String RSA = "1.2.840.113549.1.1.1";

    private static final String EC = "1.2.840.10045.2.1";

    /** The curve's tag in an ECPrivateKey (RFC 5915, 3). */
    private static final byte CURVE = (byte) 0xa0;

    public TlsMaterial {
        chain = List.copyOf(chain);
        clientAuthorities = List.copyOf(clientAuthorities);
    }

    /**
     * Reads PEM (RFC 7468); keys in PKCS#8, PKCS#1 or SEC 1, which cert-manager writes by default.
     *
     * @throws GeneralSecurityException naming the part that is not as it must be
     */
    public static TlsMaterial parse(byte[] chain, byte[] key, Optional<byte[]> authorities)
            throws GeneralSecurityException {
        List<X509Certificate> certificates = certificates("tls.crt", chain);
        PrivateKey read = key(new String(key, StandardCharsets.US_ASCII));
        if (!read.getAlgorithm().equals(certificates.get(0).getPublicKey().getAlgorithm())) {
            throw new GeneralSecurityException("tls.key is no key of the certificate in tls.crt");
        }
        return new TlsMaterial(
                certificates, read, authorities.isPresent() ? certificates("ca.crt", authorities.get()) : List.of());
    }

    private static List<X509Certificate> certificates(String part, byte[] pem) throws GeneralSecurityException {
        try {
            List<X509Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(TlsMaterial::x509)
                            .toList();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (GeneralSecurityException unreadable) {
            throw new GeneralSecurityException(part + " holds no certificates in PEM", unreadable);
        }
        throw new GeneralSecurityException(part + " holds no certificates in PEM");
    }

    private static X509Certificate x509(Certificate certificate) {
        return (X509Certificate) certificate;
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        Matcher block = KEY.matcher(pem);
        if (!block.find()) {
            throw new GeneralSecurityException("tls.key holds no private key in PEM that is not encrypted");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            byte[] pkcs8 = switch (block.group(1)) {
                case "RSA PRIVATE KEY" -> wrapped(RSA, new ASN1Null(), der);
                case "EC PRIVATE KEY" -> wrapped(EC, curve(der), der);
                default -> der;
            };
            return decoded(pkcs8);
        } catch (IllegalArgumentException | ASN1Exception unreadable) {
            throw new GeneralSecurityException("tls.key can't be read", unreadable);
        }
    }

    private static PrivateKey decoded(byte[] pkcs8) throws GeneralSecurityException {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs8);
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(encoded);
        } catch (GeneralSecurityException noRsa) {
            try {
                return KeyFactory.getInstance("EC").generatePrivate(encoded);
            } catch (GeneralSecurityException neither) {
                throw new GeneralSecurityException("tls.key is neither an RSA nor an EC key", neither);
            }
        }
    }

    /** A PrivateKeyInfo (RFC 5208, 5) around a key in its own form. */
    private static byte[] wrapped(String algorithm, ASN1Element parameters, byte[] der) throws ASN1Exception {
        return new ASN1Sequence(
                        new ASN1Integer(0),
                        new ASN1Sequence(new ASN1ObjectIdentifier(new OID(algorithm)), parameters),
                        new ASN1OctetString(der))
                .encode();
    }

    private static ASN1Element curve(byte[] der) throws ASN1Exception {
        for (ASN1Element part : ASN1Sequence.decodeAsSequence(der).elements()) {
            if (part.getType() == CURVE) {
                return ASN1Element.decode(part.getValue());
            }
        }
        throw new IllegalArgumentException("no curve");
    }

    @Override
    public String toString() {
        return "TlsMaterial[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
