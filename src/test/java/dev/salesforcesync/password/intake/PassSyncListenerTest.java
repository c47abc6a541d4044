package dev.salesforcesync.password.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.salesforcesync.password.Agent;
import dev.salesforcesync.password.AgentCredentials;
import dev.salesforcesync.password.PasswordChange;
import dev.salesforcesync.password.Receipt;
import dev.salesforcesync.password.TargetId;
import dev.salesforcesync.password.Whom;
import dev.salesforcesync.password.intake.RawLdap.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PassSync's conversation, replayed by a client that writes its bytes itself. */
class PassSyncListenerTest {
    private static final String SERVICE = "cn=people,ou=apps,cn=passwords";
    private static final String PASSWORD = "service-password-16";

    private static Certificates server;

    private final List<Handed> handed = new CopyOnWriteArrayList<>();
    private Receipt receipt = new Receipt.Stored();
    private PassSyncListener listener;
    private SSLContext client;

    private record Handed(TargetId policy, Whom whom, String secret, Agent agent) {}

    @BeforeAll
    static void make() throws Exception {
        server = Certificates.of("localhost");
    }

    @BeforeEach
    void open() throws Exception {
        ChangingTls tls = new ChangingTls();
        tls.use(server.material());
        client = server.trusting(Optional.empty());
        AgentCredentials credentials = new AgentCredentials(List.of(PASSWORD), List.of(), List.of(), Optional.empty());
        listener = PassSyncListener.open(
                0,
                tls,
                policy -> Optional.of(credentials).filter(any -> policy.equals(new TargetId("apps", "people"))),
                this::hand,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        listener.close();
    }

    private Receipt hand(TargetId policy, PasswordChange change) {
        handed.add(
                new Handed(policy, change.whom(), new String(change.secret(), StandardCharsets.UTF_8), change.agent()));
        return receipt;
    }

    @Test
    void answersTheWholeConversation() throws Exception {
        try (RawLdap first = connect()) {
            assertThat(first.bind(SERVICE, PASSWORD)).isEqualTo(new Reply(RawLdap.BIND_RESPONSE, 0, ""));
            Reply entry = first.search(SERVICE, "ntuserdomainid", "jack");
            assertThat(entry.tag()).isEqualTo(RawLdap.ENTRY);
            assertThat(entry.name()).isEqualTo("ntUserDomainId=jack," + SERVICE);
            assertThat(first.next()).isEqualTo(new Reply(RawLdap.DONE, 0, ""));
            try (RawLdap trial = connect()) {
                assertThat(trial.bind(entry.name(), "Jacks-S\u00e9cret1").code())
                        .isEqualTo(49);
            }
            assertThat(first.replace(entry.name(), "userpassword", bytes("Jacks-S\u00e9cret1")))
                    .isEqualTo(new Reply(RawLdap.MODIFY_RESPONSE, 0, ""));
            first.unbind();
        }

        assertThat(handed)
                .containsExactly(new Handed(
                        new TargetId("apps", "people"),
                        new Whom.ByAccountName("jack"),
                        "Jacks-S\u00e9cret1",
                        Agent.PASSSYNC));
    }

    @Test
    void namesThatNeedEscapingComeBackAsTheyWere() throws Exception {
        try (RawLdap ldap = bound()) {
            Reply entry = ldap.search(SERVICE, "ntuserdomainid", "o'neil, \"j\" + co");
            ldap.next();
            assertThat(ldap.replace(entry.name(), "userPassword", bytes("Secret-12"))
                            .code())
                    .isZero();
        }

        assertThat(handed.get(0).whom()).isEqualTo(new Whom.ByAccountName("o'neil, \"j\" + co"));
    }

    @Test
    void letsNobodyInButTheService() throws Exception {
        for (String[] attempt : List.of(
                new String[] {SERVICE, "wrong-wrong-wrong-wrong"},
                new String[] {SERVICE, ""},
                new String[] {"", ""},
                new String[] {"cn=others,ou=apps,cn=passwords", PASSWORD},
                new String[] {"no name at all", PASSWORD})) {
            try (RawLdap ldap = connect()) {
                assertThat(ldap.bind(attempt[0], attempt[1]).code()).isEqualTo(49);
                assertThat(ldap.replace("ntUserDomainId=jack," + SERVICE, "userPassword", bytes("Secret-12"))
                                .code())
                        .isEqualTo(50);
                assertThat(ldap.search(SERVICE, "ntuserdomainid", "jack").code())
                        .isEqualTo(50);
            }
        }
        assertThat(handed).isEmpty();
    }

    @Test
    void stopsListeningToWhoTriesToGuess() throws Exception {
        for (int attempt = 0; attempt < 10; attempt++) {
            try (RawLdap ldap = connect()) {
                assertThat(ldap.bind(SERVICE, "guess-" + attempt).code()).isEqualTo(49);
            }
        }

        try (RawLdap ldap = connect()) {
            assertThat(ldap.bind(SERVICE, PASSWORD).code()).isEqualTo(49);
        }
    }

    @Test
    void hasTheAgentTryAgainWhatCantBeKeptNow() throws Exception {
        try (RawLdap ldap = bound()) {
            receipt = new Receipt.Busy(Duration.ofSeconds(5));
            assertThat(modify(ldap, bytes("Secret-12")).code()).isEqualTo(51);
            receipt = new Receipt.NotConcerned();
            assertThat(modify(ldap, bytes("Secret-12")).code()).isZero();
            receipt = new Receipt.Refused("NotPossible");
            assertThat(modify(ldap, bytes("Secret-12")).code()).isEqualTo(53);
        }
    }

    @Test
    void keepsNothingOfWhatIsNotAsItMustBe() throws Exception {
        try (RawLdap ldap = bound()) {
            assertThat(modify(ldap, new byte[0]).code()).isEqualTo(53);
            assertThat(modify(ldap, new byte[1_025]).code()).isEqualTo(53);
            assertThat(ldap.replace("ntUserDomainId=jack," + SERVICE, "description", bytes("x"))
                            .code())
                    .isEqualTo(53);
            assertThat(ldap.replace(SERVICE, "userPassword", bytes("Secret-12")).code())
                    .isEqualTo(53);
        }
        try (RawLdap ldap = bound()) {
            assertThatThrownBy(() -> {
                        assertThat(modify(ldap, new byte[100_000]).tag()).isNotEqualTo(RawLdap.MODIFY_RESPONSE);
                        modify(ldap, bytes("Secret-12"));
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(handed).isEmpty();
    }

    @Test
    void saysNothingWithoutTls() throws Exception {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.port());
                RawLdap ldap = new RawLdap(plain)) {
            plain.setSoTimeout(5_000);
            assertThatThrownBy(() -> ldap.bind(SERVICE, PASSWORD)).isInstanceOf(IOException.class);
        }
        assertThat(handed).isEmpty();
    }

    @Test
    void servesWhileOthersHoldConnectionsAndSayNothing() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket();
                socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 0));
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()));
                idle.add(socket);
            }
            try (RawLdap ldap = bound()) {
                assertThat(modify(ldap, bytes("Secret-12")).code()).isZero();
            }
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void letsOneAddressHoldSoManyConnectionsAndNoMore() throws Exception {
        List<RawLdap> open = new ArrayList<>();
        try {
            for (int i = 0; i < GuardedSockets.MOST_OF_ONE_ADDRESS; i++) {
                open.add(bound());
            }
            assertThatThrownBy(this::bound).isInstanceOf(IOException.class);
            open.remove(0).close();
            await().atMost(Duration.ofSeconds(10)).ignoreExceptions().untilAsserted(() -> {
                try (RawLdap ldap = connect()) {
                    assertThat(ldap.bind(SERVICE, PASSWORD).code()).isZero();
                }
            });
        } finally {
            for (RawLdap ldap : open) {
                ldap.close();
            }
        }
    }

    private RawLdap connect() throws IOException {
        Socket socket = client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(10_000);
        return new RawLdap(socket);
    }

    private RawLdap bound() throws IOException {
        RawLdap ldap = connect();
        assertThat(ldap.bind(SERVICE, PASSWORD).code()).isZero();
        return ldap;
    }

    private static Reply modify(RawLdap ldap, byte[] password) throws IOException {
        return ldap.replace("ntUserDomainId=jack," + SERVICE, "userPassword", password);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
