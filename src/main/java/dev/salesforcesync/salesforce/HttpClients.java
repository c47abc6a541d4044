package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The java.net.http client for one org: HTTP/1.1, own certificates, proxy, no redirects followed.
 *
 * <p>No {@link java.net.Authenticator} on purpose: with one, the JDK's client turns a 401 without WWW-Authenticate,
 * which is what Salesforce answers, into an exception, and repeats requests by itself.
 */
final class HttpClients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    /** After this pause the next call goes over new connections: one that died unseen would cost a write its answer. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    static {
        // The JDK drops Basic credentials on the way through a proxy's CONNECT unless told otherwise, and reads the
        // property once, when the first HTTP client of the process is made (JDK 8u111 release notes).
        String tunnelSchemes = "jdk.http.auth.tunneling.disabledSchemes";
        if (System.getProperty(tunnelSchemes) == null) {
            System.setProperty(tunnelSchemes, "");
        }
    }

    private final HttpClient.Builder builder;
    private final Optional<String> proxyAuthorization;
    private final InstantSource clock;
    private HttpClient client;
    private Instant lastUse;

    private HttpClients(HttpClient.Builder builder, Optional<String> proxyAuthorization, InstantSource clock) {
        this.builder = builder;
        this.proxyAuthorization = proxyAuthorization;
        this.clock = clock;
        this.client = builder.build();
        this.lastUse = clock.instant();
    }

    static Result<HttpClients> of(SalesforceSettings settings, InstantSource clock) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT);
        if (settings.caPem().isPresent()) {
            try {
                builder.sslContext(trusting(settings.caPem().get()));
            } catch (GeneralSecurityException | IOException | IllegalArgumentException unreadable) {
                return Result.failed(new Failure.Terminal(
                        SalesforceReason.CA_INVALID,
                        "The CA certificates for Salesforce cannot be read. Put one or more certificates in PEM form "
                                + "(BEGIN CERTIFICATE) under the Secret's key."));
            }
        }
        Optional<String> proxyAuthorization = Optional.empty();
        if (settings.proxy().isPresent()) {
            SalesforceSettings.Proxy proxy = settings.proxy().get();
            builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.url().getHost(), portOf(proxy.url()))));
            proxyAuthorization =
                    proxy.user().map(user -> basic(user, proxy.password().orElse("")));
        }
        return Result.ok(new HttpClients(builder, proxyAuthorization, clock));
    }

    synchronized HttpClient client() {
        Instant now = clock.instant();
        if (Duration.between(lastUse, now).compareTo(IDLE) > 0) {
            client = builder.build();
        }
        lastUse = now;
        return client;
    }

    Optional<String> proxyAuthorization() {
        return proxyAuthorization;
    }

    private static int portOf(URI proxy) {
        if (proxy.getPort() > 0) {
            return proxy.getPort();
        }
        return "https".equals(proxy.getScheme()) ? 443 : 80;
    }

    private static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static SSLContext trusting(String pem) throws GeneralSecurityException, IOException {
        Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("no certificate");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
