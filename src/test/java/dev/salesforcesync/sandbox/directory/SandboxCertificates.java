package dev.salesforcesync.sandbox.directory;

import com.unboundid.asn1.ASN1BitString;
import com.unboundid.asn1.ASN1Boolean;
import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Exception;
import com.unboundid.asn1.ASN1ObjectIdentifier;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.OID;
import com.unboundid.util.ObjectPair;
import com.unboundid.util.ssl.cert.CertException;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import com.unboundid.util.ssl.cert.X509CertificateExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority of its own and one server certificate, made anew for each start.
 *
 * @param caPem the authority's certificate
 * @param serverPem the server's certificate, and the authority's behind it
 * @param keyPem the server's key in PKCS#8
 * @param context serves with the server certificate
 */
public record SandboxCertificates(String caPem, String serverPem, String keyPem, SSLContext context) {
    private static final PublicKeyAlgorithmIdentifier KEY = PublicKeyAlgorithmIdentifier.RSA;
    private static final SignatureAlgorithmIdentifier SIGNATURE = SignatureAlgorithmIdentifier.SHA_256_WITH_RSA;
    private static final int KEY_BITS = 2_048;
    private static final Duration LIFETIME = Duration.ofDays(365);

    /** Makes both, the server's for the given DNS names and the given loopback addresses. */
    public static SandboxCertificates make(List<String> dnsNames, List<String> addresses) {
        try {
            long from = System.currentTimeMillis() - Duration.ofDays(1).toMillis();
            long until = from + LIFETIME.toMillis();
            ObjectPair<X509Certificate, KeyPair> authority = X509Certificate.generateSelfSignedCertificate(
                    SIGNATURE,
                    KEY,
                    KEY_BITS,
                    new DN("CN=Sandbox Directory CA"),
                    from,
                    until,
                    extension("2.5.29.19", true, new ASN1Sequence(new ASN1Boolean(true))),
                    extension("2.5.29.15", true, new ASN1BitString(false, false, false, false, false, true, true)));
            // The library makes key pairs only together with a certificate; this one is thrown away.
            ObjectPair<X509Certificate, KeyPair> draft = X509Certificate.generateSelfSignedCertificate(
                    SIGNATURE, KEY, KEY_BITS, new DN("CN=" + dnsNames.get(0)), from, until);
            X509Certificate blank = draft.getFirst();
            X509Certificate server = X509Certificate.generateIssuerSignedCertificate(
                    SIGNATURE,
                    authority.getFirst(),
                    authority.getSecond().getPrivate(),
                    blank.getPublicKeyAlgorithmOID(),
                    blank.getPublicKeyAlgorithmParameters(),
                    blank.getEncodedPublicKey(),
                    blank.getDecodedPublicKey(),
                    new DN("CN=" + dnsNames.get(0)),
                    from,
                    until,
                    extension("2.5.29.17", false, alternativeNames(dnsNames, addresses)),
                    extension("2.5.29.37", false, new ASN1Sequence(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.1"))));
            return new SandboxCertificates(
                    authority.getFirst().toPEMString(),
                    server.toPEMString() + "\n" + authority.getFirst().toPEMString(),
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(
                                            draft.getSecond().getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n",
                    context(
                            draft.getSecond(),
                            server.toCertificate(),
                            authority.getFirst().toCertificate()));
        } catch (CertException | ASN1Exception | LDAPException | GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the sandbox cannot make its certificates", e);
        }
    }

    /** RFC 5280 4.2.1.6. */
    private static ASN1Sequence alternativeNames(List<String> dnsNames, List<String> addresses) throws IOException {
        List<ASN1Element> names = new ArrayList<>();
        dnsNames.forEach(name -> names.add(new ASN1OctetString((byte) 0x82, name)));
        for (String address : addresses) {
            names.add(new ASN1OctetString(
                    (byte) 0x87, InetAddress.getByName(address).getAddress()));
        }
        return new ASN1Sequence(names);
    }

    private static X509CertificateExtension extension(String oid, boolean critical, ASN1Element value) {
        return new X509CertificateExtension(new OID(oid), critical, value.encode());
    }

    private static SSLContext context(KeyPair key, Certificate... chain) throws GeneralSecurityException, IOException {
        char[] password = "sandbox".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("server", key.getPrivate(), password, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, new SecureRandom());
        return context;
    }

    @Override
    public String toString() {
        return "SandboxCertificates[]";
    }
}
