package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicySpec;
import dev.salesforcesync.converge.PolicySnapshot;
import dev.salesforcesync.converge.PolicySnapshot.Acceptance;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spec of each policy that was accepted last, as a ConfigMap in the operator's namespace: after a restart it goes on
 * while a newer generation is refused. A spec refers to Secrets and holds none.
 */
final class AcceptedSpecs {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptedSpecs.class);
    private static final String PREFIX = "salesforcesync-accepted-";
    private static final String SPEC = "spec";
    private static final String POLICY = "policy";
    private static final String UID = "uid";
    private static final String GENERATION = "generation";

    private final KubernetesClient client;
    private final String namespace;
    private final Map<String, Optional<SyncPolicy>> kept = new HashMap<>();

    AcceptedSpecs(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** The accepted policy of an earlier generation; empty when there is none, or as long as it can't be read. */
    synchronized Optional<SyncPolicy> before(SyncPolicy policy) {
        String uid = policy.getMetadata().getUid();
        if (!kept.containsKey(uid)) {
            try {
                kept.put(uid, read(policy));
            } catch (KubernetesClientException e) {
                LOG.warn("what was accepted of policy {} can't be read (HTTP {})", label(policy), e.getCode());
                return Optional.empty();
            }
        }
        return Objects.requireNonNull(kept.get(uid))
                .filter(earlier -> earlier.getMetadata().getGeneration()
                        < policy.getMetadata().getGeneration());
    }

    /** Keeps the policy if its newest generation was accepted. What can't be stored now is stored the next time. */
    synchronized void keep(SyncPolicy policy, PolicySnapshot snapshot) {
        ObjectMeta meta = policy.getMetadata();
        boolean accepted =
                snapshot.acceptance() instanceof Acceptance.Accepted && snapshot.generation() == meta.getGeneration();
        boolean known = Optional.ofNullable(kept.get(meta.getUid()))
                .flatMap(earlier -> earlier)
                .filter(earlier -> earlier.getMetadata().getGeneration().equals(meta.getGeneration()))
                .isPresent();
        if (!accepted || known) {
            return;
        }
        try {
            client.resource(toMap(policy)).createOr(existing -> existing.update());
            kept.put(meta.getUid(), Optional.of(bare(policy, policy.getSpec(), meta.getGeneration())));
        } catch (KubernetesClientException e) {
            LOG.warn("the accepted generation of policy {} can't be kept (HTTP {})", label(policy), e.getCode());
        }
    }

    /** The policy was deleted. */
    synchronized void forget(SyncPolicy policy) {
        kept.remove(policy.getMetadata().getUid());
        try {
            ConfigMap map = client.configMaps()
                    .inNamespace(namespace)
                    .withName(name(policy))
                    .get();
            if (map != null
                    && map.getData() != null
                    && policy.getMetadata().getUid().equals(map.getData().get(UID))) {
                client.resource(map)
                        .lockResourceVersion(map.getMetadata().getResourceVersion())
                        .delete();
            }
        } catch (KubernetesClientException e) {
            LOG.warn("the accepted generation of policy {} stays kept (HTTP {})", label(policy), e.getCode());
        }
    }

    private Optional<SyncPolicy> read(SyncPolicy policy) {
        try {
            return Optional.ofNullable(client.configMaps()
                            .inNamespace(namespace)
                            .withName(name(policy))
                            .get())
                    .map(ConfigMap::getData)
                    .filter(data -> policy.getMetadata().getUid().equals(data.get(UID)))
                    .map(data -> bare(
                            policy,
                            Serialization.unmarshal(data.get(SPEC), SyncPolicySpec.class),
                            Long.parseLong(data.get(GENERATION))));
        } catch (IllegalArgumentException garbled) {
            LOG.warn("what was accepted of policy {} is garbled; the next accepted one replaces it", label(policy));
            return Optional.empty();
        }
    }

    private static SyncPolicy bare(SyncPolicy policy, SyncPolicySpec spec, long generation) {
        SyncPolicy earlier = new SyncPolicy();
        earlier.setMetadata(new ObjectMetaBuilder()
                .withNamespace(policy.getMetadata().getNamespace())
                .withName(policy.getMetadata().getName())
                .withUid(policy.getMetadata().getUid())
                .withGeneration(generation)
                .build());
        earlier.setSpec(spec);
        return earlier;
    }

    private ConfigMap toMap(SyncPolicy policy) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name(policy))
                .addToLabels("app.kubernetes.io/managed-by", "salesforce-sync-operator")
                .endMetadata()
                .withData(Map.of(
                        POLICY,
                        label(policy),
                        UID,
                        policy.getMetadata().getUid(),
                        GENERATION,
                        policy.getMetadata().getGeneration().toString(),
                        SPEC,
                        Serialization.asJson(policy.getSpec())))
                .build();
    }

    private static String name(SyncPolicy policy) {
        return PREFIX + UUID.nameUUIDFromBytes(label(policy).getBytes(StandardCharsets.UTF_8));
    }

    private static String label(SyncPolicy policy) {
        return policy.getMetadata().getNamespace() + "/" + policy.getMetadata().getName();
    }
}
