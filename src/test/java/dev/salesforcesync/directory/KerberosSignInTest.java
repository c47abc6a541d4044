package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DefaultNameResolver;
import dev.salesforcesync.directory.DirectorySettings.Credentials;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a keytab, and of everything that Kerberos can say against it. */
class KerberosSignInTest {
    private static final String REALM = "CORP.EXAMPLE.COM";
    private static final String PRINCIPAL = "svc-sync@" + REALM;

    private static SandboxDirectory sandbox;

    @BeforeAll
    static void start() {
        sandbox = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static DirectoryConnections connections(Credentials credentials, String kdc) {
        DirectorySettings settings = new DirectorySettings(
                Optional.empty(),
                Optional.empty(),
                List.of(URI.create(sandbox.ldapUrl())),
                credentials,
                TlsMode.KERBEROS,
                Optional.empty());
        return new DirectoryConnections(
                settings,
                Network.real(Clock.systemUTC())
                        .withTimeouts(Duration.ofMillis(500), Duration.ofSeconds(5))
                        .withNames(DefaultNameResolver.getInstance(), host -> kdc));
    }

    private static Credentials keytab() throws IOException {
        return new Credentials.Keytab(PRINCIPAL, KeytabFile.of(PRINCIPAL, "any", 1));
    }

    private static Set<Path> privateFolders() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("directory-"))
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6, Terminal, DirectoryPrincipalUnknown",
        "7, Terminal, DirectoryServicePrincipalUnknown",
        "12, Terminal, DirectoryLogonNotPermitted",
        "14, Terminal, DirectoryEncryptionTypeUnsupported",
        "18, Terminal, DirectoryAccountRevoked",
        "23, Terminal, DirectoryPasswordExpired",
        "24, Terminal, DirectoryKeytabRejected",
        "31, Terminal, DirectoryKeytabRejected",
        "37, Transient, DirectoryClockSkew",
        "68, Terminal, DirectoryPrincipalUnknown",
        "60, Transient, DirectoryKdcUnreachable"
    })
    void tellsKerberosErrorsApart(int error, String kind, String reason) throws Exception {
        try (RefusingKdc kdc = new RefusingKdc(error, REALM);
                DirectoryConnections connections = connections(keytab(), kdc.address())) {
            Failure failure = failure(connections.take());

            assertThat(kdc.questions()).isPositive();
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
            assertThat(failure.message()).doesNotContain("svc-sync").hasSizeLessThan(1_024);
        }
    }

    @Test
    void doesNotWaitForAKerberosServiceThatDoesNotAnswer() throws Exception {
        try (SilentServer silent = new SilentServer(new byte[0]);
                DirectoryConnections connections = connections(keytab(), "localhost:" + silent.port())) {
            Failure failure = failure(connections.take());

            assertThat(failure).isInstanceOf(Failure.Transient.class);
            assertThat(failure.reason()).isEqualTo("DirectoryKdcUnreachable");
            assertThat(silent.visits()).isBetween(1, 3);
        }
    }

    @Test
    void saysThatTheKeytabHoldsNoKeyForThePrincipal() throws Exception {
        Credentials other = new Credentials.Keytab(PRINCIPAL, KeytabFile.of("another@" + REALM, "any", 1));
        try (RefusingKdc kdc = new RefusingKdc(25, REALM);
                DirectoryConnections connections = connections(other, kdc.address())) {
            assertThat(failure(connections.take()).reason()).isEqualTo("DirectoryKeytabInvalid");
        }
    }

    @Test
    void refusesWhatIsNoKeytabOrNoPrincipalBeforeAnybodyIsAsked() throws Exception {
        String good = KeytabFile.of(PRINCIPAL, "any", 1);
        String text = Base64.getEncoder().encodeToString("not a keytab".getBytes(StandardCharsets.US_ASCII));
        for (String bad : List.of("", "###", text)) {
            try (DirectoryConnections connections =
                    connections(new Credentials.Keytab(PRINCIPAL, bad), "localhost:1")) {
                assertThat(failure(connections.take()).reason()).isEqualTo("DirectoryKeytabInvalid");
            }
        }
        for (String bad : List.of("svc-sync", "@" + REALM, "a\" b=\"c@" + REALM, "a@b\nc", "a@" + REALM + " = {")) {
            try (DirectoryConnections connections = connections(new Credentials.Keytab(bad, good), "localhost:1")) {
                assertThat(failure(connections.take()).reason()).isEqualTo("DirectoryCredentialsInvalid");
            }
        }
    }

    @Test
    void neverSendsAPasswordWithoutTls() {
        long before = sandbox.searches();
        try (DirectoryConnections connections =
                connections(new Credentials.Password(sandbox.bindDn(), sandbox.password()), "localhost:1")) {
            assertThat(failure(connections.take()).reason()).isEqualTo("DirectorySettingsInvalid");
        }
        assertThat(sandbox.searches()).isEqualTo(before);
    }

    @Test
    void keepsTheKeytabToItselfAndDeletesItInTheEnd() throws Exception {
        Set<Path> before = privateFolders();
        try (RefusingKdc kdc = new RefusingKdc(6, REALM)) {
            try (DirectoryConnections connections = connections(keytab(), kdc.address())) {
                failure(connections.take());

                Set<Path> made = privateFolders();
                made.removeAll(before);
                assertThat(made).hasSize(1);
                Path folder = made.iterator().next();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                        .isEqualTo("rwx------");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keytab"))))
                        .isEqualTo("rw-------");
            }
            assertThat(privateFolders()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.security.krb5.conf", "java.security.auth.login.config"})
    void leavesTheProcessAsItWas(String property) throws Exception {
        try (RefusingKdc kdc = new RefusingKdc(6, REALM);
                DirectoryConnections connections = connections(keytab(), kdc.address())) {
            failure(connections.take());
            assertThat(System.getProperty(property)).isNull();

            System.setProperty(property, "/somebody/elses");
            failure(connections.take());
            assertThat(System.getProperty(property)).isEqualTo("/somebody/elses");
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void showsNeitherPasswordNorKey() throws Exception {
        String key = KeytabFile.of(PRINCIPAL, "any", 1);
        assertThat(new Credentials.Keytab(PRINCIPAL, key).toString()).doesNotContain(key, "svc-sync");
        assertThat(new Credentials.Password("name", "secret").toString()).doesNotContain("secret", "name");
    }
}
