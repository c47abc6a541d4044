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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Another door to an org, which keeps what comes in while it is told to, as it came. */
final class RecordingDoor implements HttpHandler {
    private static final int THREADS = 64;

    private final HttpServer server;
    private final Doorway doorway;
    private final List<String> uris = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private volatile boolean recording;

    /** A request, with its body if it had a zipped one, else with an empty text. */
    record Recorded(String uri, String body) {}

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
        synchronized (uris) {
            uris.clear();
            bodies.clear();
            recording = now;
        }
    }

    List<Recorded> recorded() {
        synchronized (uris) {
            return IntStream.range(0, uris.size())
                    .mapToObj(number -> new Recorded(uris.get(number), unzipped(bodies.get(number))))
                    .toList();
        }
    }

    private static String unzipped(byte[] body) {
        return body.length == 0 ? "" : new String(BareOrg.unzip(body), StandardCharsets.UTF_8);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (recording) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            synchronized (uris) {
                uris.add(exchange.getRequestURI().toString());
                bodies.add(
                        "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding")) ? body : new byte[0]);
            }
            exchange.setStreams(new ByteArrayInputStream(body), null);
        }
        doorway.handle(exchange);
    }
}
