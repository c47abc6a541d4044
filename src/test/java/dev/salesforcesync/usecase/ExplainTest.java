package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Somebody asks why a person gets what he gets, and what the policy would do; and is told where nobody else looks. */
class ExplainTest {
    private static final String EXPLAIN = "explain";
    private static final LateClock CLOCK = new LateClock();
    private static Scene scene;

    @BeforeAll
    static void open() {
        scene = new Scene(CLOCK);
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void aPersonIsExplainedInAConfigMapAndNowhereElse() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            int writes = stage.writeCalls();

            ask(stage, EXPLAIN, stage.username("anna").toUpperCase(Locale.ROOT));

            String text = awaitText(stage, EXPLAIN, "outcome");
            assertThat(text)
                    .contains("scope        InScope", "Personlike-anna", "outcome      AsWanted")
                    .contains(stage.user("anna").orElseThrow().id());
            assertThat(stage.writeCalls()).isEqualTo(writes);
            ConfigMap map = map(stage, EXPLAIN).orElseThrow();
            assertThat(map.getMetadata().getOwnerReferences())
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.getUid())
                            .isEqualTo(stage.policy().getMetadata().getUid()));
            assertThat(map.getMetadata().getAnnotations()).containsKey("salesforcesync.dev/expires");
            assertThat(stage.policyStatus().answers())
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.configMaps()).containsExactly(Stage.POLICY + "-explain"));
            awaitEvent(stage, "Normal AnswerReady", "is in the ConfigMap " + Stage.POLICY + "-explain for 15 minutes");
            stage.assertNothingLeaks();
        }
    }

    @Test
    void whatWasExplainedIsGoneAfterItsTimeAndNotExplainedAgainByARestart() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            ask(stage, EXPLAIN, stage.username("anna"));
            awaitText(stage, EXPLAIN, "outcome");

            CLOCK.late = Duration.ofMinutes(16);
            scene.restartOperator();

            stage.awaitThat(
                    "the answer's end",
                    () -> map(stage, EXPLAIN).isEmpty()
                            && stage.policyStatus().answers().stream()
                                    .allMatch(answer -> answer.configMaps().isEmpty()));
            stage.compareAgain();
            assertThat(map(stage, EXPLAIN)).isEmpty();

            ask(stage, EXPLAIN, stage.username("ANNA"));
            assertThat(awaitText(stage, EXPLAIN, "outcome")).contains("Personlike-anna");
        }
    }

    @Test
    void whoAsksNoLongerFindsNothingLeft() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            ask(stage, EXPLAIN, stage.username("anna"));
            awaitText(stage, EXPLAIN, "outcome");

            ask(stage, EXPLAIN, null);

            stage.awaitThat(
                    "the answer's end",
                    () -> map(stage, EXPLAIN).isEmpty()
                            && stage.policyStatus().answers().isEmpty());
        }
    }

    @Test
    void somebodyUnknownAndSomebodyNotReadYetGetAClearSentence() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            ask(stage, EXPLAIN, "berta");
            assertThat(awaitText(stage, EXPLAIN, "berta")).contains("Nobody of that name is in this policy's searches");

            stage.changePolicy("suspend: true");
            ask(stage, EXPLAIN, "anna");
            assertThat(awaitText(stage, EXPLAIN, "suspended")).contains("There is no answer now: Suspended.");
            awaitEvent(stage, "Warning AnswerRefused", "There is no answer to explain now: Suspended;");
        }
    }

    @Test
    void aWholePlanStandsUnderAReportOfTheOrgAsItWasFound() {
        try (Stage stage = scene.stage()) {
            String joiner = stage.person("berta").toString();
            stage.person("anna");
            stage.createAsIntegrationUser("anna");
            stage.createAsIntegrationUser("zoe");
            stage.play("mode: Preview");
            stage.awaitPolicy(
                    ready -> !List.of("Progressing", "ProgressingWithRetry").contains(ready.getReason())
                            && stage.policyStatus().findPlan().isPresent());

            ask(stage, "plan", "now");

            String text = awaitText(stage, "plan", "# plan");
            assertThat(text)
                    .contains("linked by Username: 1", "unmatched: 1", "Unmatched person=" + joiner)
                    .contains("username=\"" + stage.username("zoe") + "\"")
                    .contains("Create person=" + joiner, "state=Preview", "\"Personlike-berta\"");
            assertThat(stage.policyStatus().findUsers().flatMap(SyncPolicyStatus.Users::findUnmatched))
                    .contains(1);
            stage.assertNothingLeaks();
        }
    }

    @Test
    void aConfigMapOfSomebodyElseIsLeftAlone() {
        try (Stage stage = scene.stage()) {
            stage.person("anna");
            stage.converged();
            scene.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(Stage.POLICY + "-explain")
                            .withNamespace(stage.namespace())
                            .endMetadata()
                            .withData(Map.of("mine", "kept"))
                            .build())
                    .create();

            ask(stage, EXPLAIN, "anna");

            stage.awaitThat(
                    "the refusal",
                    () -> stage.policyStatus().answers().stream()
                            .flatMap(answer -> answer.findMessage().stream())
                            .anyMatch(message -> message.contains("is somebody else's")));
            assertThat(map(stage, EXPLAIN).orElseThrow().getData()).isEqualTo(Map.of("mine", "kept"));
            awaitEvent(stage, "Warning AnswerRefused", "is somebody else's");
        }
    }

    private static void awaitEvent(Stage stage, String typeAndReason, String part) {
        stage.awaitThat(
                typeAndReason + ": " + part,
                () -> stage.events().stream()
                        .anyMatch(event -> (event.getType() + " " + event.getReason()).equals(typeAndReason)
                                && event.getMessage().contains(part)));
    }

    private static void ask(Stage stage, String question, @Nullable String asked) {
        Map<String, @Nullable String> annotations = new HashMap<>();
        annotations.put("salesforcesync.dev/" + question, asked);
        scene.client()
                .resources(SyncPolicy.class)
                .inNamespace(stage.namespace())
                .withName(Stage.POLICY)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("metadata", Map.of("annotations", annotations))));
    }

    private static String awaitText(Stage stage, String question, String holding) {
        AtomicReference<String> text = new AtomicReference<>("");
        stage.awaitThat("the answer to " + question, () -> {
            text.set(map(stage, question)
                    .map(map -> map.getData().getOrDefault(question + ".txt", ""))
                    .orElse(""));
            return Objects.requireNonNull(text.get()).contains(holding)
                    && !stage.policyStatus().answers().isEmpty();
        });
        return Objects.requireNonNull(text.get());
    }

    private static Optional<ConfigMap> map(Stage stage, String question) {
        return Optional.ofNullable(scene.client()
                .configMaps()
                .inNamespace(stage.namespace())
                .withName(Stage.POLICY + "-" + question)
                .get());
    }

    /** The system's, and later when somebody says so. */
    private static final class LateClock extends Clock {
        private volatile Duration late = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(late);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
