package dev.salesforcesync.sandbox.salesforce;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.salesforcesync.sandbox.directory.SandboxCertificates;
import dev.salesforcesync.sandbox.salesforce.org.Faults;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.protocol.Doorway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Salesforce org on http or https, on this machine only. Speaks OAuth, the SOAP partner API and REST; forgets all when
 * it is closed.
 */
public final class SalesforceOrgServer implements AutoCloseable {
    private static final int THREADS = 64;
    private static final byte[] LOCALHOST = {127, 0, 0, 1};

    static {
        // The JDK's server writes head and body of an answer in two packets; with Nagle's algorithm every answer on
        // a kept connection waits 40 ms for an acknowledgement. Read once, when the server's class is loaded.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Org org;
    private final HttpServer server;
    private final ExecutorService threads;
    private final String baseUrl;
    private final String caPem;

    private SalesforceOrgServer(Org org, HttpServer server, ExecutorService threads, String caPem) {
        this.org = org;
        this.server = server;
        this.threads = threads;
        this.caPem = caPem;
        this.baseUrl = (caPem.isEmpty() ? "http" : "https") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    /** Starts an org with default settings on any free port. */
    public static SalesforceOrgServer start() {
        return start(OrgSettings.builder("Acme").build(), 0);
    }

    /**
     * Starts an org.
     *
     * @param port where to listen; 0 for any free port
     * @throws UncheckedIOException when the port is taken
     */
    public static SalesforceOrgServer start(OrgSettings settings, int port) {
        return start(settings, port, Optional.empty());
    }

    /**
     * Starts an org on https, with a certificate for localhost and 127.0.0.1 of an authority of its own.
     *
     * @param port where to listen; 0 for any free port
     * @throws UncheckedIOException when the port is taken
     */
    public static SalesforceOrgServer startSecure(OrgSettings settings, int port) {
        SandboxCertificates certificates = SandboxCertificates.make(List.of("localhost"), List.of("127.0.0.1"));
        return start(settings, port, Optional.of(certificates));
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // Private, and both ways begin alike.
    private static SalesforceOrgServer start(
            OrgSettings settings, int port, Optional<SandboxCertificates> certificates) {
        Org org = new Org(settings);
        try {
            var address = new InetSocketAddress(InetAddress.getByAddress(LOCALHOST), port);
            HttpServer http;
            if (certificates.isPresent()) {
                HttpsServer https = HttpsServer.create(address, 256);
                https.setHttpsConfigurator(
                        new HttpsConfigurator(certificates.get().context()));
                http = https;
            } else {
                http = HttpServer.create(address, 256);
            }
            var number = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
                var thread = new Thread(task, "salesforce-org-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            var started = new SalesforceOrgServer(
                    org,
                    http,
                    threads,
                    certificates.map(SandboxCertificates::caPem).orElse(""));
            http.setExecutor(threads);
            http.createContext("/", new Doorway(org, started::baseUrl));
            http.start();
            return started;
        } catch (IOException e) {
            org.close();
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the org: what a connection calls its instance URL. */
    public String baseUrl() {
        return baseUrl;
    }

    /** The SOAP partner endpoint of this API version ("65.0"). */
    public String soapUrl(String version) {
        return baseUrl + "/services/Soap/u/" + version;
    }

    /** The certificate of the authority behind https, as PEM; empty on http. */
    public String caPem() {
        return caPem;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The org itself: its rows, and what people do to it by hand. */
    public Org org() {
        return org;
    }

    /** Every call so far. */
    public Journal journal() {
        return org.journal();
    }

    /** What shall go wrong. */
    public Faults faults() {
        return org.faults();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        org.close();
    }
}
