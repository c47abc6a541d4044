package dev.salesforcesync.command;

import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.ConfigMapLedger;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.SalesforceId;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Optional;

/** The cluster that people see with the usual kubeconfig. Whatever is not a GET never leaves this process. */
final class ReadOnlyCluster implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 15_000;

    private final KubernetesClient client;
    private final String operatorNamespace;

    private ReadOnlyCluster(KubernetesClient client, String operatorNamespace) {
        this.client = client;
        this.operatorNamespace = operatorNamespace;
    }

    /** The usual configuration; empty where there is none. */
    static Optional<Config> usualConfig() {
        Config config = Config.autoConfigure(null);
        boolean inCluster = System.getenv("KUBERNETES_SERVICE_HOST") != null;
        return inCluster || config.getFile() != null ? Optional.of(config) : Optional.empty();
    }

    /**
     * The cluster behind a configuration.
     *
     * @param operatorNamespace where the operator keeps its ledger
     * @throws Unreadable if it does not answer
     */
    static ReadOnlyCluster open(Config config, String operatorNamespace) throws Unreadable {
        KubernetesClient client = client(config);
        try {
            client.getKubernetesVersion();
            return new ReadOnlyCluster(client, operatorNamespace);
        } catch (KubernetesClientException e) {
            client.close();
            throw new Unreadable("the cluster of the kubeconfig does not answer" + code(e));
        }
    }

    static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withConnectionTimeout(CONNECT_MILLIS)
                        .withRequestTimeout(REQUEST_MILLIS)
                        .withRequestRetryBackoffLimit(1)
                        .build())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("read-only", new OnlyGet()))
                .build();
    }

    private static final class OnlyGet implements Interceptor {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (!request.method().equals("GET")) {
                throw new KubernetesClientException("This process only reads; " + request.method() + " is not sent.");
            }
        }
    }

    Secret secret(String namespace, String name) throws Unreadable {
        try {
            return Optional.ofNullable(client.secrets()
                            .inNamespace(namespace)
                            .withName(name)
                            .get())
                    .orElseThrow(() -> missing("Secret", namespace, name));
        } catch (KubernetesClientException e) {
            throw forbidden("Secret", namespace, name, e);
        }
    }

    SalesforceConnection connection(String namespace, String name) throws Unreadable {
        try {
            return Optional.ofNullable(client.resources(SalesforceConnection.class)
                            .inNamespace(namespace)
                            .withName(name)
                            .get())
                    .orElseThrow(() -> missing("SalesforceConnection", namespace, name));
        } catch (KubernetesClientException e) {
            throw forbidden("SalesforceConnection", namespace, name, e);
        }
    }

    List<SyncPolicy> policies(String namespace) throws Unreadable {
        try {
            return client.resources(SyncPolicy.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            throw new Unreadable("the cluster does not let you list SyncPolicies of namespace " + namespace + code(e));
        }
    }

    /** What the operator remembers of an org; empty if nothing. */
    Result<Optional<OrgLedger>> ledger(SalesforceId org) {
        return ConfigMapLedger.read(client, operatorNamespace, org);
    }

    private static Unreadable missing(String kind, String namespace, String name) {
        return new Unreadable("there is no " + kind + " '" + name + "' in namespace " + namespace
                + ", neither among the files nor in the cluster; add it to the files, or create it");
    }

    private static Unreadable forbidden(String kind, String namespace, String name, KubernetesClientException e) {
        return new Unreadable("the " + kind + " '" + name + "' of namespace " + namespace
                + " is not among the files, and the cluster does not let you read it" + code(e)
                + "; add it to the files, or have the right given to you");
    }

    private static String code(KubernetesClientException e) {
        return e.getCode() > 0 ? " (HTTP " + e.getCode() + ")" : "";
    }

    @Override
    public void close() {
        client.close();
    }
}
