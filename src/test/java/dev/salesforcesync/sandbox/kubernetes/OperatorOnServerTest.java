package dev.salesforcesync.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A real operator of the SDK on the server, with leader election. */
class OperatorOnServerTest {

    private static final LeaderElectionConfiguration LEADER_ELECTION = new LeaderElectionConfiguration(
            "operator",
            "default",
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            "me",
            new LeaderCallbacks(() -> {}, () -> {}, leader -> {}),
            false);

    @ControllerConfiguration
    static final class Recorder implements Reconciler<ConfigMap> {

        final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public UpdateControl<ConfigMap> reconcile(ConfigMap map, Context<ConfigMap> context) {
            seen.add(map.getMetadata().getName() + "=" + map.getData().get("k"));
            return UpdateControl.noUpdate();
        }
    }

    @Test
    void becomesLeaderAndHearsOfEveryChange() {
        Recorder recorder = new Recorder();
        try (KubernetesApiServer server = KubernetesApiServer.start(0, List.of());
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(server.clientConfig())
                        .build()) {
            client.configMaps().resource(map("early", "1")).create();
            Operator operator = new Operator(overrider -> overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withUseSSAToPatchPrimaryResource(false)
                    .withLeaderElectionConfiguration(LEADER_ELECTION));
            operator.register(recorder, configuration -> configuration.settingNamespace("default"));
            operator.start();
            try {
                await().until(() -> recorder.seen.contains("early=1"));
                client.configMaps().resource(map("late", "1")).create();
                await().until(() -> recorder.seen.contains("late=1"));
                client.configMaps()
                        .withName("late")
                        .edit(map ->
                                new ConfigMapBuilder(map).addToData("k", "2").build());
                await().until(() -> recorder.seen.contains("late=2"));

                assertThat(client.leases()
                                .inNamespace("default")
                                .withName("operator")
                                .get()
                                .getSpec()
                                .getHolderIdentity())
                        .isEqualTo("me");
            } finally {
                operator.stop();
            }
        }
    }

    private static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToData("k", value)
                .build();
    }
}
