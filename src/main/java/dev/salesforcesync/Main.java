package dev.salesforcesync;

import dev.salesforcesync.command.CommandLine;
import dev.salesforcesync.command.Console;
import dev.salesforcesync.config.OperatorConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Without arguments, starts the operator with the usual kubeconfig or in-cluster configuration, and stops it on SIGTERM;
 * with arguments, carries out one command.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            System.exit(command(List.of(arguments)));
        }
        operate(LoggerFactory.getLogger(Main.class));
    }

    /** Results alone go to standard output, so that the next program of a pipeline reads nothing else. */
    private static int command(List<String> words) {
        System.setProperty("LOG_TARGET", "System.err");
        if (System.getenv("LOG_LEVEL") == null) {
            System.setProperty("LOG_LEVEL", "ERROR");
        }
        LogFloor.install();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        try {
            return CommandLine.run(words, new Console(System.in, out, err, System.getenv()));
        } finally {
            out.flush();
        }
    }

    private static void operate(Logger log) {
        OperatorConfig config;
        try {
            config = OperatorConfig.from(System.getenv(), UUID.randomUUID().toString());
        } catch (IllegalArgumentException e) {
            log.error("The configuration can't be used: {}", e.getMessage());
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
            log.debug("start failed", e);
            log.error("The operator could not start: {}", rootOf(e).toString());
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
