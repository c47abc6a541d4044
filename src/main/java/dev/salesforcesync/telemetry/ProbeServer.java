package dev.salesforcesync.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Serves {@code /metrics}, {@code /healthz} and {@code /readyz} on one port. Neither probe asks Salesforce or a
 * directory: a restart mends neither.
 */
public final class ProbeServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * Starts at once.
     *
     * @param port 0 picks a free one
     * @throws UncheckedIOException when the port is taken
     */
    public ProbeServer(int port, Supplier<String> metrics, BooleanSupplier healthy, BooleanSupplier ready) {
        try {
            server = HttpServer.create(new InetSocketAddress(port), 16);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " for probes and metrics can't be opened", e);
        }
        threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "probes");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/metrics", exchange -> answer(exchange, 200, metrics.get()));
        server.createContext("/healthz", exchange -> answer(exchange, healthy));
        server.createContext("/readyz", exchange -> answer(exchange, ready));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, BooleanSupplier good) throws IOException {
        boolean yes = good.getAsBoolean();
        answer(exchange, yes ? 200 : 503, yes ? "ok\n" : "not ok\n");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
