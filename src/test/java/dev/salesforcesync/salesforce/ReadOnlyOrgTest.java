package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import dev.salesforcesync.salesforce.SalesforceOrg.NewAssignment;
import dev.salesforcesync.salesforce.SalesforceOrg.UserUpdate;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything can be read, and no row leaves the process. */
class ReadOnlyOrgTest {
    private final SalesforceOrgServer server =
            SalesforceOrgServer.start(OrgSettings.builder("Acme").build(), 0);
    private final SalesforceOrg org = new ReadOnlyOrg(SalesforceGateway.open(new SalesforceSettings(
            URI.create(server.baseUrl()),
            "65.0",
            new SalesforceSettings.Authentication.ClientCredentials(
                    server.org().settings().clientId(), server.org().settings().clientSecret()),
            Optional.empty(),
            Optional.empty(),
            SalesforceSettings.Budget.DEFAULT,
            Duration.ofSeconds(30))));

    @AfterEach
    void close() {
        org.close();
        server.close();
    }

    @Test
    void noWriteIsSent() {
        assertThat(org.describe()).isInstanceOf(Result.Ok.class);
        SalesforceId user = new SalesforceId("005000000000001");

        assertThat(List.of(
                        org.createUsers(List.of(Map.of("Username", "a@example.com")), Optional.empty()),
                        org.updateUsers(List.of(new UserUpdate(user, Map.of("Title", Optional.of("Dr."))))),
                        org.setFrozen(List.of(new LoginRecord(user, user, false)), true),
                        org.grant(EntitlementKind.PERMISSION_SET, List.of(new NewAssignment(user, user))),
                        org.withdraw(EntitlementKind.PERMISSION_SET, List.of(user))))
                .allSatisfy(outcomes -> assertThat(outcomes)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                RowOutcome.NotSent.class,
                                row -> assertThat(row.failure().reason()).isEqualTo("WritesStopped")));
        assertThat(server.journal().writeCalls()).isZero();
    }

    @Test
    void whatIsThereIsRead() {
        assertThat(org.describe()).isInstanceOf(Result.Ok.class);

        assertThat(((Result.Ok<List<SalesforceUser>>) org.readUsers(Set.of("Email"))).value())
                .isNotEmpty();
        assertThat(org.urgent().assigneesOf(Set.of("Sales_Cloud"))).isInstanceOf(Result.Ok.class);
        assertThat(org.callsSent()).isNotEmpty();
    }
}
