package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers what the server serves: {@code /version}, {@code /api}, {@code /apis} and one list for each version. */
final class Discovery {

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private final Kinds kinds;

    Discovery(Kinds kinds) {
        this.kinds = kinds;
    }

    Optional<ApiAnswer> answer(String path) {
        return switch (path) {
            case "/healthz", "/livez", "/readyz" -> Optional.of(ApiAnswer.text("ok"));
            case "/version" -> Optional.of(ApiAnswer.of(200, version()));
            case "/api" -> Optional.of(ApiAnswer.of(200, coreVersions()));
            case "/apis" -> Optional.of(ApiAnswer.of(200, groups()));
            default -> resources(path);
        };
    }

    private static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "32")
                .put("gitVersion", "v1.32.0+sandbox")
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "2024-12-11T00:00:00Z")
                .put("goVersion", "")
                .put("compiler", "java")
                .put("platform", "sandbox");
    }

    private static ObjectNode coreVersions() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    private ObjectNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        Set<String> names = new LinkedHashSet<>();
        kinds.all().stream()
                .map(ServedKind::group)
                .filter(group -> !group.isEmpty())
                .forEach(names::add);
        names.forEach(name -> groups.add(group(name)));
        return list;
    }

    private ObjectNode group(String name) {
        ObjectNode group = Json.object().put("name", name);
        ArrayNode versions = group.putArray("versions");
        kinds.all().stream()
                .filter(kind -> kind.group().equals(name))
                .map(ServedKind::version)
                .distinct()
                .forEach(version -> versions.addObject()
                        .put("groupVersion", name + "/" + version)
                        .put("version", version));
        group.set("preferredVersion", versions.get(0));
        return group;
    }

    private Optional<ApiAnswer> resources(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        List<ServedKind> served = kinds.all().stream()
                .filter(kind -> kind.basePath().equals(trimmed))
                .toList();
        if (served.isEmpty()) {
            String prefix = "/apis/";
            return kinds.all().stream()
                    .map(ServedKind::group)
                    .filter(group -> !group.isEmpty() && (prefix + group).equals(trimmed))
                    .findFirst()
                    .map(group -> ApiAnswer.of(
                            200, group(group).put("kind", "APIGroup").put("apiVersion", "v1")));
        }
        ObjectNode list = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", served.get(0).groupVersion());
        ArrayNode resources = list.putArray("resources");
        for (ServedKind kind : served) {
            resources.add(resource(kind));
            if (kind.statusSubresource()) {
                ObjectNode status = resources
                        .addObject()
                        .put("name", kind.plural() + "/status")
                        .put("singularName", "")
                        .put("namespaced", kind.namespaced())
                        .put("kind", kind.kind());
                status.set("verbs", Json.arrayOf(List.of("get", "patch", "update")));
            }
        }
        return Optional.of(ApiAnswer.of(200, list));
    }

    private static ObjectNode resource(ServedKind kind) {
        ObjectNode resource = Json.object()
                .put("name", kind.plural())
                .put("singularName", kind.singular())
                .put("namespaced", kind.namespaced())
                .put("kind", kind.kind());
        resource.set("verbs", Json.arrayOf(VERBS));
        if (!kind.shortNames().isEmpty()) {
            resource.set("shortNames", Json.arrayOf(kind.shortNames()));
        }
        if (!kind.categories().isEmpty()) {
            resource.set("categories", Json.arrayOf(kind.categories()));
        }
        return resource;
    }
}
