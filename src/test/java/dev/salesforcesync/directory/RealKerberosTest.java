package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.failure;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DefaultNameResolver;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.NameResolver;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import dev.salesforcesync.directory.DirectorySettings.Credentials;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.DirectoryPicture;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Entering a real domain with a keytab; see {@link RealDirectoryTest} for what the environment says. */
@Tag("real")
@EnabledIfEnvironmentVariable(
        named = "SALESFORCESYNC_AD_URL",
        matches = "ldaps://.+",
        disabledReason = "SALESFORCESYNC_AD_URL names no domain controller; .ci/samba-ad/samba-ad.sh up starts one")
class RealKerberosTest {
    private static final String PASSWORD = "Keytab!Pass-2026";

    private LiveDomain domain;
    private String host;
    private String realm;
    private String account;

    @BeforeEach
    void createAccount() throws Exception {
        domain = RealDirectoryTest.named();
        try (LDAPConnection connection = new LDAPConnection(
                new SSLUtil(new TrustAllTrustManager()).createSSLSocketFactory(),
                address().getHostAddress(),
                636)) {
            host = connection.getRootDSE().getAttributeValue("dnsHostName");
        }
        realm = host.substring(host.indexOf('.') + 1).toUpperCase(Locale.ROOT);
        byte[] quoted = ("\"" + PASSWORD + "\"").getBytes(StandardCharsets.UTF_16LE);
        domain.person("krb", new Attribute("unicodePwd", quoted), new Attribute("userAccountControl", "66048"));
        account = domain.unique("krb");
    }

    @AfterEach
    void close() throws Exception {
        domain.close();
    }

    private InetAddress address() throws UnknownHostException {
        return InetAddress.getByName(domain.settings().servers().get(0).getHost());
    }

    private static int port(TlsMode tls) {
        return tls == TlsMode.LDAPS ? 636 : 389;
    }

    private DirectoryConnections connections(TlsMode tls, String server, String principal, String password)
            throws Exception {
        InetAddress real = address();
        NameResolver names = new NameResolver() {
            @Override
            public InetAddress getByName(String name) throws UnknownHostException {
                return name.equals(host)
                        ? InetAddress.getByAddress(host, real.getAddress())
                        : DefaultNameResolver.getInstance().getByName(name);
            }

            @Override
            public InetAddress[] getAllByName(String name) throws UnknownHostException {
                return new InetAddress[] {getByName(name)};
            }

            @Override
            public void toString(StringBuilder buffer) {
                buffer.append("the domain's names");
            }
        };
        DirectorySettings settings = new DirectorySettings(
                Optional.empty(),
                Optional.empty(),
                List.of(URI.create((tls == TlsMode.LDAPS ? "ldaps://" : "ldap://") + server + ":" + port(tls))),
                new Credentials.Keytab(principal, KeytabFile.of(principal, password, 2)),
                tls,
                domain.settings().caPem());
        return new DirectoryConnections(
                settings, Network.real(Clock.systemUTC()).withNames(names, any -> real.getHostAddress()));
    }

    @Test
    void readsAndFollowsSealedByKerberosOnTheClearPort() throws Exception {
        domain.person("Anna");
        ReadRequest request = new ReadRequest(
                List.of(new ReadRequest.Search(domain.unit(), DirectoryReaderContract.PEOPLE)),
                Set.of(),
                Set.of("sn"),
                0,
                List.of());
        try (DirectoryReader reader = new LdapDirectory(
                connections(TlsMode.KERBEROS, host, account + "@" + realm, PASSWORD),
                ReadSteps.DEFAULT,
                Clock.systemUTC())) {
            DirectoryPicture picture = value(reader.read(request));
            assertThat(picture.completeness().isProven()).isTrue();
            assertThat(picture.people()).hasSize(2);
            try (DirectoryFeed feed =
                    value(reader.follow(request, new Following(Following.Mode.AUTO, Optional.empty(), () -> {})))) {
                value(feed.readAll());
                domain.set(domain.dn("Anna"), "sn", "Angler");
                assertThat(value(feed.poll())).isInstanceOf(FeedUpdate.Changed.class);
            }
        }
    }

    @Test
    void refusesToSealInsideTlsAndSaysSoWhereTheControllerWantsMore() throws Exception {
        try (DirectoryConnections connections = connections(TlsMode.LDAPS, host, account + "@" + realm, PASSWORD)) {
            Result<Session> session = connections.take();
            // Samba wants signing by default, which TLS forbids; Windows takes it with the channel's binding.
            if (session instanceof Result.Failed<Session>) {
                assertThat(failure(session).reason()).isEqualTo("DirectoryTlsRequired");
            }
        }
    }

    @Test
    void tellsAWrongKeyAnUnknownPrincipalAndAnUnknownHostApart() throws Exception {
        String principal = account + "@" + realm;
        for (Map.Entry<String, DirectoryConnections> one : Map.of(
                        "DirectoryKeytabRejected",
                        connections(TlsMode.KERBEROS, host, principal, "another password"),
                        "DirectoryPrincipalUnknown",
                        connections(TlsMode.KERBEROS, host, "nobody-" + principal, PASSWORD),
                        "DirectoryServicePrincipalUnknown",
                        connections(TlsMode.KERBEROS, address().getHostAddress(), principal, PASSWORD))
                .entrySet()) {
            try (DirectoryConnections connections = one.getValue()) {
                assertThat(failure(connections.take()).reason()).isEqualTo(one.getKey());
            }
        }
    }

    @Test
    void tellsThatTheAccountIsDisabled() throws Exception {
        domain.set(domain.dn("krb"), "userAccountControl", "66050");
        try (DirectoryConnections connections = connections(TlsMode.KERBEROS, host, account + "@" + realm, PASSWORD)) {
            assertThat(failure(connections.take()).reason()).isEqualTo("DirectoryAccountRevoked");
        }
    }
}
