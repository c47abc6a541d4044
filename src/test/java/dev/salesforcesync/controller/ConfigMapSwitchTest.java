package dev.salesforcesync.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.sandbox.kubernetes.KubernetesApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigMapSwitchTest {
    private final Hand clock = new Hand();
    private KubernetesApiServer api;
    private KubernetesClient client;

    /** A clock that is moved by hand. */
    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        void forward(long millis) {
            now = now.plusMillis(millis);
        }

        @Override
        public Instant instant() {
            return now;
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

    @BeforeEach
    void open() {
        api = KubernetesApiServer.start(0, List.of());
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(api.clientConfig())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    @Test
    void writesGoOnUnlessTheMapSaysOtherwiseAndItIsLookedAtAgainAfterASecond() {
        ConfigMapSwitch writes = new ConfigMapSwitch(client, "default", true, clock);
        assertThat(writes.stopped()).isEmpty();
        turn("stop");
        assertThat(writes.stopped()).as("looked at a moment ago").isEmpty();
        clock.forward(1_001);
        assertThat(writes.stopped())
                .hasValueSatisfying(why -> assertThat(why).contains("salesforcesync-switch", "'go'"));
        turn("sotp");
        clock.forward(1_001);
        assertThat(writes.stopped()).as("what is not understood stops").isPresent();
        turn("go");
        clock.forward(1_001);
        assertThat(writes.stopped()).isEmpty();
    }

    @Test
    void nothingIsWrittenWhileTheMapCannotBeRead() {
        ConfigMapSwitch writes = new ConfigMapSwitch(client, "default", true, clock);
        api.close();
        api = KubernetesApiServer.start(0, List.of());
        assertThat(writes.stopped()).hasValueSatisfying(why -> assertThat(why).contains("can't be read"));
    }

    @Test
    void theConfigurationStopsForGood() {
        assertThat(new ConfigMapSwitch(client, "default", false, clock).stopped())
                .hasValueSatisfying(why -> assertThat(why).contains("WRITES_ENABLED"));
    }

    @Test
    void anEventIsWrittenForAChangeAndRepeatsAreCounted() {
        EventRecorder events = new EventRecorder(client, clock);
        HasMetadata resource = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("people")
                .withNamespace("default")
                .withUid("u1")
                .endMetadata()
                .build();
        List<Condition> good = List.of(ready("True", "Succeeded"));
        List<Condition> bad = List.of(ready("False", "RulesRefused"));
        events.conditionsChanged(resource, good, bad);
        events.conditionsChanged(resource, bad, bad);
        events.conditionsChanged(resource, bad, good);
        events.conditionsChanged(resource, good, bad);
        assertThat(event("RulesRefused").getCount()).isEqualTo(2);
        assertThat(event("RulesRefused").getType()).isEqualTo("Warning");
        assertThat(event("Succeeded").getCount()).isEqualTo(1);
        assertThat(event("Succeeded").getType()).isEqualTo("Normal");
    }

    private Event event(String reason) {
        Optional<Event> found = client.v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> reason.equals(event.getReason()))
                .findFirst();
        return found.orElseThrow();
    }

    private static Condition ready(String status, String reason) {
        return new ConditionBuilder()
                .withType("Ready")
                .withStatus(status)
                .withReason(reason)
                .withMessage("text")
                .build();
    }

    private void turn(String writes) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(ConfigMapSwitch.NAME)
                        .withNamespace("default")
                        .endMetadata()
                        .withData(Map.of("writes", writes))
                        .build())
                .createOr(existing -> existing.update());
    }
}
