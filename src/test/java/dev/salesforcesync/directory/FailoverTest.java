package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.failure;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several servers of one domain: who is asked when some do not answer, hang, or come back. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailoverTest {
    private static final Duration SOON = Duration.ofMillis(300);

    /** An LDAP answer with result 0 to the extended request with number 1 (RFC 4511 4.12). */
    private static final byte[] START_TLS_ACCEPTED = {
        0x30, 0x0c, 0x02, 0x01, 0x01, 0x78, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00
    };

    private final SettableClock clock = new SettableClock();
    private SandboxDirectory living;

    @BeforeEach
    void start() {
        living = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
    }

    @AfterEach
    void stop() {
        living.close();
    }

    private DirectoryConnections connections(TlsMode tls, int... ports) {
        List<URI> servers = new ArrayList<>();
        for (int port : ports) {
            servers.add(URI.create((tls == TlsMode.LDAPS ? "ldaps" : "ldap") + "://localhost:" + port));
        }
        return connections(servers, tls, living.password());
    }

    private DirectoryConnections connections(List<URI> servers, TlsMode tls, String password) {
        return new DirectoryConnections(
                new DirectorySettings(
                        Optional.empty(), servers, living.bindDn(), password, tls, Optional.of(living.caPem())),
                Network.real(clock).withTimeouts(SOON, Duration.ofSeconds(2)));
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }

    private int livingPort() {
        return port(living.ldapsUrl());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int askedPort(DirectoryConnections connections) {
        return value(connections.ask(session -> Result.ok(session.connection().getConnectedPort())));
    }

    @Test
    void doesNotWaitForATlsHandshakeWithoutEnd() throws Exception {
        try (SilentServer silent = new SilentServer(new byte[0]);
                DirectoryConnections only = connections(TlsMode.LDAPS, silent.port());
                DirectoryConnections both = connections(TlsMode.LDAPS, silent.port(), livingPort())) {
            assertThat(failure(only.take())).isInstanceOf(Failure.Transient.class);
            assertThat(askedPort(both)).isEqualTo(livingPort());
        }
    }

    @Test
    void doesNotWaitForAStartTlsHandshakeWithoutEnd() throws Exception {
        try (SilentServer silent = new SilentServer(START_TLS_ACCEPTED);
                DirectoryConnections both = connections(TlsMode.START_TLS, silent.port(), port(living.ldapUrl()))) {
            assertThat(askedPort(both)).isEqualTo(port(living.ldapUrl()));
            assertThat(silent.visits()).isEqualTo(1);
        }
    }

    @Test
    void asksAServerThatIsDownOnceAndNotAtEachQuestion() throws Exception {
        try (SilentServer silent = new SilentServer(new byte[0]);
                DirectoryConnections connections = connections(TlsMode.LDAPS, silent.port(), livingPort());
                DirectoryConnections another = connections.another()) {
            for (int i = 0; i < 5; i++) {
                Session one = value(connections.take());
                Session beside = value(connections.take());
                connections.giveBack(one);
                connections.giveBack(beside);
                askedPort(another);
            }

            assertThat(silent.visits()).isEqualTo(1);
        }
    }

    @Test
    void goesBackToThePreferredServerWhenItAnswersAgain() throws Exception {
        int preferred = freePort();
        try (DirectoryConnections connections =
                connections(TlsMode.LDAPS, preferred, livingPort(), port(living.ldapUrl()))) {
            assertThat(askedPort(connections)).isEqualTo(livingPort());
            clock.advance(ServerRoster.PASSED_OVER);
            assertThat(askedPort(connections)).as("still down").isEqualTo(livingPort());

            try (Relay back = new Relay(preferred, livingPort())) {
                assertThat(askedPort(connections)).as("not at once").isEqualTo(livingPort());
                clock.advance(ServerRoster.PASSED_OVER);
                assertThat(askedPort(connections)).isEqualTo(back.port());
            }
            assertThat(askedPort(connections)).as("down again").isEqualTo(livingPort());
        }
    }

    @Test
    void saysOfEachServerWhyNoneAnswers() throws Exception {
        int dead = freePort();
        try (SandboxDirectory stranger = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
                DirectoryConnections connections = connections(TlsMode.LDAPS, dead, port(stranger.ldapsUrl()))) {
            Failure failure = failure(connections.take());

            assertThat(failure).isInstanceOf(Failure.Transient.class);
            assertThat(failure.reason()).isEqualTo("DirectoryUnreachable");
            assertThat(failure.message()).contains("localhost DirectoryCertificateUntrusted");
        }
    }

    @Test
    void triesAWrongPasswordOnceAndNotOncePerServer() throws Exception {
        try (SilentServer next = new SilentServer(new byte[0]);
                DirectoryConnections connections = connections(
                        List.of(URI.create(living.ldapsUrl()), URI.create("ldaps://localhost:" + next.port())),
                        TlsMode.LDAPS,
                        "wrong")) {
            assertThat(failure(connections.take()).reason()).isEqualTo("DirectoryCredentialsRejected");
            assertThat(next.visits()).isZero();
        }
    }

    @Test
    void leavesAServerThatStopsAnswering() throws Exception {
        try (SandboxDirectory slow = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
                DirectoryConnections connections = new DirectoryConnections(
                        new DirectorySettings(
                                Optional.empty(),
                                List.of(URI.create(slow.ldapsUrl()), URI.create(living.ldapsUrl())),
                                living.bindDn(),
                                living.password(),
                                TlsMode.LDAPS,
                                Optional.of(slow.caPem() + living.caPem())),
                        Network.real(clock).withTimeouts(Duration.ofSeconds(5), SOON))) {
            Session held = value(connections.take());
            slow.faults().slow(Duration.ofSeconds(3));
            assertThat(failure(DirectoryConnections.askOver(held, this::rootOf)).reason())
                    .isEqualTo("DirectoryUnreachable");
            slow.faults().clear();
            connections.giveBack(held);

            assertThat(askedPort(connections)).isEqualTo(livingPort());
            clock.advance(ServerRoster.PASSED_OVER);
            assertThat(askedPort(connections)).isEqualTo(port(slow.ldapsUrl()));
        }
    }

    private Result<String> rootOf(Session session) throws LDAPException {
        return Result.ok(ServerIdentity.read(session.connection()).namingContext());
    }

    @Test
    void usesAConnectionAgainUntilItIsOldAndNeverAfterClosing() {
        try (DirectoryConnections connections = connections(TlsMode.LDAPS, livingPort())) {
            Session first = value(connections.take());
            connections.giveBack(first);
            clock.advance(DirectoryConnections.MAX_AGE.minusSeconds(1));
            Session second = value(connections.take());
            assertThat(second.connection()).isSameAs(first.connection());

            connections.giveBack(second);
            clock.advance(Duration.ofSeconds(1));
            Session third = value(connections.take());
            assertThat(third.connection()).isNotSameAs(first.connection());
            await().until(() -> !first.connection().isConnected());

            connections.close();
            connections.giveBack(third);
            await().until(() -> !third.connection().isConnected());
        }
    }

    @Test
    void theAgeStaysBelowTheIdleLimitOfServers() {
        assertThat(DirectoryConnections.MAX_AGE).isLessThan(Duration.ofMinutes(15));
    }
}
