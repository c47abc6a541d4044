package dev.salesforcesync.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.leak.ClusterTape;
import dev.salesforcesync.leak.FileSearch;
import dev.salesforcesync.leak.LeakSearch;
import dev.salesforcesync.leak.LogTape;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettingsBuilder;
import dev.salesforcesync.sandbox.salesforce.org.SignInPolicy;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * A whole operator with every way to sign in that holds a secret meets what goes wrong, and nothing that anybody can
 * read afterwards holds one of the secrets.
 */
class NothingLeaksTest {
    private static final KeyPair KEYS = keys();
    private static final String CLIENT_SECRET = FileSearch.MARKER + "client/\"<&>+secret";
    private static final String WRONG_SECRET = FileSearch.MARKER + "wrong-secret";
    private static final String PASSWORD = FileSearch.MARKER + "pass&<word>1A";
    private static final String PROXY_PASSWORD = FileSearch.MARKER + "proxy:password";
    private static final String PEM = "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(KEYS.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";

    private final LeakSearch secrets = new LeakSearch()
            .secret("client secret", CLIENT_SECRET)
            .secret("wrong secret", WRONG_SECRET)
            .secret("password", PASSWORD)
            .secret("proxy password", PROXY_PASSWORD)
            .secret("private key", PEM);
    private final LeakSearch people = new LeakSearch();

    @Test
    void nothingAnybodyCanReadHoldsASecretOrAName() {
        Map<String, String> artefacts = play(LogTape::atShippedLevels);

        assertThat(artefacts.get("log audit")).contains("\"action\"");
        assertThat(secrets.in(artefacts)).isEmpty();
        // The ledger alone may name somebody, while a creation is under way: by the username the answer is looked for.
        artefacts.computeIfPresent("ConfigMap", (where, text) -> text.replaceAll("(\\\\n|\")I [^\"\\\\]*", "$1"));
        assertThat(people.in(artefacts)).isEmpty();
    }

    @Test
    void noLevelOfLoggingMakesTheProductTellASecret() {
        Map<String, String> artefacts = play(LogTape::ofEverything);

        // The API server that stands in for a real one runs in this process too.
        artefacts.keySet().removeIf(where -> where.startsWith("log io.fabric8.kubernetes.client.server.mock."));
        assertThat(secrets.in(artefacts)).isEmpty();
    }

    @Test
    void whatIsPlantedInAChannelIsFoundThere() {
        LeakSearch planted = new LeakSearch();
        Map<String, String> artefacts = new TreeMap<>();
        try (LogTape log = LogTape.atShippedLevels();
                Scene scene = new Scene();
                ClusterTape cluster =
                        new ClusterTape(scene.client(), scene.operator().port());
                Stage stage = scene.stage()) {
            Function<String, String> plant = channel -> {
                String secret = FileSearch.MARKER + channel;
                planted.secret(channel, secret);
                return secret;
            };
            LoggerFactory.getLogger("dev.salesforcesync.somewhere").trace("a line with {}", plant.apply("log"));
            LoggerFactory.getLogger("audit").info("{\"field\":\"{}\"}", plant.apply("audit"));
            LoggerFactory.getLogger("com.unboundid").warn("x", new IllegalStateException(plant.apply("exception")));
            java.util.logging.Logger.getLogger("com.sforce").warning(plant.apply("julian"));
            System.out.println(plant.apply("stdout"));
            System.err.println(Base64.getEncoder().encodeToString(("x" + plant.apply("stderr")).getBytes(UTF_8)));
            // The operator itself carries a resource's name into its log, threads, metrics and events.
            stage.orgSecret("clientSecret", "first-secret");
            stage.connection(plant.apply("name"), "");
            stage.awaitConnection(FileSearch.MARKER + "name", ready -> "True".equals(ready.getStatus()));
            stage.awaitThat(
                    "the metrics show it",
                    () -> String.valueOf(cluster.text().get("metrics")).contains(FileSearch.MARKER + "name"));
            scene.stopOperator();
            stage.plant(
                    FileSearch.MARKER + "name", plant.apply("status"), plant.apply("event"), plant.apply("configmap"));
            artefacts.putAll(cluster.text());
            artefacts.putAll(log.text());
        }

        Map<String, Set<String>> found = new TreeMap<>();
        planted.in(artefacts)
                .forEach(leak -> found.computeIfAbsent(leak.secret(), name -> new TreeSet<>())
                        .add(leak.where()));
        assertThat(found.get("log")).containsExactly("log dev.salesforcesync.somewhere");
        assertThat(found.get("audit")).containsExactly("log audit");
        assertThat(found.get("exception")).containsExactly("log com.unboundid");
        assertThat(found.get("julian")).contains("log com.sforce");
        assertThat(found.get("stdout")).containsExactly("stdout");
        assertThat(found.get("stderr")).containsExactly("stderr");
        assertThat(found.get("status")).containsExactly("SalesforceConnection");
        assertThat(found.get("event")).containsExactly("Event");
        assertThat(found.get("configmap")).containsExactly("ConfigMap");
        assertThat(found.get("name"))
                .contains(
                        "Event",
                        "SalesforceConnection",
                        "log dev.salesforcesync.converge.ConnectionEngine",
                        "metrics",
                        "thread names");
    }

