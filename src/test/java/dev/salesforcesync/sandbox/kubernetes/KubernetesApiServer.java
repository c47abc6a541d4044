package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Kubernetes API server in this JVM, on plain HTTP and without sign-in, good enough for kubectl 1.32 and the operator:
 * discovery, tables, schema checks and defaults, watches, server-side apply as a merge. It keeps nothing when closed
 * and has no garbage collection, RBAC or pods: that is what a real server is for.
 */
public final class KubernetesApiServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final List<String> NAMESPACES = List.of("default", "kube-system");

    private final Vertx vertx;
    private final HttpServer http;

    private KubernetesApiServer(Vertx vertx, HttpServer http) {
        this.vertx = vertx;
        this.http = http;
    }

    /**
     * Starts a server that serves these custom kinds.
     *
     * @param port on 127.0.0.1, 0 for any free one
     * @param definitions YAML files with one CustomResourceDefinition each
     * @throws IllegalStateException if the port is taken or a definition can't be used
     */
    public static KubernetesApiServer start(int port, List<Path> definitions) {
        ApiDispatcher dispatcher = new ApiDispatcher();
        for (String namespace : NAMESPACES) {
            ObjectNode object = Json.object();
            object.putObject("metadata").put("name", namespace);
            create(dispatcher, "/api/v1/namespaces", object);
        }
        for (Path definition : definitions) {
            create(
                    dispatcher,
                    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                    Json.parseYaml(read(definition)));
        }
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer http = new HttpFront(vertx, dispatcher)
                    .server(HOST, port)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            return new KubernetesApiServer(vertx, http);
        } catch (Exception e) {
            vertx.close();
            throw new IllegalStateException("no API server on " + HOST + ":" + port, e);
        }
    }

    private static void create(ApiDispatcher dispatcher, String path, JsonNode object) {
        ApiAnswer answer = dispatcher.answer(new ApiRequest(
                "POST", path, Map.of(), "application/json", "application/json", Buffer.buffer(object.toString())));
        if (answer.code() != 201) {
            throw new IllegalStateException("not created: " + answer.body());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address, such as {@code http://127.0.0.1:6443}. */
    public String url() {
        return "http://" + HOST + ":" + http.actualPort();
    }

    /** The configuration of a Fabric8 client for this server, in the namespace {@code default}. */
    public Config clientConfig() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withNamespace("default")
                .build();
    }

    /** Writes a kubeconfig for kubectl and every other client, replacing what is there. */
    public void writeKubeconfig(Path file) {
        String text = """
                apiVersion: v1
                kind: Config
                current-context: sandbox
                clusters:
                  - name: sandbox
                    cluster:
                      server: %s
                contexts:
                  - name: sandbox
                    context:
                      cluster: sandbox
                      user: sandbox
                      namespace: default
                users:
                  - name: sandbox
                    user: {}
                """.formatted(url());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the API server did not stop", e);
        }
    }
}
