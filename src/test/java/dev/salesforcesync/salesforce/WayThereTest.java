package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates, proxies and addresses. */
class WayThereTest {
    @TempDir
    Path folder;

    private static SalesforceSettings settings(
            String url, Optional<String> caPem, Optional<SalesforceSettings.Proxy> proxy) {
        return new SalesforceSettings(
                URI.create(url),
                "65.0",
                new SalesforceSettings.Authentication.ClientCredentials("id", "secret"),
                caPem,
                proxy,
                SalesforceSettings.Budget.DEFAULT,
                Duration.ofSeconds(10));
    }

    private static Failure failure(SalesforceSettings settings) {
        try (SalesforceOrg org = SalesforceGateway.open(settings)) {
            return ((Result.Failed<?>) org.readUsers(Set.of())).failure();
        }
    }

    @ParameterizedTest
    @CsvSource({"ftp://x.example, 65.0", "/nowhere, 65.0", "https:///path, 65.0"})
    void anAddressThatIsNoneIsSaidAtTheFirstCall(String url, String version) {
        assertThat(failure(settings(url, Optional.empty(), Optional.empty())).reason())
                .isEqualTo("SalesforceAddressInvalid");
    }

    @Test
    void certificatesThatCannotBeReadAreSaidAtTheFirstCall() {
        for (String pem : List.of("", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
            assertThat(failure(settings("https://127.0.0.1:1", Optional.of(pem), Optional.empty())))
                    .isInstanceOf(Failure.Terminal.class)
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo("SalesforceCaInvalid"));
        }
    }

    @Test
    void aHostWithoutAnEntryIsSaid() {
        Failure failure = failure(settings("https://no-such-org.invalid", Optional.empty(), Optional.empty()));

        assertThat(failure.reason()).isEqualTo("SalesforceHostUnknown");
        assertThat(failure).isInstanceOf(Failure.Transient.class);
    }

