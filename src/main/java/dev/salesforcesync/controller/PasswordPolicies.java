package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.Mode;
import dev.salesforcesync.api.v1alpha1.PasswordsSpec.PasswordMode;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.converge.Edges;
import dev.salesforcesync.converge.PasswordScope;
import dev.salesforcesync.converge.PasswordTakers;
import dev.salesforcesync.converge.PolicyOrder;
import dev.salesforcesync.converge.ResourceName;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.password.AgentCredentials;
import dev.salesforcesync.policy.PolicyRules.ConnectionTerms;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies that take passwords in, as this process sees them whether it leads or not. They are watched; the Secrets
 * that they name are read again every few seconds, so that a changed credential counts soon. While the API server can't be
 * reached, what was seen last counts.
 */
public final class PasswordPolicies implements PasswordTakers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordPolicies.class);
    private static final Duration SECRETS_READ_EVERY = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final PolicyTranslation translation;
    private final Edges edges;
    private final Clock clock;
    private final Map<ResourceName, Seen> policies = new ConcurrentHashMap<>();
    private volatile boolean ready;
    private final List<SharedIndexInformer<SyncPolicy>> informers = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "password-policies");
        made.setDaemon(true);
        return made;
    });

    public PasswordPolicies(KubernetesClient client, OperatorConfig config, Edges edges, Clock clock) {
        this.client = client;
        this.config = config;
        this.translation = new PolicyTranslation(config);
        this.edges = edges;
        this.clock = clock;
    }

    /**
     * A policy that takes passwords in.
     *
     * @param order how it is carried out
     * @param previewed whether nothing is ever written for it, so that nothing need be kept
     */
    private record Taking(PolicyOrder order, boolean previewed, PasswordScope scope, AgentCredentials credentials) {}

    /** What was seen of a policy, and of what; a policy that captures and is not as it must be takes nothing. */
    private record Seen(SyncPolicy policy, String versions, Optional<Taking> taking) {}

    /** Begins to watch; returns when all policies were looked at once. */
    public void start() {
        if (config.watchesAllNamespaces()) {
            watch(labelled(client.resources(SyncPolicy.class).inAnyNamespace()));
        } else {
            config.watchNamespaces()
                    .forEach(namespace ->
                            watch(labelled(client.resources(SyncPolicy.class).inNamespace(namespace))));
        }
        // Behind the looks that the watches began with: whoever is not known after that is not there.
        CompletableFuture.runAsync(() -> ready = true, thread).join();
        var unused = thread.scheduleWithFixedDelay(
                this::readSecretsAgain,
                SECRETS_READ_EVERY.toMillis(),
                SECRETS_READ_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private <L> FilterWatchListDeletable<SyncPolicy, L, Resource<SyncPolicy>> labelled(
            FilterWatchListDeletable<SyncPolicy, L, Resource<SyncPolicy>> all) {
        return config.watchLabelSelector().map(all::withLabelSelector).orElse(all);
    }

    private void watch(FilterWatchListDeletable<SyncPolicy, ?, Resource<SyncPolicy>> policiesThere) {
        informers.add(policiesThere.inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(SyncPolicy policy) {
                thread.execute(() -> look(policy));
            }

            @Override
            public void onUpdate(SyncPolicy before, SyncPolicy policy) {
                if (!Objects.equals(
                        before.getMetadata().getGeneration(),
                        policy.getMetadata().getGeneration())) {
                    thread.execute(() -> look(policy));
                }
            }

            @Override
            public void onDelete(SyncPolicy policy, boolean unknown) {
                thread.execute(() -> forget(name(policy)));
            }
        }));
    }

    @Override
    public Optional<Taker> find(ResourceName name) {
        return taking(name)
                .map(taking -> new Taker(taking.scope(), taking.order().passwords(), taking.previewed()));
    }

    /** By what the agents of a policy are known, if it takes passwords in. */
    public Optional<AgentCredentials> credentialsOf(ResourceName name) {
        return taking(name).map(Taking::credentials);
    }

    private Optional<Taking> taking(ResourceName name) {
        return Optional.ofNullable(policies.get(name)).flatMap(Seen::taking);
    }

    @Override
    public boolean captures(ResourceName name) {
        return !ready || policies.containsKey(name);
    }

    private void readSecretsAgain() {
        List.copyOf(policies.values()).forEach(seen -> look(seen.policy()));
    }

    private void look(SyncPolicy policy) {
        ResourceName name = name(policy);
        try {
            if (policy.getSpec().passwords().mode() != PasswordMode.CAPTURE) {
                forget(name);
                return;
            }
            String namespace = name.namespace();
            List<Secret> secrets = secrets(namespace, References.secretsOf(policy));
            Optional<SalesforceConnection> connection = Optional.ofNullable(client.resources(SalesforceConnection.class)
                    .inNamespace(namespace)
                    .withName(References.connectionOf(policy))
                    .get());
            String versions = versions(policy, secrets, connection);
            Seen before = policies.get(name);
            if (before == null || !before.versions().equals(versions)) {
                policies.put(name, new Seen(policy, versions, taking(policy, connection, new SecretLookup(secrets))));
                if (before != null) {
                    before.taking().ifPresent(old -> old.scope().close());
                }
            }
        } catch (KubernetesClientException e) {
            LOG.warn("policy {} can't be looked at anew for passwords: HTTP {}", name, e.getCode());
            policies.putIfAbsent(name, new Seen(policy, "", Optional.empty()));
        } catch (RuntimeException bug) {
            LOG.error("policy {} can't be looked at for passwords", name, bug);
            policies.putIfAbsent(name, new Seen(policy, "", Optional.empty()));
        }
    }

    private List<Secret> secrets(String namespace, Set<String> names) {
        return names.stream()
                .map(secret ->
                        client.secrets().inNamespace(namespace).withName(secret).get())
                .filter(Objects::nonNull)
                .toList();
    }

    private static String versions(SyncPolicy policy, List<Secret> secrets, Optional<SalesforceConnection> connection) {
        Set<String> versions = new TreeSet<>();
        secrets.forEach(secret -> versions.add(secret.getMetadata().getName() + ":"
                + secret.getMetadata().getUid() + ":" + secret.getMetadata().getResourceVersion()));
        return policy.getMetadata().getUid() + ":" + policy.getMetadata().getGeneration() + ":"
                + connection.map(found -> found.getMetadata().getGeneration()).orElse(0L) + versions;
    }

    private Optional<Taking> taking(
            SyncPolicy policy, Optional<SalesforceConnection> connection, SecretLookup secrets) {
        ConnectionTerms terms =
                connection.map(found -> RulesTranslation.terms(found.getSpec())).orElse(ConnectionTerms.NONE);
        Result<Taking> result = translation
                .translate(policy, terms, secrets)
                .flatMap(order -> PasswordTranslation.agents(policy.getSpec().passwords(), secrets)
                        .flatMap(credentials -> PasswordScope.open(order, edges, clock)
                                .map(scope -> new Taking(
                                        order, policy.getSpec().mode() == Mode.PREVIEW, scope, credentials))));
        if (result instanceof Result.Failed<Taking> failed) {
            LOG.warn(
                    "policy {} takes no passwords in: {} {}",
                    name(policy),
                    failed.failure().reason(),
                    failed.failure().message());
            return Optional.empty();
        }
        return Optional.of(((Result.Ok<Taking>) result).value());
    }

    private void forget(ResourceName name) {
        Optional.ofNullable(policies.remove(name))
                .flatMap(Seen::taking)
                .ifPresent(taking -> taking.scope().close());
    }

    private static ResourceName name(SyncPolicy policy) {
        return new ResourceName(
                policy.getMetadata().getNamespace(), policy.getMetadata().getName());
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
        thread.shutdownNow();
        new HashMap<>(policies).keySet().forEach(this::forget);
    }
}
