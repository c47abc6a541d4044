package dev.salesforcesync.command;

import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.command.Arguments.Option;
import dev.salesforcesync.command.Resources.Placed;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.controller.References;
import dev.salesforcesync.controller.SecretLookup;
import dev.salesforcesync.converge.ResourceName;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.ConfigMapLedger;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.SalesforceId;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/** Where everything comes from that a policy refers to: from the files, else from the cluster if there is one. */
final class Sources implements AutoCloseable {
    private final Resources resources;
    private final Optional<ReadOnlyCluster> cluster;
    private final String whyNoCluster;
    private final String operatorNamespace;
    private final Set<String> notes = new ConcurrentSkipListSet<>();

    private Sources(
            Resources resources, Optional<ReadOnlyCluster> cluster, String whyNoCluster, String operatorNamespace) {
        this.resources = resources;
        this.cluster = cluster;
        this.whyNoCluster = whyNoCluster;
        this.operatorNamespace = operatorNamespace;
    }

    static Sources open(
            Resources resources, Arguments arguments, OperatorConfig config, Supplier<Optional<Config>> kubeconfig) {
        String operatorNamespace = arguments.value(Option.OPERATOR_NAMESPACE).orElse(config.namespace());
        if (arguments.has(Option.NO_CLUSTER)) {
            return new Sources(resources, Optional.empty(), "--no-cluster was given", operatorNamespace);
        }
        Optional<Config> found = kubeconfig.get();
        if (found.isEmpty()) {
            return new Sources(resources, Optional.empty(), "there is no kubeconfig", operatorNamespace);
        }
        try {
            ReadOnlyCluster cluster = ReadOnlyCluster.open(found.get(), operatorNamespace);
            return new Sources(resources, Optional.of(cluster), "", operatorNamespace);
        } catch (Unreadable e) {
            return new Sources(resources, Optional.empty(), String.valueOf(e.getMessage()), operatorNamespace);
        }
    }

    SalesforceConnection connection(String namespace, String name) throws Unreadable {
        Optional<SalesforceConnection> given =
                resources.connection(namespace, name).map(Placed::resource);
        return given.isPresent()
                ? given.get()
                : clusterFor("SalesforceConnection", namespace, name).connection(namespace, name);
    }

    /** These Secrets, all of them. */
    SecretLookup secrets(String namespace, Set<String> names) throws Unreadable {
        List<Secret> found = new ArrayList<>(resources.secrets(namespace));
        for (String name : names) {
            if (found.stream()
                    .noneMatch(secret -> secret.getMetadata().getName().equals(name))) {
                found.add(clusterFor("Secret", namespace, name).secret(namespace, name));
            }
        }
        return new SecretLookup(found);
    }

    private ReadOnlyCluster clusterFor(String kind, String namespace, String name) throws Unreadable {
        if (cluster.isEmpty()) {
            throw new Unreadable("the " + kind + " '" + name + "' of namespace " + namespace
                    + " is not among the files, and there is no cluster to read it from (" + whyNoCluster
                    + "); add it to the files");
        }
        return cluster.get();
    }

    /** Every policy on this connection, as the files say it, else as the cluster does. */
    List<SyncPolicy> policiesOn(ResourceName connection) {
        Map<String, SyncPolicy> byName = new TreeMap<>();
        if (cluster.isPresent()) {
            try {
                cluster.get()
                        .policies(connection.namespace())
                        .forEach(policy -> byName.put(policy.getMetadata().getName(), policy));
            } catch (Unreadable e) {
                note("without the other policies of the cluster: " + e.getMessage());
            }
        }
        resources.policies().stream()
                .filter(policy -> policy.namespace().equals(connection.namespace()))
                .forEach(policy -> byName.put(policy.name(), policy.resource()));
        return byName.values().stream()
                .filter(policy -> References.connectionOf(policy).equals(connection.name()))
                .toList();
    }

    /** What the operator remembers of an org; nothing, with a note that says so, where that can't be read. */
    OrgLedger ledger(SalesforceId org) {
        if (cluster.isEmpty()) {
            return withoutMemory(whyNoCluster);
        }
        Result<Optional<OrgLedger>> read = cluster.get().ledger(org);
        if (read instanceof Result.Failed<Optional<OrgLedger>> failed) {
            return withoutMemory(failed.failure().message());
        }
        return ((Result.Ok<Optional<OrgLedger>>) read)
                .value()
                .orElseGet(() -> withoutMemory("there is none of the org " + org + " in namespace " + operatorNamespace
                        + "; --operator-namespace names another"));
    }

    private OrgLedger withoutMemory(String why) {
        note("without the operator's memory of links, holds and rights: " + why);
        return ConfigMapLedger.none();
    }

    void note(String what) {
        notes.add(what);
    }

    /** What people must know of the answer. */
    Set<String> notes() {
        return notes;
    }

    @Override
    public void close() {
        cluster.ifPresent(ReadOnlyCluster::close);
    }
}
