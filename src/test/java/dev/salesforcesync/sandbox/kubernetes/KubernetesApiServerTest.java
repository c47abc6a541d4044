package dev.salesforcesync.sandbox.kubernetes;

import static dev.salesforcesync.sandbox.kubernetes.WidgetServer.WIDGETS;
import static dev.salesforcesync.sandbox.kubernetes.WidgetServer.widget;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubernetesApiServerTest {

    private static final String MERGE = "application/merge-patch+json";

    private final WidgetServer api = new WidgetServer();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void saysWhichKindsItServesWithTheirShortNamesAndCategories() {
        JsonNode list = api.get("/apis/example.test/v1alpha1").body();

        assertThat(list.findValuesAsText("name")).containsExactly("widgets", "widgets/status");
        assertThat(Json.texts(list.at("/resources/0/shortNames"))).containsExactly("wd");
        assertThat(Json.texts(list.at("/resources/0/categories"))).containsExactly("toys");
        assertThat(api.get("/apis").body().at("/groups").findValuesAsText("groupVersion"))
                .contains("example.test/v1alpha1", "coordination.k8s.io/v1", "apiextensions.k8s.io/v1");
        assertThat(api.get("/api/v1").body().findValuesAsText("name"))
                .contains("namespaces", "secrets", "configmaps", "events");
        assertThat(api.get("/version").body().at("/minor").asText()).isEqualTo("32");
    }

    @Test
    void answersTablesWithThePrinterColumnsOfTheDefinition() {
        api.post(WIDGETS, widget("one", "{\"mode\":\"Enforce\",\"size\":3}"));
        api.send(
                "PATCH",
                WIDGETS + "/one/status",
                MERGE,
                "{\"status\":{\"conditions\":[{\"type\":\"Other\",\"status\":\"False\"},"
                        + "{\"type\":\"Ready\",\"status\":\"True\"}]}}");

        JsonNode table = api.table(WIDGETS).body();

        assertThat(table.at("/kind").asText()).isEqualTo("Table");
        assertThat(table.at("/columnDefinitions").findValuesAsText("name"))
                .containsExactly("Name", "Ready", "Mode", "Size", "Age");
        assertThat(table.at("/columnDefinitions").findValuesAsText("priority"))
                .containsExactly("0", "0", "0", "1", "0");
        JsonNode cells = table.at("/rows/0/cells");
        assertThat(cells).hasSize(5);
        assertThat(cells.get(0).asText()).isEqualTo("one");
        assertThat(cells.get(1).asText()).isEqualTo("True");
        assertThat(cells.get(2).asText()).isEqualTo("Enforce");
        assertThat(cells.get(3).isInt()).isTrue();
        assertThat(cells.get(4).asText()).matches("\\d+s");
        assertThat(table.at("/rows/0/object/metadata/namespace").asText()).isEqualTo("default");
    }

    @Test
    void refusesWhatBreaksTheSchemaAndNamesTheField() {
        var answer = api.post(WIDGETS, widget("one", "{\"mode\":\"Sometimes\"}"));

        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.body().at("/reason").asText()).isEqualTo("Invalid");
        assertThat(answer.body().at("/message").asText())
                .isEqualTo("Widget.example.test \"one\" is invalid: spec.mode: Unsupported value: \"Sometimes\":"
                        + " supported values: \"Preview\", \"Enforce\"");
        assertThat(answer.body().at("/details/causes/0/field").asText()).isEqualTo("spec.mode");
        assertThat(answer.body().at("/details/causes/0/reason").asText()).isEqualTo("FieldValueNotSupported");
        assertThat(api.get(WIDGETS + "/one").code()).isEqualTo(404);
    }

    @Test
    void refusesPatchesAndReplacementsThatBreakTheSchemaToo() {
        api.post(WIDGETS, widget("one", "{\"note\":\"first\"}"));

        assertThat(api.send("PATCH", WIDGETS + "/one", MERGE, "{\"spec\":{\"note\":\"second\"}}")
                        .body()
                        .at("/message")
                        .asText())
                .contains("note must not be changed");
        assertThat(api.get(WIDGETS + "/one").body().at("/spec/note").asText()).isEqualTo("first");
    }

    @Test
    void refusesUnknownFieldsWhenAskedToBeStrictAndWarnsOtherwise() {
        String unknown = widget("one", "{\"mood\":\"good\"}");

        var strict = api.post(WIDGETS + "?fieldValidation=Strict", unknown);
        var lenient = api.post(WIDGETS, unknown);
        var patched =
                api.send("PATCH", WIDGETS + "/one?fieldValidation=Strict", MERGE, "{\"spec\":{\"mood\":\"bad\"}}");

        assertThat(strict.code()).isEqualTo(400);
        assertThat(strict.body().at("/message").asText())
                .isEqualTo("Widget in version \"v1alpha1\" cannot be handled as a Widget: strict decoding error:"
                        + " unknown field \"spec.mood\"");
        assertThat(lenient.code()).isEqualTo(201);
        assertThat(lenient.warning()).isEqualTo("299 - \"unknown field \\\"spec.mood\\\"\"");
        assertThat(lenient.body().at("/spec").has("mood")).isFalse();
        assertThat(patched.code()).isEqualTo(422);
        assertThat(patched.body().at("/message").asText())
                .contains("strict decoding error: unknown field \"spec.mood\"");
    }

    @Test
    void storesDefaultsOnTheWayIn() {
        api.post(WIDGETS, widget("one", "{}"));

        assertThat(api.get(WIDGETS + "/one").body().at("/spec/mode").asText()).isEqualTo("Preview");
    }

    @Test
    void keepsSpecAndStatusApart() {
        String withStatus = widget("one", "{\"size\":1}").replaceFirst("}$", ",\"status\":{\"observedGeneration\":9}}");
        api.post(WIDGETS, withStatus);
        assertThat(api.get(WIDGETS + "/one").body().has("status")).isFalse();

        var status = api.send(
                "PATCH",
                WIDGETS + "/one/status?fieldManager=me",
                MERGE,
                "{\"spec\":{\"size\":7},\"status\":{\"observedGeneration\":1}}");
        var spec = api.send(
                "PATCH", WIDGETS + "/one", MERGE, "{\"spec\":{\"size\":2},\"status\":{\"observedGeneration\":5}}");

        assertThat(status.code()).isEqualTo(200);
        assertThat(status.body().at("/spec/size").asInt()).isEqualTo(1);
        assertThat(status.body().at("/metadata/generation").asInt()).isEqualTo(1);
        JsonNode stored = api.get(WIDGETS + "/one").body();
        assertThat(spec.code()).isEqualTo(200);
        assertThat(stored.at("/spec/size").asInt()).isEqualTo(2);
        assertThat(stored.at("/status/observedGeneration").asInt()).isEqualTo(1);
        assertThat(stored.at("/metadata/generation").asInt()).isEqualTo(2);
    }

    @Test
    void leavesTheVersionAloneWhenNothingChanges() {
        String before = Json.text(api.post(WIDGETS, widget("one", "{}")).body(), "metadata", "resourceVersion");

        api.send("PATCH", WIDGETS + "/one", MERGE, "{\"spec\":{\"mode\":\"Preview\"}}");

        assertThat(Json.text(api.get(WIDGETS + "/one").body(), "metadata", "resourceVersion"))
                .isEqualTo(before);
    }

    @Test
    void refusesStaleVersionsAndDuplicates() {
        JsonNode stale = api.post(WIDGETS, widget("one", "{}")).body();
        api.send("PATCH", WIDGETS + "/one", MERGE, "{\"spec\":{\"size\":2}}");

        var conflict = api.send("PUT", WIDGETS + "/one", "application/json", stale.toString());
        var duplicate = api.post(WIDGETS, widget("one", "{}"));

        assertThat(conflict.code()).isEqualTo(409);
        assertThat(conflict.body().at("/reason").asText()).isEqualTo("Conflict");
        assertThat(conflict.body().at("/message").asText()).contains("the object has been modified");
        assertThat(duplicate.body().at("/reason").asText()).isEqualTo("AlreadyExists");
    }

    @Test
    void takesJsonPatches() {
        api.post(WIDGETS, widget("one", "{\"size\":1}"));

        var good = api.send(
                "PATCH",
                WIDGETS + "/one",
                "application/json-patch+json",
                "[{\"op\":\"replace\",\"path\":\"/spec/size\",\"value\":4}]");
        var bad = api.send(
                "PATCH",
                WIDGETS + "/one",
                "application/json-patch+json",
                "[{\"op\":\"remove\",\"path\":\"/spec/nothing\"}]");

        assertThat(good.body().at("/spec/size").asInt()).isEqualTo(4);
        assertThat(bad.code()).isEqualTo(422);
    }

    @Test
    void appliesOnTheServerSideAndForgetsWhatItsManagerNoLongerWants() {
        String path = WIDGETS + "/one?fieldManager=me";
        var created = api.send("PATCH", path, "application/apply-patch+yaml", """
                apiVersion: example.test/v1alpha1
                kind: Widget
                metadata: {name: one}
                spec: {size: 1, mode: Enforce}
                """);
        api.send("PATCH", WIDGETS + "/one", MERGE, "{\"metadata\":{\"labels\":{\"kept\":\"yes\"}}}");
        var again = api.send("PATCH", path, "application/apply-patch+yaml", """
                apiVersion: example.test/v1alpha1
                kind: Widget
                metadata: {name: one}
                spec: {mode: Enforce}
                """);

        assertThat(created.code()).isEqualTo(201);
        assertThat(again.code()).isEqualTo(200);
        assertThat(again.body().at("/spec").has("size")).isFalse();
        assertThat(again.body().at("/metadata/labels/kept").asText()).isEqualTo("yes");
    }

    @Test
    void checksWithoutStoringInADryRun() {
        assertThat(api.post(WIDGETS + "?dryRun=All", widget("one", "{}")).code())
                .isEqualTo(201);

        assertThat(api.get(WIDGETS + "/one").code()).isEqualTo(404);
    }

    @Test
    void refusesNamesANamespaceCannotHaveAndNamespacesThatAreNotThere() {
        var name = api.post(WIDGETS, widget("One_Two", "{}"));
        var namespace = api.post(WIDGETS.replace("default", "nowhere"), widget("one", "{}"));

        assertThat(name.code()).isEqualTo(422);
        assertThat(name.body().at("/message").asText())
                .contains("metadata.name")
                .contains("RFC 1123");
        assertThat(namespace.body().at("/message").asText()).isEqualTo("namespaces \"nowhere\" not found");
    }

    @Test
    void turnsPlainSecretTextIntoData() {
        api.post(
                "/api/v1/namespaces/default/secrets",
                "{\"metadata\":{\"name\":\"s\"},\"data\":{\"a\":\"YQ==\"},\"stringData\":{\"b\":\"hello\"}}");

        JsonNode secret = api.get("/api/v1/namespaces/default/secrets/s").body();
        assertThat(secret.at("/data/a").asText()).isEqualTo("YQ==");
        assertThat(secret.at("/data/b").asText()).isEqualTo("aGVsbG8=");
        assertThat(secret.has("stringData")).isFalse();
        assertThat(secret.at("/type").asText()).isEqualTo("Opaque");
    }

    @Test
    void findsTheEventsOfOneObject() {
        for (String uid : new String[] {"1", "2"}) {
            api.post(
                    "/api/v1/namespaces/default/events",
                    "{\"metadata\":{\"name\":\"e" + uid + "\"},\"involvedObject\":{\"name\":\"one\",\"uid\":\"" + uid
                            + "\"}}");
        }

        JsonNode found = api.get("/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Done"
                        + ",involvedObject.uid%3D2&limit=500")
                .body();

        assertThat(found.at("/items").findValuesAsText("uid")).contains("2").doesNotContain("1");
        assertThat(found.at("/items")).hasSize(1);
    }

    @Test
    void deletesWithANamespaceWhatIsInIt() {
        api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"team\"}}");
        String widgets = WIDGETS.replace("default", "team");
        api.post(widgets, widget("one", "{}"));

        api.send("DELETE", "/api/v1/namespaces/team", "application/json", "{}");

        assertThat(api.get("/apis/example.test/v1alpha1/widgets").body().at("/items"))
                .isEmpty();
        assertThat(api.get("/api/v1/namespaces").body().at("/items").findValuesAsText("name"))
                .containsExactly("default", "kube-system");
    }

    @Test
    void tellsEverybodyThatEverythingIsAllowed() {
        var answer = api.post(
                "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectRulesReview\",\"spec\":{}}");

        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.body().at("/status/resourceRules/0/verbs/0").asText()).isEqualTo("*");
    }

    @Test
    void servesSchemasAndTakesFieldValidationAsFarAsOpenApiTells() {
        JsonNode index = api.get("/openapi/v3").body();
        String url = index.at("/paths")
                .path("apis/example.test/v1alpha1")
                .path("serverRelativeURL")
                .asText();

        JsonNode document = api.get(url).body();

        JsonNode patch = document.path("paths")
                .path("/apis/example.test/v1alpha1/namespaces/{namespace}/widgets/{name}")
                .path("patch");
        assertThat(patch.at("/parameters").findValuesAsText("name")).contains("fieldValidation");
        assertThat(patch.at("/x-kubernetes-group-version-kind/kind").asText()).isEqualTo("Widget");
        assertThat(document.at("/components/schemas/example.test.v1alpha1.Widget/properties/spec/description")
                        .asText())
                .isEqualTo("What is wanted.");
    }

    @Test
    void answersUnknownPathsAsNotFound() {
        assertThat(api.get("/apis/nobody.example/v1/things").code()).isEqualTo(404);
        assertThat(api.get("/nothing").body().at("/reason").asText()).isEqualTo("NotFound");
    }
}
