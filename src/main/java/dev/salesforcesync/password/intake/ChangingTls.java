package dev.salesforcesync.password.intake;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of the listeners, whose certificate can be changed while they run: each handshake uses what was given last. As
 * long as nothing was given, every handshake fails.
 */
public final class ChangingTls {
    private static final String ALIAS = "server";

    private final SSLContext context;
    private volatile @Nullable TlsMaterial material;
    private volatile @Nullable X509ExtendedTrustManager clients;

    public ChangingTls() {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Keys()}, new TrustManager[] {new Clients()}, new SecureRandom());
            // A session that is resumed would go on under a certificate, or a client's authority, of before.
            context.getServerSessionContext().setSessionTimeout(60);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has TLS", e);
        }
    }

    /** What to open listeners with. */
    public SSLContext context() {
        return context;
    }

    /** What counts from the next handshake on. */
    public void use(TlsMaterial next) throws GeneralSecurityException {
        clients = next.clientAuthorities().isEmpty() ? null : trusting(next.clientAuthorities());
        material = next;
    }

    /** Whether there is a certificate to show. */
    public boolean isReady() {
        return material != null;
    }

    /** Whether clients may show a certificate of their own. */
    boolean asksClients() {
        return clients != null;
    }

    private static X509ExtendedTrustManager trusting(List<X509Certificate> authorities)
            throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("ca-" + i, authorities.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (IOException e) {
            throw new GeneralSecurityException("ca.crt can't be used", e);
        }
    }

    private final class Keys extends X509ExtendedKeyManager {
        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return fits(keyType) ? new String[] {ALIAS} : null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return fits(keyType) ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return fits(keyType) ? ALIAS : null;
        }

        private boolean fits(String keyType) {
            TlsMaterial current = material;
            return current != null
                    && (keyType.equals(current.key().getAlgorithm())
                            || (keyType.startsWith("EC")
                                    && current.key().getAlgorithm().equals("EC")));
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            TlsMaterial current = material;
            return current == null ? null : current.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            TlsMaterial current = material;
            return current == null ? null : current.key();
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }

    private final class Clients extends X509ExtendedTrustManager {
        private X509ExtendedTrustManager current() throws CertificateException {
            X509ExtendedTrustManager known = clients;
            if (known == null) {
                throw new CertificateException("no client certificates are let in");
            }
            return known;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            current().checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            current().checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            current().checkClientTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("this only serves");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("this only serves");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("this only serves");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            X509ExtendedTrustManager known = clients;
            return known == null ? new X509Certificate[0] : known.getAcceptedIssuers();
        }
    }
}
