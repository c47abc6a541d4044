package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The objects, kept by Fabric8's CRUD mock: it numbers versions and generations, keeps the status apart, heeds
 * finalizers and feeds watches. Callers bring checked, complete objects and call from one thread only.
 */
final class ObjectStore extends KubernetesCrudDispatcher {

    record Listing(List<ObjectNode> items, String resourceVersion) {
        Listing {
            items = List.copyOf(items);
        }
    }

    Optional<ObjectNode> find(ServedKind kind, String namespace, String name) {
        MockResponse response = handleGet(ResourcePath.of(kind, namespace, name));
        return response.code() == 200 ? Optional.of(bodyOf(response)) : Optional.empty();
    }

    /** All objects of a kind, of all namespaces where the namespace is empty, in the order of their names. */
    Listing list(ServedKind kind, String namespace) {
        ObjectNode list = bodyOf(handleGet(ResourcePath.of(kind, namespace, "")));
        List<ObjectNode> items = new ArrayList<>();
        // The mock answers a collection it has never heard of with something that is no list.
        list.path("items").forEach(item -> items.add(Json.asObject(item)));
        items.sort(Comparator.comparing((ObjectNode item) -> Json.text(item, "metadata", "namespace"))
                .thenComparing(item -> Json.text(item, "metadata", "name")));
        return new Listing(items, list.path("metadata").path("resourceVersion").asText("1"));
    }

    ObjectNode create(ServedKind kind, String namespace, ObjectNode object) {
        return bodyOf(handleCreate(request(HttpMethod.POST, ResourcePath.of(kind, namespace, ""), object)));
    }

    /** Replaces all but the status, or the status only; empty if that was the end of an object marked for deletion. */
    Optional<ObjectNode> replace(ServedKind kind, String namespace, String name, boolean status, ObjectNode object) {
        String path = ResourcePath.of(kind, namespace, name) + (status ? "/status" : "");
        MockResponse response = handleUpdate(request(HttpMethod.PUT, path, object));
        return response.getBody() == null || response.getBody().size() == 0
                ? Optional.empty()
                : Optional.of(bodyOf(response));
    }

    void delete(ServedKind kind, String namespace, String name) {
        handleDelete(ResourcePath.of(kind, namespace, name));
    }

    /** What the mock calls with every event of a collection, or of one object where the name isn't empty. */
    WebSocketListener watch(ServedKind kind, String namespace, String name) {
        String path = ResourcePath.of(kind, namespace, "") + "?watch=true";
        return handleWatch(name.isEmpty() ? path : path + "&fieldSelector=metadata.name%3D" + name)
                .getWebSocketListener();
    }

    @Override
    public void preserveMetadata(JsonNode current, JsonNode updated) {
        super.preserveMetadata(current, updated);
        // The mock writes a null namespace into objects that have none, which then looks like a change.
        if (updated.path("metadata") instanceof ObjectNode metadata
                && metadata.path("namespace").isNull()) {
            metadata.remove("namespace");
        }
    }

    private static RecordedRequest request(HttpMethod method, String path, ObjectNode body) {
        return new RecordedRequest(
                "HTTP/1.1",
                method,
                path,
                Headers.builder().add("Content-Type", "application/json").build(),
                new Buffer(body.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static ObjectNode bodyOf(MockResponse response) {
        String body = new String(response.getBody().getBytes(), StandardCharsets.UTF_8);
        if (response.code() >= 400) {
            throw Refusal.badRequest(Json.text(Json.parse(body), "message"));
        }
        return Json.parseObject(body);
    }
}
