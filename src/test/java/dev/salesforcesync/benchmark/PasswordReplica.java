package dev.salesforcesync.benchmark;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.salesforcesync.OperatorProcess;
import dev.salesforcesync.config.OperatorConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** One replica of the operator in a process of its own, whose desk has a {@link DeskDoor}. */
final class PasswordReplica {
    /** What a leak would look like: something that is reachable for ever. */
    private static final List<String> KEPT = new CopyOnWriteArrayList<>();

    private PasswordReplica() {}

    /** For the JVM of a replica: it logs as an installation does, to where its parent keeps it. */
    static List<String> flags(String level) {
        return List.of(
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback.xml",
                "-DLOG_TARGET=System.err",
                "-DLOG_LEVEL=" + level);
    }

    /** Writes what is reachable now to a file; garbage is collected before. */
    private static byte[] dump(String file) {
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file, true);
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
                .on("/dump", asked -> dump(asked.getOrDefault("file", "")))
                .on("/keep", asked -> {
                    KEPT.add(asked.getOrDefault("text", ""));
                    return new byte[0];
                })
                .on(
                        "/leads",
                        asked -> (process.leads() ? "yes" : "no").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .serve(Map.of("door", door.url(), "port", Integer.toString(process.port())));
    }
}
