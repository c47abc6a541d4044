package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.salesforcesync.directory.DirectoryReader;
import dev.salesforcesync.directory.DirectorySettings;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.ConfigMapLedger;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.Refusals;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.SalesforceSettings;
import dev.salesforcesync.sandbox.kubernetes.KubernetesApiServer;
import dev.salesforcesync.telemetry.Telemetry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What outlives a session, and what does not. */
class EnginesTest {
    private static final ResourceName CONNECTION = new ResourceName("default", "org");
    private static final SalesforceId ORG = new SalesforceId("00D000000000001");
    private static final OrgDescription DESCRIPTION = new OrgDescription(
            new OrgDescription.Organization(ORG, "Acme", "Enterprise Edition", true, "TEST1"),
            new OrgDescription.RunningUser(new SalesforceId("005000000000001"), "integration@acme.example", "Sync"),
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            Map.of(),
            new OrgDescription.ApiUsage(0, 1000, Instant.EPOCH));

    private final FakeOrg org = new FakeOrg();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final KubernetesApiServer server = KubernetesApiServer.start(0, List.of());
    private final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
    private final Telemetry telemetry = new Telemetry("test");
    private final Engines engines = new Engines(
            new Edges() {
                @Override
                public SalesforceOrg salesforce(SalesforceSettings settings, Refusals earlier) {
                    return org;
                }

                @Override
                public DirectoryReader directory(DirectorySettings settings) {
                    throw new AssertionError("not asked for here");
                }

                @Override
                public Result<OrgLedger> ledger(SalesforceId id) {
                    opened.incrementAndGet();
                    return ConfigMapLedger.open(client, "default", id);
                }
            },
            Optional::empty,
            telemetry,
            Clock.systemUTC());

    @BeforeEach
    void connect() {
        org.description = Optional.of(Result.ok(DESCRIPTION));
        offer(1);
        await().until(() -> engines.session(CONNECTION).isPresent());
    }

    @AfterEach
    void close() {
        engines.close();
        telemetry.close();
        client.close();
        server.close();
    }

    private void offer(long generation) {
        engines.offer(
                CONNECTION,
                new ConnectionOrder(
                        generation,
                        new SalesforceSettings(
                                URI.create("https://example.my.salesforce.com"),
                                "65.0",
                                new SalesforceSettings.Authentication.ClientCredentials("id", "secret"),
                                Optional.empty(),
                                Optional.empty(),
                                new SalesforceSettings.Budget(50, 2000, (int) generation),
                                Duration.ofMinutes(1)),
                        "org:1",
                        Duration.ofMinutes(5),
                        Set.of(),
                        Optional.empty()),
                Optional.empty());
    }

    private OrgLedger ledger() {
        return engines.session(CONNECTION).orElseThrow().ledger();
    }

    @Test
    void aRunThatWritesOnWhileItsConnectionFailsAndComesBackWritesWhatTheNextOneReads() {
        OrgLedger before = ledger();
        engines.listen(name -> failures.incrementAndGet(), name -> {});
        org.description = Optional.of(Result.failed(new Failure.Transient("SalesforceUnavailable", "wait")));
        offer(2);
        await().until(() -> failures.get() > 0 && engines.session(CONNECTION).isEmpty());

        org.description = Optional.of(Result.ok(DESCRIPTION));
        offer(3);
        await().until(() -> engines.session(CONNECTION).isPresent());

        assertThat(ledger()).isSameAs(before);
        assertThat(opened).hasValue(1);
    }

    @Test
    void aLedgerThatSomebodyElseWroteIsReadAgain() {
        OrgLedger before = ledger();

        engines.distrustLedger(ORG, CONNECTION);
        await().until(() -> engines.session(CONNECTION).isPresent());

        assertThat(ledger()).isNotSameAs(before);
    }
}
