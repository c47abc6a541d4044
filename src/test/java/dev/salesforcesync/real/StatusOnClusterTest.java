package dev.salesforcesync.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spec and status are two halves of a resource that can only be written apart. */
@OnRealCluster
class StatusOnClusterTest {
    private final MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            policies;
    private final String namespace;
    private GenericKubernetesResource policy = new GenericKubernetesResource();

    StatusOnClusterTest(RealCluster cluster) {
        policies = cluster.admin().genericKubernetesResources("salesforcesync.dev/v1alpha1", "SyncPolicy");
        namespace = cluster.freshNamespace();
    }

    @BeforeEach
    void createPolicy() {
        policy = policies.inNamespace(namespace)
                .resource(Serialization.unmarshal(
                        SchemaOnClusterTest.POLICY.formatted("people"), GenericKubernetesResource.class))
                .create();
    }

    @Test
    void writingTheStatusLeavesSpecAndGenerationAlone() {
        part(policy, "spec").put("mode", "Enforce");
        policy.setAdditionalProperty("status", Map.of("lastSuccess", "2026-11-22T08:00:00Z"));

        GenericKubernetesResource written =
                policies.inNamespace(namespace).resource(policy).updateStatus();

        assertThat(part(written, "status")).containsEntry("lastSuccess", "2026-11-22T08:00:00Z");
        assertThat(part(written, "spec")).containsEntry("mode", "Preview");
        assertThat(written.getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void writingTheSpecLeavesTheStatusAloneAndRaisesTheGeneration() {
        policy.setAdditionalProperty("status", Map.of("lastSuccess", "2026-11-22T08:00:00Z"));
        GenericKubernetesResource withStatus =
                policies.inNamespace(namespace).resource(policy).updateStatus();

        part(withStatus, "spec").put("mode", "Enforce");
        withStatus.setAdditionalProperty("status", Map.of("lastSuccess", "1999-01-01T00:00:00Z"));
        GenericKubernetesResource written =
                policies.inNamespace(namespace).resource(withStatus).update();

        assertThat(part(written, "spec")).containsEntry("mode", "Enforce");
        assertThat(part(written, "status")).containsEntry("lastSuccess", "2026-11-22T08:00:00Z");
        assertThat(written.getMetadata().getGeneration()).isEqualTo(2);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(GenericKubernetesResource resource, String name) {
        return (Map<String, Object>) resource.getAdditionalProperties()
                .computeIfAbsent(name, missing -> new LinkedHashMap<String, Object>());
    }
}
