package dev.salesforcesync.leak;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Records, again and again while it is open, what anybody can see of an operator: every object of the cluster except
 * the Secrets themselves, what the operator serves, and the names of its threads.
 */
public final class ClusterTape implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;
    private static final String OWN = "salesforcesync.dev";

    private static final List<ResourceDefinitionContext> KINDS = List.of(
            kind("", "v1", "ConfigMap", "configmaps", true),
            kind("", "v1", "Event", "events", true),
            kind("", "v1", "Namespace", "namespaces", false),
            kind("coordination.k8s.io", "v1", "Lease", "leases", true),
            kind(OWN, "v1alpha1", "SalesforceConnection", "salesforceconnections", true),
            kind(OWN, "v1alpha1", "SyncPolicy", "syncpolicies", true),
            kind(OWN, "v1alpha1", "LicenseSchedule", "licenseschedules", true));

    private final KubernetesClient client;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Set<String>> seen = new TreeMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();

    /**
     * Starts recording.
     *
     * @param port where the operator serves probes and metrics
     */
    public ClusterTape(KubernetesClient client, int port) {
        this.client = client;
        this.port = port;
        var unused = looking.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Everything different that was seen so far, by where. */
    public Map<String, String> text() {
        look();
        Map<String, String> text = new TreeMap<>();
        synchronized (seen) {
            seen.forEach((where, states) -> text.put(where, String.join("\n", states)));
        }
        return text;
    }

    private void look() {
        for (ResourceDefinitionContext kind : KINDS) {
            try {
                client.genericKubernetesResources(kind).inAnyNamespace().list().getItems().stream()
                        .map(Serialization::asJson)
                        .forEach(object -> see(kind.getKind(), object));
            } catch (KubernetesClientException between) {
                see("client", String.valueOf(between.getMessage()));
            }
        }
        for (String page : List.of("metrics", "healthz", "readyz", "nowhere")) {
            see(page, get(page));
        }
        for (Thread thread : new ArrayList<>(Thread.getAllStackTraces().keySet())) {
            see("thread names", thread.getName());
        }
    }

    private String get(String page) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + page))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException closed) {
            return "";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private void see(String where, String what) {
        synchronized (seen) {
            seen.computeIfAbsent(where, place -> new LinkedHashSet<>()).add(what);
        }
    }

    private static ResourceDefinitionContext kind(
            String group, String version, String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }

    @Override
    public void close() {
        looking.shutdownNow();
        try {
            looking.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
