package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.SignInPolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sandbox org answers REST and OAuth in the shape and in the words that other clients have recorded from real orgs. */
class RecordedAnswersTest {
    private static final String TOKEN = "/services/oauth2/token";
    private static final String ADMIN = "admin@recorded.example";

    private SalesforceOrgServer server;
    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        server = SalesforceOrgServer.start(
                OrgSettings.builder("Recorded")
                        .signIn(SignInPolicy.DEFAULT.withPasswords(true, true))
                        .build(),
                0);
        scene = Scene.open(SandboxOrgContractTest.contractOrg(server));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tokens() {
        OrgSettings settings = server.org().settings();
        Wire.Answer token = anonymous().clientCredentials(settings.clientId(), settings.clientSecret());
        Wire.Answer refused = anonymous()
                .form(
                        TOKEN,
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                settings.clientId(),
                                "client_secret",
                                settings.clientSecret(),
                                "username",
                                ADMIN,
                                "password",
                                "wrong"));

        same("token", token);
        same("token-of-old", token);
        same("token-refused", refused);
    }

    @Test
    void refusals() {
        Map<String, Object> person = scene.person("refused");
        person.remove("LastName");

        same("session-dead", scene.wire().as("00D!dead").query("SELECT Id FROM User"));
        same("unknown-object", scene.wire().query("select count() from XYZZY"));
        same("external-id-unknown", scene.wire().get(Wire.DATA + "/sobjects/User/Namez/x"));
        same("required-missing", scene.wire().call("POST", Wire.DATA + "/sobjects/User", person));
    }

    @Test
    void rows() {
        String collection = Wire.DATA + "/composite/sobjects";
        Map<String, Object> row = Map.of("attributes", Map.of("type", "User"), "id", scene.user(), "Title", "x");
        Map<String, Object> anchored = scene.person("upserted");
        anchored.put("attributes", Map.of("type", "User"));
        anchored.put(OrgSettings.ANCHOR_FIELD, "an-anchor");

        same("created", scene.wire().call("POST", Wire.DATA + "/sobjects/User", scene.person("created")));
        same("row-updated", scene.wire().call("PATCH", collection, Map.of("records", List.of(row))));
        same(
                "row-upserted",
                scene.wire()
                        .call(
                                "PATCH",
                                collection + "/User/" + OrgSettings.ANCHOR_FIELD,
                                Map.of("records", List.of(anchored))));
    }

    @Test
    void composites() {
        String count = Wire.DATA + "/query?q=" + Wire.encode("SELECT Id FROM Account LIMIT 1");

        same("composite", composite(count, count));
        same("composite-not-found", composite(Wire.DATA + "/sobjects/Foo"));
    }

    @Test
    void queries() throws Exception {
        for (int at = 0; at < 201; at++) {
            scene.create(scene.person("page"));
        }

        same("query", scene.wire().query("SELECT Id, Name FROM User LIMIT 3"));
        same(
                "query-values",
                scene.wire().query("SELECT IsActive, LastName, CreatedDate, Profile.Name FROM User LIMIT 3"));
        same("query-first-page", scene.wire().query("SELECT Name FROM User", "Sforce-Query-Options", "batchSize=200"));
    }

    @Test
    void resources() {
        String organization = server.org().settings().id();

        same("versions", scene.wire().get("/services/data"));
        same("limits", scene.wire().get(Wire.DATA + "/limits"));
        same("organization", scene.wire().get(Wire.DATA + "/sobjects/Organization/" + organization));
    }

    @Test
    void describes() {
        JsonNode contact =
                scene.wire().get(Wire.DATA + "/sobjects/Contact/describe").json();

        assertThat(Recording.named("describe").differencesOf(contact)).isEmpty();
    }

    @Test
    void describesOfAllObjects() {
        Recording recorded = Recording.named("describe-global");
        JsonNode global = scene.wire().get(Wire.DATA + "/sobjects").json();
        var user = new ArrayList<JsonNode>();
        var flags = new TreeMap<String, String>();
        var labels = new TreeMap<String, String>();
        for (JsonNode object : global.path("sobjects")) {
            String name = object.path("name").asText();
            if (name.equals("User")) {
                user.add(object);
            }
            if (recorded.part("flags").has(name)) {
                flags.put(name, object.path("keyPrefix").asText() + set(object));
                labels.put(
                        name,
                        object.path("label").asText() + " / "
                                + object.path("labelPlural").asText());
            }
        }

        ((ObjectNode) global).putArray("sobjects").addAll(user);
        assertThat(recorded.differencesOf(global)).as("User").isEmpty();
        Map<String, String> expected = texts(recorded.part("flags"));
        recorded.part("flagsNotServed")
                .properties()
                .forEach(not -> expected.computeIfPresent(
                        not.getKey(),
                        (name, all) -> all.replace(" " + not.getValue().asText().split(":", 2)[0], "")));
        assertThat(flags).isEqualTo(expected);
        assertThat(labels).isEqualTo(texts(recorded.part("labels")));
    }

    private static void same(String recording, Wire.Answer answer) {
        assertThat(Recording.named(recording).differencesOf(answer.json()))
                .as(recording)
                .isEmpty();
    }

    private Wire anonymous() {
        return Wire.to(URI.create(server.baseUrl()));
    }

    private Wire.Answer composite(String... urls) {
        List<Map<String, String>> parts = IntStream.range(0, urls.length)
                .mapToObj(at -> Map.of("method", "GET", "url", urls[at], "referenceId", "ref" + at))
                .toList();
        return scene.wire().call("POST", Wire.DATA + "/composite", Map.of("compositeRequest", parts));
    }

    private static String set(JsonNode object) {
        var set = new StringBuilder();
        object.properties().forEach(field -> {
            if (field.getValue().asBoolean() && field.getValue().isBoolean()) {
                set.append(' ').append(field.getKey());
            }
        });
        return set.toString();
    }

    private static Map<String, String> texts(JsonNode node) {
        var texts = new TreeMap<String, String>();
        node.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
