package dev.salesforcesync.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.protocol.Doorway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** Another door to an org, which keeps what comes in while it is told to, as it came. */
final class RecordingDoor implements HttpHandler {
    private static final int THREADS = 64;

    private final HttpServer server;
    private final Doorway doorway;
    private final List<Recorded> recorded = new ArrayList<>();
    private volatile boolean recording;

    /** A request: a body as it was zipped, or none for a read. */
    record Recorded(String uri, byte[] body) {}

    RecordingDoor(Org org) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 256);
        doorway = new Doorway(org, this::url);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.createContext("/", this);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Forgets what it has, and keeps what comes from now on, or nothing. */
    void record(boolean now) {
        synchronized (recorded) {
            recorded.clear();
            recording = now;
        }
    }

    List<Recorded> recorded() {
        synchronized (recorded) {
            return List.copyOf(recorded);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (recording) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            synchronized (recorded) {
                recorded.add(new Recorded(exchange.getRequestURI().toString(), body));
            }
            exchange.setStreams(new ByteArrayInputStream(body), null);
        }
        doorway.handle(exchange);
    }
}
