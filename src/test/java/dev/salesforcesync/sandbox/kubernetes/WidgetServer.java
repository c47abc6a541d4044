package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

/** A running server with the kind of widgets.yaml, and a plain HTTP client for it. */
final class WidgetServer implements AutoCloseable {

    static final String WIDGETS = "/apis/example.test/v1alpha1/namespaces/default/widgets";

    private final HttpClient client = HttpClient.newHttpClient();
    final KubernetesApiServer server = KubernetesApiServer.start(0, List.of(definition()));

    private static Path definition() {
        try {
            return Path.of(WidgetServer.class.getResource("widgets.yaml").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer: its code, its body, and its first warning, empty if there is none. */
    record Answer(int code, JsonNode body, String warning) {}

    Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    Answer table(String path) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"));
    }

    Answer post(String path, String json) {
        return send("POST", path, "application/json", json);
    }

    Answer send(String method, String path, String contentType, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    Json.parse(response.body()),
                    response.headers().firstValue("Warning").orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpClient client() {
        return client;
    }

    URI uri(String path) {
        return URI.create(server.url() + path);
    }

    static String widget(String name, String spec) {
        return "{\"apiVersion\":\"example.test/v1alpha1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":" + spec + "}";
    }

    @Override
    public void close() {
        server.close();
    }
}
