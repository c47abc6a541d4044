package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what a request is about and answers it, except watches, which {@link Watches} opens. */
final class ApiDispatcher {

    private final Kinds kinds = new Kinds();
    private final ObjectStore store = new ObjectStore();
    private final Discovery discovery = new Discovery(kinds);
    private final OpenApi openApi = new OpenApi(kinds);
    private final Map<String, Admission> admissions = new HashMap<>();
    private final Writes writes = new Writes(store, kind -> admissions.getOrDefault(keyOf(kind), Admission.OPEN));

    ObjectStore store() {
        return store;
    }

    synchronized ApiAnswer answer(ApiRequest request) {
        try {
            return discovery
                    .answer(request.path())
                    .or(() -> openApi.answer(request.path()))
                    .orElseGet(() -> answerResource(request));
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    /** The kind and the path a watch is about. */
    Watches.Target watchTarget(ApiRequest request) {
        ResourcePath path = pathOf(request);
        return new Watches.Target(kindOf(path), path);
    }

    private ApiAnswer answerResource(ApiRequest request) {
        if (request.path().startsWith("/apis/authorization.k8s.io/v1/")
                && request.method().equals("POST")) {
            return ApiAnswer.of(201, Reviews.allowAll(request));
        }
        ResourcePath path = pathOf(request);
        ServedKind kind = kindOf(path);
        if (kind.namespaced() && path.namespace().isEmpty() && !request.method().equals("GET")) {
            throw Refusal.methodNotAllowed();
        }
        ApiAnswer answer = switch (request.method()) {
            case "GET" -> path.name().isEmpty() ? list(kind, path, request) : get(kind, path, request);
            case "POST" -> writes.create(kind, path, request, bodyOf(request));
            case "PUT" -> writes.replace(kind, path, request, bodyOf(request));
            case "PATCH" -> writes.patch(kind, path, request);
            case "DELETE" -> path.name().isEmpty() ? deleteAll(kind, path, request) : delete(kind, path, request);
            default -> throw Refusal.methodNotAllowed();
        };
        if (kind.equals(Kinds.DEFINITION) && !request.method().equals("GET")) {
            readDefinitions();
        }
        return answer;
    }

    private static ObjectNode bodyOf(ApiRequest request) {
        if (request.contentType().contains("protobuf")) {
            return ProtobufBody.read(request.content().getBytes());
        }
        return request.contentType().contains("yaml")
                ? Json.asObject(Json.parseYaml(request.body()))
                : Json.parseObject(request.body());
    }

    private ApiAnswer get(ServedKind kind, ResourcePath path, ApiRequest request) {
        ObjectNode object =
                store.find(kind, path.namespace(), path.name()).orElseThrow(() -> Refusal.notFound(kind, path.name()));
        return ApiAnswer.of(
                200,
                request.wantsTable()
                        ? Tables.of(
                                kind,
                                List.of(object),
                                Json.text(object, "metadata", "resourceVersion"),
                                request.wantsWholeObjects(),
                                Instant.now())
                        : object);
    }

    private ApiAnswer list(ServedKind kind, ResourcePath path, ApiRequest request) {
        ObjectStore.Listing all = store.list(kind, path.namespace());
        List<ObjectNode> items =
                all.items().stream().filter(Selectors.of(request)).toList();
        if (request.wantsTable()) {
            return ApiAnswer.of(
                    200, Tables.of(kind, items, all.resourceVersion(), request.wantsWholeObjects(), Instant.now()));
        }
        ObjectNode list = Json.object().put("kind", kind.kind() + "List").put("apiVersion", kind.groupVersion());
        list.putObject("metadata").put("resourceVersion", all.resourceVersion());
        list.putArray("items").addAll(items);
        return ApiAnswer.of(200, list);
    }

    private ApiAnswer deleteAll(ServedKind kind, ResourcePath path, ApiRequest request) {
        store.list(kind, path.namespace()).items().stream()
                .filter(Selectors.of(request))
                .forEach(item -> store.delete(
                        kind, Json.text(item, "metadata", "namespace"), Json.text(item, "metadata", "name")));
        return list(kind, path, request);
    }

    private ApiAnswer delete(ServedKind kind, ResourcePath path, ApiRequest request) {
        ApiAnswer answer = writes.delete(kind, path, request);
        if (kind.equals(Kinds.NAMESPACE)) {
            kinds.all().stream().filter(ServedKind::namespaced).forEach(inside -> empty(inside, path.name()));
        } else if (kind.equals(Kinds.DEFINITION)) {
            kinds.all().stream()
                    .filter(gone -> gone.resource().equals(path.name()))
                    .forEach(gone -> empty(gone, ""));
        }
        return answer;
    }

    private void empty(ServedKind kind, String namespace) {
        store.list(kind, namespace)
                .items()
                .forEach(item -> store.delete(
                        kind, Json.text(item, "metadata", "namespace"), Json.text(item, "metadata", "name")));
    }

    private void readDefinitions() {
        List<ObjectNode> definitions = store.list(Kinds.DEFINITION, "").items();
        kinds.serve(definitions);
        admissions.clear();
        kinds.all().stream()
                .filter(ServedKind::isCustom)
                .forEach(kind -> admissions.put(keyOf(kind), new SchemaAdmission(kind.schema())));
    }

    private static String keyOf(ServedKind kind) {
        return ResourcePath.of(kind, "", "");
    }

    private static ResourcePath pathOf(ApiRequest request) {
        return ResourcePath.parse(request.path()).orElseThrow(Refusal::unknownPath);
    }

    private ServedKind kindOf(ResourcePath path) {
        Optional<ServedKind> kind = kinds.find(path);
        boolean knownSubresource = path.subresource().isEmpty()
                || path.isStatus()
                || path.subresource().equals("finalize");
        return kind.filter(found -> knownSubresource).orElseThrow(Refusal::unknownPath);
    }
}
