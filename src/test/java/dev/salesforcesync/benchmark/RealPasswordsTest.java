package dev.salesforcesync.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import dev.salesforcesync.OperatorProcess;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.password.intake.Certificates;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The self-test: a password that is changed in a real domain, by whatever way, logs in to the org. The domain is the one
 * that {@code .ci/samba-ad/samba-ad.sh} runs with {@code capture.sh key}; {@code SALESFORCESYNC_CAPTURE} is where the
 * scripts are, and their settings are in the environment.
 */
@EnabledIfEnvironmentVariable(named = "SALESFORCESYNC_CAPTURE", matches = ".+")
class RealPasswordsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OU = "OU=Captured People";

    private static final Map<String, String> AD = new HashMap<>();
    private static PasswordTown town;
    private static KubernetesClient client;
    private static OperatorProcess operator;
    private static LDAPConnection ldap;

    @BeforeAll
    static void open() throws Exception {
        for (String setting : run(script("samba-ad.sh"), "env").split("\\s+", -1)) {
            AD.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        ldap = connect(ad("AD_BIND"), ad("AD_PASS"));
        clear();
        // A new domain lets people change a password once a day only.
        ldap.modify(ad("AD_BASE"), new Modification(ModificationType.REPLACE, "minPwdAge", "0"));
        ldap.add(unit(), new Attribute("objectClass", "organizationalUnit"));
        ldap.add(
                "CN=Captured,CN=Users," + ad("AD_BASE"),
                new Attribute("objectClass", "group"),
                new Attribute("sAMAccountName", "Captured"));
        for (String name : List.of("anna", "bert", "cora")) {
            ldap.add(
                    dn(name),
                    new Attribute("objectClass", "user"),
                    new Attribute("sAMAccountName", "pw-" + name),
                    new Attribute("userAccountControl", "512"),
                    new Attribute("unicodePwd", quoted("Before-1-Before-" + name)));
            ldap.modify(
                    "CN=Captured,CN=Users," + ad("AD_BASE"),
                    new Modification(ModificationType.ADD, "member", dn(name)));
        }
        town = new PasswordTown(new PasswordTown.Place(
                ad("AD_URL"), Files.readString(Path.of(ad("AD_CA"))), ad("AD_BIND"), ad("AD_PASS"), unit()));
        Certificates certificates = Certificates.of("localhost");
        town.secret(
                "salesforcesync-passwords-tls",
                Map.of("tls.crt", certificates.certificate(), "tls.key", certificates.key()));
        System.setProperty("kubeconfig", town.kubeconfig().toString());
        client = new KubernetesClientBuilder().build();
        operator = new OperatorProcess(
                OperatorConfig.from(
                        Map.of(
                                "POD_NAMESPACE", PasswordTown.NAMESPACE,
                                "ALLOWED_SALESFORCE_HOSTS", "http://127.0.0.1",
                                "LEADER_ELECTION", "false",
                                "HTTP_PORT", "0",
                                "PASSWORD_HTTPS_PORT", "0"),
                        "real"),
                client,
                "test");
        operator.start();
        town.awaitUsers(3);
        Path authority = Files.writeString(Files.createTempFile("agent", ".crt"), certificates.certificate());
        Path settings = Files.writeString(Files.createTempFile("agent", ".ini"), """
                [operator]
                url = https://localhost:%d/v1/policies/default/people/passwords
                token = %s
                ca = %s
                """.formatted(
                        operator.passwordHttpsPort().orElseThrow(), PasswordTown.TOKEN, authority));
        Path agent = Files.createTempFile("agent", ".sh");
        Files.writeString(
                agent,
                "#!/bin/bash\nexport SALESFORCESYNC_AGENT=" + settings + "\nexec "
                        + Path.of("samples/06-passwords/syncpasswords.py").toAbsolutePath() + "\n");
        assertThat(agent.toFile().setExecutable(true)).isTrue();
        run(script("capture.sh"), "up", agent.toString());
    }

    @AfterAll
    static void close() throws Exception {
        run(script("capture.sh"), "down");
        if (operator != null) {
            operator.close();
            client.close();
            town.close();
        }
        clear();
        ldap.close();
    }

    @Test
    void aPasswordSetBySambaToolLogsIn() throws Exception {
        String password = "By-Samba-Tool-1-\u00e4";
        run(
                "samba-tool",
                "user",
                "setpassword",
                "pw-anna",
                "--newpassword=" + password,
                "--configfile=" + ad("AD_CONF"));

        awaitLogin("pw-anna", password);
    }

    @Test
    void aPasswordSetByAnAdministratorOverLdapLogsIn() throws Exception {
        String password = "By-\"LDAP\"-1\\x";
        ldap.modify(dn("bert"), new Modification(ModificationType.REPLACE, "unicodePwd", quoted(password)));

        awaitLogin("pw-bert", password);
    }

    @Test
    void aPasswordThatThePersonChangesLogsIn() throws Exception {
        String password = "By-Herself-1-\u5bc6";
        try (LDAPConnection herself = connect(dn("cora"), "Before-1-Before-cora")) {
            herself.modify(
                    dn("cora"),
                    List.of(
                            new Modification(ModificationType.DELETE, "unicodePwd", quoted("Before-1-Before-cora")),
                            new Modification(ModificationType.ADD, "unicodePwd", quoted(password))));
        }

        awaitLogin("pw-cora", password);
    }

    @Test
    void nothingIsKeptOfSomebodyWhoIsNotMeant() throws Exception {
        ldap.add(
                dn("dora"),
                new Attribute("objectClass", "user"),
                new Attribute("sAMAccountName", "pw-dora"),
                new Attribute("userAccountControl", "512"),
                new Attribute("unicodePwd", quoted("Before-1-Before-dora")));
        ldap.modify(dn("dora"), new Modification(ModificationType.REPLACE, "unicodePwd", quoted("After-2-After-dora")));
        await().atMost(PATIENCE).until(() -> operatorSaid("receipt=\"notconcerned\""));

        String dora = ObjectGuid.ofBytes(ldap.getEntry(dn("dora"), "objectGUID").getAttributeValueBytes("objectGUID"))
                .toString();
        assertThat(town.kept())
                .noneMatch(kept -> dora.equals(new String(
                        Base64.getDecoder().decode(kept.getData().getOrDefault("person", "")),
                        StandardCharsets.UTF_8)));
    }

    private static boolean operatorSaid(String what) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operator.port() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains(what);
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static void awaitLogin(String account, String password) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> town.logsIn(account, password));
        await().atMost(PATIENCE).until(() -> town.pending() == 0);
    }

    private static LDAPConnection connect(String dn, String password) throws LDAPException, GeneralSecurityException {
        return new LDAPConnection(
                new SSLUtil(new TrustAllTrustManager()).createSSLSocketFactory(),
                ad("AD_URL").replaceAll("ldaps://|:636", ""),
                636,
                dn,
                password);
    }

    private static void clear() throws LDAPException {
        for (String name : List.of("anna", "bert", "cora", "dora")) {
            delete(dn(name));
        }
        delete(unit());
        delete("CN=Captured,CN=Users," + ad("AD_BASE"));
    }

    private static void delete(String dn) throws LDAPException {
        if (ldap.getEntry(dn, "1.1") != null) {
            ldap.delete(dn);
        }
    }

    private static byte[] quoted(String password) {
        return ("\"" + password + "\"").getBytes(StandardCharsets.UTF_16LE);
    }

    private static String unit() {
        return OU + "," + ad("AD_BASE");
    }

    private static String dn(String name) {
        return "CN=" + name + "," + unit();
    }

    private static String ad(String name) {
        return Objects.requireNonNull(AD.get(name), name);
    }

    private static String script(String name) {
        return Path.of(Objects.requireNonNull(System.getenv("SALESFORCESYNC_CAPTURE")), name)
                .toAbsolutePath()
                .toString();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The controller encrypts clear texts for this key, whoever writes to its database.
        builder.environment().put("GNUPGHOME", System.getenv("AD_DIR") + "/gnupg");
        Path output = Files.createTempFile("output", ".txt");
        Process process = builder.redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as(Arrays.toString(command))
                .isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as("%s: %s", command[0], said).isZero();
        return said.strip();
    }
}
