package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.salesforcesync.directory.DirectorySettings.Credentials;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.ServerDiscovery.Published;
import dev.salesforcesync.directory.ServerDiscovery.Server;
import dev.salesforcesync.directory.ServiceRecords.Srv;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerDiscoveryTest {
    private static final String DOMAIN_NAME = "_ldap._tcp.dc._msdcs.corp.example.com";
    private static final String SITE_NAME = "_ldap._tcp.Berlin._sites.dc._msdcs.corp.example.com";

    private static Result<List<Server>> named(TlsMode tls, String... urls) {
        List<URI> uris = Arrays.stream(urls).map(URI::create).toList();
        return new ServerDiscovery(
                        new DirectorySettings(Optional.empty(), uris, "CN=any", "any", tls, Optional.empty()),
                        name -> List.of(),
                        new Random(1))
                .named();
    }

    private static ServerDiscovery discovery(Optional<String> site, TlsMode tls, ServiceRecords records, long seed) {
        return new ServerDiscovery(
                new DirectorySettings(
                        Optional.of("corp.example.com"),
                        site,
                        List.of(),
                        new Credentials.Password("CN=any", "any"),
                        tls,
                        Optional.empty()),
                records,
                new Random(seed));
    }

    private static List<Server> find(Optional<String> site, TlsMode tls, ScriptedDns dns) {
        ServerDiscovery discovery = discovery(site, tls, new DnsServiceRecords(Optional.of(dns.url())), 1);
        return discovery.inOrder(DirectoryReaderContract.value(discovery.lookUp()));
    }

    @Test
    void takesTheNamedServersInTheirOrderOnThePortOfTheTlsMode() {
        assertThat(named(TlsMode.LDAPS, "ldaps://dc2.example.com", "ldaps://dc1.example.com:1636"))
                .isEqualTo(Result.ok(List.of(new Server("dc2.example.com", 636), new Server("dc1.example.com", 1636))));
        for (TlsMode plain : List.of(TlsMode.START_TLS, TlsMode.KERBEROS)) {
            assertThat(named(plain, "ldap://dc1.example.com"))
                    .isEqualTo(Result.ok(List.of(new Server("dc1.example.com", 389))));
        }
    }

    @Test
    void refusesAUrlWithoutAHost() {
        assertThat(named(TlsMode.LDAPS, "ldaps:///dc=example")).isInstanceOf(Result.Failed.class);
    }

    @Test
    void readsServiceRecords() {
        assertThat(Srv.parse("0 100 389 dc1.example.com.")).isEqualTo(new Srv(0, 100, 389, "dc1.example.com"));
        assertThatThrownBy(() -> Srv.parse("0 100 dc1.example.com")).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void prefersTheServersOfTheSiteAndKeepsTheOthersForNeed() throws IOException {
        try (ScriptedDns dns = new ScriptedDns()) {
            dns.answer(SITE_NAME, new Srv(0, 100, 389, "near.corp.example.com"));
            dns.answer(
                    DOMAIN_NAME,
                    new Srv(0, 100, 389, "far.corp.example.com"),
                    new Srv(10, 100, 389, "near.corp.example.com"));

            assertThat(find(Optional.of("Berlin"), TlsMode.LDAPS, dns))
                    .containsExactly(new Server("near.corp.example.com", 636), new Server("far.corp.example.com", 636));
            assertThat(dns.questions()).containsExactly(SITE_NAME, DOMAIN_NAME);
        }
    }

    @Test
    void usesTheDomainsServersWhereTheSiteHasNone() throws IOException {
        try (ScriptedDns dns = new ScriptedDns()) {
            dns.answer(DOMAIN_NAME, new Srv(0, 100, 389, "far.corp.example.com"));

            assertThat(find(Optional.of("Berlin"), TlsMode.LDAPS, dns))
                    .containsExactly(new Server("far.corp.example.com", 636));
        }
    }

    @Test
    void takesTheRecordsPortForStartTls() throws IOException {
        try (ScriptedDns dns = new ScriptedDns()) {
            dns.answer(DOMAIN_NAME, new Srv(0, 100, 1389, "dc1.corp.example.com"));

            assertThat(find(Optional.empty(), TlsMode.START_TLS, dns))
                    .containsExactly(new Server("dc1.corp.example.com", 1389));
            assertThat(find(Optional.empty(), TlsMode.LDAPS, dns))
                    .containsExactly(new Server("dc1.corp.example.com", 636));
            assertThat(dns.questions()).containsOnly(DOMAIN_NAME);
        }
    }

    @Test
    void saysThatDnsNamesNobodyOrDoesNotAnswer() throws IOException {
        try (ScriptedDns dns = new ScriptedDns()) {
            ServerDiscovery discovery =
                    discovery(Optional.empty(), TlsMode.LDAPS, new DnsServiceRecords(Optional.of(dns.url())), 1);
            Failure nobody = DirectoryReaderContract.failure(discovery.lookUp());
            assertThat(nobody.reason()).isEqualTo("DirectoryNotInDns");
            assertThat(nobody.message()).startsWith("DNS names no domain controller");

            dns.answer(DOMAIN_NAME, new Srv(0, 0, 0, "."));
            assertThat(DirectoryReaderContract.failure(discovery.lookUp()).reason())
                    .isEqualTo("DirectoryNotInDns");

            dns.fail();
            Failure silent = DirectoryReaderContract.failure(discovery.lookUp());
            assertThat(silent.reason()).isEqualTo("DirectoryNotInDns");
            assertThat(silent.message()).startsWith("DNS gives no usable answer");
        }
    }

    @Test
    void ordersByPriorityAndDrawsLotsByWeightWithinOne() {
        Set<Srv> records = Set.of(
                new Srv(10, 100, 389, "last"),
                new Srv(0, 75, 389, "heavy"),
                new Srv(0, 25, 389, "light"),
                new Srv(0, 0, 389, "none"));
        Map<String, Integer> first = new HashMap<>();
        for (int seed = 0; seed < 4_000; seed++) {
            List<Server> order = discovery(Optional.empty(), TlsMode.LDAPS, name -> List.of(), seed)
                    .inOrder(new Published(Set.of(), records));
            assertThat(order).hasSize(4);
            assertThat(order.get(3).host()).isEqualTo("last");
            first.merge(order.get(0).host(), 1, Integer::sum);
        }
        assertThat(first.get("heavy")).isBetween(2_800, 3_150);
        assertThat(first.get("light")).isBetween(850, 1_150);
        assertThat(first.get("none")).as("a small chance, RFC 2782").isBetween(1, 150);
    }

    @Test
    void theSameLotsGiveTheSameOrder() {
        Set<Srv> records = Set.of(
                new Srv(0, 100, 389, "a"),
                new Srv(0, 100, 389, "b"),
                new Srv(0, 100, 389, "c"),
                new Srv(0, 9, 389, "d"));
        Published published = new Published(Set.of(), records);

        assertThat(discovery(Optional.empty(), TlsMode.LDAPS, name -> List.of(), 7)
                        .inOrder(published))
                .isEqualTo(discovery(Optional.empty(), TlsMode.LDAPS, name -> List.of(), 7)
                        .inOrder(published));
    }
}
