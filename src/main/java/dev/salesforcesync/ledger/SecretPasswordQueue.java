package dev.salesforcesync.ledger;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.password.Agent;
import dev.salesforcesync.password.KeptPassword;
import dev.salesforcesync.password.PasswordQueue;
import dev.salesforcesync.password.TargetId;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sealed changes in Secrets of the operator's own namespace, one for each person at most. */
public final class SecretPasswordQueue implements PasswordQueue {
    static final String LABEL = "salesforcesync.dev/password";
    private static final Logger LOG = LoggerFactory.getLogger(SecretPasswordQueue.class);
    private static final String NAME = "salesforcesync-password-";

    private final KubernetesClient client;
    private final String namespace;
    private volatile Optional<SharedIndexInformer<Secret>> informer = Optional.empty();

    public SecretPasswordQueue(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public Result<Optional<KeptPassword>> find(String id) {
        try {
            Secret secret =
                    client.secrets().inNamespace(namespace).withName(NAME + id).get();
            return Result.ok(Optional.ofNullable(secret).flatMap(SecretPasswordQueue::read));
        } catch (KubernetesClientException e) {
            return Result.failed(unavailable(e));
        }
    }

    @Override
    public Result<Boolean> create(KeptPassword kept) {
        return write(() -> client.resource(secret(kept)).inNamespace(namespace).create());
    }

    @Override
    public Result<Optional<KeptPassword>> replace(KeptPassword kept) {
        try {
            return Result.ok(
                    read(client.resource(secret(kept)).inNamespace(namespace).update()));
        } catch (KubernetesClientException e) {
            return isAnother(e) ? Result.ok(Optional.empty()) : Result.failed(unavailable(e));
        }
    }

    @Override
    public Result<Boolean> remove(KeptPassword kept) {
        return write(() -> client.secrets()
                .inNamespace(namespace)
                .withName(NAME + kept.id())
                .lockResourceVersion(kept.version())
                .delete());
    }

    private Result<Boolean> write(Runnable call) {
        try {
            call.run();
            return Result.ok(true);
        } catch (KubernetesClientException e) {
            return isAnother(e) ? Result.ok(false) : Result.failed(unavailable(e));
        }
    }

    private static boolean isAnother(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    private Failure unavailable(KubernetesClientException e) {
        return new Failure.Transient(
                "LedgerUnavailable",
                "Sealed passwords in namespace " + namespace + " can't be read or written (HTTP " + e.getCode()
                        + "); check the operator's rights and the API server.");
    }

    @Override
    public List<KeptPassword> known() {
        List<KeptPassword> all = new ArrayList<>();
        informer.ifPresent(watched ->
                watched.getStore().list().forEach(secret -> read(secret).ifPresent(all::add)));
        return all;
    }

    @Override
    public synchronized void listen(Runnable changed) {
        if (informer.isPresent()) {
            return;
        }
        informer = Optional.of(
                client.secrets().inNamespace(namespace).withLabel(LABEL).inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Secret secret) {
                        changed.run();
                    }

                    @Override
                    public void onUpdate(Secret before, Secret secret) {
                        changed.run();
                    }

                    @Override
                    public void onDelete(Secret secret, boolean unknown) {
                        changed.run();
                    }
                }));
    }

    private static Secret secret(KeptPassword kept) {
        Map<String, String> data = new TreeMap<>();
        put(data, "policy", kept.policy().toString());
        kept.person().ifPresent(person -> put(data, "person", person.toString()));
        put(data, "receivedAt", kept.receivedAt().toString());
        kept.changedAt().ifPresent(when -> put(data, "changedAt", when.toString()));
        kept.sequence().ifPresent(number -> put(data, "sequence", Long.toString(number)));
        put(data, "agent", kept.agent().name());
        kept.attempt().ifPresent(attempt -> {
            put(data, "sentAt", attempt.at().toString());
            attempt.changedBefore().ifPresent(when -> put(data, "changedBefore", when.toString()));
        });
        kept.settled().ifPresent(settlement -> {
            put(data, "settled", settlement.word());
            put(data, "settledAt", settlement.at().toString());
        });
        data.put("digest", Base64.getEncoder().encodeToString(kept.digest()));
        if (kept.pending()) {
            data.put("sealed", Base64.getEncoder().encodeToString(kept.sealed()));
        }
        SecretBuilder builder = new SecretBuilder()
                .withNewMetadata()
                .withName(NAME + kept.id())
                .addToLabels(LABEL, kept.pending() ? "pending" : "settled")
                .addToLabels("app.kubernetes.io/managed-by", "salesforce-sync-operator")
                .endMetadata()
                .withType("salesforcesync.dev/password")
                .withData(data);
        if (!kept.version().isEmpty()) {
            builder.editMetadata().withResourceVersion(kept.version()).endMetadata();
        }
        return builder.build();
    }

    private static void put(Map<String, String> data, String key, String value) {
        data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<KeptPassword> read(Secret secret) {
        try {
            Map<String, String> data = secret.getData();
            String[] policy = text(data, "policy").orElseThrow().split("/", 2);
            Optional<KeptPassword.Attempt> attempt =
                    moment(data, "sentAt").map(at -> new KeptPassword.Attempt(at, moment(data, "changedBefore")));
            Optional<KeptPassword.Settlement> settled = text(data, "settled")
                    .map(word -> new KeptPassword.Settlement(
                            word, moment(data, "settledAt").orElseThrow()));
            return Optional.of(new KeptPassword(
                    secret.getMetadata().getName().substring(NAME.length()),
                    new TargetId(policy[0], policy[1]),
                    text(data, "person").map(ObjectGuid::parse),
                    moment(data, "receivedAt").orElseThrow(),
                    moment(data, "changedAt"),
                    text(data, "sequence")
                            .map(number -> OptionalLong.of(Long.parseLong(number)))
                            .orElseGet(OptionalLong::empty),
                    Agent.valueOf(text(data, "agent").orElseThrow()),
                    attempt,
                    bytes(data, "digest"),
                    bytes(data, "sealed"),
                    settled,
                    secret.getMetadata().getResourceVersion()));
        } catch (RuntimeException foreign) {
            LOG.warn(
                    "the Secret {} is no sealed password; delete it",
                    secret.getMetadata().getName());
            return Optional.empty();
        }
    }

    private static byte[] bytes(Map<String, String> data, String key) {
        return Base64.getDecoder().decode(data.getOrDefault(key, ""));
    }

    private static Optional<String> text(Map<String, String> data, String key) {
        return Optional.ofNullable(data.get(key))
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
    }

    private static Optional<Instant> moment(Map<String, String> data, String key) {
        return text(data, key).map(Instant::parse);
    }

    @Override
    public void close() {
        informer.ifPresent(SharedIndexInformer::close);
    }
}
