package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import dev.salesforcesync.failure.Failure;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract on a real domain controller, Samba's or Microsoft's. The environment names it:
 * {@code SALESFORCESYNC_AD_URL} (ldaps://…), {@code SALESFORCESYNC_AD_CA} (a PEM file), {@code SALESFORCESYNC_AD_BIND}
 * and {@code SALESFORCESYNC_AD_PASSWORD} of an account that may add and delete below the domain's root.
 */
@Tag("real")
@EnabledIfEnvironmentVariable(
        named = "SALESFORCESYNC_AD_URL",
        matches = "ldaps://.+",
        disabledReason = "SALESFORCESYNC_AD_URL names no domain controller; .ci/samba-ad/samba-ad.sh up starts one")
class RealDirectoryTest extends DirectoryReaderContract {

    static String environment(String name) {
        return Optional.ofNullable(System.getenv(name))
                .orElseThrow(() -> new IllegalStateException(name + " is missing"));
    }

    @Override
    LiveDomain openDomain() throws Exception {
        return named();
    }

    /** The domain that the environment names. */
    static LiveDomain named() throws Exception {
        return named("SALESFORCESYNC_AD_URL");
    }

    /** The same, by the controller that a variable names. */
    static LiveDomain named(String variable) throws Exception {
        URI url = URI.create(environment(variable));
        try (LDAPConnection connection = new LDAPConnection(
                new SSLUtil(new TrustAllTrustManager()).createSSLSocketFactory(),
                url.getHost(),
                url.getPort() > 0 ? url.getPort() : 636)) {
            return new LiveDomain(
                    url,
                    Files.readString(Path.of(environment("SALESFORCESYNC_AD_CA"))),
                    connection.getRootDSE().getAttributeValue("defaultNamingContext"),
                    environment("SALESFORCESYNC_AD_BIND"),
                    environment("SALESFORCESYNC_AD_PASSWORD"));
        }
    }

    @Test
    void refusesACertificateOfAnUnknownAuthority() {
        DirectorySettings good = domain().settings();
        DirectorySettings stranger = new DirectorySettings(
                good.domain(), good.site(), good.servers(), good.credentials(), good.tls(), Optional.empty());

        try (DirectoryReader reader = LdapDirectories.open(stranger, Clock.systemUTC())) {
            Failure failure = failure(reader.probe());
            assertThat(failure.reason()).isEqualTo("DirectoryCertificateUntrusted");
        }
    }
}
