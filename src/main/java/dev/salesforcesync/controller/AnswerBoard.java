package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.converge.Answer;
import dev.salesforcesync.converge.Question;
import dev.salesforcesync.plan.Planner;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts answers where the person who asked reads them: into ConfigMaps beside the policy, which go after a quarter of an
 * hour, when the annotation goes, and with the policy. The status remembers which question was answered, so that no
 * restart answers it again.
 */
final class AnswerBoard {
    static final Duration TIME_TO_LIVE = Duration.ofMinutes(15);
    static final String LABEL = "salesforcesync.dev/answer";
    static final String EXPIRES = "salesforcesync.dev/expires";
    private static final String ANNOTATION = "salesforcesync.dev/";
    private static final int MOST_PARTS = 10;

    /** What fits into one object beside its metadata: an API server takes 1 MiB of data. */
    private static final int PART_BYTES = 900 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(AnswerBoard.class);

    private final KubernetesClient client;
    private final Clock clock;

    AnswerBoard(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** What the policy's annotations ask and its status does not call answered. */
    static Set<Question> open(SyncPolicy policy, SyncPolicyStatus status) {
        Set<Question> open = new HashSet<>();
        for (Question.Kind kind : Question.Kind.values()) {
            asked(policy, kind)
                    .map(asked -> new Question(kind, asked))
                    .filter(question -> shown(status, question).isEmpty())
                    .ifPresent(open::add);
        }
        return open;
    }

    /** What the status says of just this question. */
    static Optional<SyncPolicyStatus.Answer> shown(SyncPolicyStatus status, Question question) {
        return status.answers().stream()
                .filter(answer -> answer.question().equals(word(question.kind()))
                        && answer.asked().equals(digest(question.asked())))
                .findFirst();
    }

    /** Where the answer is, or why there is none; never the answer, which only some may read. */
    static String sentence(SyncPolicyStatus.Answer shown, Answer answer) {
        String maps = String.join(", ", shown.configMaps());
        if (maps.isEmpty()) {
            return "There is no answer to " + shown.question() + ": "
                    + shown.findMessage().orElse("it could not be put up; ask again");
        }
        return answer.refusal()
                .map(reason -> "There is no answer to " + shown.question() + " now: " + reason + "; the ConfigMap "
                        + maps + " says more")
                .orElseGet(() -> "The answer to " + shown.question() + " is in the ConfigMap " + maps + " for "
                        + TIME_TO_LIVE.toMinutes() + " minutes");
    }

    /**
     * Puts up what is new and takes down what has had its time or is asked no longer.
     *
     * @return what the status should say from now on
     */
    List<SyncPolicyStatus.Answer> update(SyncPolicy policy, SyncPolicyStatus before, List<Answer> news) {
        List<SyncPolicyStatus.Answer> shown = new ArrayList<>();
        for (Question.Kind kind : Question.Kind.values()) {
            Optional<SyncPolicyStatus.Answer> earlier = before.answers().stream()
                    .filter(answer -> answer.question().equals(word(kind)))
                    .findFirst();
            Optional<Answer> newer = news.stream()
                    .filter(answer -> answer.question().kind() == kind)
                    .filter(answer -> asked(policy, kind)
                            .equals(Optional.of(answer.question().asked())))
                    .findFirst();
            if (newer.isPresent()) {
                shown.add(putUp(policy, newer.get(), earlier));
            } else {
                earlier.flatMap(answer -> kept(policy, kind, answer)).ifPresent(shown::add);
            }
        }
        return shown;
    }

    /** When the next answer has had its time. */
    Optional<Duration> untilNext(List<SyncPolicyStatus.Answer> answers) {
        return answers.stream()
                .flatMap(answer -> answer.findExpires().stream())
                .map(Instant::parse)
                .min(Comparator.naturalOrder())
                .map(expires -> Duration.between(clock.instant(), expires).plusSeconds(1))
                .map(left -> left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
    }

    private Optional<SyncPolicyStatus.Answer> kept(
            SyncPolicy policy, Question.Kind kind, SyncPolicyStatus.Answer answer) {
        boolean wanted = asked(policy, kind).isPresent();
        boolean expired = answer.findExpires()
                .map(Instant::parse)
                .filter(expires -> !expires.isAfter(clock.instant()))
                .isPresent();
        if (wanted && !expired) {
            return Optional.of(answer);
        }
        if (!takeDown(policy, answer.configMaps())) {
            return Optional.of(answer);
        }
        return wanted
                ? Optional.of(new SyncPolicyStatus.Answer(
                        answer.question(),
                        answer.asked(),
                        List.of(),
                        null,
                        answer.findMessage().orElse(null)))
                : Optional.empty();
    }

    private SyncPolicyStatus.Answer putUp(SyncPolicy policy, Answer answer, Optional<SyncPolicyStatus.Answer> earlier) {
        Question.Kind kind = answer.question().kind();
        String asked = digest(answer.question().asked());
        Instant expires = Instant.parse(Times.rfc3339(clock.instant().plus(TIME_TO_LIVE)));
        List<String> written = new ArrayList<>();
        try {
            List<String> parts = parts(answer.lines(), PART_BYTES);
            for (int i = 0; i < parts.size(); i++) {
                String name = name(policy, kind, i);
                write(configMap(policy, kind, name, parts.get(i), expires));
                written.add(name);
            }
        } catch (KubernetesClientException e) {
            LOG.warn("the answer to {} can't be put up: HTTP {}", answer.question(), e.getCode());
            takeDown(policy, written);
            return new SyncPolicyStatus.Answer(word(kind), asked, List.of(), null, why(policy, kind, e.getCode()));
        }
        earlier.ifPresent(old -> takeDown(
                policy,
                old.configMaps().stream()
                        .filter(name -> !written.contains(name))
                        .toList()));
        return new SyncPolicyStatus.Answer(word(kind), asked, written, expires.toString(), null);
    }

    private static String why(SyncPolicy policy, Question.Kind kind, int code) {
        String map = "the ConfigMap " + name(policy, kind, 0);
        return switch (code) {
            case HttpURLConnection.HTTP_CONFLICT -> map + " is somebody else's; delete or rename it and ask again";
            case HttpURLConnection.HTTP_FORBIDDEN ->
                "the operator may not write " + map + "; give it the right to write ConfigMaps in this namespace";
            default -> map + " can't be written (HTTP " + code + "); ask again";
        };
    }

    private void write(ConfigMap map) {
        String namespace = map.getMetadata().getNamespace();
        String name = map.getMetadata().getName();
        ConfigMap there =
                client.configMaps().inNamespace(namespace).withName(name).get();
        if (there == null) {
            client.resource(map).create();
        } else if (isOurs(there, map.getMetadata().getOwnerReferences().get(0).getUid())) {
            client.resource(new ConfigMapBuilder(map)
                            .editMetadata()
                            .withResourceVersion(there.getMetadata().getResourceVersion())
                            .endMetadata()
                            .build())
                    .update();
        } else {
            throw new KubernetesClientException("somebody else's", HttpURLConnection.HTTP_CONFLICT, null);
        }
    }

    /** Whether they are gone, or never were ours. */
    private boolean takeDown(SyncPolicy policy, List<String> names) {
        boolean gone = true;
        for (String name : names) {
            try {
                ConfigMap there = client.configMaps()
                        .inNamespace(policy.getMetadata().getNamespace())
                        .withName(name)
                        .get();
                if (there != null && isOurs(there, policy.getMetadata().getUid())) {
                    client.resource(there).delete();
                }
            } catch (KubernetesClientException e) {
                LOG.warn("an answer that has had its time can't be deleted: HTTP {}", e.getCode());
                gone = false;
            }
        }
        return gone;
    }

    private static boolean isOurs(ConfigMap map, String policyUid) {
        return map.getMetadata().getLabels() != null
                && map.getMetadata().getLabels().containsKey(LABEL)
                && map.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(policyUid));
    }

    private static ConfigMap configMap(
            SyncPolicy policy, Question.Kind kind, String name, String text, Instant expires) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(policy.getMetadata().getNamespace())
                .addToLabels("app.kubernetes.io/managed-by", "salesforce-sync-operator")
                .addToLabels(LABEL, word(kind))
                .addToAnnotations(EXPIRES, expires.toString())
                .addNewOwnerReference()
                .withApiVersion(policy.getApiVersion())
                .withKind(policy.getKind())
                .withName(policy.getMetadata().getName())
                .withUid(policy.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withData(Map.of(word(kind) + ".txt", text))
                .build();
    }

    /** Whole lines, in as many parts as they need; the last of too many says how much is missing. */
    static List<String> parts(List<String> lines, int bytes) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int size = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i) + "\n";
            int length = line.getBytes(StandardCharsets.UTF_8).length;
            if (size + length > bytes && size > 0) {
                if (parts.size() == MOST_PARTS - 1) {
                    part.append("# ").append(lines.size() - i).append(" more lines are missing here\n");
                    break;
                }
                parts.add(part.toString());
                part = new StringBuilder();
                size = 0;
            }
            part.append(line);
            size += length;
        }
        parts.add(part.toString());
        return parts;
    }

    private static String name(SyncPolicy policy, Question.Kind kind, int part) {
        return policy.getMetadata().getName() + "-" + word(kind) + (part == 0 ? "" : "-" + (part + 1));
    }

    private static Optional<String> asked(SyncPolicy policy, Question.Kind kind) {
        return Optional.ofNullable(policy.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(ANNOTATION + word(kind)))
                .filter(asked -> !asked.isBlank());
    }

    private static String word(Question.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String digest(String asked) {
        return Planner.digestOf(asked);
    }
}
