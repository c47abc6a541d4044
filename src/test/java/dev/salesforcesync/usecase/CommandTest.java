package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.command.CommandLine;
import dev.salesforcesync.command.Console;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A pipeline asks the jar what a change of a policy would do, and why; and nothing is written by that. */
class CommandTest {
    private static Scene scene;

    @BeforeAll
    static void open() {
        scene = new Scene();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void planAndExplainSayWhatTheAnnotationsSay() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.createAsIntegrationUser("anna");
            stage.createAsIntegrationUser("zoe");
            stage.person("berta");
            int writes = stage.writeCalls();
            stage.play("mode: Preview");
            stage.awaitPolicy(ready -> stage.policyStatus().findPlan().isPresent());
            String plan = annotated(stage, "plan", "now");
            String explanation = annotated(stage, "explain", stage.username("berta"));

            Ended planned = call(stage, policy(stage, ""), "plan");
            Ended explained = call(stage, policy(stage, ""), "explain", "--person", stage.username("berta"));

            assertThat(plan).contains("Create person=", "Orphan user=", "linked by Username: 1");
            assertThat(belowPolicy(planned.out())).isEqualTo(belowPolicy(plan));
            assertThat(planned.out())
                    .contains("hash: "
                            + stage.policyStatus().findPlan().orElseThrow().hash() + "\n")
                    .contains("directory: read completely", "inScope 2, linked 1", "Create 1", "held: nothing");
            assertThat(planned.code()).isEqualTo(3);
            assertThat(explanation).contains("plan         Create");
            assertThat(belowPolicy(explained.out())).isEqualTo(belowPolicy(explanation));
            assertThat(explained.code()).isZero();
            assertThat(stage.writeCalls()).isEqualTo(writes).isZero();
        }
    }

    @Test
    void theMemoryOfTheOperatorCountsAndIsLeftAsItWas() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            int writes = stage.writeCalls();
            Map<String, String> cluster = versions(stage);

            Ended same = call(stage, policy(stage, ""), "plan");
            Ended changed = call(stage, policy(stage, """
                    attributes: [{field: Title, expression: "'Dr.'"}]
                    """), "plan");
            Ended without = call(
                    stage, policy(stage, "") + "---\n" + secrets(stage) + connection(stage), "plan", "--no-cluster");

            assertThat(same.code()).as(same.out() + same.err()).isZero();
            assertThat(same.out()).contains("linked by Ledger: 1", "actions: none", "spec.mode: Enforce");
            assertThat(same.err()).isEmpty();
            assertThat(changed.code()).isEqualTo(3);
            assertThat(changed.out()).contains("Update 1", "state=Preview Title: ");
            assertThat(without.out()).contains("linked by Username: 1");
            assertThat(without.err())
                    .contains("note: without the operator's memory of links, holds and rights: --no-cluster was given");
            assertThat(stage.writeCalls()).isEqualTo(writes);
            assertThat(versions(stage)).isEqualTo(cluster);
        }
    }

    @Test
    void whatTheGuardWouldHoldIsToldAndTakenFromNobody() throws IOException {
        try (Stage stage = scene.stage()) {
            List<String> people = List.of("a", "b", "c", "d", "e", "f", "g");
            people.forEach(stage::person);
            stage.converged();
            scene.stopOperator();
            people.forEach(stage::disable);
            int writes = stage.writeCalls();

            Ended planned = call(stage, policy(stage, ""), "plan", "-o", "json");

            JsonNode plan = new ObjectMapper().readTree(planned.out()).at("/policies/0");
            assertThat(plan.path("mode").textValue()).isEqualTo("Enforce");
            assertThat(plan.at("/actions/Freeze").intValue()).isEqualTo(7);
            assertThat(plan.path("lines").toString())
                    .contains("the guard would hold in Enforce: DEACTIVATE of 7 people");
            assertThat(planned.code()).isEqualTo(3);
            assertThat(stage.writeCalls()).isEqualTo(writes);
            assertThat(stage.isActive("a") && !stage.isFrozen("a")).isTrue();
        } finally {
            scene.restartOperator();
        }
    }

    @Test
    void whoHasNoAnswerIsToldWhy() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.play("mode: Preview");

            Ended noSecret = call(stage, policy(stage, "") + "---\n" + connection(stage), "plan", "--no-cluster");
            Ended noConnection = call(stage, policy(stage, ""), "plan", "--no-cluster");
            Ended wrongSecret = call(
                    stage,
                    policy(stage, "") + "---\n" + secrets(stage).replace("first-secret", "hush-hush")
                            + connection(stage),
                    "plan");
            Ended nobody = call(stage, policy(stage, ""), "explain", "--person", "nobody");
            Ended suspended = call(stage, policy(stage, "suspend: true"), "plan");
            Ended misspelt = call(stage, policy(stage, "mood: Preview"), "plan");
            Ended late = call(stage, policy(stage, ""), "plan", "--timeout", "1ms");
            Ended otherPolicy = call(stage, policy(stage, ""), "plan", "--policy", "others");

            assertThat(noSecret.err())
                    .contains(
                            "the Secret 'org' of namespace " + stage.namespace() + " is not among the files, and there"
                                    + " is no cluster to read it from (--no-cluster was given); add it to the files");
            assertThat(noConnection.err()).contains("the SalesforceConnection 'org' of namespace ");
            assertThat(wrongSecret.err())
                    .contains("SalesforceConnection/org: SalesforceCredentialsRejected. ")
                    .doesNotContain("hush-hush");
            assertThat(nobody.out()).contains("Nobody of that name is in this policy's searches");
            assertThat(nobody.code()).isEqualTo(3);
            assertThat(suspended.err()).contains("SyncPolicy/people: spec.suspend is true");
            assertThat(call(stage, policy(stage, ""), "plan", "--no-cluster", "-o", "json")
                            .out())
                    .contains("\"undecided\" : [ \"the SalesforceConnection 'org' of namespace ");
            assertThat(late.err()).contains("There is no answer in time; give a longer --timeout.");
            assertThat(misspelt.err()).contains("-:1 SyncPolicy/people spec.mood: unknown field");
            assertThat(Stream.of(noSecret, noConnection, wrongSecret, suspended, misspelt, late))
                    .allSatisfy(ended -> {
                        assertThat(ended.code()).as(ended.err()).isEqualTo(4);
                        assertThat(ended.out()).isEmpty();
                    });
            assertThat(otherPolicy.err()).contains("there is no SyncPolicy 'others' in -");
            assertThat(otherPolicy.code()).isEqualTo(2);
        }
    }

    @Test
    void rulesThatTheOrgDoesNotFitAreToldByTheirFields() {
        try (Stage stage = scene.stage()) {
            stage.play("mode: Preview");
            String wrong = policy(stage, """
                    attributes: [{field: Titel, expression: user.title}]
                    entitlements: {profiles: [{group: any, name: Standart User}]}
                    """);

            Ended valid = call(stage, policy(stage, ""), "validate", "--org");
            Ended validated = call(stage, wrong, "validate", "--org");
            Ended offline = call(stage, wrong, "validate");
            Ended planned = call(stage, wrong, "plan");
            Ended unreachable = call(stage, wrong, "validate", "--org", "--no-cluster");

            assertThat(valid.code()).as(valid.out() + valid.err()).isZero();
            assertThat(valid.err()).doesNotContain("not checked: fields", "not checked: what the SalesforceConnection");
            assertThat(validated.out().lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith(
                                            "-:1 SyncPolicy/people spec.attributes[0].field: User has no field Titel"),
                            line -> assertThat(line)
                                    .startsWith(
                                            "-:1 SyncPolicy/people spec.entitlements.profiles[0].name: the org has no"
                                                    + " profile Standart User"));
            assertThat(validated.code()).isEqualTo(1);
            assertThat(offline.out()).isEmpty();
            assertThat(offline.code()).isZero();
            assertThat(planned.err()).contains("SyncPolicy/people spec.attributes[0].field: User has no field Titel");
            assertThat(planned.code()).isEqualTo(4);
            assertThat(unreachable.err()).contains("the SalesforceConnection 'org' of namespace ");
            assertThat(unreachable.code()).isEqualTo(4);
            assertThat(stage.writeCalls()).isZero();
        }
    }

    @Test
    void aNewcomerTakesNobodyFromAPolicyOfTheClusterUnlessHisPriorityIsHigher() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            int writes = stage.writeCalls();
            String newcomer = policy(stage, "").replace("name: \"people\"", "name: \"newcomer\"");

            Ended equal = call(stage, newcomer, "plan");
            Ended higher = call(stage, newcomer.replace("priority: 0", "priority: 10"), "plan");
            Ended both = call(
                    stage,
                    newcomer.replace("priority: 0", "priority: 10") + "---\n" + policy(stage, "priority: 11"),
                    "plan",
                    "--policy",
                    "newcomer");
            Ended alone = call(stage, newcomer + "---\n" + secrets(stage) + connection(stage), "plan", "--no-cluster");

            assertThat(equal.out())
                    .contains("# summary of SyncPolicy " + stage.namespace() + "/newcomer", "ClaimedByOtherPolicy: 1");
            assertThat(higher.out()).contains("ClaimedByOtherPolicy: 0", "linked by OtherPolicy: 1");
            assertThat(both.out())
                    .contains("ClaimedByOtherPolicy: 1")
                    .doesNotContain("# summary of SyncPolicy " + stage.namespace() + "/people");
            assertThat(alone.out()).contains("linked by Username: 1");
            assertThat(stage.writeCalls()).isEqualTo(writes);
        }
    }

    private record Ended(int code, String out, String err) {}

    private static Ended call(Stage stage, String files, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-n", stage.namespace(), "-"));
        Optional<Config> kubeconfig = Optional.of(scene.kubeconfig());
        int code = CommandLine.run(
                all,
                new Console(
                        new ByteArrayInputStream(files.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of("ALLOWED_SALESFORCE_HOSTS", "http://127.0.0.1")),
                () -> kubeconfig);
        Ended ended = new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        assertThat(ended.out() + ended.err())
                .doesNotContain("first-secret", scene.directory().password());
        return ended;
    }

    /** Everything but the line that tells when the directory was read. */
    private static List<String> belowPolicy(String text) {
        return text.lines()
                .dropWhile(line -> !line.startsWith("policy: "))
                .skip(1)
                .toList();
    }

    private static String policy(Stage stage, String changes) {
        GenericKubernetesResource policy = scene.client()
                .genericKubernetesResources("salesforcesync.dev/v1alpha1", "SyncPolicy")
                .inNamespace(stage.namespace())
                .withName(Stage.POLICY)
                .require();
        Object spec = Specs.merged(
                Serialization.asYaml(policy.getAdditionalProperties().get("spec")), changes);
        return document("SyncPolicy", Stage.POLICY, Map.of("spec", spec));
    }

    private static String connection(Stage stage) {
        return document(
                "SalesforceConnection",
                Stage.CONNECTION,
                Map.of("spec", stage.connection(Stage.CONNECTION).getSpec()));
    }

    private static String document(String kind, String name, Map<String, ?> content) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "salesforcesync.dev/v1alpha1");
        document.put("kind", kind);
        document.put("metadata", Map.of("name", name));
        document.putAll(content);
        return Serialization.asYaml(document);
    }

    private static String secrets(Stage stage) {
        return Stream.of("org", "directory")
                .map(name -> scene.client()
                        .secrets()
                        .inNamespace(stage.namespace())
                        .withName(name)
                        .require())
                .map(CommandTest::asWritten)
                .collect(Collectors.joining("---\n", "", "---\n"));
    }

    /** With its values as texts, as a person writes it. */
    private static String asWritten(Secret secret) {
        Map<String, String> texts = new TreeMap<>();
        secret.getData()
                .forEach((key, value) -> texts.put(
                        key, new String(java.util.Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "v1");
        document.put("kind", "Secret");
        document.put("metadata", Map.of("name", secret.getMetadata().getName()));
        document.put("stringData", texts);
        return Serialization.asYaml(document);
    }

    private static String annotated(Stage stage, String question, String asked) {
        scene.client()
                .resources(SyncPolicy.class)
                .inNamespace(stage.namespace())
                .withName(Stage.POLICY)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of(
                                "metadata", Map.of("annotations", Map.of("salesforcesync.dev/" + question, asked)))));
        AtomicReference<String> text = new AtomicReference<>("");
        stage.awaitThat("the answer to " + question, () -> {
            text.set(Optional.ofNullable(scene.client()
                            .configMaps()
                            .inNamespace(stage.namespace())
                            .withName(Stage.POLICY + "-" + question)
                            .get())
                    .map(map -> map.getData().getOrDefault(question + ".txt", ""))
                    .orElse(""));
            return !Objects.requireNonNull(text.get()).isEmpty();
        });
        return Objects.requireNonNull(text.get());
    }

    /** Every ConfigMap, Secret and resource of ours, with its version. */
    private static Map<String, String> versions(Stage stage) {
        Stream<HasMetadata> maps = scene.client().configMaps().inAnyNamespace().list().getItems().stream()
                .map(ConfigMap.class::cast);
        Stream<HasMetadata> secrets = scene.client().secrets().inNamespace(stage.namespace()).list().getItems().stream()
                .map(Secret.class::cast);
        return Stream.concat(maps, secrets)
                .collect(Collectors.toMap(
                        object -> object.getKind() + "/" + object.getMetadata().getNamespace() + "/"
                                + object.getMetadata().getName(),
                        object -> object.getMetadata().getResourceVersion()));
    }
}