    /** Everything that can be read of an operator from its start to after its end. */
    private Map<String, String> play(Supplier<LogTape> levels) {
        Map<String, String> artefacts = new TreeMap<>();
        try (LogTape log = levels.get()) {
            Scene scene = new Scene();
            try (ClusterTape cluster =
                    new ClusterTape(scene.client(), scene.operator().port())) {
                secrets.secret("bind password", scene.directory().password());
                byClientSecretThroughAProxy(scene);
                byKey(scene);
                byPasswordGrant(scene);
                bySoapLogin(scene);
                artefacts.putAll(cluster.text());
            }
            scene.close();
            artefacts.putAll(log.text());
        }
        return artefacts;
    }

    private void byClientSecretThroughAProxy(Scene scene) {
        try (TunnelProxy proxy = new TunnelProxy("proxy-user", PROXY_PASSWORD);
                Stage stage = scene.stage(namespace -> SalesforceOrgServer.startSecure(
                        settings(namespace, SignInPolicy.DEFAULT).build(), 0))) {
            watch(stage, "anna", "bert", "closeaftercommit", "rowlocked", "unknownstatuscode");
            stage.person("anna");
            stage.secret("proxy", Map.of("username", "proxy-user", "password", PROXY_PASSWORD));
            orgSecret(stage, CLIENT_SECRET, Map.of("ca.crt", stage.org().caPem()));
            stage.directorySecret(scene.directory().password());
            stage.connection(Stage.CONNECTION, """
                    tls: {caSecretRef: {name: org, key: ca.crt}}
                    proxy: {url: "%s", credentialsSecretRef: {name: proxy}}
                    """.formatted(proxy.url()));
            stage.policy("");
            stage.awaitReady();
            assertThat(proxy.tunnels()).isPositive();

            refusedWrites(stage);
            lostSessions(stage);
            refusedRules(stage);
            refusedBind(scene, stage);

            stage.secret("proxy", Map.of("username", "proxy-user", "password", WRONG_SECRET));
            stage.awaitConnection(
                    Stage.CONNECTION, ready -> "SalesforceProxyAuthenticationRequired".equals(ready.getReason()));
            stage.secret("proxy", Map.of("username", "proxy-user", "password", PROXY_PASSWORD));
            stage.awaitConnection(Stage.CONNECTION, ready -> "True".equals(ready.getStatus()));
            orgSecret(stage, WRONG_SECRET, Map.of("ca.crt", stage.org().caPem()));
            stage.awaitConnection(Stage.CONNECTION, ready -> "SalesforceCredentialsRejected".equals(ready.getReason()));
            collectSessions(stage);
        }
    }

    private static void refusedWrites(Stage stage) {
        List<Fault> faults = List.of(
                new Fault.CloseAfterCommit(),
                new Fault.TruncatedAnswer(),
                new Fault.UnknownSoapHeader(),
                new Fault.UnknownStatusCode(0),
                new Fault.RowLocked(0));
        for (Fault fault : faults) {
            stage.org().faults().nextWrites(1, fault);
            String account = fault.label().toLowerCase(Locale.ROOT);
            stage.person(account);
            stage.awaitThat(account + " came", () -> stage.user(account).isPresent());
        }
        // The org refuses the value and quotes it.
        stage.set("anna", "mail", "no address of " + stage.username("anna"));
        stage.awaitNotReady("UsersFailing");
        stage.set("anna", "mail", stage.username("anna"));
        stage.awaitReady();
        stage.org().faults().nextWrites(1, new Fault.Html503());
        stage.person("bert");
        stage.awaitNotReady("UsersFailing");
        stage.changePolicy("variables: {unused: \"'rules that are new are tried at once'\"}");
        stage.awaitReady();
    }

    private static void lostSessions(Stage stage) {
        for (Fault fault : List.of(new Fault.SessionExpired(), new Fault.Html503(), new Fault.DailyLimitReached())) {
            stage.org().faults().next(1_000, fault);
            stage.changePolicy("intervals: {fullComparison: 200m}");
            stage.awaitPolicy(ready -> "False".equals(ready.getStatus())
                    && (ready.getReason().startsWith("Salesforce") || "DependencyNotReady".equals(ready.getReason())));
            stage.org().faults().clear();
            // A changed connection and changed rules are tried at once.
            stage.changeConnection("probeInterval: 1" + fault.label().length() + "s");
            stage.awaitConnection(Stage.CONNECTION, ready -> "True".equals(ready.getStatus()));
            stage.changePolicy("intervals: {fullComparison: 30" + fault.label().length() + "m}");
            stage.awaitReady();
        }
    }

    private static void refusedRules(Stage stage) {
        stage.changePolicy("attributes: [{field: LastNaem, expression: \"user.sn\"}]");
        stage.awaitNotReady("RulesRefused");
        stage.changePolicy("attributes: [{field: Title, expression: \"user.sn.substring(400)\"}]");
        stage.awaitNotReady("UsersFailing");
        stage.changePolicy("attributes: null");
        stage.awaitReady();
    }

