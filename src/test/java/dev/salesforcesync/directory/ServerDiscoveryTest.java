package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.ServerDiscovery.Server;
import dev.salesforcesync.directory.ServerDiscovery.Srv;
import dev.salesforcesync.failure.Result;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerDiscoveryTest {

    private static Result<List<Server>> servers(TlsMode tls, String... urls) {
        List<URI> uris = Arrays.stream(urls).map(URI::create).toList();
        return ServerDiscovery.servers(
                new DirectorySettings(Optional.empty(), uris, "CN=any", "any", tls, Optional.empty()));
    }

    @Test
    void takesTheNamedServersInTheirOrderOnThePortOfTheTlsMode() {
        assertThat(servers(TlsMode.LDAPS, "ldaps://dc2.example.com", "ldaps://dc1.example.com:1636"))
                .isEqualTo(Result.ok(List.of(new Server("dc2.example.com", 636), new Server("dc1.example.com", 1636))));
        assertThat(servers(TlsMode.START_TLS, "ldap://dc1.example.com"))
                .isEqualTo(Result.ok(List.of(new Server("dc1.example.com", 389))));
    }

    @Test
    void refusesAUrlWithoutAHost() {
        assertThat(servers(TlsMode.LDAPS, "ldaps:///dc=example")).isInstanceOf(Result.Failed.class);
    }

    @Test
    void readsServiceRecords() {
        assertThat(Srv.parse("0 100 389 dc1.example.com.")).isEqualTo(new Srv(0, 100, 389, "dc1.example.com"));
        assertThatThrownBy(() -> Srv.parse("0 100 dc1.example.com")).isInstanceOf(NumberFormatException.class);
    }
}
