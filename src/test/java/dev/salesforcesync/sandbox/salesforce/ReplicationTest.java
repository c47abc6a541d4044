package dev.salesforcesync.sandbox.salesforce;

import static dev.salesforcesync.sandbox.salesforce.People.person;
import static dev.salesforcesync.sandbox.salesforce.SoapClient.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** getUpdated and getDeleted: SOAP API guide, sforce_api_calls_getupdated and sforce_api_calls_getdeleted. */
class ReplicationTest {
    private final MovingClock clock = new MovingClock();
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

    private Calendar at(Duration fromNow) {
        Instant moment = clock.instant().plus(fromNow);
        return GregorianCalendar.from(moment.atZone(ZoneOffset.UTC));
    }

    @Test
    void tellsTheUsersChangedFromOneMinuteToAnother() throws Exception {
        clock.move(Duration.ofMinutes(10));
        String anna = soap.create(new SObject[] {row("User", person(server.org(), "anna"))})[0].getId();
        clock.move(Duration.ofMinutes(10));

        var updated = soap.getUpdated("User", at(Duration.ofMinutes(-15)), at(Duration.ZERO));

        assertThat(updated.getIds()).containsExactly(anna);
        assertThat(updated.getLatestDateCovered().toInstant()).isEqualTo(clock.instant());
        assertThat(soap.getUpdated("User", at(Duration.ofMinutes(-5)), at(Duration.ZERO))
                        .getIds())
                .isEmpty();
    }

    @Test
    void tellsWhatWasDeletedAndNeverAUser() throws Exception {
        clock.move(Duration.ofMinutes(10));
        String role = soap.create(new SObject[] {row("UserRole", Map.of("Name", "Temp"))})[0].getId();
        assertThat(soap.delete(new String[] {role})[0].isSuccess()).isTrue();
        clock.move(Duration.ofMinutes(10));

        var deleted = soap.getDeleted("UserRole", at(Duration.ofMinutes(-15)), at(Duration.ZERO));

        assertThat(deleted.getDeletedRecords()).hasSize(1);
        assertThat(deleted.getDeletedRecords()[0].getId()).isEqualTo(role);
        assertThat(soap.getDeleted("User", at(Duration.ofMinutes(-15)), at(Duration.ZERO))
                        .getDeletedRecords())
                .isEmpty();
    }

    @Test
    void refusesAnEmptySpanAndOneThatBeganMoreThanThirtyDaysAgo() {
        for (Duration from : new Duration[] {Duration.ZERO, Duration.ofDays(-31)}) {
            ApiFault fault =
                    catchThrowableOfType(ApiFault.class, () -> soap.getUpdated("User", at(from), at(Duration.ZERO)));
            assertThat(fault.getExceptionCode()).hasToString("INVALID_REPLICATION_DATE");
        }
    }
}