    @Test
    void aPrivateCaIsTrustedOnlyWhenGiven() throws Exception {
        Path store = folder.resolve("server.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "s",
                "-keyalg",
                "EC",
                "-dname",
                "CN=elsewhere",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.getCertificate("s").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        HttpsServer server = httpsServer(keys);
        try {
            String url = "https://127.0.0.1:" + server.getAddress().getPort();

            assertThat(failure(settings(url, Optional.empty(), Optional.empty()))
                            .reason())
                    .isEqualTo("SalesforceCertificateUntrusted");
            assertThat(failure(settings(url, Optional.of(pem), Optional.empty()))
                            .reason())
                    .isEqualTo("SalesforceCredentialsRejected");
            assertThat(failure(settings(url.replace("127.0.0.1", "localhost"), Optional.of(pem), Optional.empty()))
                            .reason())
                    .isEqualTo("SalesforceCertificateUntrusted");
        } finally {
            server.stop(0);
        }
    }

    private static HttpsServer httpsServer(KeyStore keys) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] body = "{\"error\":\"invalid_client\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "407 Proxy Authentication Required, SalesforceProxyAuthenticationRequired",
        "403 Forbidden, SalesforceProxyRefused"
    })
    void theProxyIsAskedWithItsCredentialsAndItsRefusalIsSaid(String answer, String reason) throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> refuseConnects(proxy, asked, answer));
            thread.setDaemon(true);
            thread.start();

            Failure failure = failure(settings(
                    "https://example.my.salesforce.com",
                    Optional.empty(),
                    Optional.of(new SalesforceSettings.Proxy(
                            URI.create("http://127.0.0.1:" + proxy.getLocalPort()),
                            Optional.of("user"),
                            Optional.of("pass")))));

            assertThat(failure.reason()).isEqualTo(reason);
            String request = asked.poll(10, TimeUnit.SECONDS);
            assertThat(request)
                    .startsWith("CONNECT example.my.salesforce.com:443")
                    .containsIgnoringCase("proxy-authorization: Basic dXNlcjpwYXNz")
                    .doesNotContain("secret");
        }
    }

    private static void refuseConnects(ServerSocket proxy, BlockingQueue<String> asked, String answer) {
        while (!proxy.isClosed()) {
            try (Socket socket = proxy.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                StringBuilder request = new StringBuilder();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    request.append(line).append('\n');
                }
                asked.add(request.toString());
                socket.getOutputStream()
                        .write(("HTTP/1.1 " + answer
                                        + "\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    void notMoreCallsThanAllowedAreOnTheirWayAtOnce() throws Exception {
        try (ScriptedSalesforce server = new ScriptedSalesforce()) {
            java.util.concurrent.atomic.AtomicInteger now = new java.util.concurrent.atomic.AtomicInteger();
            java.util.concurrent.atomic.AtomicInteger most = new java.util.concurrent.atomic.AtomicInteger();
            java.util.concurrent.CountDownLatch two = new java.util.concurrent.CountDownLatch(2);
            server.soap = request -> exchange -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                two.countDown();
                try {
                    two.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                now.decrementAndGet();
                server.saved(1).to(exchange);
            };
            SalesforceOrg org = SalesforceGateway.open(
                    server.settings(Duration.ofSeconds(20), new SalesforceSettings.Budget(100, 0, 2)));
            Set<RowOutcome> outcomes = java.util.stream.IntStream.range(0, 12)
                    .parallel()
                    .mapToObj(i -> org.createUsers(List.of(Map.of("LastName", "A")), Optional.empty())
                            .get(0))
                    .collect(java.util.stream.Collectors.toSet());

            assertThat(outcomes).hasOnlyElementsOfType(RowOutcome.Written.class);
            assertThat(most).hasValue(2);
        }
    }

    @Test
    void connectionsAreKeptWhileInUseAndNotTrustedAfterAPause() {
        try (ScriptedSalesforce server = new ScriptedSalesforce()) {
            ManualClock clock = new ManualClock();
            server.rest = request -> server.json(200, "{\"totalSize\":0,\"done\":true,\"records\":[]}");
            SalesforceOrg org = SalesforceGateway.open(server.settings(), clock, CallObserver.NONE);
            org.readUsers(Set.of());
            org.readUsers(Set.of());
            assertThat(Set.copyOf(server.ports)).hasSize(1);

            clock.pass(Duration.ofSeconds(61));
            org.readUsers(Set.of());

            assertThat(Set.copyOf(server.ports)).hasSize(2);
        }
    }

    @Test
    void theObserverHearsOfEveryCall() {
        try (ScriptedSalesforce server = new ScriptedSalesforce()) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            server.rest = request -> server.json(503, "");
            SalesforceOrg org = SalesforceGateway.open(
                    server.settings(),
                    java.time.InstantSource.system(),
                    (operation, ending, took) -> heard.add(operation + " " + ending));

            org.readUsers(Set.of());
            server.rest = request -> ScriptedSalesforce.closed();
            org.readUsers(Set.of());

            assertThat(heard).containsExactly("signIn ANSWERED", "query REFUSED", "query LOST");
        }
    }

    @Test
    void nothingThatIsPrintedShowsASecret() {
        SalesforceSettings settings = settings(
                "https://x.example",
                Optional.empty(),
                Optional.of(new SalesforceSettings.Proxy(
                        URI.create("http://p"), Optional.of("user"), Optional.of("hidden"))));

        assertThat(settings.toString()).doesNotContain("secret").doesNotContain("hidden");
        assertThat(new Session("hidden", URI.create("https://x.example"), Optional.empty(), Optional.empty())
                        .toString())
                .doesNotContain("hidden");
        assertThat(new SoapFault("CODE", "hidden").toString()).doesNotContain("hidden");
        assertThat(new HttpCall("x", URI.create("https://x.example/?q=hidden"), Map.of("a", "hidden"), Optional.empty())
                        .toString())
                .doesNotContain("hidden");
    }
}
