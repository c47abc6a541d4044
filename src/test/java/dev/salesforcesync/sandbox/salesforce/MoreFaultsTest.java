package dev.salesforcesync.sandbox.salesforce;

import static dev.salesforcesync.sandbox.salesforce.People.person;
import static dev.salesforcesync.sandbox.salesforce.SoapClient.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.Faults;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.RandomFaults;
import dev.salesforcesync.sandbox.salesforce.org.RowConcerned;
import dev.salesforcesync.sandbox.salesforce.org.SkewedClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults by chance, of an answer's header, of seats and of time. */
class MoreFaultsTest {
    private final MovingClock right = new MovingClock();
    private final SkewedClock clock = new SkewedClock(right);
    private SalesforceOrgServer server;
    private PartnerConnection soap;

    @BeforeEach
    void start() throws ConnectionException {
        server = SalesforceOrgServer.start(
                OrgSettings.builder("Acme").clock(clock).build(), 0);
        soap = SoapClient.signedIn(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SObject[] people(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> row("User", person(server.org(), "p" + i)))
                .toArray(SObject[]::new);
    }

    @Test
    void losesTheWholeAnswerOfADoneWriteToAHeaderNobodyKnows() {
        // Measured with WSC 65: "Unrecognized header".
        server.faults().nextWrites(1, new Fault.UnknownSoapHeader());

        assertThatThrownBy(() -> soap.create(people(1)))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("Unrecognized header");

        assertThat(server.org().user("p0@people.example")).isPresent();
    }

    @Test
    void runsOutOfSeatsInTheMiddleOfACallAndStaysSo() throws Exception {
        server.faults().nextWrites(1, new Fault.SeatsRunOut("Salesforce", 2));

        SaveResult[] results = soap.create(people(4));

        assertThat(results).extracting(SaveResult::isSuccess).containsExactly(true, true, false, false);
        assertThat(results[2].getErrors()[0].getStatusCode()).hasToString("LICENSE_LIMIT_EXCEEDED");
        SObject[] late = {row("User", person(server.org(), "late"))};
        assertThat(soap.create(late)[0].isSuccess()).isFalse();
        server.org().setSeats("Salesforce", 100);
        assertThat(soap.create(late)[0].isSuccess()).isTrue();
    }

    @Test
    void stampsWithTheTimeOfAnOrgWhoseClockIsWrong() throws Exception {
        clock.skew(Duration.ofMinutes(7));

        assertThat(soap.getServerTimestamp().getTimestamp().toInstant())
                .isEqualTo(right.instant().plus(Duration.ofMinutes(7)));
        String id = soap.create(people(1))[0].getId();
        assertThat(server.org().record("User", id).orElseThrow().moment("CreatedDate"))
                .isEqualTo(right.instant().plus(Duration.ofMinutes(7)));
    }

    private static List<Optional<Fault>> drawn(long seed) {
        var faults = new Faults();
        faults.random(new RandomFaults(seed, 0.25, List.of(new Fault.Html503(), new Fault.CloseAfterCommit())));
        var call = new Call("REST", "query", "User", 0, false, Map.of());
        return IntStream.range(0, 1_000).mapToObj(i -> faults.take(call)).toList();
    }

    @Test
    void drawsTheSameFaultsForTheSameSeedAtAboutTheirRate() {
        assertThat(drawn(42)).isEqualTo(drawn(42)).isNotEqualTo(drawn(43));
        assertThat(drawn(42).stream().filter(Optional::isPresent).count()).isBetween(200L, 300L);
        assertThat(drawn(42)).contains(Optional.of(new Fault.Html503()), Optional.of(new Fault.CloseAfterCommit()));
    }

    @Test
    void drawsNothingForTokensAndPlannedFaultsComeFirst() {
        var faults = new Faults();
        faults.random(new RandomFaults(1, 1.0, List.of(new Fault.Empty503())));
        faults.next(1, new Fault.Html503());
        var token = new Call("OAUTH", "token", "", 0, false, Map.of());
        var query = new Call("REST", "query", "User", 0, false, Map.of());

        assertThat(faults.take(token)).isEmpty();
        assertThat(faults.take(query)).contains(new Fault.Html503());
        assertThat(faults.take(query)).contains(new Fault.Empty503());
        faults.clear();
        assertThat(faults.take(query)).isEmpty();
    }

    @Test
    void tellsTheJournalWhomAWriteIsAboutWhateverBecomesOfIt() throws Exception {
        String id = soap.create(people(1))[0].getId();
        server.faults().nextWrites(1, new Fault.CloseBeforeCommit());
        SObject leaver = row("User", Map.of("Id", id, "IsActive", false));
        assertThatThrownBy(() -> soap.update(new SObject[] {leaver})).isInstanceOf(ConnectionException.class);

        List<Journal.Entry> writes = server.journal().entries().stream()
                .filter(entry -> entry.call().write())
                .toList();
        assertThat(writes)
                .extracting(entry -> entry.call().concerned())
                .containsExactly(
                        List.of(new RowConcerned("", "p0@people.example", false)),
                        List.of(new RowConcerned(id, "", true)));
        assertThat(writes).extracting(Journal.Entry::fault).containsExactly("", "CloseBeforeCommit");
    }

    @Test
    void tellsTheJournalWhetherAQueryAsksForTheFirstRowsOnly() throws Exception {
        soap.query("SELECT Id FROM User LIMIT 1");
        soap.query("SELECT Id FROM User WHERE LastName != 'x limit 1'");

        assertThat(server.journal().entries().stream()
                        .map(Journal.Entry::call)
                        .filter(call -> call.operation().equals("query"))
                        .map(Call::limited))
                .containsExactly(true, false);
    }
}
