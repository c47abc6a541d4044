package dev.salesforcesync.password.intake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.salesforcesync.password.Agent;
import dev.salesforcesync.password.AgentCredentials;
import dev.salesforcesync.password.PasswordChange;
import dev.salesforcesync.password.PasswordDesk;
import dev.salesforcesync.password.Receipt;
import dev.salesforcesync.password.TargetId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes passwords in by HTTPS: JSON of agents such as the script for {@code samba-tool user syncpasswords}
 * ({@code POST /v1/policies/NAMESPACE/NAME/passwords}) and midPoint's Password Agent for Active Directory
 * ({@code POST /midpoint/NAMESPACE/NAME/ws/rest/notifyChange}). The description for programs is {@code GET /openapi.yaml}.
 * Bounds: bodies of 8 KiB, requests of ten seconds, 100 changes a second of one address for one policy, ten failed
 * attempts to be known of one address in a minute.
 */
public final class HttpsIntake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpsIntake.class);

    static final int MOST_BYTES = 8 * 1024;
    static final int MOST_FAILURES = 10;
    private static final int MOST_A_SECOND = 100;
    private static final int THREADS = 64;
    private static final int WAITING = 2_000;
    private static final String SECONDS_OF_A_REQUEST = "10";
    private static final Pattern JSON =
            Pattern.compile("/v1/policies/([a-z0-9.-]{1,253})/([a-z0-9.-]{1,253})/passwords");
    private static final Pattern MIDPOINT =
            Pattern.compile("/midpoint/([a-z0-9.-]{1,253})/([a-z0-9.-]{1,253})/ws/rest/notifyChange");

    private final Function<TargetId, Optional<AgentCredentials>> known;
    private final PasswordDesk desk;
    private final Clock clock;
    private final Pace failures;
    private final Pace changes;
    private final HttpsServer server;
    private final ThreadPoolExecutor threads;

    static {
        // Read once by the JDK's server, with the first of the process: a request that trickles in ends by then.
        setIfAbsent("sun.net.httpserver.maxReqTime", SECONDS_OF_A_REQUEST);
        setIfAbsent("sun.net.httpserver.maxRspTime", "60");
        setIfAbsent("jdk.httpserver.maxConnections", "4000");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private HttpsIntake(
            HttpsServer server,
            ChangingTls tls,
            Function<TargetId, Optional<AgentCredentials>> known,
            PasswordDesk desk,
            Clock clock) {
        this.server = server;
        this.known = known;
        this.desk = desk;
        this.clock = clock;
        this.failures = new Pace(MOST_FAILURES, Duration.ofMinutes(1), clock);
        this.changes = new Pace(MOST_A_SECOND, Duration.ofSeconds(1), clock);
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "password-intake");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = tls.context().getDefaultSSLParameters();
                ssl.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                ssl.setWantClientAuth(tls.asksClients());
                parameters.setSSLParameters(ssl);
            }
        });
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    /**
     * Opens the port.
     *
     * @param port 0 picks a free one
     * @param known by what the agents of a policy are known, if it takes passwords in
     * @throws UncheckedIOException when the port is taken
     */
    public static HttpsIntake open(
            int port,
            ChangingTls tls,
            Function<TargetId, Optional<AgentCredentials>> known,
            PasswordDesk desk,
            Clock clock) {
        try {
            HttpsIntake intake =
                    new HttpsIntake(HttpsServer.create(new InetSocketAddress(port), 256), tls, known, desk, clock);
            intake.server.start();
            return intake;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " for passwords by HTTPS can't be opened", e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply;
            try {
                reply = reply(exchange);
            } catch (RuntimeException bug) {
                // Its message could hold what was sent.
                LOG.error("a password could not be taken in: {}", bug.getClass().getName());
                reply = Reply.of(500, "InternalError");
            }
            send(exchange, reply);
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/openapi.yaml")) {
            return exchange.getRequestMethod().equals("GET") ? openApi() : Reply.notAllowed("GET");
        }
        Matcher json = JSON.matcher(path);
        Matcher midPoint = MIDPOINT.matcher(path);
        boolean isJson = json.matches();
        if (!isJson && !midPoint.matches()) {
            return Reply.of(404, "NotFound");
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return Reply.notAllowed("POST");
        }
        String from = exchange.getRemoteAddress().getAddress().getHostAddress();
        if (failures.isOver(from)) {
            return Reply.later(429, "TooManyFailures", Duration.ofMinutes(1));
        }
        Matcher matched = isJson ? json : midPoint;
        TargetId policy = new TargetId(matched.group(1), matched.group(2));
        if (!isKnown(exchange, policy, isJson)) {
            failures.allows(from);
            return Reply.unknown(isJson);
        }
        if (!changes.allows(from + " " + policy)) {
            return Reply.later(429, "TooManyChanges", Duration.ofSeconds(1));
        }
        return take(exchange, policy, isJson);
    }

    /** The same answer for a policy that is not there as for a wrong credential. */
    private boolean isKnown(HttpExchange exchange, TargetId policy, boolean json) {
        AgentCredentials credentials = known.apply(policy)
                .orElseGet(() -> new AgentCredentials(List.of(), List.of(), List.of(), Optional.empty()));
        Optional<String> shown =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
        if (json) {
            return Callers.showsToken(shown, credentials.tokens())
                    || Callers.showsName(((HttpsExchange) exchange).getSSLSession(), credentials.clientNames());
        }
        return credentials.midPoint().isPresent()
                && Callers.signsIn(shown, credentials.midPoint().get());
    }

    private Reply take(HttpExchange exchange, TargetId policy, boolean json) throws IOException {
        byte[] body = new byte[MOST_BYTES + 1];
        try (InputStream in = exchange.getRequestBody()) {
            int length = in.readNBytes(body, 0, body.length);
            if (length > MOST_BYTES) {
                return Reply.of(413, "TooLarge");
            }
            byte[] text = Arrays.copyOf(body, length);
            try (JsonBytes fields = JsonBytes.parse(text)) {
                PasswordChange change =
                        json ? Messages.plain(fields, clock.instant()) : Messages.midPoint(fields, clock.instant());
                return answer(desk.hand(policy, change), json ? Agent.JSON : Agent.MIDPOINT);
            } catch (JsonBytes.Malformed malformed) {
                return Reply.malformed(Objects.requireNonNull(malformed.getMessage()));
            } finally {
                Arrays.fill(text, (byte) 0);
            }
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /** For midPoint's agent any 2xx means that it may forget the change, any other that it tries again. */
    private static Reply answer(Receipt receipt, Agent agent) {
        return switch (kind(receipt)) {
            case "Busy" -> Reply.later(503, "Busy", ((Receipt.Busy) receipt).retryAfter());
            case "Refused" -> Reply.of(422, ((Receipt.Refused) receipt).reason());
            default -> agent == Agent.MIDPOINT ? Reply.of(200, "OK") : Reply.of(200, kind(receipt));
        };
    }

    private static String kind(Receipt receipt) {
        return receipt.getClass().getSimpleName();
    }

    private static Reply openApi() throws IOException {
        try (InputStream file = HttpsIntake.class.getResourceAsStream("/openapi/passwords.yaml")) {
            return new Reply(
                    200,
                    "application/yaml",
                    new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.text().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        // The buffers of a connection that is kept would keep what was read from it, too.
        exchange.getResponseHeaders().set("Connection", "close");
        reply.retryAfter()
                .ifPresent(wait -> exchange.getResponseHeaders()
                        .set("Retry-After", String.valueOf(Math.max(1, wait.toSeconds()))));
        reply.header().ifPresent(header -> exchange.getResponseHeaders().set(header.name(), header.value()));
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}
