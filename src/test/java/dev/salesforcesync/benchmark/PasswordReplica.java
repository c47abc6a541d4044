package dev.salesforcesync.benchmark;

import dev.salesforcesync.OperatorProcess;
import dev.salesforcesync.config.OperatorConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;

/** One replica of the operator in a process of its own, whose desk has a {@link DeskDoor}. */
final class PasswordReplica {
    private PasswordReplica() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("kubeconfig", arguments[0]);
        OperatorConfig config = OperatorConfig.from(
                Map.of(
                        "POD_NAME", "operator",
                        "POD_NAMESPACE", PasswordTown.NAMESPACE,
                        "WATCH_NAMESPACES", PasswordTown.NAMESPACE,
                        "ALLOWED_SALESFORCE_HOSTS", "http://127.0.0.1",
                        "LEADER_ELECTION", arguments[1],
                        "HTTP_PORT", "0",
                        "PASSWORD_HTTPS_PORT", "0"),
                UUID.randomUUID().toString());
        KubernetesClient client = new KubernetesClientBuilder().build();
        OperatorProcess process = new OperatorProcess(config, client, "test");
        process.start();
        DeskDoor door = new DeskDoor(process.passwordDesk().orElseThrow());
        new ControlPage()
                .on("/leads", asked -> (process.leads() ? "yes" : "no").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .serve(Map.of("door", door.url(), "port", Integer.toString(process.port())));
    }
}
