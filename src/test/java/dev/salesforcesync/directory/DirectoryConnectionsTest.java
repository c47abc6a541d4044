package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections are made, refused, lost and made again. */
class DirectoryConnectionsTest {
    private static SandboxDirectory sandbox;

    @BeforeAll
    static void start() {
        sandbox = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static DirectorySettings settings(List<URI> servers, TlsMode tls, Optional<String> ca) {
        return new DirectorySettings(
                Optional.empty(), servers, "svc-sync@corp.example.com", sandbox.password(), tls, ca);
    }

    @ParameterizedTest
    @CsvSource({
        "514,0,,1,DirectoryAccountDisabled",
        "512,1,,1,DirectoryAccountExpired",
        "512,0,133000000000000000,1,DirectoryAccountLocked",
        "512,0,,0,DirectoryPasswordMustChange",
        "8389120,0,,1,DirectoryPasswordExpired"
    })
    void tellsRefusedBindsApart(String control, String expires, String lockout, String passwordSet, String reason) {
        String dn = "CN=" + reason + ",OU=Service," + SandboxDirectory.BASE_DN;
        sandbox.add(
                dn,
                new Attribute("objectClass", "user"),
                new Attribute("userPassword", "right"),
                new Attribute("userAccountControl", control),
                new Attribute("accountExpires", expires),
                new Attribute("lockoutTime", lockout == null ? "0" : lockout),
                new Attribute("pwdLastSet", passwordSet));
        DirectorySettings settings = new DirectorySettings(
                Optional.empty(),
                List.of(URI.create(sandbox.ldapsUrl())),
                dn,
                "right",
                TlsMode.LDAPS,
                Optional.of(sandbox.caPem()));

        try (DirectoryReader reader = LdapDirectories.open(settings, Clock.systemUTC())) {
            assertThat(DirectoryReaderContract.failure(reader.probe()).reason()).isEqualTo(reason);
        }
        sandbox.delete(dn);
    }

    @Test
    void speaksStartTls() {
        DirectorySettings settings =
                settings(List.of(URI.create(sandbox.ldapUrl())), TlsMode.START_TLS, Optional.of(sandbox.caPem()));

        try (DirectoryReader reader = LdapDirectories.open(settings, Clock.systemUTC())) {
            assertThat(reader.probe()).isInstanceOf(Result.Ok.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LDAPS", "START_TLS"})
    void refusesACertificateOfAnUnknownAuthority(TlsMode tls) {
        String url = tls == TlsMode.LDAPS ? sandbox.ldapsUrl() : sandbox.ldapUrl();
        try (SandboxDirectory stranger = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT)) {
            for (Optional<String> ca : List.of(Optional.<String>empty(), Optional.of(stranger.caPem()))) {
                try (DirectoryReader reader =
                        LdapDirectories.open(settings(List.of(URI.create(url)), tls, ca), Clock.systemUTC())) {
                    Failure failure = DirectoryReaderContract.failure(reader.probe());
                    assertThat(failure).isInstanceOf(Failure.Terminal.class);
                    assertThat(failure.reason()).isEqualTo("DirectoryCertificateUntrusted");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LDAPS", "START_TLS"})
    void refusesACertificateForAnotherHost(TlsMode tls) {
        // The certificate names localhost and 127.0.0.1; this is another address of the same listener.
        URI url = URI.create(tls == TlsMode.LDAPS ? sandbox.ldapsUrl() : sandbox.ldapUrl());
        URI byOtherName = URI.create(url.getScheme() + "://[::ffff:7f00:1]:" + url.getPort());

        try (DirectoryReader reader = LdapDirectories.open(
                settings(List.of(byOtherName), tls, Optional.of(sandbox.caPem())), Clock.systemUTC())) {
            Failure failure = DirectoryReaderContract.failure(reader.probe());
            assertThat(failure).isInstanceOf(Failure.Terminal.class);
            assertThat(failure.reason()).isEqualTo("DirectoryHostNameMismatch");
        }
    }

    @Test
    void saysThatACaIsNotPem() {
        DirectorySettings settings =
                settings(List.of(URI.create(sandbox.ldapsUrl())), TlsMode.LDAPS, Optional.of("not a certificate"));

        try (DirectoryReader reader = LdapDirectories.open(settings, Clock.systemUTC())) {
            assertThat(DirectoryReaderContract.failure(reader.probe()).reason()).isEqualTo("DirectoryCaInvalid");
        }
    }

    @Test
    void saysThatNobodyAnswersAndReadsFromTheNextServer() throws IOException {
        URI dead;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = URI.create("ldaps://localhost:" + closed.getLocalPort());
        }
        Optional<String> ca = Optional.of(sandbox.caPem());

        try (DirectoryReader reader =
                LdapDirectories.open(settings(List.of(dead), TlsMode.LDAPS, ca), Clock.systemUTC())) {
            Failure failure = DirectoryReaderContract.failure(reader.probe());
            assertThat(failure).isInstanceOf(Failure.Transient.class);
            assertThat(failure.reason()).isEqualTo("DirectoryUnreachable");
        }
        try (DirectoryReader reader = LdapDirectories.open(
                settings(List.of(dead, URI.create(sandbox.ldapsUrl())), TlsMode.LDAPS, ca), Clock.systemUTC())) {
            assertThat(reader.probe()).isInstanceOf(Result.Ok.class);
        }
    }

    @Test
    void goesOnAfterIdleConnectionsWereCut() {
        try (SandboxDirectory other = SandboxDirectory.start(0, 0);
                DirectoryReader reader = LdapDirectories.open(LdapDirectoryTest.settingsOf(other), Clock.systemUTC())) {
            DirectoryReaderContract.value(reader.probe());
            other.cutConnections();

            assertThat(reader.probe()).isInstanceOf(Result.Ok.class);
        }
    }

    @Test
    void failsAfterItWasClosed() {
        DirectoryReader reader = LdapDirectories.open(LdapDirectoryTest.settingsOf(sandbox), Clock.systemUTC());
        reader.close();

        assertThat(DirectoryReaderContract.failure(reader.probe()).reason()).isEqualTo("DirectoryClosed");
    }

    @Test
    void keepsThePasswordOutOfWhatItSays() {
        DirectorySettings settings = settings(List.of(), TlsMode.LDAPS, Optional.empty());

        assertThat(settings.toString()).doesNotContain(sandbox.password());
        try (DirectoryReader reader = LdapDirectories.open(settings, Clock.systemUTC())) {
            assertThat(DirectoryReaderContract.failure(reader.probe()).reason()).isEqualTo("DirectorySettingsInvalid");
        }
    }
}
