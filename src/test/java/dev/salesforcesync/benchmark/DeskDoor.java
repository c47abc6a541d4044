package dev.salesforcesync.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.password.Agent;
import dev.salesforcesync.password.PasswordChange;
import dev.salesforcesync.password.PasswordDesk;
import dev.salesforcesync.password.Receipt;
import dev.salesforcesync.password.TargetId;
import dev.salesforcesync.password.Whom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A bare door to a desk, for agents of tests on this machine: the password is the body of a POST, everything else stands
 * in the query. It knows no credentials and no TLS: those are the intake's, which has tests of its own.
 */
public final class DeskDoor implements AutoCloseable {
    private final PasswordDesk desk;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    public DeskDoor(PasswordDesk desk) {
        this.desk = desk;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/hand", this::hand);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hand";
    }

    private void hand(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> asked = Arrays.stream(
                            exchange.getRequestURI().getQuery().split("&", -1))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
            String[] policy = asked.getOrDefault("policy", "/").split("/", 2);
            Receipt receipt = desk.hand(
                    new TargetId(policy[0], policy[1]),
                    new PasswordChange(
                            Optional.ofNullable(asked.get("guid"))
                                    .<Whom>map(guid -> new Whom.ByGuid(ObjectGuid.parse(guid)))
                                    .orElseGet(() -> new Whom.ByAccountName(asked.getOrDefault("account", ""))),
                            exchange.getRequestBody().readAllBytes(),
                            Optional.ofNullable(asked.get("changedAt")).map(Instant::parse),
                            asked.containsKey("sequence")
                                    ? OptionalLong.of(Long.parseLong(asked.getOrDefault("sequence", "0")))
                                    : OptionalLong.empty(),
                            Instant.now(),
                            Agent.JSON));
            byte[] answer = receipt.getClass().getSimpleName().getBytes(StandardCharsets.UTF_8);
            // A connection that is kept would keep what was read from it, too.
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(receipt instanceof Receipt.Busy ? 503 : 200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
