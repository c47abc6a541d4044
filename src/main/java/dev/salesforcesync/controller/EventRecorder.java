package dev.salesforcesync.controller;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an event when a condition turns bad, and when it is good again, when a question is answered, and when long
 * work begins and ends; never on every loop. Repeats of one event raise its count. An event that can't be written is logged and forgotten: events tell, they don't decide.
 */
final class EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final Set<String> GOOD_WHEN_FALSE = Set.of("Reconciling", "Stalled", "PlanHeld");

    private static final String NORMAL = "Normal";
    private static final String WARNING = "Warning";

    private static final String WORKING = "Progressing";

    /** Not ready, and nothing is wrong. */
    private static final Set<String> AS_INTENDED = Set.of("DependencyNotReady", "Suspended");

    /** Reconciling and Stalled say again what Ready says. */
    private static final Set<String> SILENT = Set.of("Reconciling", "Stalled");

    private final KubernetesClient client;
    private final Clock clock;

    EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    void conditionsChanged(HasMetadata resource, List<Condition> before, List<Condition> after) {
        Map<String, Condition> old = before.stream()
                .collect(Collectors.toMap(Condition::getType, Function.identity(), (one, other) -> other));
        for (Condition condition : after) {
            Condition earlier = old.get(condition.getType());
            boolean same = earlier != null
                    && earlier.getStatus().equals(condition.getStatus())
                    && earlier.getReason().equals(condition.getReason());
            if (!same && isWorthTelling(condition, earlier)) {
                record(
                        resource,
                        new News(
                                isGood(condition) || AS_INTENDED.contains(condition.getReason()) ? NORMAL : WARNING,
                                condition.getType(),
                                condition.getReason(),
                                condition.getMessage()));
            }
        }
    }

    private static boolean isWorthTelling(Condition now, @Nullable Condition earlier) {
        if (SILENT.contains(now.getType())
                || now.getStatus().equals("Unknown")
                || now.getReason().equals(WORKING)) {
            return false;
        }
        return !isGood(now)
                || now.getType().equals("Ready")
                || (earlier != null
                        && earlier.getStatus().equals(now.getStatus().equals("True") ? "False" : "True"));
    }

    private static boolean isGood(Condition condition) {
        return condition.getStatus().equals("True") != GOOD_WHEN_FALSE.contains(condition.getType());
    }

    /**
     * A question was answered, or could not be.
     *
     * @param question what sort of question
     * @param message where the answer is, or why there is none; never the answer
     */
    void answered(HasMetadata resource, String question, boolean refused, String message) {
        record(
                resource,
                new News(refused ? WARNING : NORMAL, question, refused ? "AnswerRefused" : "AnswerReady", message));
    }

    /** Work that takes long began or ended. */
    void longWork(HasMetadata resource, boolean began, String message) {
        record(resource, new News(NORMAL, "Work", began ? "LongWorkBegan" : "LongWorkEnded", message));
    }

    /** Passwords were erased that could not be set in time. */
    void passwordsExpired(HasMetadata resource) {
        record(
                resource,
                new News(
                        WARNING,
                        "Passwords",
                        "PasswordsExpired",
                        "Captured passwords were erased that could not be set within spec.passwords.timeToLive; see"
                                + " status.passwords.refused. Whose they were has to set a new one."));
    }

    /** @param about what it is about: repeats are told by it and by the reason */
    private record News(String type, String about, String reason, String message) {}

    private void record(HasMetadata resource, News news) {
        try {
            write(resource, news);
        } catch (KubernetesClientException e) {
            LOG.warn("an event of reason {} can't be written: HTTP {}", news.reason(), e.getCode());
        }
    }

    private void write(HasMetadata resource, News news) {
        String namespace = resource.getMetadata().getNamespace();
        String name = resource.getMetadata().getName() + "." + digest(resource, news);
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        Event earlier =
                client.v1().events().inNamespace(namespace).withName(name).get();
        if (earlier != null) {
            client.resource(new EventBuilder(earlier)
                            .withLastTimestamp(now)
                            .withMessage(news.message())
                            .withCount(earlier.getCount() == null ? 2 : earlier.getCount() + 1)
                            .build())
                    .inNamespace(namespace)
                    .patch();
            return;
        }
        client.resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withType(news.type())
                        .withReason(news.reason())
                        .withMessage(news.message())
                        .withFirstTimestamp(now)
                        .withLastTimestamp(now)
                        .withCount(1)
                        .withNewSource()
                        .withComponent("salesforce-sync-operator")
                        .endSource()
                        .withReportingComponent("salesforcesync.dev/operator")
                        .withNewInvolvedObject()
                        .withApiVersion(resource.getApiVersion())
                        .withKind(resource.getKind())
                        .withName(resource.getMetadata().getName())
                        .withNamespace(namespace)
                        .withUid(resource.getMetadata().getUid())
                        .endInvolvedObject()
                        .build())
                .inNamespace(namespace)
                .create();
    }

    private static String digest(HasMetadata resource, News news) {
        String text = resource.getMetadata().getUid() + news.type() + news.about() + news.reason();
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 13);
    }
}
