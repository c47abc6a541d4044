package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import dev.salesforcesync.directory.DirectorySettings.Credentials;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.ServerDiscovery.Server;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** How one server is connected to and entered. */
final class ServerAccess implements AutoCloseable {
    /** One report of changes may hold every member of a group: 1,000,000 names of 200 bytes. */
    private static final int MAX_MESSAGE_BYTES = 200 * 1024 * 1024;

    private final DirectorySettings settings;
    private final Network network;
    private final Result<SSLSocketFactory> trust;
    private final Optional<KerberosSignIn> kerberos;

    ServerAccess(DirectorySettings settings, Network network) {
        this.settings = settings;
        this.network = network;
        this.trust = ServerTrust.socketFactory(settings.caPem())
                .map(sockets -> new TimedTlsSockets(sockets, network.connect()));
        this.kerberos = settings.credentials() instanceof Credentials.Keytab keytab
                ? Optional.of(new KerberosSignIn(keytab, settings.tls(), network))
                : Optional.empty();
    }

    /** What is wrong with the settings themselves, whatever the server. */
    Optional<Failure> problem() {
        if (settings.tls() == TlsMode.KERBEROS && kerberos.isEmpty()) {
            return Optional.of(new Failure.Terminal(
                    "DirectorySettingsInvalid",
                    "directory.tls.mode Kerberos needs a bind Secret with principal and keytab: a password would cross"
                            + " the network in clear text."));
        }
        Optional<Failure> unusable = kerberos.flatMap(KerberosSignIn::problem);
        if (unusable.isPresent()) {
            return unusable;
        }
        return trust instanceof Result.Failed<SSLSocketFactory> failed
                ? Optional.of(failed.failure())
                : Optional.empty();
    }

    /** A connection that is protected and bound. */
    LDAPConnection open(Server server) throws LDAPException {
        return open(server, options());
    }

    /** Likewise, for requests that have no end. */
    LDAPConnection openWithoutEnd(Server server) throws LDAPException {
        LDAPConnectionOptions options = options();
        options.setUseSynchronousMode(false);
        options.setUseKeepAlive(true);
        return open(server, options);
    }

    private LDAPConnection open(Server server, LDAPConnectionOptions options) throws LDAPException {
        LDAPConnection connection = serverSet(server, options).getConnection();
        try {
            if (kerberos.isPresent()) {
                kerberos.get().bind(connection, server.host());
            } else if (settings.credentials() instanceof Credentials.Password password) {
                connection.bind(new SimpleBindRequest(password.name(), password.password()));
            }
            return connection;
        } catch (LDAPException e) {
            HangUp.on(connection);
            throw e;
        }
    }

    private ServerSet serverSet(Server server, LDAPConnectionOptions options) throws LDAPException {
        if (settings.tls() == TlsMode.KERBEROS) {
            return new SingleServerSet(server.host(), server.port(), null, options, null, null);
        }
        SSLSocketFactory sockets = ((Result.Ok<SSLSocketFactory>) trust).value();
        return settings.tls() == TlsMode.LDAPS
                ? new SingleServerSet(server.host(), server.port(), sockets, options, null, null)
                : new SingleServerSet(
                        server.host(), server.port(), null, options, null, new StartTLSPostConnectProcessor(sockets));
    }

    private LDAPConnectionOptions options() {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis((int) network.connect().toMillis());
        options.setResponseTimeoutMillis(network.response().toMillis());
        options.setFollowReferrals(false);
        options.setUseSynchronousMode(true);
        options.setMaxMessageSize(MAX_MESSAGE_BYTES);
        options.setBindWithDNRequiresPassword(true);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(false));
        options.setNameResolver(network.names());
        return options;
    }

    @Override
    public void close() {
        kerberos.ifPresent(KerberosSignIn::close);
    }
}
