package dev.salesforcesync.sandbox.salesforce.protocol;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every request comes in here: it goes to the endpoint of its path, and its answer goes out as it shall. */
public final class Doorway implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Doorway.class);
    private static final int WORTH_ZIPPING = 1024;

    private final Endpoint oauth;
    private final Endpoint soap;
    private final Endpoint rest;
    private final Endpoint sandbox;

    /** A door to this org, which its clients know under the address {@code baseUrl} gives. */
    public Doorway(Org org, Supplier<String> baseUrl) {
        var gate = new CallGate(org);
        this.oauth = new OAuthEndpoint(org, gate, baseUrl);
        this.soap = new SoapEndpoint(org, gate, baseUrl);
        this.rest = new RestEndpoint(org, gate);
        this.sandbox = new SandboxEndpoint(org);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            Request request = Request.read(exchange);
            deliver(exchange, answer(request), request.acceptsGzip());
        } catch (ZipException | EOFException e) {
            deliver(exchange, Reply.html(400, "Bad Request"), false);
        } catch (Request.TooLarge e) {
            deliver(exchange, Reply.html(413, "Request Entity Too Large"), false);
        } finally {
            exchange.close();
        }
    }

    private Reply answer(Request request) {
        try {
            return endpoint(request.path()).answer(request);
        } catch (RuntimeException e) {
            LOG.error("the sandbox org failed on {}", request.path(), e);
            return Reply.html(500, "The sandbox org failed: this is a bug in it");
        }
    }

    private Endpoint endpoint(String path) {
        if (path.startsWith("/services/Soap/u/")) {
            return soap;
        }
        if (path.startsWith("/services/data")) {
            return rest;
        }
        if (path.startsWith("/services/oauth2/") || path.startsWith("/id/")) {
            return oauth;
        }
        return path.startsWith("/sandbox/") ? sandbox : request -> Reply.html(404, "URL No Longer Exists");
    }

    private static void deliver(HttpExchange exchange, Reply reply, boolean zip) throws IOException {
        if (reply.delivery() instanceof Reply.Delivery.Dropped) {
            return;
        }
        if (reply.delivery() instanceof Reply.Delivery.Late late) {
            CallGate.pause(late.by());
        }
        byte[] body = reply.body();
        if (zip && body.length >= WORTH_ZIPPING) {
            body = zipped(body);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        if (!reply.contentType().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        boolean hasBody = body.length > 0 && !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), hasBody ? body.length : -1);
        if (hasBody) {
            boolean truncated = reply.delivery() instanceof Reply.Delivery.Truncated;
            OutputStream out = exchange.getResponseBody();
            out.write(body, 0, truncated ? body.length / 2 : body.length);
            out.flush();
        }
    }

    private static byte[] zipped(byte[] body) throws IOException {
        var out = new ByteArrayOutputStream(body.length / 4);
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(body);
        }
        return out.toByteArray();
    }
}
