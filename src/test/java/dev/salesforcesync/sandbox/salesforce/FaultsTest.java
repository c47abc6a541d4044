package dev.salesforcesync.sandbox.salesforce;

import static dev.salesforcesync.sandbox.salesforce.People.person;
import static dev.salesforcesync.sandbox.salesforce.SoapClient.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults do what their names say, to the calls they are set for and to no others. */
class FaultsTest {
    private SalesforceOrgServer server;
    private PartnerConnection soap;

    @BeforeEach
    void start() throws ConnectionException {
        server = SalesforceOrgServer.start();
        soap = SoapClient.signedIn(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> whatIsDone() {
        return Stream.of(
                Arguments.of(new Fault.Html503(), false),
                Arguments.of(new Fault.Empty503(), false),
                Arguments.of(new Fault.ServerUnavailable(), false),
                Arguments.of(new Fault.CloseBeforeCommit(), false),
                Arguments.of(new Fault.CloseAfterCommit(), true),
                Arguments.of(new Fault.TruncatedAnswer(), true),
                Arguments.of(new Fault.SessionExpired(), false),
                Arguments.of(new Fault.DailyLimitReached(), false),
                Arguments.of(new Fault.ConcurrentLimitReached(), false));
    }

    @ParameterizedTest(name = "{0}: work done = {1}")
    @MethodSource("whatIsDone")
    void failsOneWriteAndTheNextOneIsFine(Fault fault, boolean done) throws ConnectionException {
        server.faults().nextWrites(1, fault);
        SObject[] anna = {row("User", person(server.org(), "anna"))};

        assertThatThrownBy(() -> soap.create(anna)).isInstanceOf(ConnectionException.class);

        assertThat(server.org().user("anna@people.example").isPresent()).isEqualTo(done);
        assertThat(server.faults().pending()).isZero();
        SObject[] bob = {row("User", person(server.org(), "bob"))};
        assertThat(SoapClient.signedIn(server).create(bob)[0].isSuccess()).isTrue();
        assertThat(server.journal().writeCalls()).isEqualTo(2);
    }

    @Test
    void killsTheSessionForGoodWithTheRealText() {
        server.faults().next(1, new Fault.SessionExpired());

        for (int i = 0; i < 2; i++) {
            ApiFault fault = catchThrowableOfType(ApiFault.class, () -> soap.getUserInfo());
            assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_SESSION_ID);
            assertThat(fault.getExceptionMessage()).contains("Illegal Session");
        }
    }

    @Test
    void failsSingleRows() throws ConnectionException {
        server.faults().nextWrites(1, new Fault.RowLocked(1));

        SaveResult[] results = soap.create(new SObject[] {
            row("User", person(server.org(), "anna")), row("User", person(server.org(), "bob"))
        });

        assertThat(results[0].isSuccess()).isTrue();
        assertThat(results[1].getErrors()[0].getStatusCode()).hasToString("UNABLE_TO_LOCK_ROW");
    }

    @Test
    void answersWithACodeThatBreaksTheClientThoughRowsAreWritten() {
        server.faults().nextWrites(1, new Fault.UnknownStatusCode(1));

        assertThatThrownBy(() -> soap.create(new SObject[] {
                    row("User", person(server.org(), "anna")), row("User", person(server.org(), "bob"))
                }))
                .hasMessageContaining("Not a valid enumeration");
        assertThat(server.org().user("anna@people.example")).isPresent();
        assertThat(server.org().user("bob@people.example")).isEmpty();
    }

    @Test
    void isLateWithoutLosingAnything() throws ConnectionException {
        server.faults().next(1, new Fault.Latency(Duration.ofMillis(30)));
        server.faults().next(1, new Fault.SlowAfterCommit(Duration.ofMillis(30)));
        long before = System.nanoTime();

        soap.getUserInfo();
        soap.getUserInfo();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }

    @Test
    void hitsOnlyTheCallsItIsMeantFor() throws ConnectionException {
        server.faults().nextLike(1, call -> call.operation().equals("query"), new Fault.Html503());

        soap.getUserInfo();

        assertThat(server.faults().pending()).isEqualTo(1);
        assertThatThrownBy(() -> soap.query("SELECT Id FROM User")).isInstanceOf(ConnectionException.class);
        assertThat(soap.query("SELECT Id FROM User").getSize()).isEqualTo(2);
    }

    @Test
    void closesTheConnectionOfAPlainClientToo() {
        var rest = new RestClient(server);
        rest.token();
        server.faults().next(1, new Fault.CloseAfterCommit());

        assertThatThrownBy(() -> rest.call("POST", RestClient.DATA + "/sobjects/User", person(server.org(), "anna")))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(IOException.class);

        assertThat(server.org().user("anna@people.example")).isPresent();
        assertThat(last().answered()).isFalse();
        assertThat(last().outcome()).isEqualTo(Journal.OK);
        assertThat(server.journal().count(entry -> entry.call().write())).isEqualTo(1);
    }

    @Test
    void takesOrdersOverHttp() {
        var rest = new RestClient(server);

        RestClient.Answer placed = rest.call("POST", "/sandbox/faults", Map.of("fault", "Html503", "on", "query"));

        assertThat(placed.json().path("pending").asInt()).isEqualTo(1);
        assertThat(rest.get(RestClient.DATA + "/limits").status()).isEqualTo(200);
        assertThat(rest.query("SELECT Id FROM User").status()).isEqualTo(503);
        assertThat(rest.call("POST", "/sandbox/faults", Map.of("fault", "Rain")).status())
                .isEqualTo(400);
    }

    @Test
    void strikesTokenRequestsOnlyWhenAskedTo() {
        server.faults().next(1, new Fault.Html503());
        assertThat(new RestClient(server).token()).isNotEmpty();
        server.faults().clear();
        server.faults().nextLike(1, call -> call.operation().equals("token"), new Fault.Empty503());

        RestClient.Answer refused = new RestClient(server).form("/services/oauth2/token", Map.of("grant_type", "x"));

        assertThat(refused.status()).isEqualTo(503);
    }

    @Test
    void endsItsDayWhenTheCallsAreUsedUp() throws ConnectionException {
        server.close();
        server = SalesforceOrgServer.start(
                OrgSettings.builder("Acme").dailyApiLimit(2).build(), 0);
        soap = SoapClient.signedIn(server);
        soap.getUserInfo();
        soap.getUserInfo();

        ApiFault fault = catchThrowableOfType(ApiFault.class, () -> soap.getUserInfo());

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.REQUEST_LIMIT_EXCEEDED);
        assertThat(fault.getExceptionMessage()).isEqualTo("TotalRequests Limit exceeded.");
        assertThat(new RestClient(server).get(RestClient.DATA + "/limits").status())
                .isEqualTo(403);
    }

    @Test
    void tellsTheJournalWhatHappened() throws ConnectionException {
        Consumer<Fault> meets = fault -> {
            server.faults().next(1, fault);
            assertThatThrownBy(() -> soap.getServerTimestamp()).isInstanceOf(ConnectionException.class);
        };
        meets.accept(new Fault.Html503());
        meets.accept(new Fault.CloseBeforeCommit());
        meets.accept(new Fault.CloseAfterCommit());
        meets.accept(new Fault.DailyLimitReached());
        soap.getServerTimestamp();

        List<Journal.Entry> entries = server.journal().entries().stream()
                .filter(entry -> entry.call().protocol().equals("SOAP"))
                .toList();
        assertThat(entries)
                .extracting(Journal.Entry::outcome)
                .containsExactly("Html503", "CloseBeforeCommit", "OK", "REQUEST_LIMIT_EXCEEDED", "OK");
        assertThat(entries).extracting(Journal.Entry::answered).containsExactly(true, false, false, true, true);
        assertThat(entries)
                .extracting(Journal.Entry::call)
                .extracting(Call::write)
                .containsOnly(false);
    }

    private Journal.Entry last() {
        List<Journal.Entry> entries = server.journal().entries();
        return entries.get(entries.size() - 1);
    }
}
