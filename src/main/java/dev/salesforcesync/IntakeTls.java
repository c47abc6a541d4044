package dev.salesforcesync;

import dev.salesforcesync.password.intake.ChangingTls;
import dev.salesforcesync.password.intake.TlsMaterial;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners' certificate of a Secret, looked at again and again, so that a renewed one counts without a restart. */
final class IntakeTls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeTls.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final ChangingTls tls = new ChangingTls();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "password-tls");
        made.setDaemon(true);
        return made;
    });
    private String seen = "nothing";

    IntakeTls(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    ChangingTls tls() {
        return tls;
    }

    void start() {
        look();
        var unused =
                thread.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            Secret secret =
                    client.secrets().inNamespace(namespace).withName(name).get();
            String version = secret == null
                    ? "missing"
                    : secret.getMetadata().getUid() + ":" + secret.getMetadata().getResourceVersion();
            if (version.equals(seen)) {
                return;
            }
            if (secret == null) {
                seen = version;
                LOG.error(
                        "the Secret '{}' in namespace {} is missing: {}",
                        name,
                        namespace,
                        tls.isReady() ? "its last certificate is used on" : "no agent can connect until it is there");
                return;
            }
            use(secret);
            seen = version;
        } catch (KubernetesClientException e) {
            LOG.warn("the Secret '{}' in namespace {} can't be read: HTTP {}", name, namespace, e.getCode());
        } catch (RuntimeException bug) {
            LOG.error("the Secret '{}' in namespace {} can't be looked at", name, namespace, bug);
        }
    }

    private void use(Secret secret) {
        Map<String, String> data = Objects.requireNonNullElse(secret.getData(), Map.of());
        try {
            tls.use(TlsMaterial.parse(
                    part(data, "tls.crt").orElse(new byte[0]),
                    part(data, "tls.key").orElse(new byte[0]),
                    part(data, "ca.crt")));
            LOG.info("the listeners for passwords use the certificate of the Secret '{}'", name);
        } catch (GeneralSecurityException e) {
            LOG.error(
                    "the Secret '{}' in namespace {} can't be used: {}; {}",
                    name,
                    namespace,
                    e.getMessage(),
                    tls.isReady() ? "the certificate before is used on" : "no agent can connect until it is mended");
        }
    }

    private static Optional<byte[]> part(Map<String, String> data, String name) {
        return Optional.ofNullable(data.get(name)).map(Base64.getDecoder()::decode);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
