package dev.salesforcesync.controller;

import dev.salesforcesync.converge.WriteSwitch;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The installation-wide write switch: the ConfigMap {@value #NAME} in the operator's namespace, whose key
 * {@code writes} says {@code stop}. It is read again when the last look is older than a second, so that a stop counts
 * from the next batch on. While it can't be read nothing is written.
 */
public final class ConfigMapSwitch implements WriteSwitch {
    public static final String NAME = "salesforcesync-switch";
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final String namespace;
    private final boolean enabledByConfiguration;
    private final Clock clock;
    private Instant looked = Instant.EPOCH;
    private Optional<String> stopped = Optional.empty();

    public ConfigMapSwitch(KubernetesClient client, String namespace, boolean enabledByConfiguration, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.enabledByConfiguration = enabledByConfiguration;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<String> stopped() {
        if (!enabledByConfiguration) {
            return Optional.of("Writing is switched off by WRITES_ENABLED=false.");
        }
        Instant now = clock.instant();
        if (looked.plus(FRESH).isBefore(now)) {
            stopped = look();
            looked = now;
        }
        return stopped;
    }

    private Optional<String> look() {
        try {
            ConfigMap map =
                    client.configMaps().inNamespace(namespace).withName(NAME).get();
            String writes =
                    map == null || map.getData() == null ? "go" : map.getData().getOrDefault("writes", "go");
            return Map.of("go", Optional.<String>empty())
                    .getOrDefault(
                            writes,
                            Optional.of("Writing is switched off by the ConfigMap " + NAME + " in namespace "
                                    + namespace + "; set its key 'writes' to 'go' or delete it."));
        } catch (KubernetesClientException e) {
            return Optional.of("The ConfigMap " + NAME + " in namespace " + namespace
                    + ", which may stop writing, can't be read (HTTP " + e.getCode() + ").");
        }
    }
}
