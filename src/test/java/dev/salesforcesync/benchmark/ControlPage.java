package dev.salesforcesync.benchmark;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A page on which a program that runs in a process of its own is asked and told things. */
final class ControlPage {
    private final HttpServer server;

    ControlPage() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newCachedThreadPool());
    }

    /** Answers a path, given the parameters of the query; values are plain words and are not decoded. */
    ControlPage on(String path, Function<Map<String, String>, byte[]> work) {
        server.createContext(path, exchange -> {
            try (exchange) {
                byte[] answer = work.apply(parameters(exchange.getRequestURI().getQuery()));
                exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            } catch (RuntimeException e) {
                byte[] trouble = e.toString().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(500, trouble.length);
                exchange.getResponseBody().write(trouble);
            }
        });
        return this;
    }

    private static Map<String, String> parameters(String query) {
        return query == null || query.isEmpty()
                ? Map.of()
                : Arrays.stream(query.split("&", -1))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** Opens the page, tells the parent where it and everything else is, and waits until the parent is gone. */
    void serve(Map<String, String> told) throws IOException {
        server.start();
        told.forEach((key, value) -> System.out.println(Child.TOLD + key + "=" + value.replace("\n", "\\n")));
        System.out.println(
                Child.TOLD + "control=http://127.0.0.1:" + server.getAddress().getPort());
        System.out.println(Child.READY);
        while (System.in.read() >= 0) {
            // The parent says nothing; the end of the stream is its end.
        }
        System.exit(0);
    }
}