    private static void refusedBind(Scene scene, Stage stage) {
        stage.directorySecret(WRONG_SECRET);
        stage.awaitNotReady("DirectoryCredentialsRejected");
        stage.directorySecret(scene.directory().password());
        stage.awaitReady();
    }

    private void byKey(Scene scene) {
        try (Stage stage = scene.stage(namespace -> SalesforceOrgServer.start(
                settings(namespace, SignInPolicy.DEFAULT.withClientKey(KEYS.getPublic()))
                        .build(),
                0))) {
            String username = stage.org().org().settings().runAsUsername();
            orgSecret(stage, CLIENT_SECRET, Map.of("key.pem", PEM));
            String way = """
                    authentication:
                      clientCredentials: null
                      jwtBearer:
                        username: %s
                        audience: %s
                        clientIdSecretRef: {name: org, key: clientId}
                        privateKeySecretRef: {name: org, key: key.pem}
                    """;
            stage.connection(Stage.CONNECTION, way.formatted(username, "https://aud.example"));
            stage.awaitConnection(Stage.CONNECTION, ready -> "SalesforceAudienceRejected".equals(ready.getReason()));
            stage.connection(Stage.CONNECTION, way.formatted(username, "https://test.salesforce.com"));
            stage.awaitConnection(Stage.CONNECTION, ready -> "True".equals(ready.getStatus()));
            orgSecret(stage, CLIENT_SECRET, Map.of("key.pem", PEM.substring(0, PEM.length() - 60)));
            stage.awaitConnection(Stage.CONNECTION, ready -> "SalesforcePrivateKeyInvalid".equals(ready.getReason()));
            collectSessions(stage);
        }
    }

    private void byPasswordGrant(Scene scene) {
        try (Stage stage = scene.stage(namespace -> SalesforceOrgServer.start(
                settings(
                                namespace,
                                SignInPolicy.DEFAULT.withPasswords(true, true).outsideTrustedNetworks())
                        .build(),
                0))) {
            String username = stage.org().org().settings().runAsUsername();
            passwordSecret(stage, PASSWORD);
            stage.connection(Stage.CONNECTION, """
                    authentication:
                      clientCredentials: null
                      usernamePassword:
                        username: %s
                        passwordSecretRef: {name: org, key: password}
                        securityTokenSecretRef: {name: org, key: token}
                        clientIdSecretRef: {name: org, key: clientId}
                        clientSecretSecretRef: {name: org, key: clientSecret}
                    """.formatted(username));
            stage.awaitConnection(Stage.CONNECTION, ready -> "True".equals(ready.getStatus()));
            passwordSecret(stage, WRONG_SECRET);
            stage.awaitConnection(Stage.CONNECTION, ready -> "False".equals(ready.getStatus()));
            collectSessions(stage);
        }
    }

    private void bySoapLogin(Scene scene) {
        try (Stage stage = scene.stage(namespace -> SalesforceOrgServer.start(
                settings(namespace, SignInPolicy.DEFAULT.outsideTrustedNetworks())
                        .build(),
                0))) {
            String username = stage.org().org().settings().runAsUsername();
            passwordSecret(stage, PASSWORD);
            stage.connection(Stage.CONNECTION, """
                    apiVersion: "64.0"
                    authentication:
                      clientCredentials: null
                      usernamePassword:
                        username: %s
                        passwordSecretRef: {name: org, key: password}
                        securityTokenSecretRef: {name: org, key: token}
                    """.formatted(username));
            stage.awaitConnection(Stage.CONNECTION, ready -> "True".equals(ready.getStatus()));
            passwordSecret(stage, WRONG_SECRET);
            stage.awaitConnection(Stage.CONNECTION, ready -> "False".equals(ready.getStatus()));
            collectSessions(stage);
        }
    }

    private static OrgSettingsBuilder settings(String namespace, SignInPolicy ways) {
        return OrgSettings.builder(namespace)
                .client("client-of-" + namespace, CLIENT_SECRET)
                .signIn(ways);
    }

    private static void orgSecret(Stage stage, String clientSecret, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put("clientId", stage.org().org().settings().clientId());
        values.put("clientSecret", clientSecret);
        stage.secret("org", values);
    }

    private void passwordSecret(Stage stage, String password) {
        var org = stage.org().org();
        String user = org.user(org.settings().runAsUsername()).orElseThrow().id();
        String admin = org.user(org.settings().adminUsername()).orElseThrow().id();
        if (password.equals(PASSWORD)) {
            org.setPassword(admin, user, password);
        }
        String token = org.securityTokenOf(user);
        secrets.secret("security token", token);
        orgSecret(stage, CLIENT_SECRET, Map.of("password", password, "token", token));
    }

    private void collectSessions(Stage stage) {
        List<String> keys = new ArrayList<>(stage.org().org().sessions().keys());
        assertThat(keys).isNotEmpty();
        keys.forEach(key -> secrets.secret("session id", key));
    }

    private void watch(Stage stage, String... accounts) {
        for (String account : accounts) {
            people.secret("username of " + account, stage.username(account));
            people.secret("last name of " + account, "Personlike-" + account);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
