package dev.salesforcesync.password.intake;

import com.unboundid.asn1.ASN1ObjectIdentifier;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.util.OID;
import com.unboundid.util.ObjectPair;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import com.unboundid.util.ssl.cert.X509CertificateExtension;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that signed itself, with its key. */
public record Certificates(String certificate, String key, KeyPair pair, java.security.cert.X509Certificate read) {

    public static Certificates of(String dnsName) throws Exception {
        long from = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
        ObjectPair<X509Certificate, KeyPair> made = X509Certificate.generateSelfSignedCertificate(
                SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
                PublicKeyAlgorithmIdentifier.RSA,
                2_048,
                new DN("CN=" + dnsName),
                from,
                from + Duration.ofDays(2).toMillis(),
                new X509CertificateExtension(
                        new OID("2.5.29.17"),
                        false,
                        new ASN1Sequence(new ASN1OctetString((byte) 0x82, dnsName)).encode()),
                new X509CertificateExtension(
                        new OID("2.5.29.37"),
                        false,
                        new ASN1Sequence(
                                        new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.1"),
                                        new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.2"))
                                .encode()));
        return new Certificates(
                made.getFirst().toPEMString(),
                pem("PRIVATE KEY", made.getSecond().getPrivate().getEncoded()),
                made.getSecond(),
                (java.security.cert.X509Certificate) made.getFirst().toCertificate());
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    TlsMaterial material(Certificates... clients) throws Exception {
        String authorities =
                Arrays.stream(clients).map(Certificates::certificate).collect(Collectors.joining("\n"));
        return TlsMaterial.parse(
                bytes(certificate), bytes(key), Optional.of(bytes(authorities)).filter(any -> clients.length > 0));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Of a client that trusts this one alone, and may show one of its own. */
    SSLContext trusting(Optional<Certificates> own) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("ca", read);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore mine = KeyStore.getInstance(KeyStore.getDefaultType());
        mine.load(null, null);
        if (own.isPresent()) {
            mine.setKeyEntry("me", own.get().pair().getPrivate(), new char[0], new java.security.cert.Certificate[] {
                own.get().read()
            });
        }
        keys.init(mine, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
        return context;
    }
}
