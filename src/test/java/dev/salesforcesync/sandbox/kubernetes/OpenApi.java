package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * As much of {@code /openapi/v3} as kubectl looks at: that writes take {@code fieldValidation} (then it leaves
 * validation to the server) and the schemas of the custom kinds (for {@code kubectl explain}).
 */
final class OpenApi {

    private static final String ROOT = "/openapi/v3";
    private static final List<String> QUERY = List.of("dryRun", "fieldManager", "fieldValidation", "force");

    private final Kinds kinds;

    OpenApi(Kinds kinds) {
        this.kinds = kinds;
    }

    Optional<ApiAnswer> answer(String path) {
        if (path.equals(ROOT)) {
            return Optional.of(ApiAnswer.of(200, index()));
        }
        if (!path.startsWith(ROOT + "/")) {
            return Optional.empty();
        }
        String basePath = path.substring(ROOT.length());
        List<ServedKind> served = kinds.all().stream()
                .filter(kind -> kind.basePath().equals(basePath))
                .toList();
        return served.isEmpty() ? Optional.empty() : Optional.of(ApiAnswer.of(200, document(served)));
    }

    private ObjectNode index() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        kinds.all().stream().map(ServedKind::basePath).distinct().forEach(basePath -> {
            List<ServedKind> served = kinds.all().stream()
                    .filter(kind -> kind.basePath().equals(basePath))
                    .toList();
            // The hash keeps kubectl's cache apart from that of an earlier sandbox on the same port.
            String hash = Integer.toHexString(document(served).toString().hashCode());
            paths.putObject(basePath.substring(1)).put("serverRelativeURL", ROOT + basePath + "?hash=" + hash);
        });
        return index;
    }

    private static ObjectNode document(List<ServedKind> served) {
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.32.0+sandbox");
        ObjectNode paths = document.putObject("paths");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        for (ServedKind kind : served) {
            String namespaced = kind.namespaced() ? "/namespaces/{namespace}" : "";
            String collection = kind.basePath() + namespaced + "/" + kind.plural();
            ObjectNode create = paths.putObject(collection);
            create.set("get", operation(kind, "list"));
            create.set("post", operation(kind, "post"));
            ObjectNode one = paths.putObject(collection + "/{name}");
            for (String method : List.of("get", "put", "patch")) {
                one.set(method, operation(kind, method));
            }
            schemas.set(schemaName(kind), schema(kind));
        }
        return document;
    }

    private static ObjectNode operation(ServedKind kind, String action) {
        ObjectNode operation = Json.object();
        ArrayNode parameters = operation.putArray("parameters");
        if (!action.equals("get") && !action.equals("list")) {
            for (String name : QUERY) {
                ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
                parameter.putObject("schema").put("type", "string");
            }
        }
        operation.putObject("responses").putObject("200").put("description", "OK");
        operation.put("x-kubernetes-action", action);
        operation.set("x-kubernetes-group-version-kind", kind.groupVersionKind());
        return operation;
    }

    private static String schemaName(ServedKind kind) {
        String group = kind.group().isEmpty() ? "io.k8s.api.core" : kind.group();
        return group + "." + kind.version() + "." + kind.kind();
    }

    private static JsonNode schema(ServedKind kind) {
        ObjectNode schema = kind.isCustom()
                ? Json.asObject(kind.schema().deepCopy())
                : Json.object().put("type", "object").put("x-kubernetes-preserve-unknown-fields", true);
        if (kind.isCustom() && schema.path("properties") instanceof ObjectNode properties) {
            describe(properties, "apiVersion", "string", "The version of this representation of the object.");
            describe(properties, "kind", "string", "The kind of this object.");
            describe(properties, "metadata", "object", "Standard object's metadata.");
        }
        schema.putArray("x-kubernetes-group-version-kind").add(kind.groupVersionKind());
        return schema;
    }

    private static void describe(ObjectNode properties, String name, String type, String description) {
        if (!properties.path(name).has("description")) {
            properties.putObject(name).put("type", type).put("description", description);
        }
    }
}
