package dev.salesforcesync.directory;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Which certificates a domain controller may show: those of the given authorities, else those the JVM trusts. */
final class ServerTrust {
    private ServerTrust() {}

    static Result<SSLSocketFactory> socketFactory(Optional<String> caPem) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            if (caPem.isEmpty()) {
                context.init(null, null, new SecureRandom());
                return Result.ok(context.getSocketFactory());
            }
            Collection<? extends Certificate> authorities = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(caPem.get().getBytes(StandardCharsets.UTF_8)));
            if (authorities.isEmpty()) {
                return invalid();
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate authority : authorities) {
                store.setCertificateEntry("ca-" + number++, authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            context.init(null, trust.getTrustManagers(), new SecureRandom());
            return Result.ok(context.getSocketFactory());
        } catch (GeneralSecurityException | IOException e) {
            return invalid();
        }
    }

    private static Result<SSLSocketFactory> invalid() {
        return Result.failed(new Failure.Terminal(
                "DirectoryCaInvalid",
                "The CA certificate for the directory is not PEM. Put the certificate of the authority that signed the"
                        + " domain controllers' certificates into the referenced Secret."));
    }
}
