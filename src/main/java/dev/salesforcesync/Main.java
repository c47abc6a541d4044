package dev.salesforcesync;

import dev.salesforcesync.config.OperatorConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator with the usual kubeconfig or in-cluster configuration, and stops it on SIGTERM. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) {
        OperatorConfig config;
        try {
            config = OperatorConfig.from(System.getenv(), UUID.randomUUID().toString());
        } catch (IllegalArgumentException e) {
            LOG.error("The configuration can't be used: {}", e.getMessage());
            System.exit(2);
            return;
        }
        KubernetesClient client = new KubernetesClientBuilder().build();
        OperatorProcess process = new OperatorProcess(config, client, version());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            process.close();
                            client.close();
                        },
                        "shutdown"));
        try {
            process.start();
        } catch (RuntimeException e) {
            LOG.debug("start failed", e);
            LOG.error("The operator could not start: {}", rootOf(e).toString());
            System.exit(1);
        }
    }

    /** Frameworks wrap the cause that tells a person what to do, such as an address that can't be reached. */
    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : rootOf(cause);
    }

    static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
