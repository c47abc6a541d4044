package dev.salesforcesync.salesforce;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** An HTTP server that answers a gateway's requests as a test tells it to, and remembers them. */
final class ScriptedSalesforce implements AutoCloseable {
    static final String USER_ID = "005000000000001AAA";
    private static final Pattern OPERATION = Pattern.compile("Body>\\s*<(?:\\w+:)?(\\w+)");

    /** What a request came to. */
    interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    /** A request as it arrived. */
    record Seen(String path, String body, Optional<String> session) {
        String operation() {
            Matcher found = OPERATION.matcher(body);
            return found.find() ? found.group(1) : path;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closing = new CountDownLatch(1);
    /** The client's ports, in the order of the requests. */
    final List<Integer> ports = Collections.synchronizedList(new ArrayList<>());

    final AtomicInteger signIns = new AtomicInteger();
    volatile Function<Seen, Reply> token = request -> json(200, tokenAnswer());
    volatile Function<Seen, Reply> soap = request -> saved(1);
    volatile Function<Seen, Reply> rest = request -> json(404, "[{\"errorCode\":\"NOT_FOUND\",\"message\":\"\"}]");
    volatile String describe = USER_DESCRIBE;
    volatile String usage = "api-usage=25/15000";

    ScriptedSalesforce() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException noServer) {
            throw new UncheckedIOException(noServer);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    SalesforceSettings settings() {
        return settings(Duration.ofSeconds(20), new SalesforceSettings.Budget(100, 0, 8));
    }

    SalesforceSettings settings(Duration timeout, SalesforceSettings.Budget budget) {
        return new SalesforceSettings(
                url(),
                "65.0",
                new SalesforceSettings.Authentication.ClientCredentials("id", "secret&+ü"),
                Optional.empty(),
                Optional.empty(),
                budget,
                timeout);
    }

    List<Seen> seen(String pathPart) {
        synchronized (seen) {
            return seen.stream()
                    .filter(request -> request.path().contains(pathPart))
                    .toList();
        }
    }

    List<String> writes() {
        return seen("/Soap/").stream().map(Seen::operation).toList();
    }

    String tokenAnswer() {
        return "{\"access_token\":\"00D!T" + signIns.get() + "\",\"instance_url\":\"" + url()
                + "\",\"id\":\"https://login.salesforce.com/id/00D000000000001AAA/" + USER_ID
                + "\",\"token_type\":\"Bearer\",\"issued_at\":\"1\"}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        ports.add(exchange.getRemoteAddress().getPort());
        String path = exchange.getRequestURI().getPath();
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        byte[] body = exchange.getRequestBody().readAllBytes();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            body = new GZIPInputStream(new java.io.ByteArrayInputStream(body)).readAllBytes();
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (query.startsWith("q=")) {
            text = URLDecoder.decode(query.substring(2), StandardCharsets.UTF_8);
        }
        Matcher soapSession = Pattern.compile("sessionId>([^<]*)<").matcher(text);
        Optional<String> session = soapSession.find()
                ? Optional.of(soapSession.group(1))
                : Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .map(value -> value.replace("Bearer ", ""));
        Seen request = new Seen(path, text, session);
        seen.add(request);
        Reply reply;
        if (path.endsWith("/token")) {
            signIns.incrementAndGet();
            reply = token.apply(request);
        } else if (path.contains("/Soap/")) {
            reply = soap.apply(request);
        } else if (path.endsWith("/revoke")) {
            reply = json(200, "");
        } else if (path.endsWith("/describe")) {
            reply = json(200, describe);
        } else {
            reply = rest.apply(request);
        }
        reply.to(exchange);
        exchange.close();
    }

    static final String USER_DESCRIBE = """
            {"name":"User","createable":true,"updateable":true,"fields":[
            {"name":"Id","type":"id","length":18},
            {"name":"Username","type":"string","length":80,"createable":true,"updateable":true},
            {"name":"LastName","type":"string","length":80,"createable":true,"updateable":true},
            {"name":"FirstName","type":"string","length":40,"createable":true,"updateable":true},
            {"name":"Title","type":"string","length":80,"createable":true,"updateable":true},
            {"name":"IsActive","type":"boolean","createable":true,"updateable":true},
            {"name":"NumberOfSeats__c","type":"int","createable":true,"updateable":true},
            {"name":"Share__c","type":"percent","createable":true,"updateable":true},
            {"name":"AD_Guid__c","type":"string","length":36,"createable":true,"updateable":true,"externalId":true},
            {"name":"ContactId","type":"reference","length":18,"createable":true,"updateable":false},
            {"name":"LanguageLocaleKey","type":"picklist","length":40,"createable":true,"updateable":true,
             "restrictedPicklist":true,"picklistValues":[{"value":"de","active":true},{"value":"xx","active":false}]}]}
            """;

    // Replies

    Reply json(int status, String body) {
        return plain(status, "application/json;charset=UTF-8", body);
    }

    /** What one query of several comes to. */
    record Answer(int status, String body) {}

    /** Answers several queries that came in one call. */
    Reply composite(Seen request, Function<String, Answer> query) {
        List<String> parts = new ArrayList<>();
        Matcher queries = Pattern.compile("/query\\?q=([^\"]*)\"").matcher(request.body());
        while (queries.find()) {
            Answer answer = query.apply(URLDecoder.decode(queries.group(1), StandardCharsets.UTF_8));
            parts.add("{\"body\":" + answer.body() + ",\"httpHeaders\":{},\"httpStatusCode\":" + answer.status()
                    + ",\"referenceId\":\"q" + parts.size() + "\"}");
        }
        return json(200, "{\"compositeResponse\":[" + String.join(",", parts) + "]}");
    }

    Reply plain(int status, String type, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            if (!usage.isEmpty() && !exchange.getRequestURI().getPath().contains("/oauth2/")) {
                exchange.getResponseHeaders().set("Sforce-Limit-Info", usage);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    static Reply zipped(int status, String type, String body) {
        return exchange -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream zip = new GZIPOutputStream(bytes)) {
                zip.write(body.getBytes(StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(status, bytes.size());
            exchange.getResponseBody().write(bytes.toByteArray());
        };
    }

    /** The connection ends without a single byte. */
    static Reply closed() {
        return HttpExchange::close;
    }

    /** Half of the announced answer, then the end of the connection. */
    static Reply truncated(String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** No answer before this server is closed. */
    Reply never() {
        return exchange -> awaitClosing();
    }

    /** The head of an answer, and its body never. */
    Reply headOnly() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().flush();
            awaitClosing();
        };
    }

    static Reply redirect(String to) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    Reply fault(int status, String code, String text) {
        return plain(status, "text/xml", faultXml(code, text));
    }

    static String faultXml(String code, String text) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope "
                + "xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" "
                + "xmlns:sf=\"urn:fault.partner.soap.sforce.com\" "
                + "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body><soapenv:Fault><faultcode>"
                + code + "</faultcode><faultstring>" + text + "</faultstring><detail><sf:UnexpectedErrorFault "
                + "xsi:type=\"sf:UnexpectedErrorFault\"><sf:exceptionCode>" + code.substring(code.indexOf(':') + 1)
                + "</sf:exceptionCode><sf:exceptionMessage>" + text
                + "</sf:exceptionMessage></sf:UnexpectedErrorFault></detail></soapenv:Fault></soapenv:Body>"
                + "</soapenv:Envelope>";
    }

    /** So many rows saved. */
    Reply saved(int rows) {
        return saved("create", rows);
    }

    Reply saved(String operation, int rows) {
        StringBuilder results = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            results.append("<result><id>").append(id(i)).append("</id><success>true</success></result>");
        }
        return plain(200, "text/xml", envelope("", operation, results.toString()));
    }

    static String id(int number) {
        return "005%012dAAA".formatted(number);
    }

    static String refusedRow(String code, String text, String... fields) {
        StringBuilder row = new StringBuilder("<result><errors>");
        for (String field : fields) {
            row.append("<fields>").append(field).append("</fields>");
        }
        return row.append("<message>")
                .append(text)
                .append("</message><statusCode>")
                .append(code)
                .append("</statusCode></errors><id xsi:nil=\"true\"/><success>false</success></result>")
                .toString();
    }

    static String envelope(String header, String operation, String results) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope "
                + "xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" "
                + "xmlns=\"urn:partner.soap.sforce.com\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
                + "<soapenv:Header>" + header + "</soapenv:Header><soapenv:Body><" + operation + "Response>"
                + results + "</" + operation + "Response></soapenv:Body></soapenv:Envelope>";
    }

    private void awaitClosing() {
        try {
            closing.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
