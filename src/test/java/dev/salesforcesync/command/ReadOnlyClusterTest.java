package dev.salesforcesync.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.sandbox.kubernetes.KubernetesApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A command sees the cluster, and can't change it even if it tries. */
class ReadOnlyClusterTest {
    @Test
    void whateverIsNoGetIsNotSent() {
        try (KubernetesApiServer api = KubernetesApiServer.start(0, List.of());
                KubernetesClient writing = new KubernetesClientBuilder()
                        .withConfig(api.clientConfig())
                        .build();
                KubernetesClient reading = ReadOnlyCluster.client(api.clientConfig())) {
            writing.resource(map("there")).create();

            assertThatThrownBy(() -> reading.resource(map("new")).create()).hasStackTraceContaining("POST is not sent");
            assertThatThrownBy(() -> reading.resource(map("there")).update())
                    .hasStackTraceContaining("PUT is not sent");
            assertThatThrownBy(() -> reading.resource(map("there")).delete())
                    .hasStackTraceContaining("DELETE is not sent");

            assertThat(reading.configMaps().inNamespace("default").list().getItems())
                    .extracting(map -> map.getMetadata().getName())
                    .contains("there")
                    .doesNotContain("new");
        }
    }

    @Test
    void anOrgWithoutALedgerHasNoneAfterwards() throws Unreadable {
        try (KubernetesApiServer api = KubernetesApiServer.start(0, List.of());
                ReadOnlyCluster cluster = ReadOnlyCluster.open(api.clientConfig(), "default");
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(api.clientConfig())
                        .build()) {
            assertThat(cluster.ledger(new SalesforceId("00D000000000001"))).isEqualTo(Result.ok(Optional.empty()));
            assertThat(client.configMaps().inNamespace("default").list().getItems())
                    .isEmpty();
            assertThatThrownBy(() -> cluster.secret("default", "org"))
                    .isInstanceOf(Unreadable.class)
                    .hasMessage("there is no Secret 'org' in namespace default, neither among the files nor in the"
                            + " cluster; add it to the files, or create it");
        }
    }

    @Test
    void aClusterThatDoesNotAnswerIsToldApart() {
        assertThatThrownBy(() -> ReadOnlyCluster.open(
                        new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                                .withMasterUrl("http://127.0.0.1:1")
                                .build(),
                        "default"))
                .isInstanceOf(Unreadable.class)
                .hasMessage("the cluster of the kubeconfig does not answer");
    }

    private static ConfigMap map(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .build();
    }
}
