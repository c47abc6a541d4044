package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.GSSAPIBindRequest;
import com.unboundid.ldap.sdk.GSSAPIBindRequestProperties;
import com.unboundid.ldap.sdk.GSSAPIChannelBindingType;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SASLQualityOfProtection;
import dev.salesforcesync.directory.DirectorySettings.Credentials;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signs in by Kerberos with a keytab (SASL GSSAPI, RFC 4752). Java's Kerberos takes keytab and settings from files, and
 * the settings from one place for the whole process: they are put there for the length of one bind, one bind at a time.
 */
final class KerberosSignIn implements AutoCloseable {
    private static final Object ONE_AT_A_TIME = new Object();
    private static final String SETTINGS_FILE = "java.security.krb5.conf";
    private static final String LOGIN_FILE = "java.security.auth.login.config";
    private static final Pattern PRINCIPAL =
            Pattern.compile("[^\\s\"\\\\@{};]{1,256}@([A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?)");

    private final Credentials.Keytab keytab;
    private final TlsMode tls;
    private final Network network;
    private Optional<Path> folder = Optional.empty();
    private boolean closed;

    KerberosSignIn(Credentials.Keytab keytab, TlsMode tls, Network network) {
        this.keytab = keytab;
        this.tls = tls;
        this.network = network;
    }

    /** What is wrong with principal or keytab, as far as can be seen without asking anybody. */
    Optional<Failure> problem() {
        if (!PRINCIPAL.matcher(keytab.name()).matches()) {
            return Optional.of(new Failure.Terminal(
                    "DirectoryCredentialsInvalid",
                    "The bind Secret's principal is not of the form account@REALM. Correct it."));
        }
        try {
            // MIT's format of 1996: 5 and the version, 1 or 2.
            byte[] bytes = Base64.getDecoder().decode(keytab.keytab());
            if (bytes.length > 2 && bytes[0] == 5 && (bytes[1] == 1 || bytes[1] == 2)) {
                return Optional.empty();
            }
        } catch (IllegalArgumentException e) {
            return Optional.of(KerberosFailures.keytabInvalid());
        }
        return Optional.of(KerberosFailures.keytabInvalid());
    }

    /** Binds. The host name must be the domain controller's own, for which it has a key. */
    void bind(LDAPConnection connection, String host) throws LDAPException {
        synchronized (ONE_AT_A_TIME) {
            String settingsBefore = System.getProperty(SETTINGS_FILE);
            String loginBefore = System.getProperty(LOGIN_FILE);
            try {
                Path files = files();
                Path settings = files.resolve("krb5.conf");
                Files.writeString(settings, settings(host));
                System.setProperty(SETTINGS_FILE, settings.toString());
                connection.bind(request(files));
            } catch (IOException e) {
                throw new LDAPException(ResultCode.LOCAL_ERROR, "cannot write the keytab", e);
            } finally {
                restore(SETTINGS_FILE, settingsBefore);
                restore(LOGIN_FILE, loginBefore);
            }
        }
    }

    private GSSAPIBindRequest request(Path files) throws LDAPException {
        GSSAPIBindRequestProperties properties = new GSSAPIBindRequestProperties(keytab.name(), (String) null);
        properties.setConfigFilePath(files.resolve("login.conf").toString());
        if (tls == TlsMode.KERBEROS) {
            properties.setAllowedQoP(SASLQualityOfProtection.AUTH_CONF);
        } else {
            // Inside TLS a controller refuses to sign or seal once more, but wants to see that it is the same TLS.
            properties.setAllowedQoP(SASLQualityOfProtection.AUTH);
            properties.setChannelBindingType(GSSAPIChannelBindingType.TLS_SERVER_END_POINT);
        }
        GSSAPIBindRequest request = new GSSAPIBindRequest(properties);
        request.setResponseTimeoutMillis(network.response().toMillis());
        return request;
    }

    /** RFC 4120 by TCP with short timeouts; Java's own would be 90 s by UDP for a server that does not answer. */
    private String settings(String host) {
        String realm =
                keytab.name().substring(keytab.name().lastIndexOf('@') + 1).toUpperCase(Locale.ROOT);
        return String.join(
                "\n",
                "[libdefaults]",
                "default_realm = " + realm,
                "rdns = false",
                "dns_canonicalize_hostname = false",
                "dns_lookup_kdc = true",
                "udp_preference_limit = 1",
                "kdc_timeout = " + network.connect().toMillis(),
                "max_retries = 1",
                "[realms]",
                realm + " = {",
                "kdc = " + network.kdc().apply(host),
                "}",
                "");
    }

    private synchronized Path files() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (folder.isEmpty()) {
            Path made = Files.createTempDirectory("directory-", only("rwx------"));
            folder = Optional.of(made);
            Path file = Files.createFile(made.resolve("keytab"), only("rw-------"));
            Files.write(file, Base64.getDecoder().decode(keytab.keytab()));
            Files.writeString(
                    made.resolve("login.conf"),
                    "GSSAPIBindRequest"
                            + " {\ncom.sun.security.auth.module.Krb5LoginModule required refreshKrb5Config=true"
                            + " useTicketCache=false doNotPrompt=true useKeyTab=true keyTab=\"" + file
                            + "\" principal=\"" + keytab.name() + "\";\n};\n");
        }
        return folder.get();
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static void restore(String property, @Nullable String before) {
        if (before == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, before);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (Path made : folder.stream().toList()) {
            try {
                for (String name : new String[] {"keytab", "login.conf", "krb5.conf"}) {
                    Files.deleteIfExists(made.resolve(name));
                }
                Files.deleteIfExists(made);
            } catch (IOException e) {
                made.toFile().deleteOnExit();
            }
        }
        folder = Optional.empty();
    }
}
