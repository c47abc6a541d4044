package dev.salesforcesync.sandbox.kubernetes;

import static dev.salesforcesync.sandbox.kubernetes.WidgetServer.WIDGETS;
import static dev.salesforcesync.sandbox.kubernetes.WidgetServer.widget;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final ResourceDefinitionContext WIDGET = new ResourceDefinitionContext.Builder()
            .withGroup("example.test")
            .withVersion("v1alpha1")
            .withKind("Widget")
            .withPlural("widgets")
            .withNamespaced(true)
            .build();

    private final WidgetServer api = new WidgetServer();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void informersSeeWhatIsThereAndWhatHappens() {
        api.post(WIDGETS, widget("early", "{\"size\":1}"));
        List<String> heard = new CopyOnWriteArrayList<>();
        try (KubernetesClient client = client();
                SharedIndexInformer<GenericKubernetesResource> informer = client.genericKubernetesResources(WIDGET)
                        .inNamespace("default")
                        .inform(recorder(heard))) {
            await().until(() -> heard.contains("added early"));
            api.post(WIDGETS, widget("late", "{\"size\":1}"));
            await().until(() -> heard.contains("added late"));
            api.send("PATCH", WIDGETS + "/late", "application/merge-patch+json", "{\"spec\":{\"size\":2}}");
            await().until(() -> heard.contains("updated late"));
            api.send("DELETE", WIDGETS + "/early", "application/json", "{}");
            await().until(() -> heard.contains("deleted early"));

            assertThat(heard).containsExactly("added early", "added late", "updated late", "deleted early");
            assertThat(informer.getStore().list()).hasSize(1);
        }
    }

    @Test
    void clientsCreateEditAndDelete() {
        try (KubernetesClient client = client()) {
            Secret secret = client.secrets()
                    .resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName("s")
                            .endMetadata()
                            .withStringData(Map.of("k", "v"))
                            .build())
                    .create();
            client.secrets()
                    .withName("s")
                    .edit(s -> new SecretBuilder(s)
                            .editMetadata()
                            .addToLabels("team", "sales")
                            .endMetadata()
                            .build());

            assertThat(secret.getData()).containsEntry("k", "dg==");
            assertThat(client.secrets().withLabel("team", "sales").list().getItems())
                    .hasSize(1);
            assertThat(client.secrets()
                            .inAnyNamespace()
                            .withLabelIn("team", "x", "y")
                            .list()
                            .getItems())
                    .isEmpty();
            client.secrets().withName("s").delete();
            assertThat(client.secrets().withName("s").get()).isNull();
        }
    }

    @Test
    void plainHttpWatchesGetOneLineForEachEventAfterTheirVersion() {
        api.post(WIDGETS, widget("early", "{}"));
        String version = Json.text(api.get(WIDGETS).body(), "metadata", "resourceVersion");
        List<JsonNode> events = new CopyOnWriteArrayList<>();
        var done = api.client()
                .sendAsync(
                        HttpRequest.newBuilder(
                                        api.uri(WIDGETS + "?watch=true&timeoutSeconds=600&resourceVersion=" + version))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines())
                .thenAcceptAsync(response -> response.body().forEach(line -> events.add(Json.parse(line))));

        api.post(WIDGETS, widget("late", "{}"));

        await().until(() -> !events.isEmpty());
        assertThat(events.get(0).at("/type").asText()).isEqualTo("ADDED");
        assertThat(events.get(0).at("/object/metadata/name").asText()).isEqualTo("late");
        assertThat(done).isNotDone();
    }

    @Test
    void plainHttpWatchesEndAfterTheirTime() {
        var response = api.client()
                .sendAsync(
                        HttpRequest.newBuilder(api.uri(WIDGETS + "?watch=true&timeoutSeconds=1"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        await().until(response::isDone);
        assertThat(response.join().statusCode()).isEqualTo(200);
    }

    @Test
    void closingTheServerEndsItsWatchesAndTheirThreads() {
        Set<Thread> before = threadsThatKeepTheJvmAlive();
        WidgetServer other = new WidgetServer();
        var watch = other.client()
                .sendAsync(
                        HttpRequest.newBuilder(other.uri(WIDGETS + "?watch=true"))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines())
                .join();
        other.post(WIDGETS, widget("one", "{}"));
        assertThat(watch.body().findFirst()).isPresent();
        // By themselves, not by their number: what other tests left may come and go meanwhile.
        Set<Thread> its = threadsThatKeepTheJvmAlive();
        its.removeAll(before);
        assertThat(its).isNotEmpty();

        other.close();

        await().untilAsserted(() -> assertThat(its).noneMatch(Thread::isAlive));
    }

    private static Set<Thread> threadsThatKeepTheJvmAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    private KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(api.server.clientConfig())
                .build();
    }

    private static ResourceEventHandler<GenericKubernetesResource> recorder(List<String> heard) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(GenericKubernetesResource object) {
                heard.add("added " + object.getMetadata().getName());
            }

            @Override
            public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
                heard.add("updated " + after.getMetadata().getName());
            }

            @Override
            public void onDelete(GenericKubernetesResource object, boolean unknown) {
                heard.add("deleted " + object.getMetadata().getName());
            }
        };
    }
}
