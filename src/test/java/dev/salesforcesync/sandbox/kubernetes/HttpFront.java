package dev.salesforcesync.sandbox.kubernetes;

import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import io.fabric8.mockwebserver.vertx.ServerWebSocketHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Speaks HTTP for the dispatcher: plain answers, WebSocket watches and chunked watches. */
final class HttpFront {

    private static final int LONGEST_REQUEST_LINE = 64 * 1024;

    private final Vertx vertx;
    private final ApiDispatcher dispatcher;

    HttpFront(Vertx vertx, ApiDispatcher dispatcher) {
        this.vertx = vertx;
        this.dispatcher = dispatcher;
    }

    HttpServer server(String host, int port) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                .setHandle100ContinueAutomatically(true)
                // The JDK's client asks for h2c on plain connections, and then breaks on long answers.
                .setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options).requestHandler(this::handle);
    }

    private void handle(HttpServerRequest http) {
        if ("websocket".equalsIgnoreCase(http.getHeader("Upgrade"))) {
            // Must be decided before the request is read.
            ApiRequest request = requestOf(http, io.vertx.core.buffer.Buffer.buffer());
            if (request.isWatch()) {
                upgrade(http, request);
                return;
            }
        }
        http.body().onSuccess(body -> respond(http, requestOf(http, body)));
    }

    private void respond(HttpServerRequest http, ApiRequest request) {
        try {
            if (request.isWatch()) {
                stream(http, request);
            } else {
                send(http.response(), dispatcher.answer(request));
            }
        } catch (Refusal refusal) {
            send(http.response(), refusal.answer());
        } catch (RuntimeException e) {
            send(http.response(), Refusal.internal("the sandbox failed: " + e).answer());
        }
    }

    private void upgrade(HttpServerRequest http, ApiRequest request) {
        try {
            WebSocketListener listener = Watches.open(dispatcher.store(), dispatcher.watchTarget(request), request);
            MockResponse response = new MockResponse().withWebSocketUpgrade(listener);
            http.toWebSocket().onSuccess(new ServerWebSocketHandler(recorded(http), response));
        } catch (Refusal refusal) {
            send(http.response(), refusal.answer());
        }
    }

    private void stream(HttpServerRequest http, ApiRequest request) {
        WebSocketListener listener = Watches.open(dispatcher.store(), dispatcher.watchTarget(request), request);
        HttpServerResponse response = http.response().setChunked(true).putHeader("Content-Type", "application/json");
        ChunkedSocket socket = new ChunkedSocket(recorded(http), response);
        response.closeHandler(closed -> listener.onClosed(socket, 1000, ""));
        // The head goes out at once: clients wait for it before they wait for events.
        response.writeHead();
        listener.onOpen(socket, new MockResponse());
        String seconds = request.parameter("timeoutSeconds");
        if (seconds.matches("[1-9]\\d{0,8}")) {
            long timer = vertx.setTimer(Long.parseLong(seconds) * 1000, id -> socket.close(1000, ""));
            response.endHandler(ended -> {
                vertx.cancelTimer(timer);
                listener.onClosed(socket, 1000, "");
            });
        }
    }

    private static void send(HttpServerResponse response, ApiAnswer answer) {
        response.setStatusCode(answer.code()).putHeader("Content-Type", answer.contentType());
        answer.warnings()
                .forEach(text -> response.headers().add("Warning", "299 - \"" + text.replace("\"", "\\\"") + "\""));
        response.end(answer.body());
    }

    private static ApiRequest requestOf(HttpServerRequest http, io.vertx.core.buffer.Buffer body) {
        Map<String, String> query = new HashMap<>();
        http.params().forEach(parameter -> query.put(parameter.getKey(), parameter.getValue()));
        return new ApiRequest(
                http.method().name().toUpperCase(Locale.ROOT),
                URI.create(http.path()).getPath(),
                query,
                headerOf(http, "Accept"),
                headerOf(http, "Content-Type"),
                body);
    }

    private static String headerOf(HttpServerRequest http, String name) {
        String value = http.getHeader(name);
        return value == null ? "" : value;
    }

    private static RecordedRequest recorded(HttpServerRequest http) {
        return new RecordedRequest(
                "HTTP/1.1", HttpMethod.GET, http.uri(), Headers.builder().build(), new Buffer());
    }

    /** Looks like a WebSocket to the mock and writes one line for each message. */
    private record ChunkedSocket(RecordedRequest request, HttpServerResponse response) implements WebSocket {

        @Override
        public boolean send(String text) {
            if (response.ended() || response.closed()) {
                return false;
            }
            response.write(text + "\n");
            return true;
        }

        @Override
        public boolean send(byte[] bytes) {
            return send(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public boolean close(int code, String reason) {
            if (!response.ended() && !response.closed()) {
                response.end();
            }
            return true;
        }
    }
}
