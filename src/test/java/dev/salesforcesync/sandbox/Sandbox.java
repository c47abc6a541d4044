package dev.salesforcesync.sandbox;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.salesforcesync.OperatorProcess;
import dev.salesforcesync.config.HostRule;
import dev.salesforcesync.config.IntakeConfig;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.password.TargetId;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** The program behind {@code mvn -Psandbox}: the whole product on parts of its own, in one JVM. */
public final class Sandbox {
    private static final String NAMESPACE = "default";
    private static final String TLS_SECRET = "sandbox-passwords-tls";

    private Sandbox() {}

    public static void main(String[] arguments) throws InterruptedException {
        SandboxOptions options;
        try {
            options = SandboxOptions.from(properties());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.exit(run(options));
    }

    private static Map<String, String> properties() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("sandbox."))
                .collect(Collectors.toMap(name -> name, System::getProperty));
    }

    private static int run(SandboxOptions options) throws InterruptedException {
        Console console = new Console();
        // one line per phase, which an installation tells at DEBUG only
        ((Logger) LoggerFactory.getLogger("dev.salesforcesync.converge")).setLevel(Level.DEBUG);
        try (SandboxWorld world = SandboxWorld.start(options)) {
            if (options.only().isPresent()) {
                console.tellAlone(options.only().get(), world);
                new CountDownLatch(1).await();
                return 0;
            }
            return converge(options, world, console);
        }
    }

    private static int converge(SandboxOptions options, SandboxWorld world, Console console)
            throws InterruptedException {
        console.begin(world, options);
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(world.kubernetes()).build()) {
            Cluster.prepare(client);
            PasswordDoor.prepare(
                    client, NAMESPACE, TLS_SECRET, world.directory().certificates());
            try (OperatorProcess operator = new OperatorProcess(config(), client, "sandbox")) {
                operator.start();
                Samples.apply(client, world.placeholders());
                PasswordAgent.on(
                        world.directory(), operator.passwordDesk().orElseThrow(), new TargetId(NAMESPACE, "people"));
                Watcher watcher = new Watcher(client, NAMESPACE, console);
                Rehearsal rehearsal =
                        new Rehearsal(world, client, watcher, console, options, new Scrape(operator.port()));
                Optional<String> trouble = rehearsal.firstRun();
                console.table(client, NAMESPACE);
                if (options.once()) {
                    return rehearsal.verify(trouble);
                }
                console.tellHowToPlay(world, operator.port());
                console.tellPasswordDoor(world, operator.passwordHttpsPort().orElseThrow());
                watcher.tellChangesUntilStopped();
                return 0;
            }
        }
    }

    /** Everything is on this machine; hence plain http to the org is allowed, which no installation should do. */
    private static OperatorConfig config() {
        return new OperatorConfig(
                        List.of(NAMESPACE),
                        Optional.empty(),
                        NAMESPACE,
                        "sandbox",
                        true,
                        false,
                        List.of(HostRule.parse("http://127.0.0.1")),
                        List.of(HostRule.parse("localhost"), HostRule.parse("127.0.0.1")),
                        0)
                .withPasswords(
                        new IntakeConfig(OptionalInt.of(0), OptionalInt.empty(), TLS_SECRET, "sandbox-passwords-key"));
    }
}
