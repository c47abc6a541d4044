package dev.salesforcesync.password.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.password.Agent;
import dev.salesforcesync.password.AgentCredentials;
import dev.salesforcesync.password.PasswordChange;
import dev.salesforcesync.password.Receipt;
import dev.salesforcesync.password.TargetId;
import dev.salesforcesync.password.Whom;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door for agents that post, tried from outside by a client of the JDK. */
class HttpsIntakeTest {
    private static final TargetId PEOPLE = new TargetId("apps", "people");
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String PATH = "/v1/policies/apps/people/passwords";
    private static final String MIDPOINT = "/midpoint/apps/people/ws/rest/notifyChange";
    private static final String GUID = "01234567-89ab-cdef-0123-456789abcdef";

    private static Certificates server;
    private static Certificates controller;
    private static Certificates stranger;

    private final ChangingTls tls = new ChangingTls();
    private final List<Handed> handed = new CopyOnWriteArrayList<>();
    private Receipt receipt = new Receipt.Stored();
    private HttpsIntake intake;

    private record Handed(
            TargetId policy,
            Whom whom,
            String secret,
            Optional<Instant> changedAt,
            OptionalLong sequence,
            Agent agent) {}

    @BeforeAll
    static void make() throws Exception {
        server = Certificates.of("localhost");
        controller = Certificates.of("dc1.corp.example.com");
        stranger = Certificates.of("printer.corp.example.com");
    }

