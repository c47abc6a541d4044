package dev.salesforcesync.sandbox.salesforce;

import static dev.salesforcesync.sandbox.salesforce.People.person;
import static dev.salesforcesync.sandbox.salesforce.People.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that tests do to the org by Java can be done over HTTP by anybody. */
class HandsTest {
    private SalesforceOrgServer server;
    private RestClient rest;

    @BeforeEach
    void start() {
        server = SalesforceOrgServer.start();
        rest = new RestClient(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode state() {
        return rest.send(rest.request("/sandbox/state").GET()).json();
    }

    private String create(String name) {
        return rest.call("POST", RestClient.DATA + "/sobjects/User", person(server.org(), name))
                .json()
                .path("id")
                .asText();
    }

    static Stream<Class<?>> everyFault() {
        return Arrays.stream(Fault.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("everyFault")
    void ordersEveryFaultThatThereIs(Class<?> fault) {
        RestClient.Answer placed = rest.call(
                "POST", "/sandbox/faults", Map.of("fault", fault.getSimpleName(), "millis", 1, "on", "limits"));

        assertThat(placed.status()).isEqualTo(200);
        assertThat(placed.json().path("pending").asInt()).isEqualTo(1);
        assertThat(server.faults().take(new Call("REST", "limits", "", 0, false, Map.of())))
                .containsInstanceOf(fault);
    }

    @Test
    void ordersFaultsByChanceTheSameForTheSameSeed() {
        Map<String, Object> random = Map.of(
                "seed", 7, "rate", 0.5, "kinds", List.of(Map.of("fault", "Html503"), Map.of("fault", "Empty503")));

        List<Integer> once = statuses(random);
        List<Integer> again = statuses(random);

        assertThat(once).contains(200, 503).isEqualTo(again);
    }

    private List<Integer> statuses(Map<String, Object> random) {
        rest.token();
        rest.call("POST", "/sandbox/faults", Map.of("random", random));
        return Stream.generate(() -> rest.get(RestClient.DATA + "/limits").status())
                .limit(20)
                .toList();
    }

    @Test
    void drawsTheDelaysOfAJitterFromItsSeed() {
        rest.call(
                "POST",
                "/sandbox/faults",
                Map.of("fault", "Latency", "millis", 10, "jitterMillis", 1_000, "seed", 3, "calls", 5));
        var call = new Call("REST", "limits", "", 0, false, Map.of());

        List<Duration> delays = Stream.generate(() -> server.faults().take(call))
                .limit(5)
                .map(fault -> ((Fault.Latency) fault.orElseThrow()).time())
                .toList();

        assertThat(delays)
                .doesNotHaveDuplicates()
                .allMatch(delay -> delay.toMillis() >= 10 && delay.toMillis() < 1_010);
    }

    @Test
    void editsAsAHumanAndConfirmsAnAddress() {
        String anna = create("anna");
        rest.call("PATCH", RestClient.DATA + "/sobjects/User/" + anna, Map.of("Email", "new@mail.example"));

        assertThat(state().path("pendingEmails").path(anna).asText()).isEqualTo("new@mail.example");
        assertThat(state().path("mails"))
                .extracting(mail ->
                        mail.path("kind").asText() + " " + mail.path("address").asText())
                .containsExactly("EMAIL_VERIFICATION new@mail.example", "EMAIL_CHANGE_NOTICE anna@mail.example");

        rest.call("POST", "/sandbox/confirmations", Map.of("userId", anna));
        rest.call("POST", "/sandbox/edits", Map.of("object", "User", "id", anna, "fields", Map.of("Title", "Queen")));

        assertThat(state().path("pendingEmails")).isEmpty();
        assertThat(server.org().record("User", anna).orElseThrow().text("Email"))
                .isEqualTo("new@mail.example");
        assertThat(server.org().record("User", anna).orElseThrow().text("Title"))
                .isEqualTo("Queen");
    }

    @Test
    void takesSeatsCallsAndSessionsAway() {
        rest.token();
        rest.call("POST", "/sandbox/seats", Map.of("licence", "Salesforce", "total", 1));
        RestClient.Answer full = rest.call("POST", RestClient.DATA + "/sobjects/User", person(server.org(), "anna"));
        assertThat(full.json().path(0).path("errorCode").asText()).isEqualTo("LICENSE_LIMIT_EXCEEDED");

        rest.call("POST", "/sandbox/usage", Map.of("calls", 1_000_000));
        assertThat(rest.get(RestClient.DATA + "/limits").status()).isEqualTo(403);

        rest.call("POST", "/sandbox/sessions", Map.of());
        assertThat(rest.get(RestClient.DATA + "/limits").status()).isEqualTo(401);
    }

    @Test
    void setsTheClockWrong() {
        rest.call("POST", "/sandbox/clock", Map.of("aheadSeconds", -86_400));

        String anna = create("anna");

        assertThat(server.org().record("User", anna).orElseThrow().moment("CreatedDate"))
                .isBefore(Instant.now().minus(Duration.ofHours(23)));
    }

    @Test
    void refusesNonsense() {
        assertThat(rest.call("POST", "/sandbox/faults", Map.of("fault", "Rain")).status())
                .isEqualTo(400);
        assertThat(rest.call("POST", "/sandbox/faults", Map.of("random", with(Map.of(), "rate", 3)))
                        .status())
                .isEqualTo(400);
        assertThat(rest.call("POST", "/sandbox/wishes", Map.of()).status()).isEqualTo(404);
    }
}
