package dev.salesforcesync.real;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged operator as a process of its own, with the rights of the chart's service account. */
final class OperatorJar implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("probes and metrics on port (\\d+)");
    private static final Duration START = Duration.ofSeconds(90);

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private OperatorJar(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it; answers before it is up. */
    static OperatorJar start(RealCluster cluster, String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "real"));
            Path log = folder.resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-jar",
                            cluster.jar().toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "KUBECONFIG",
                            cluster.operatorKubeconfig().toString(),
                            "POD_NAME",
                            name,
                            "POD_NAMESPACE",
                            cluster.namespace(),
                            "WATCH_NAMESPACES",
                            cluster.namespace(),
                            "ALLOWED_SALESFORCE_HOSTS",
                            "http://127.0.0.1",
                            "ALLOWED_DIRECTORY_HOSTS",
                            "localhost,127.0.0.1",
                            "LEADER_ELECTION",
                            "true",
                            "HTTP_PORT",
                            "0"));
            return new OperatorJar(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it answers its readiness probe. */
    OperatorJar ready() {
        try {
            await(log + " tells that it is ready").atMost(START).until(() -> {
                if (!process.isAlive()) {
                    throw new AssertionError("the operator ended with " + process.exitValue() + ":\n" + log());
                }
                return port().isPresent() && status("/readyz") == 200;
            });
            return this;
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    int status(String path) {
        return get(path).statusCode();
    }

    String body(String path) {
        return get(path).body();
    }

    boolean leads() {
        return body("/metrics").lines().anyMatch(line -> line.matches("salesforcesync_leader(\\{.*})? 1(\\.0)?"));
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port().orElseThrow() + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Optional<Integer> port() {
        Matcher told = PORT.matcher(log());
        return told.find() ? Optional.of(Integer.parseInt(told.group(1))) : Optional.empty();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: nothing of it gets a chance to tidy up. */
    void kill() {
        process.destroyForcibly();
        exited(Duration.ofSeconds(10));
    }

    /** SIGTERM; answers the exit code. */
    int terminate(Duration grace) {
        process.destroy();
        return exited(grace);
    }

    private int exited(Duration grace) {
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the operator did not end within " + grace + ":\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