    @BeforeEach
    void open() throws Exception {
        tls.use(server.material(controller, stranger));
        AgentCredentials credentials = new AgentCredentials(
                List.of(),
                List.of(TOKEN, "previous-previous-previous-previous"),
                List.of("DC1.corp.example.com"),
                Optional.of(new AgentCredentials.Basic("agent", List.of("its-password-16chars"))));
        intake = HttpsIntake.open(
                0,
                tls,
                policy -> Optional.of(credentials).filter(any -> policy.equals(PEOPLE)),
                this::hand,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        intake.close();
    }

    private Receipt hand(TargetId policy, PasswordChange change) {
        handed.add(new Handed(
                policy,
                change.whom(),
                new String(change.secret(), StandardCharsets.UTF_8),
                change.changedAt(),
                change.sequence(),
                change.agent()));
        return receipt;
    }

    @Test
    void handsOverWhatAnAgentPosts() throws Exception {
        String body =
                "{\"objectGUID\":\"" + GUID + "\",\"password\":\"S\\u00e9cret \\\"\\\\ \\ud83d\\ude00\",\"sequence\":7,"
                        + "\"changedAt\":\"2026-03-01T12:00:00Z\"}";

        HttpResponse<String> answer = post(PATH, "Bearer " + TOKEN, body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"result\":\"Stored\"}");
        assertThat(handed)
                .containsExactly(new Handed(
                        PEOPLE,
                        new Whom.ByGuid(ObjectGuid.parse(GUID)),
                        "S\u00e9cret \"\\ \ud83d\ude00",
                        Optional.of(Instant.parse("2026-03-01T12:00:00Z")),
                        OptionalLong.of(7),
                        Agent.JSON));
    }

    @Test
    void letsInTheTokenOfBeforeAndAControllersCertificate() throws Exception {
        assertThat(post(PATH, "Bearer previous-previous-previous-previous", plain())
                        .statusCode())
                .isEqualTo(200);
        HttpClient known = HttpClient.newBuilder()
                .sslContext(server.trusting(Optional.of(controller)))
                .build();
        assertThat(known.send(request(PATH, plain()).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(handed).hasSize(2);

        HttpClient another = HttpClient.newBuilder()
                .sslContext(server.trusting(Optional.of(stranger)))
                .build();
        assertThat(another.send(request(PATH, plain()).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
        assertThat(handed).hasSize(2);
    }

    @Test
    void refusesWhomItDoesNotKnowAndTellsNothingOfPolicies() throws Exception {
        HttpResponse<String> wrong = post(PATH, "Bearer " + TOKEN.replace('0', '1'), plain());
        HttpResponse<String> absent = post("/v1/policies/apps/nothing/passwords", "Bearer " + TOKEN, plain());
        HttpResponse<String> nobody = post(PATH, "", plain());
        HttpResponse<String> basic = post(PATH, basic("agent:its-password-16chars"), plain());

        assertThat(List.of(wrong, absent, nobody, basic)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("{\"result\":\"Unauthorized\"}");
        });
        assertThat(handed).isEmpty();
    }

    @Test
    void stopsListeningToWhoTriesToGuess() throws Exception {
        for (int attempt = 0; attempt < HttpsIntake.MOST_FAILURES; attempt++) {
            assertThat(post(PATH, "Bearer guess-" + attempt, plain()).statusCode())
                    .isEqualTo(401);
        }

        assertThat(post(PATH, "Bearer " + TOKEN, plain()).statusCode()).isEqualTo(429);
        assertThat(handed).isEmpty();
    }

    @Test
    void takesInWhatMidPointsAgentSends() throws Exception {
        String notification =
                "{\"resourceObjectShadowChangeDescription\":{\"oldShadow\":{\"resourceRef\":{\"oid\":\"x\","
                        + "\"type\":\"c:ResourceType\"},\"objectClass\":\"ri:user\",\"attributes\":{\"ri:sAMAccountName\":\"jack\"}},"
                        + "\"objectDelta\":{\"@ns\":\"http://prism.evolveum.com/xml/ns/public/types-3\",\"changeType\":\"modify\","
                        + "\"objectType\":\"ShadowType\",\"itemDelta\":{\"modificationType\":\"replace\",\"path\":"
                        + "\"credentials/password/value\",\"value\":\"Jacks-Secret1\"}}}}";

        assertThat(post(MIDPOINT, basic("agent:wrong"), notification).statusCode())
                .isEqualTo(401);
        assertThat(post(MIDPOINT, basic("agent:its-password-16chars"), notification)
                        .statusCode())
                .isEqualTo(200);
        assertThat(handed)
                .containsExactly(new Handed(
                        PEOPLE,
                        new Whom.ByAccountName("jack"),
                        "Jacks-Secret1",
                        Optional.empty(),
                        OptionalLong.empty(),
                        Agent.MIDPOINT));
    }

    @Test
    void namesWhatIsWrongAndNeverRepeatsIt() throws Exception {
        List<String> bad = List.of(
                "",
                "[]",
                "{\"password\":\"Hidden-1\"",
                "{\"password\":\"Hidden-1\"}",
                "{\"objectGUID\":\"Hidden-1\",\"password\":\"Hidden-1\"}",
                "{\"sAMAccountName\":\"a\"}",
                "{\"sAMAccountName\":\"a\",\"password\":\"\"}",
                "{\"sAMAccountName\":\"a\",\"password\":\"" + "x".repeat(1_025) + "\"}",
                "{\"sAMAccountName\":\"a\",\"password\":\"Hidden-1\",\"password\":\"Hidden-2\"}",
                "{\"sAMAccountName\":\"a\",\"password\":\"Hidden-1\",\"sequence\":\"seven\"}",
                "{\"sAMAccountName\":\"a\",\"password\":\"Hidden-1\",\"changedAt\":\"yesterday\"}",
                "{\"sAMAccountName\":\"a\",\"password\":\"\\ud83dHidden-1\"}",
                "[".repeat(40) + "]".repeat(40));

        for (String body : bad) {
            HttpResponse<String> answer = post(PATH, "Bearer " + TOKEN, body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body())
                    .contains("Malformed")
                    .doesNotContain("Hidden")
                    .doesNotContain("seven");
        }
        assertThat(post(PATH, "Bearer " + TOKEN, " ".repeat(HttpsIntake.MOST_BYTES + 1))
                        .statusCode())
                .isEqualTo(413);
        assertThat(handed).isEmpty();
    }

    @Test
    void tellsTheAgentWhetherToTryAgain() throws Exception {
        receipt = new Receipt.Busy(Duration.ofSeconds(30));
        HttpResponse<String> busy = post(PATH, "Bearer " + TOKEN, plain());
        receipt = new Receipt.Refused("PasswordTooLong");
        HttpResponse<String> refused = post(PATH, "Bearer " + TOKEN, plain());
        receipt = new Receipt.NotConcerned();
        HttpResponse<String> another = post(PATH, "Bearer " + TOKEN, plain());

        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValue("Retry-After")).contains("30");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("PasswordTooLong");
        assertThat(another.statusCode()).isEqualTo(200);
        assertThat(another.body()).contains("NotConcerned");
    }

    @Test
    void servesItsDescriptionAndNothingElse() throws Exception {
        HttpClient client = client();
        HttpResponse<String> description = client.send(
                HttpRequest.newBuilder(URI.create(url("/openapi.yaml"))).build(), BodyHandlers.ofString());

        assertThat(description.statusCode()).isEqualTo(200);
        assertThat(description.body()).startsWith("openapi: 3").contains("/v1/policies/{namespace}/{name}/passwords");
        assertThat(client.send(HttpRequest.newBuilder(URI.create(url(PATH))).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
        assertThat(client.send(HttpRequest.newBuilder(URI.create(url("/"))).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void usesARenewedCertificateFromTheNextConnectionOn() throws Exception {
        Certificates renewed = Certificates.of("localhost");
        assertThat(post(PATH, "Bearer " + TOKEN, plain()).statusCode()).isEqualTo(200);

        tls.use(renewed.material());

        assertThatThrownBy(() -> post(PATH, "Bearer " + TOKEN, plain())).isInstanceOf(SSLException.class);
        HttpClient trusting = HttpClient.newBuilder()
                .sslContext(renewed.trusting(Optional.empty()))
                .build();
        assertThat(trusting.send(
                                request(PATH, plain())
                                        .header("Authorization", "Bearer " + TOKEN)
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void servesWhileOthersHoldConnectionsAndSayNothing() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), intake.port()));
            }
            assertThat(post(PATH, "Bearer " + TOKEN, plain()).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    private static String plain() {
        return "{\"sAMAccountName\":\"anna\",\"password\":\"Annas-Secret1\"}";
    }

    private static String basic(String both) {
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private String url(String path) {
        return "https://localhost:" + intake.port() + path;
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpClient client() throws Exception {
        return HttpClient.newBuilder()
                .sslContext(server.trusting(Optional.empty()))
                .build();
    }

    private HttpResponse<String> post(String path, String authorization, String body) throws Exception {
        HttpRequest.Builder request = request(path, body);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client().send(request.build(), BodyHandlers.ofString());
    }
}
