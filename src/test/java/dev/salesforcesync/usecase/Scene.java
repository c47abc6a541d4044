package dev.salesforcesync.usecase;

import dev.salesforcesync.OperatorProcess;
import dev.salesforcesync.config.HostRule;
import dev.salesforcesync.config.IntakeConfig;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import dev.salesforcesync.sandbox.kubernetes.KubernetesApiServer;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/** What every use case of a class shares: an API server, a directory without people, and a running operator. */
final class Scene implements AutoCloseable {
    static final String OPERATOR_NAMESPACE = "default";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final SandboxDirectory directory = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
    private final KubernetesApiServer api = KubernetesApiServer.start(0, definitions());
    private final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(api.clientConfig()).build();
    private final Clock clock;
    private OperatorProcess operator;

    Scene() {
        this(Clock.systemUTC());
    }

    /** One whose operator goes by another clock. */
    Scene(Clock clock) {
        this.clock = clock;
        this.operator = startOperator();
    }

    /** Opens a stage of its own for one use case: a namespace, an org, a place in the directory. */
    Stage stage() {
        return new Stage(this, "case-" + NUMBER.incrementAndGet());
    }

    /** The same with an org that is made for the namespace. */
    Stage stage(Function<String, SalesforceOrgServer> org) {
        String namespace = "case-" + NUMBER.incrementAndGet();
        return new Stage(this, namespace, org.apply(namespace));
    }

    SandboxDirectory directory() {
        return directory;
    }

    KubernetesClient client() {
        return client;
    }

    /** The way to the API server, for another client. */
    Config kubeconfig() {
        return api.clientConfig();
    }

    OperatorProcess operator() {
        return operator;
    }

    void restartOperator() {
        operator.close();
        operator = startOperator();
    }

    void stopOperator() {
        operator.close();
    }

    private OperatorProcess startOperator() {
        OperatorProcess process = new OperatorProcess(
                new OperatorConfig(
                                List.of("*"),
                                Optional.empty(),
                                OPERATOR_NAMESPACE,
                                "test",
                                true,
                                false,
                                List.of(HostRule.parse("http://127.0.0.1"), HostRule.parse("127.0.0.1")),
                                List.of(HostRule.parse("localhost")),
                                0)
                        // on ports of their own: agents are played by calls of the desk
                        .withPasswords(new IntakeConfig(
                                OptionalInt.of(0), OptionalInt.empty(), "passwords-tls", "passwords-key")),
                client,
                "test",
                clock);
        process.start();
        return process;
    }

    private static List<Path> definitions() {
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        operator.close();
        client.close();
        api.close();
        directory.close();
    }
}
