package dev.salesforcesync.password.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsMaterialTest {
    @Test
    void readsAKeyInPkcs8AndInPkcs1() throws Exception {
        Certificates made = Certificates.of("localhost");
        byte[] pkcs1 = ASN1OctetString.decodeAsOctetString(
                        ASN1Sequence.decodeAsSequence(made.pair().getPrivate().getEncoded())
                                .elements()[2])
                .getValue();

        TlsMaterial plain = made.material();
        TlsMaterial older = TlsMaterial.parse(
                Certificates.bytes(made.certificate()),
                Certificates.bytes(Certificates.pem("RSA PRIVATE KEY", pkcs1)),
                Optional.empty());

        assertThat(plain.key()).isEqualTo(made.pair().getPrivate());
        assertThat(older.key()).isEqualTo(made.pair().getPrivate());
        assertThat(plain.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void saysWhichPartCantBeUsed() throws Exception {
        Certificates made = Certificates.of("localhost");

        assertThatThrownBy(() -> TlsMaterial.parse(new byte[0], Certificates.bytes(made.key()), Optional.empty()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("tls.crt");
        assertThatThrownBy(
                        () -> TlsMaterial.parse(Certificates.bytes(made.certificate()), new byte[0], Optional.empty()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("tls.key");
    }
}
